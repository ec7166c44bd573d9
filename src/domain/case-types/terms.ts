/** The zones of a case type, and its terms as a rule. */
import { isIdOf } from '../ids.ts';
import { FACTS_OF } from '../policies/facts.ts';
import type { Refusal } from '../refusal.ts';
import { checkTerms, type SampleCase } from '../rules/check.ts';
import { evaluate } from '../rules/evaluate.ts';
import type { Rule } from '../rules/rule.ts';

/** The facts of persons, which case types are judged by. */
export const PERSON_FACTS = FACTS_OF.PERSON;

export interface CaseTerms {
  /** The zones that take applications; missing where each zone does. */
  readonly zoneIds?: readonly string[];
  /** The terms beyond the documents; missing where there are none. */
  readonly rule?: Rule;
  /** The cases that the rule's publisher stated. */
  readonly samples?: readonly SampleCase[];
}

/** Returns whether nobody meets the terms without the employer's recommendation. */
export function needsRecommendation({ rule }: Pick<CaseTerms, 'rule'>): boolean {
  return rule !== undefined && evaluate(rule.when, { facts: { recommended: false }, asked: null }) === 'NOT_MET';
}

export const MAX_ZONES = 50;

/** Refuses zones that are none, and a rule with faults. */
export function refuseTerms({
  zoneIds,
  rule,
  samples = [],
}: CaseTerms): readonly Refusal<'INVALID_ZONES' | 'INVALID_RULE'>[] {
  const areZones =
    zoneIds === undefined ||
    (zoneIds.length >= 1 &&
      zoneIds.length <= MAX_ZONES &&
      new Set(zoneIds).size === zoneIds.length &&
      zoneIds.every((id) => isIdOf('zone', id)));
  const zones = {
    code: 'INVALID_ZONES',
    field: ['zones'],
    message: `Name 1 to ${MAX_ZONES} zones, each once.`,
  } as const;
  const given = { samples, clauses: Number.POSITIVE_INFINITY, vocabulary: PERSON_FACTS };
  const faults = checkTerms(rule ?? null, given).map(
    ({ field, message }) => ({ code: 'INVALID_RULE', field: [field], message }) as const,
  );
  return [...(areZones ? [] : [zones]), ...faults];
}
