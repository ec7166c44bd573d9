import { PARTNER_INPUT, type PartnerRule, placesOf } from '../candidate.ts';
import { argument } from '../federation-directives.ts';

/**
 * Allows tags only on the partner's own elements, and no partner-input: tags decide what is public and what partners
 * receive.
 */
export const tags: PartnerRule = (candidate, existing) =>
  [...placesOf('tag', candidate, existing)].flatMap(({ at, directive, isOwn }) => {
    const name = String(argument(directive, 'name'));
    if (!isOwn) return [`${at} has @tag(name: "${name}"), but is not yours: its owner says what holds for it.`];
    return name === PARTNER_INPUT
      ? [`${at} has @tag(name: "${name}"): what partners may be given is not theirs to say.`]
      : [];
  });
