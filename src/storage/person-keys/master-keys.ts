/**
 * The purpose of a zone's key, to which the key is bound. The key of a zone's webhooks wraps no other keys: it is the
 * secret of an endpoint's owner, and signs webhooks. A key of contacts encrypts one applicant's address for news.
 */
export interface ZoneKeyName {
  readonly zoneId: string;
  readonly use: 'PERSON_KEYS' | 'LOOK_UP' | 'WEBHOOKS' | 'CONTACTS';
  readonly version: number;
}

/** One master key per zone, which never leaves its store. It makes other keys, and opens them. */
export interface MasterKeys {
  /** Returns whether the zone has one. Nobody can apply to a zone without one. */
  has(zoneId: string): boolean;
  /**
   * Returns a new random key of 256 bits, and the same wrapped by the zone's master key.
   * @throws CodedError CONFIGURATION where the zone has no master key; any fault of the key store
   */
  make(name: ZoneKeyName): Promise<{ readonly bytes: Uint8Array; readonly wrapped: string }>;
  /**
   * Opens a wrapped key.
   * @throws CodedError CONFIGURATION likewise; any fault of the key store, and where it was wrapped with another name
   */
  unwrap(name: ZoneKeyName, wrapped: string): Promise<Uint8Array>;
}
