import { type Candidate, type Existing, ownsType, type PartnerRule } from '../candidate.ts';
import type { DeclaredType } from '../declared-types.ts';
import { argument, directivesOf } from '../federation-directives.ts';

const PREFIX = /^[a-z][a-z0-9]{1,15}$/;

/** Requires unregistered id prefixes, each for an entity of the partner's own: `node(id:)` routes by prefix. */
export const idPrefixes: PartnerRule = ({ registration, types }: Candidate, existing: Existing) =>
  Object.entries(registration.idPrefixes).flatMap(([prefix, type]) => {
    const owner = existing.idPrefixes.get(prefix);
    if (!PREFIX.test(prefix)) return [`The id prefix "${prefix}" must be 2 to 16 lower-case letters and digits.`];
    if (owner !== undefined) return [`The id prefix "${prefix}" is taken: it names ${owner}.`];
    return ownsType(existing, type) && isKeyedById(types.get(type))
      ? []
      : [`The id prefix "${prefix}" must name an entity of yours with @key(fields: "id"); ${type} is none.`];
  });

function isKeyedById(type: DeclaredType | undefined): boolean {
  return directivesOf(type?.directives ?? [], 'key').some((key) => String(argument(key, 'fields')).trim() === 'id');
}
