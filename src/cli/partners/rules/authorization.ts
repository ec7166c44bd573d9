import { type PartnerRule, placesOf } from '../candidate.ts';

const AUTHORIZATION = ['authenticated', 'requiresScopes', 'policy'] as const;

/** It decides over access to its own only: all rules on one thing hold together, so one more locks people out. */
export const authorization: PartnerRule = (candidate, existing) =>
  AUTHORIZATION.flatMap((name) =>
    [...placesOf(name, candidate, existing)]
      .filter(({ isOwn }) => !isOwn)
      .map(({ at }) => `${at} has @${name}, but is not yours: its owner decides who may see it.`),
  );
