/** A case type as it is for one zone and one kind of applicant, and the policy version that it rests on. */
import { isWithin } from '../calendar/day.ts';
import type { CopiedPolicy } from '../policies/policy-version.ts';
import { evaluate } from '../rules/evaluate.ts';
import type { Facts, Rule } from '../rules/rule.ts';
import type { CaseArrangement, CaseTypeFacts } from './case-type.ts';

/** The policy version under which an application is judged. */
export interface PolicyBasis {
  readonly policyId: string;
  /** Null where no version is in force in the zone on the day. */
  readonly version: number | null;
  /** False where the version's terms are not recorded, and the case type has none of its own. */
  readonly isRecorded: boolean;
}

/** A case type as one application meets it. Its rule is its own, or else the policy's. */
export interface ArrangedCaseType extends CaseTypeFacts {
  /** The code of its arrangement; null where the case type itself holds. */
  readonly arrangement?: string | null;
  /** Null where it names no policy. */
  readonly basis?: PolicyBasis | null;
}

/** Returns the first arrangement for a zone and an applicant; null where the case type itself holds. */
export function arrangementFor(
  { arrangements = [] }: Pick<CaseTypeFacts, 'arrangements'>,
  { zoneId, facts }: { readonly zoneId: string; readonly facts: Facts },
): CaseArrangement | null {
  const fits = ({ zoneIds, applicants }: CaseArrangement) =>
    (zoneIds?.includes(zoneId) ?? true) &&
    (applicants === undefined || evaluate(applicants.when, { facts, asked: null }) === 'MET');
  return arrangements.find(fits) ?? null;
}

/** Returns the case type with the parts that an arrangement replaces. A rule comes with its own samples. */
export function withArrangement(caseType: CaseTypeFacts, code: string | null): ArrangedCaseType {
  const found = caseType.arrangements?.find((each) => each.code === code);
  if (!found) return { ...caseType, arrangement: null };
  const { code: arrangement, name: _, zoneIds: __, applicants: ___, ...parts } = found;
  return { ...caseType, ...parts, arrangement };
}

/**
 * Returns a case type on the policy version that is in force in a zone on a day.
 * @param policy null where the policy is not known
 */
export function onPolicy(
  caseType: ArrangedCaseType,
  policy: CopiedPolicy | null,
  { zoneId, on }: { readonly zoneId: string; readonly on: string },
): ArrangedCaseType {
  const { policyId, rule } = caseType;
  if (policyId === null) return { ...caseType, basis: null };
  const inForce = policy?.homeZoneIds.includes(zoneId) ? policy.inForce.find((each) => isWithin(on, each)) : undefined;
  const terms: Rule | null | undefined = rule ?? inForce?.rule;
  const basis = { policyId, version: inForce?.number ?? null, isRecorded: terms !== undefined };
  return { ...caseType, ...(terms && { rule: terms }), basis };
}

interface Resting {
  readonly policyId: string | null;
  readonly arrangements?: readonly { readonly policyId?: string | null }[];
}

/** Returns the policies that a case type rests on, in whatever zone, each once. */
export function policiesOf({ policyId, arrangements = [] }: Resting): readonly string[] {
  const named = [policyId, ...arrangements.map((each) => each.policyId ?? null)];
  return [...new Set(named.filter((id) => id !== null))];
}
