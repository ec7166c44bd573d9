import { type PartnerRule, placesOf } from '../candidate.ts';

/** Allows `@deprecated` only on the partner's own elements: it applies to every subgraph's clients. */
export const deprecations: PartnerRule = (candidate, existing) =>
  [...placesOf('deprecated', candidate, existing)]
    .filter(({ isOwn }) => !isOwn)
    .map(({ at }) => `${at} has @deprecated, but is not yours: its owner says when it goes.`);
