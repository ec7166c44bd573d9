import { type PartnerRule, type Place, placesOf } from '../candidate.ts';
import { argument } from '../federation-directives.ts';

/**
 * Allows costs only on the partner's own elements and none below zero. The highest cost of an element counts, and a
 * negative one would pay for others.
 */
export const costs: PartnerRule = (candidate, existing) =>
  [...placesOf('cost', candidate, existing), ...placesOf('listSize', candidate, existing)].flatMap((place) => [
    ...others(place),
    ...negative(place),
  ]);

function others({ at, directive, isOwn }: Place): string[] {
  return isOwn ? [] : [`${at} has @${directive.name.value}, but is not yours: its owner says what it costs.`];
}

function negative({ at, directive }: Place): string[] {
  return ['weight', 'assumedSize'].flatMap((name) => {
    const value = argument(directive, name);
    if (value === undefined || Number(value) >= 0) return [];
    const said = `${at} has @${directive.name.value}(${name}: ${String(value)})`;
    return [`${said}: it must not be negative, or it pays for the rest of an operation.`];
  });
}
