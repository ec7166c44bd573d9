/**
 * What a zone's key is for: it is bound to that, so that none is taken for another. That of a zone's webhooks is no key of
 * other keys: it is what an endpoint's owner is given, and what is signed with.
 */
export interface ZoneKeyName {
  readonly zoneId: string;
  readonly use: 'PERSON_KEYS' | 'LOOK_UP' | 'WEBHOOKS';
  readonly version: number;
}

/** One master key a zone, which never leaves where it is kept: it makes other keys, and opens them. */
export interface MasterKeys {
  /** Whether the zone has one: to a zone without one nobody can apply. */
  has(zoneId: string): boolean;
  /**
   * @returns a new random key of 256 bits, and the same wrapped by the zone's master key
   * @throws CodedError CONFIGURATION where the zone has no master key; whatever its keeper throws
   */
  make(name: ZoneKeyName): Promise<{ readonly bytes: Uint8Array; readonly wrapped: string }>;
  /** @throws CodedError CONFIGURATION likewise; whatever its keeper throws, and where it was wrapped by another name */
  unwrap(name: ZoneKeyName, wrapped: string): Promise<Uint8Array>;
}
