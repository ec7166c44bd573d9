/**
 * Ids are typed, readable and unique over all types: a prefix that names the type, `_`, and a suffix. The suffix is a
 * slug for things that exist before the system runs (`park_binhai-zhongguancun`, `zone_teda`). It is a ULID for things
 * created at run time (`ent_01J…`). It is two slugs for things of a park, whose code comes first
 * (`fac_binhai-zhongguancun--school`). An id never says whether such a thing exists.
 */

type SuffixForm = 'SLUG' | 'ULID' | 'SLUG_OR_ULID' | 'SLUG_OF_PARK';

/** The top-level entities of our own four subgraphs by id prefix: type, subgraph, and form of the suffix. */
export const ID_PREFIXES = {
  park: { type: 'Park', subgraph: 'parks', suffix: 'SLUG' },
  zone: { type: 'Zone', subgraph: 'parks', suffix: 'SLUG' },
  policy: { type: 'Policy', subgraph: 'parks', suffix: 'SLUG' },
  fac: { type: 'Facility', subgraph: 'parks', suffix: 'SLUG_OF_PARK' },
  unit: { type: 'ControlUnit', subgraph: 'parks', suffix: 'SLUG_OF_PARK' },
  ind: { type: 'Indicator', subgraph: 'parks', suffix: 'SLUG' },
  ent: { type: 'Enterprise', subgraph: 'enterprises', suffix: 'ULID' },
  dir: { type: 'Directive', subgraph: 'enterprises', suffix: 'ULID' },
  course: { type: 'Course', subgraph: 'enterprises', suffix: 'ULID' },
  offer: { type: 'CooperationOffer', subgraph: 'enterprises', suffix: 'ULID' },
  proj: { type: 'Project', subgraph: 'enterprises', suffix: 'SLUG_OR_ULID' },
  insp: { type: 'Inspection', subgraph: 'enterprises', suffix: 'ULID' },
  sreq: { type: 'SupportRequest', subgraph: 'enterprises', suffix: 'ULID' },
  case: { type: 'TalentCase', subgraph: 'talent', suffix: 'ULID' },
  ctype: { type: 'CaseType', subgraph: 'talent', suffix: 'SLUG' },
  agr: { type: 'Agreement', subgraph: 'linkages', suffix: 'SLUG_OR_ULID' },
  cov: { type: 'PolicyCoverage', subgraph: 'linkages', suffix: 'SLUG_OR_ULID' },
  recog: { type: 'Recognition', subgraph: 'linkages', suffix: 'SLUG_OR_ULID' },
  lgrp: { type: 'LinkageGroup', subgraph: 'linkages', suffix: 'SLUG' },
  reloc: { type: 'Relocation', subgraph: 'linkages', suffix: 'SLUG_OR_ULID' },
} as const satisfies Record<string, { readonly type: string; readonly subgraph: string; readonly suffix: SuffixForm }>;

export type IdPrefix = keyof typeof ID_PREFIXES;
/** The GraphQL type name of a prefix. */
export type EntityType = (typeof ID_PREFIXES)[IdPrefix]['type'];

const SLUG = /^(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*$/;
/** Crockford's base 32 without I, L, O, U; the first digit keeps the 48-bit time from overflowing. */
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** Stands between the codes of a park and of a thing in it. No slug has two hyphens in a row. */
const OF_PARK = '--';

function hasForm(suffix: string, form: SuffixForm): boolean {
  if (form === 'SLUG_OF_PARK') {
    const codes = suffix.split(OF_PARK);
    return codes.length === 2 && codes.every((code) => SLUG.test(code));
  }
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

/** Returns the global id of a facility or a control unit, which has a code in its park. */
export function idInPark(prefix: 'fac' | 'unit', parkId: string, code: string): string {
  return `${prefix}_${parkId.slice('park_'.length)}${OF_PARK}${code}`;
}

/** Returns the park and the code of a thing's id that `idInPark` made. */
export function placeOfId(id: string): { readonly parkId: string; readonly code: string } {
  const [park = '', code = ''] = id.slice(id.indexOf('_') + 1).split(OF_PARK);
  return { parkId: `park_${park}`, code };
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function base32(value: bigint, digits: number): string {
  let text = '';
  for (let rest = value, i = 0; i < digits; i++, rest >>= 5n) text = ALPHABET[Number(rest & 31n)] + text;
  return text;
}

/**
 * Returns a ULID (github.com/ulid/spec): 48 bits of Unix milliseconds and 80 further bits, as 26 digits of Crockford's
 * base 32.
 */
export function ulidOf(milliseconds: number, bits80: bigint): string {
  return base32(BigInt(milliseconds), 10) + base32(bits80 & ((1n << 80n) - 1n), 16);
}

/**
 * Returns the ULID of a name: the same name and instant always give the same one. It is for demo data and fixtures,
 * whose ids must not change between runs. Ids made at run time take their 80 bits from a random source. The bits are
 * FNV-1a over 128 bits (draft-eastlake-fnv), the lower 48 folded into the upper 80.
 */
export function ulidOfName(name: string, milliseconds: number): string {
  const prime = 0x0000000001000000000000000000013bn;
  let hash = 0x6c62272e07bb014262b821756295c58dn;
  for (const byte of new TextEncoder().encode(name)) {
    hash = ((hash ^ BigInt(byte)) * prime) & ((1n << 128n) - 1n);
  }
  return ulidOf(milliseconds, (hash >> 48n) ^ (hash & ((1n << 48n) - 1n)));
}

/** Returns the instant of a ULID, in Unix milliseconds. */
export function ulidTime(ulid: string): number {
  return [...ulid.slice(0, 10)].reduce((time, digit) => time * 32 + ALPHABET.indexOf(digit), 0);
}
