/** The items of the table of persons' keys. It has no stream. A register outside of it repeats erasures after a restore. */
import { personKeyKeys } from '../tables.ts';

export interface ZoneKeysFacts {
  readonly zoneId: string;
  /** The version that wraps persons' keys from now on. */
  readonly current: number;
  /** The instant since which it does, RFC 3339. A request that started earlier may still wrap by the former version. */
  readonly currentSince: string;
  /** Each version, wrapped by the zone's master key. Versions that wrap nothing any more are removed. */
  readonly keys: Readonly<Record<string, string>>;
  /** The key of the look-up hashes that find persons, wrapped in the same way. */
  readonly lookUp: { readonly id: string; readonly wrapped: string };
}

export type ZoneKeysItem = ReturnType<typeof zoneKeysItem>;
export function zoneKeysItem(facts: ZoneKeysFacts) {
  return { ...facts, ...personKeyKeys.zone(facts.zoneId), type: 'ZoneKeys' as const };
}

export interface PersonKeysFacts {
  readonly personId: string;
  /** The zone, and the version of its key, that wraps this one. */
  readonly zoneId: string;
  readonly zoneKey: number;
  /** The version that encrypts the person's data from now on. */
  readonly current: number;
  /** Each version, wrapped. There are several during a re-encryption. */
  readonly keys: Readonly<Record<string, string>>;
  /** The look-up hashes of the person's verified numbers, so that they are deleted with the key. */
  readonly lookUps: readonly LookUpFacts[];
  /** The hashes by which officers search for the person, likewise. Absent on items that are older than the search. */
  readonly searched?: readonly LookUpFacts[];
}

export interface LookUpFacts {
  readonly zoneId: string;
  readonly keyId: string;
  /** HMAC-SHA-256 of the identity number, or of a searched value, by the zone's look-up key, base64url. */
  readonly hash: string;
}

export type PersonKeysItem = ReturnType<typeof personKeysItem>;
export function personKeysItem(facts: PersonKeysFacts) {
  return { ...facts, ...personKeyKeys.person(facts.personId), type: 'PersonKeys' as const };
}

/** An account whose identity number is verified. */
export type IdNumberItem = ReturnType<typeof idNumberItem>;
export function idNumberItem({ zoneId, keyId, hash }: LookUpFacts, personId: string) {
  return { personId, ...personKeyKeys.idNumber(zoneId, keyId, hash, personId), type: 'IdNumber' as const };
}

/** A person under the hash of a value that officers search for. */
export type SearchEntryItem = ReturnType<typeof searchEntryItem>;
export function searchEntryItem({ zoneId, keyId, hash }: LookUpFacts, personId: string) {
  return { personId, ...personKeyKeys.search(zoneId, keyId, hash, personId), type: 'SearchEntry' as const };
}

/** The remaining record of an erased person: the issuer's name for them, and the instant. */
export type ErasureItem = ReturnType<typeof erasureItem>;
export function erasureItem(personId: string, erasedAt: string) {
  return { personId, erasedAt, ...personKeyKeys.erasure(personId), type: 'Erasure' as const };
}
