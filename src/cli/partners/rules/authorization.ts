import { type PartnerRule, placesOf } from '../candidate.ts';

const AUTHORIZATION = ['authenticated', 'requiresScopes', 'policy'] as const;

/**
 * Allows authorization directives only on the partner's own elements. All rules on one element combine, so another's
 * rule would lock people out.
 */
export const authorization: PartnerRule = (candidate, existing) =>
  AUTHORIZATION.flatMap((name) =>
    [...placesOf(name, candidate, existing)]
      .filter(({ isOwn }) => !isOwn)
      .map(({ at }) => `${at} has @${name}, but is not yours: its owner decides who may see it.`),
  );
