import type { PrimaryKey } from './key.ts';

/** The partition of all contacts of officers, in the order of their agencies. */
export const DIGEST_CONTACTS = 'DIGESTS';

/** Keys of the table with the keys that encrypt persons' data, and the look-up hashes of their numbers. */
export const personKeyKeys = {
  /** The keys of a zone, wrapped by its master key. */
  zone: (zone: string): PrimaryKey => ({ pk: zone, sk: 'KEYS' }),
  /** The keys of a person, wrapped by the zone's key. Without them, nothing about the person can be read. */
  person: (person: string): PrimaryKey => ({ pk: `PERSON#${person}`, sk: 'KEYS' }),
  /** The erasure of a person and its instant. Data that a restore has brought back are removed by it. */
  erasure: (person: string): PrimaryKey => ({ pk: `PERSON#${person}`, sk: 'ERASED' }),
  /** The contact at which a case's applicant hears of news. Deletions in this table are final. */
  contact: (caseId: string): PrimaryKey => ({ pk: `CONTACT#${caseId}`, sk: 'CONTACT' }),
  /** The contact at which an officer is sent digests of an agency's work. `officer` is a hash that names them. */
  digestContact: (zone: string, agency: string, officer: string): PrimaryKey => ({
    pk: DIGEST_CONTACTS,
    sk: `${zone}#${agency}#${officer}`,
  }),
  /**
   * An account with a verified identity number, by the number's keyed hash. All accounts of one person are one
   * partition.
   */
  idNumber: (zone: string, keyId: string, hash: string, person: string): PrimaryKey => ({
    pk: `${zone}#ID_NUMBER#${keyId}#${hash}`,
    sk: `PERSON#${person}`,
  }),
  /** A person by the keyed hash of a value that officers of the zone search for. */
  search: (zone: string, keyId: string, hash: string, person: string): PrimaryKey => ({
    pk: `${zone}#SEARCH#${keyId}#${hash}`,
    sk: `PERSON#${person}`,
  }),
} as const;
