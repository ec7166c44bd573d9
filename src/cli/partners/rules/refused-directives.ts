import { type PartnerRule, placesOf } from '../candidate.ts';

/** Makes the rule that refuses a directive anywhere in a partner's schema. */
function refusedDirective(name: string, why: string): PartnerRule {
  return (candidate, existing) =>
    [...placesOf(name, candidate, existing)].map(({ at }) => `${at} has @${name}: ${why}.`);
}

/** Refuses `@context`: data of enclosing objects would reach the partner unmarked. */
export const noContext = refusedDirective(
  'context',
  'data of the objects above would travel to the partner unseen; take what is needed as an argument or by @requires',
);

/** Refuses `@inaccessible`: it hides an element from every subgraph's clients. */
export const noInaccessible = refusedDirective(
  'inaccessible',
  'what one subgraph hides is gone from the public schema for everybody; leave out what clients must not see',
);

/** Refuses `@override`: it takes a field from its owner. */
export const noOverride = refusedDirective(
  'override',
  "a field stays with the subgraph that owns it, and a partner can't take it over",
);

/** Refuses `@interfaceObject`: it adds fields to types that it doesn't name. */
export const noInterfaceObject = refusedDirective(
  'interfaceObject',
  'it would add fields to every implementation of the interface, those of others among them; extend the types themselves',
);

/** Refuses `@composeDirective`: a partner brings no directive into the supergraph. */
export const noComposeDirective = refusedDirective(
  'composeDirective',
  "directives of a partner's own have no meaning here",
);
