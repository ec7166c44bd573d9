/** A version of a case type as its publisher states it, and the rules about its arrangements. */
import { factsOfCondition } from '../rules/parts.ts';
import { typeFaults } from '../rules/types.ts';
import type { CaseArrangement, CaseTypeFacts } from './case-type.ts';
import {
  DOCUMENT_CODE,
  type PublishingRefusal,
  refuseDocuments,
  refuseFacts,
  refuseLimits,
  refuseName,
  refusePolicy,
  refuseWindow,
  type StatedDocument,
  unless,
} from './stated-parts.ts';
import { PERSON_FACTS, refuseTerms } from './terms.ts';

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

/** Upper bound of the arrangements of a case type: all are one item, as are the case type's own terms. */
const MAX_ARRANGEMENTS = 20;

/** Bytes of a case type and its arrangements: DynamoDB's limit for an item is 400 KB. */
const MAX_ARRANGED_BYTES = 150_000;

/** The facts that decide an arrangement: what every application may state. */
const FACTS_OF_APPLICANTS: readonly string[] = ['localHukou', 'ownsDwelling', 'residesInZone'];

export function refuseArrangements({
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
