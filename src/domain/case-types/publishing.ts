/**
 * Publishing of a new version of a case type: an officer's input, checked against the law and the version before it.
 */
import { mayWrite } from '../access/may-write.ts';
import { caseTypeRelation } from '../access/relation.ts';
import { LIMIT_STEPS, maxWithin, STATUTORY_LIMITS } from '../calendar/deadline.ts';
import type { StepLimit } from '../cases/deadline.ts';
import { leadAgency } from '../cases/file.ts';
import { MEDIA_TYPES, type MediaType } from '../documents/media-type.ts';
import { MAX_BYTES } from '../documents/upload.ts';
import { isIdOf } from '../ids.ts';
import type { Localized } from '../locale.ts';
import { publicationBy } from '../records/publication.ts';
import type { Decision, Refusal } from '../refusal.ts';
import { factsOfCondition } from '../rules/parts.ts';
import { typeFaults } from '../rules/types.ts';
import type { Viewer } from '../viewer.ts';
import {
  type ApplicationWindow,
  type CaseArrangement,
  type CaseRoute,
  type CaseTypeFacts,
  type RequiredDocument,
  ROUTES_OF_KIND,
} from './case-type.ts';
import { PERSON_FACTS, refuseTerms } from './terms.ts';

/** A requested document as stated, with unchecked media types. */
export interface StatedDocument extends Omit<RequiredDocument, 'mediaTypes'> {
  readonly mediaTypes?: readonly string[];
}

export interface StatedArrangement extends Omit<CaseArrangement, 'requiredDocuments'> {
  readonly requiredDocuments?: readonly StatedDocument[];
}

/** A version as the publisher states it: without its number and its publication. */
export interface StatedCaseType
  extends Omit<CaseTypeFacts, 'version' | 'publication' | 'requiredDocuments' | 'arrangements'> {
  readonly requiredDocuments: readonly StatedDocument[];
  readonly arrangements?: readonly StatedArrangement[];
  /** The version that the publisher read; null for a new case type. */
  readonly seen: number | null;
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
type PublishingRefusal = Refusal<PublishingRefusalCode>;

/** Returns the version to publish, or every refusal. */
export function decidePublishing(
  { seen, ...stated }: StatedCaseType,
  before: CaseTypeFacts | null,
  viewer: Viewer,
  now: Date,
): Decision<CaseTypeFacts, PublishingRefusalCode> {
  const refusals = [
    ...refusePublisher(before ?? stated, viewer),
    ...refuseVersion(stated, seen, before),
    ...refuseKind(stated, before),
    ...refuseName(stated.name, ['name']),
    ...refuseDocuments(stated.requiredDocuments),
    ...refuseAgencies(stated),
    ...refuseWindow(stated.window),
    ...refuseFacts(stated),
    ...refuseLimits(stated.limits),
    ...refuseRest(stated),
    ...refuseTerms(stated),
    ...refuseArrangements(stated),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  const version = (before?.version ?? 0) + 1;
  const { arrangements, ...rest } = stated;
  const requiredDocuments = stated.requiredDocuments.map(requiredDocument);
  return {
    ok: true,
    value: {
      ...rest,
      requiredDocuments,
      ...(arrangements && { arrangements: arrangements.map(arrangementOf) }),
      version,
      publication: publicationBy(viewer, now),
    },
  };
}

function arrangementOf({ requiredDocuments, ...rest }: StatedArrangement): CaseArrangement {
  return { ...rest, ...(requiredDocuments && { requiredDocuments: requiredDocuments.map(requiredDocument) }) };
}

function requiredDocument({ mediaTypes, ...document }: StatedDocument): RequiredDocument {
  return mediaTypes ? { ...document, mediaTypes: mediaTypes.filter(isMediaType) } : document;
}

const isMediaType = (text: string): text is MediaType => MEDIA_TYPES.some((type) => type === text);

function unless(
  holds: boolean,
  code: PublishingRefusalCode,
  field: readonly string[],
  message: string,
): PublishingRefusal[] {
  return holds ? [] : [{ code, field, message }];
}

/** Refuses all but the agency that decides the cases; for a new case type, the agency that will decide them. */
function refusePublisher(of: Pick<CaseTypeFacts, 'opinionsFrom'>, viewer: Viewer) {
  return unless(
    mayWrite(viewer, 'publishCaseType', caseTypeRelation(viewer, of)),
    'NOT_YOURS',
    [],
    `Only an officer who publishes, of the agency that decides these cases (${leadAgency(of)}), or an administrator may do this.`,
  );
}

function refuseVersion({ id }: Pick<CaseTypeFacts, 'id'>, seen: number | null, before: CaseTypeFacts | null) {
  if (!before) {
    return [
      ...unless(
        isIdOf('ctype', id),
        'INVALID_ID',
        ['caseType'],
        'An id is ctype_ followed by small letters, digits and hyphens.',
      ),
      ...unless(seen === null, 'UNKNOWN_CASE_TYPE', ['caseType'], 'There is no such case type.'),
    ];
  }
  if (seen === null) {
    const message = `The case type exists, in version ${before.version}. State the version that you read.`;
    return unless(false, 'CASE_TYPE_EXISTS', ['version'], message);
  }
  const { version, publication } = before;
  const since = publication
    ? ` It was published at ${publication.at} by ${publication.agency ?? 'an administrator'}.`
    : '';
  return unless(seen === version, 'OTHER_VERSION', ['version'], `The current version is ${version}.${since}`);
}

function refuseKind({ kind, route }: Pick<CaseTypeFacts, 'kind' | 'route'>, before: CaseTypeFacts | null) {
  const routes: readonly CaseRoute[] = ROUTES_OF_KIND[kind];
  const isUnchanged = !before || (before.kind === kind && before.route === route);
  return [
    ...unless(routes.includes(route), 'INVALID_ROUTE', ['route'], `The routes of ${kind} are ${routes.join(', ')}.`),
    ...unless(
      isUnchanged,
      'OTHER_ROUTE',
      ['route'],
      'The kind and route of a case type never change. Publish another case type instead.',
    ),
  ];
}

const MAX_NAME_CHARACTERS = 100;

function refuseName(name: Localized, field: readonly string[]) {
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
const DOCUMENT_CODE = /^(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*$/;

function refuseDocuments(documents: readonly StatedDocument[]) {
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

function refuseAgencies({ opinionsFrom }: Pick<CaseTypeFacts, 'opinionsFrom'>) {
  return unless(
    opinionsFrom.length > 0 && new Set(opinionsFrom).size === opinionsFrom.length,
    'INVALID_AGENCIES',
    ['opinionsFrom'],
    'At least one agency gives its opinion, each once; the last one decides.',
  );
}

function refuseWindow(window: ApplicationWindow | null) {
  return unless(
    window === null || window.opensOn <= window.closesOn,
    'INVALID_WINDOW',
    ['window'],
    'A window closes on its opening day, or later.',
  );
}

/** Refuses a day for the age of a child where there is none, and terms that no applicant of the route can meet. */
function refuseFacts({ kind, route, childAgeOn, rule }: Pick<CaseTypeFacts, 'kind' | 'route' | 'childAgeOn' | 'rule'>) {
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

function refuseLimits(limits: readonly StepLimit[]) {
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

function refuseRest({ retentionYears, policyId }: Pick<CaseTypeFacts, 'retentionYears' | 'policyId'>) {
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

function refusePolicy(policyId: string | null) {
  const isPolicy = policyId === null || isIdOf('policy', policyId);
  return unless(isPolicy, 'INVALID_POLICY', ['policy'], 'That is no id of a policy.');
}

/** Upper bound of the arrangements of a case type: all are one item, as are the case type's own terms. */
const MAX_ARRANGEMENTS = 20;
/** Bytes of a case type and its arrangements: DynamoDB's limit for an item is 400 KB. */
const MAX_ARRANGED_BYTES = 150_000;
/** The facts that decide an arrangement: what every application may state. */
const FACTS_OF_APPLICANTS: readonly string[] = ['localHukou', 'ownsDwelling', 'residesInZone'];

function refuseArrangements({
  arrangements = [],
  zoneIds,
  kind,
  route,
}: Omit<StatedCaseType, 'seen'>): PublishingRefusal[] {
  const codes = arrangements.map(({ code }) => code);
  const message = `A case type has at most ${MAX_ARRANGEMENTS} arrangements, with ${MAX_ARRANGED_BYTES} bytes in all.`;
  const bytes = Buffer.byteLength(JSON.stringify(arrangements));
  return [
    ...unless(
      arrangements.length <= MAX_ARRANGEMENTS && bytes <= MAX_ARRANGED_BYTES,
      'INVALID_ARRANGEMENT',
      ['arrangements'],
      message,
    ),
    ...arrangements.flatMap((each, i) => {
      const refusals = [
        ...unless(
          DOCUMENT_CODE.test(each.code) && codes.indexOf(each.code) === i,
          'INVALID_ARRANGEMENT',
          ['code'],
          'A code is up to 64 small letters, digits and hyphens, and names one arrangement.',
        ),
        ...refuseName(each.name, ['name']),
        ...unless(
          !zoneIds || !each.zoneIds || each.zoneIds.every((id) => zoneIds.includes(id)),
          'INVALID_ZONES',
          ['zones'],
          'An arrangement is for zones of its case type.',
        ),
        ...refuseApplicants(each),
        ...(each.requiredDocuments ? refuseDocuments(each.requiredDocuments) : []),
        ...(each.limits ? refuseLimits(each.limits) : []),
        ...refuseWindow(each.window ?? null),
        ...refuseFacts({ ...each, kind, route }),
        ...refusePolicy(each.policyId ?? null),
        ...refuseTerms(each),
      ];
      return refusals.map((refusal) => ({ ...refusal, field: ['arrangements', `${i}`, ...refusal.field] }));
    }),
  ];
}

function refuseApplicants({ applicants }: StatedArrangement): PublishingRefusal[] {
  if (!applicants) return [];
  const areStated = factsOfCondition(applicants.when).every((fact) => FACTS_OF_APPLICANTS.includes(fact));
  const faults = typeFaults(applicants, PERSON_FACTS);
  return unless(
    areStated && faults.length === 0,
    'INVALID_RULE',
    ['applicants'],
    faults[0] ?? `The applicants of an arrangement are told by ${FACTS_OF_APPLICANTS.join(', ')}.`,
  );
}
