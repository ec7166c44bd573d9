/**
 * Ids are typed, readable and unique over all types: a prefix that names the type, `_`, and a suffix. The suffix is a
 * slug for things that exist before the system runs (`park_binhai-zhongguancun`, `zone_teda`). It is a ULID for things
 * created at run time (`ent_01J…`). An id never says whether such a thing exists.
 */

type SuffixForm = 'SLUG' | 'ULID' | 'SLUG_OR_ULID';

/** The top-level entities of our own four subgraphs by id prefix: type, subgraph, and form of the suffix. */
export const ID_PREFIXES = {
  park: { type: 'Park', subgraph: 'parks', suffix: 'SLUG' },
  zone: { type: 'Zone', subgraph: 'parks', suffix: 'SLUG' },
  policy: { type: 'Policy', subgraph: 'parks', suffix: 'SLUG' },
  ind: { type: 'Indicator', subgraph: 'parks', suffix: 'SLUG' },
  ent: { type: 'Enterprise', subgraph: 'enterprises', suffix: 'ULID' },
  proj: { type: 'Project', subgraph: 'enterprises', suffix: 'SLUG_OR_ULID' },
  sreq: { type: 'SupportRequest', subgraph: 'enterprises', suffix: 'ULID' },
  case: { type: 'TalentCase', subgraph: 'talent', suffix: 'ULID' },
  ctype: { type: 'CaseType', subgraph: 'talent', suffix: 'SLUG' },
  agr: { type: 'Agreement', subgraph: 'linkages', suffix: 'SLUG_OR_ULID' },
  cov: { type: 'PolicyCoverage', subgraph: 'linkages', suffix: 'SLUG_OR_ULID' },
  lgrp: { type: 'LinkageGroup', subgraph: 'linkages', suffix: 'SLUG' },
  reloc: { type: 'Relocation', subgraph: 'linkages', suffix: 'SLUG_OR_ULID' },
} as const satisfies Record<string, { readonly type: string; readonly subgraph: string; readonly suffix: SuffixForm }>;

export type IdPrefix = keyof typeof ID_PREFIXES;
/** The GraphQL type name of a prefix. */
export type EntityType = (typeof ID_PREFIXES)[IdPrefix]['type'];

const SLUG = /^(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*$/;
/** Crockford's base 32 without I, L, O, U; the first digit keeps the 48-bit time from overflowing. */
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

function hasForm(suffix: string, form: SuffixForm): boolean {
  return (form !== 'ULID' && SLUG.test(suffix)) || (form !== 'SLUG' && ULID.test(suffix));
}

function isIdPrefix(prefix: string): prefix is IdPrefix {
  return Object.hasOwn(ID_PREFIXES, prefix);
}

/**
 * Returns the prefix of a well-formed id; null for an unknown prefix, or a suffix that doesn't have the form of its
 * type.
 */
export function prefixOfId(id: string): IdPrefix | null {
  const cut = id.indexOf('_');
  const prefix = id.slice(0, Math.max(cut, 0));
  if (!isIdPrefix(prefix)) return null;
  return hasForm(id.slice(cut + 1), ID_PREFIXES[prefix].suffix) ? prefix : null;
}

/** Returns the GraphQL type of a well-formed id; null for every other text. */
export function typeOfId(id: string): EntityType | null {
  const prefix = prefixOfId(id);
  return prefix === null ? null : ID_PREFIXES[prefix].type;
}

/** Returns whether an id is well-formed and has that prefix. */
export function isIdOf(prefix: IdPrefix, id: string): boolean {
  return prefixOfId(id) === prefix;
}

/**
 * Joins prefix and suffix.
 * @throws RangeError where the suffix doesn't have the form of the type. Ids are made by code, so that is a bug.
 */
export function makeId(prefix: IdPrefix, suffix: string): string {
  if (!hasForm(suffix, ID_PREFIXES[prefix].suffix)) {
    throw new RangeError(`"${suffix}" is no ${ID_PREFIXES[prefix].suffix} for an id of ${ID_PREFIXES[prefix].type}`);
  }
  return `${prefix}_${suffix}`;
}
