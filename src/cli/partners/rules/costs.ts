import { type Candidate, type Existing, type PartnerRule, type Place, placesOf } from '../candidate.ts';
import { argument } from '../federation-directives.ts';

/** No cost is negative: it would pay for the rest of a client's operation. */
export const costs: PartnerRule = (candidate: Candidate, existing: Existing) => [
  ...[...placesOf('cost', candidate, existing)].flatMap((place) => negative(place, 'weight')),
  ...[...placesOf('listSize', candidate, existing)].flatMap((place) => negative(place, 'assumedSize')),
];

function negative({ at, directive }: Place, name: string): string[] {
  const value = argument(directive, name);
  return value === undefined || Number(value) >= 0
    ? []
    : [
        `${at} has @${directive.name.value}(${name}: ${String(value)}): it must not be negative, or it pays for the rest of an operation.`,
      ];
}
