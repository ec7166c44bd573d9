/**
 * Ids are typed and readable, unique over all types: a prefix that names the type, `_`, and a suffix. What exists before
 * the system runs is named by a slug (`park_binhai-zhongguancun`, `zone_teda`); what is created at run time by a ULID
 * (`ent_01J…`). An id says which type it is of, never whether such a thing exists.
 */

type SuffixForm = 'SLUG' | 'ULID' | 'SLUG_OR_ULID';

/** The top-level entities of our own four subgraphs, by the prefix of their ids: type, owner, and form of the suffix. */
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
/** The GraphQL type name behind a prefix. */
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

/** The prefix of a well-formed id, or null where it is none of ours or its suffix has not the form of its type. */
export function prefixOfId(id: string): IdPrefix | null {
  const cut = id.indexOf('_');
  const prefix = id.slice(0, Math.max(cut, 0));
  if (!isIdPrefix(prefix)) return null;
  return hasForm(id.slice(cut + 1), ID_PREFIXES[prefix].suffix) ? prefix : null;
}

/** The GraphQL type of a well-formed id; null for everything else. */
export function typeOfId(id: string): EntityType | null {
  const prefix = prefixOfId(id);
  return prefix === null ? null : ID_PREFIXES[prefix].type;
}

/** Whether this is a well-formed id with that prefix. */
export function isIdOf(prefix: IdPrefix, id: string): boolean {
  return prefixOfId(id) === prefix;
}

/**
 * Puts prefix and suffix together.
 * @throws RangeError where the suffix has not the form of the type: ids are made by code, so that is a fault of ours.
 */
export function makeId(prefix: IdPrefix, suffix: string): string {
  if (!hasForm(suffix, ID_PREFIXES[prefix].suffix)) {
    throw new RangeError(`"${suffix}" is no ${ID_PREFIXES[prefix].suffix} for an id of ${ID_PREFIXES[prefix].type}`);
  }
  return `${prefix}_${suffix}`;
}
