/** Keys that every table has, and the parts of keys. */

/** Attribute with the epoch seconds after which DynamoDB may delete an item. It deletes late, so readers filter. */
export const TTL_ATTRIBUTE = 'ttl';

/** The key of one item in any table. */
export interface PrimaryKey {
  readonly pk: string;
  readonly sk: string;
}

/** A key, in every table, without an item. The readiness check reads it. */
export const READY_KEY: PrimaryKey = { pk: 'READY', sk: 'READY' };

/**
 * Returns whether DynamoDB can store an item with this key. Keys contain client input, and no item has a longer key.
 */
export function isStorable({ pk, sk }: { readonly pk: string; readonly sk?: string }): boolean {
  return Buffer.byteLength(pk) <= 2_048 && Buffer.byteLength(sk ?? '') <= 1_024;
}

/** Returns a zero-padded number, so that numbers sort as text: versions and sequences up to 999,999. */
export const ordinal = (number: number) => String(number).padStart(6, '0');

/** Returns the key of a record's version, beside the current one: the event of its change, which never changes. */
export const recordVersionKey = ({ pk, sk }: PrimaryKey, version: number): PrimaryKey => ({
  pk,
  sk: `${sk}@${ordinal(version)}`,
});

/** Keys of tables whose functions count working days: copies of years' arrangements, all in one partition. */
export const calendarYearKey = (year: number): PrimaryKey => ({ pk: CALENDAR_YEARS, sk: `${year}` });
export const CALENDAR_YEARS = 'CALENDAR_YEARS';

/** Keys of every table: the recorded answer of an earlier mutation. */
export const idempotencyKey = (scope: string, key: string): PrimaryKey => ({ pk: `IDEM#${scope}#${key}`, sk: 'IDEM' });

/** Keys of every table: the data version, and the progress of a migration or a load. */
export const dataVersionKeys = {
  stamp: (): PrimaryKey => ({ pk: 'DATA_VERSION', sk: 'STAMP' }),
  progress: (version: number, step: string): PrimaryKey => ({
    pk: 'DATA_VERSION',
    sk: `${dataVersionKeys.progressOf(version)}${step}`,
  }),
  /** The mark of a load that has begun and not ended: demo data, or a restore. It is in the table of parks. */
  loading: (): PrimaryKey => ({ pk: 'DATA_VERSION', sk: 'LOADING' }),
  /** Prefix of the sort keys of one migration's progress. */
  progressOf: (version: number) => `PROGRESS#${ordinal(version)}#`,
} as const;

/**
 * Index keys of every table but that of persons' keys. gsi1: the recorded answers of a person, which an erasure
 * deletes.
 */
export const answersTo = (person: string, { pk }: PrimaryKey) => ({ gsi1pk: `PERSON#${person}#ANSWERS`, gsi1sk: pk });
