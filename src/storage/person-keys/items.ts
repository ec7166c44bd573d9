/** The items of the table of persons' keys. It has no stream and no older copy: what is deleted here is gone. */
import { personKeyKeys } from '../tables.ts';

export interface ZoneKeysFacts {
  readonly zoneId: string;
  /** The version that persons' keys are wrapped by from now on. */
  readonly current: number;
  /** Since when: a request that began before may still wrap by the one before. RFC 3339. */
  readonly currentSince: string;
  /** Each version, wrapped by the zone's master key. One that nothing is wrapped by any more is not here. */
  readonly keys: Readonly<Record<string, string>>;
  /** The key of the hashes that persons are found by, likewise. */
  readonly lookUp: { readonly id: string; readonly wrapped: string };
}

export type ZoneKeysItem = ReturnType<typeof zoneKeysItem>;
export function zoneKeysItem(facts: ZoneKeysFacts) {
  return { ...facts, ...personKeyKeys.zone(facts.zoneId), type: 'ZoneKeys' as const };
}

export interface PersonKeysFacts {
  readonly personId: string;
  /** Whose key wraps this one, in which version. */
  readonly zoneId: string;
  readonly zoneKey: number;
  /** The version that the person's data are encrypted by from now on. */
  readonly current: number;
  /** Each version, wrapped. More than one while data are encrypted anew. */
  readonly keys: Readonly<Record<string, string>>;
  /** The hashes that find the person by a verified number, so that they go with the key. */
  readonly lookUps: readonly LookUpFacts[];
}

export interface LookUpFacts {
  readonly zoneId: string;
  readonly keyId: string;
  /** HMAC-SHA-256 of the identity number by the zone's look-up key, base64url. */
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

/** What is left of an erased person: what the issuer calls them, and when it was. */
export type ErasureItem = ReturnType<typeof erasureItem>;
export function erasureItem(personId: string, erasedAt: string) {
  return { personId, erasedAt, ...personKeyKeys.erasure(personId), type: 'Erasure' as const };
}
