import { type PartnerRule, placesOf } from '../candidate.ts';

/** Makes the rule that refuses a directive anywhere in a partner's schema. */
export function refusedDirective(name: string, why: string): PartnerRule {
  return (candidate, existing) =>
    [...placesOf(name, candidate, existing)].map(({ at }) => `${at} has @${name}: ${why}.`);
}
