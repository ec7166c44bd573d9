/** Rules about the parts of a version of a case type, by themselves. */
import { LIMIT_STEPS, maxWithin, STATUTORY_LIMITS } from '../calendar/deadline.ts';
import type { StepLimit } from '../cases/deadline.ts';
import { MEDIA_TYPES, type MediaType } from '../documents/media-type.ts';
import { MAX_BYTES } from '../documents/upload.ts';
import { isIdOf } from '../ids.ts';
import type { Localized } from '../locale.ts';
import type { Refusal } from '../refusal.ts';
import { factsOfCondition } from '../rules/parts.ts';
import type { ApplicationWindow, CaseTypeFacts, RequiredDocument } from './case-type.ts';

/** A requested document as stated, with unchecked media types. */
export interface StatedDocument extends Omit<RequiredDocument, 'mediaTypes'> {
  readonly mediaTypes?: readonly string[];
}

export type PublishingRefusalCode =
  | 'NOT_YOURS'
  | 'INVALID_ID'
  | 'UNKNOWN_CASE_TYPE'
  | 'CASE_TYPE_EXISTS'
  | 'OTHER_VERSION'
  | 'OTHER_ROUTE'
  | 'INVALID_ROUTE'
  | 'INVALID_NAME'
  | 'INVALID_DOCUMENTS'
  | 'INVALID_AGENCIES'
  | 'INVALID_WINDOW'
  | 'INVALID_LIMITS'
  | 'INVALID_RETENTION'
  | 'INVALID_POLICY'
  | 'INVALID_ZONES'
  | 'INVALID_RULE'
  | 'INVALID_ARRANGEMENT';

export type PublishingRefusal = Refusal<PublishingRefusalCode>;

export const isMediaType = (text: string): text is MediaType => MEDIA_TYPES.some((type) => type === text);

export function unless(
  holds: boolean,
  code: PublishingRefusalCode,
  field: readonly string[],
  message: string,
): PublishingRefusal[] {
  return holds ? [] : [{ code, field, message }];
}

const MAX_NAME_CHARACTERS = 100;

export function refuseName(name: Localized, field: readonly string[]) {
  return (['zh', 'ja', 'en'] as const).flatMap((locale) => {
    const { length } = [...name[locale].trim()];
    return unless(
      length >= 1 && length <= MAX_NAME_CHARACTERS,
      'INVALID_NAME',
      [...field, locale],
      `A name has 1 to ${MAX_NAME_CHARACTERS} characters, in each language.`,
    );
  });
}

/** Upper bound: one transaction opens a case and writes all of its documents. */
const MAX_DOCUMENTS = 30;

export const DOCUMENT_CODE = /^(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*$/;

export function refuseDocuments(documents: readonly StatedDocument[]) {
  const codes = documents.map(({ code }) => code);
  return [
    ...unless(
      documents.length <= MAX_DOCUMENTS && documents.some(({ required }) => required),
      'INVALID_DOCUMENTS',
      ['requiredDocuments'],
      `At least one document is required, and at most ${MAX_DOCUMENTS} are requested.`,
    ),
    ...documents.flatMap(({ code, name, maxBytes = MAX_BYTES, mediaTypes = MEDIA_TYPES }, i) => [
      ...unless(
        DOCUMENT_CODE.test(code),
        'INVALID_DOCUMENTS',
        ['requiredDocuments', `${i}`, 'code'],
        'A code is up to 64 small letters, digits and hyphens.',
      ),
      ...unless(
        codes.indexOf(code) === i,
        'INVALID_DOCUMENTS',
        ['requiredDocuments', `${i}`, 'code'],
        'The document is requested twice.',
      ),
      ...refuseName(name, ['requiredDocuments', `${i}`, 'name']),
      ...unless(
        maxBytes >= 1 && maxBytes <= MAX_BYTES,
        'INVALID_DOCUMENTS',
        ['requiredDocuments', `${i}`, 'maxBytes'],
        `A file may have up to ${MAX_BYTES} bytes.`,
      ),
      ...unless(
        mediaTypes.length > 0 && new Set(mediaTypes).size === mediaTypes.length && mediaTypes.every(isMediaType),
        'INVALID_DOCUMENTS',
        ['requiredDocuments', `${i}`, 'mediaTypes'],
        `The media types are some of ${MEDIA_TYPES.join(', ')}, each once.`,
      ),
    ]),
  ];
}

export function refuseAgencies({ opinionsFrom }: Pick<CaseTypeFacts, 'opinionsFrom'>) {
  return unless(
    opinionsFrom.length > 0 && new Set(opinionsFrom).size === opinionsFrom.length,
    'INVALID_AGENCIES',
    ['opinionsFrom'],
    'At least one agency gives its opinion, each once; the last one decides.',
  );
}

export function refuseWindow(window: ApplicationWindow | null) {
  return unless(
    window === null || window.opensOn <= window.closesOn,
    'INVALID_WINDOW',
    ['window'],
    'A window closes on its opening day, or later.',
  );
}

/** Refuses a day for the age of a child where there is none, and terms that no applicant of the route can meet. */
export function refuseFacts({
  kind,
  route,
  childAgeOn,
  rule,
}: Pick<CaseTypeFacts, 'kind' | 'route' | 'childAgeOn' | 'rule'>) {
  const facts = rule ? factsOfCondition(rule.when) : [];
  const isOfChild = kind === 'SCHOOLING';
  const message = 'Only cases of schooling concern a child.';
  return [
    ...unless(isOfChild || childAgeOn === undefined, 'INVALID_WINDOW', ['childAgeOn'], message),
    ...unless(isOfChild || !facts.includes('childAge'), 'INVALID_RULE', ['rule'], message),
    // An employer sees cases of this route only (`isRecommended`), so no other case could be recommended.
    ...unless(
      route === 'URGENTLY_NEEDED' || !facts.includes('recommended'),
      'INVALID_RULE',
      ['rule'],
      'The employer recommends urgently needed talent only.',
    ),
  ];
}

export function refuseLimits(limits: readonly StepLimit[]) {
  const steps = limits.map(({ step }) => step);
  return [
    ...unless(
      steps.length === LIMIT_STEPS.length && LIMIT_STEPS.every((step) => steps.includes(step)),
      'INVALID_LIMITS',
      ['limits'],
      `There is one limit for each of ${LIMIT_STEPS.join(', ')}.`,
    ),
    ...limits.flatMap(({ step, promised, statutory, unit }, i) => {
      const most = maxWithin(STATUTORY_LIMITS[step], unit);
      return [
        ...unless(
          promised >= 1 && promised <= statutory,
          'INVALID_LIMITS',
          ['limits', `${i}`, 'promised'],
          'The promised limit is at least 1, and at most the statutory limit.',
        ),
        ...unless(
          statutory <= most,
          'INVALID_LIMITS',
          ['limits', `${i}`, 'statutory'],
          `The law allows ${STATUTORY_LIMITS[step].count} ${STATUTORY_LIMITS[step].unit}: at most ${most} ${unit}.`,
        ),
      ];
    }),
  ];
}

const MAX_YEARS = 100;

export function refuseRest({ retentionYears, policyId }: Pick<CaseTypeFacts, 'retentionYears' | 'policyId'>) {
  return [
    ...unless(
      retentionYears >= 1 && retentionYears <= MAX_YEARS,
      'INVALID_RETENTION',
      ['retentionYears'],
      `A closed case is stored for 1 to ${MAX_YEARS} years.`,
    ),
    ...refusePolicy(policyId),
  ];
}

export function refusePolicy(policyId: string | null) {
  const isPolicy = policyId === null || isIdOf('policy', policyId);
  return unless(isPolicy, 'INVALID_POLICY', ['policy'], 'That is no id of a policy.');
}
