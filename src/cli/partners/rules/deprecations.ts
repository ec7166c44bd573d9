import { type PartnerRule, placesOf } from '../candidate.ts';

/** It deprecates its own only: what one subgraph deprecates is deprecated for everybody. */
export const deprecations: PartnerRule = (candidate, existing) =>
  [...placesOf('deprecated', candidate, existing)]
    .filter(({ isOwn }) => !isOwn)
    .map(({ at }) => `${at} has @deprecated, but is not yours: its owner says when it goes.`);
