import type { PrimaryKey } from './key.ts';

/**
 * Keys of the access log. Entries are named by ULIDs, logs by random names, batches by numbers: no name identifies a
 * person. Permissions of functions in `serverless.yml` use the prefixes of the partitions.
 */
export const accessLogKeys = {
  /** An entry that is in no batch yet. There are few, so that `myAccessLog` reads all of them. */
  waiting: (lane: number, entry: string): PrimaryKey => ({ pk: `ACCESS_WAITING#${lane}`, sk: entry }),
  /** The viewer and the purpose of an entry, read for the entries of a page of a person's log. */
  entry: (entry: string): PrimaryKey => ({ pk: `ACCESS_ENTRY#${entry}`, sk: 'ENTRY' }),
  /** The log of a person. */
  ofPerson: (person: string): PrimaryKey => ({ pk: `ACCESS#${person}`, sk: 'LOG' }),
  /** A log of a person that is being erased. */
  erasing: (person: string, log: string): PrimaryKey => ({ pk: `ACCESS#${person}`, sk: `ERASING#${log}` }),
  /** The part of an entry in the log of the person it concerns, by time. `myAccessLog` reads this range backwards. */
  part: (log: string, entry: string): PrimaryKey => ({ pk: `ACCESS_LOG#${log}`, sk: entry }),
  batch: (lane: number, number: number): PrimaryKey => ({
    pk: `ACCESS_BATCHES#${lane}`,
    sk: String(number).padStart(9, '0'),
  }),
  /** A copy of each batch, written by another role than the batches. */
  registered: (lane: number, number: number): PrimaryKey => ({
    pk: `ACCESS_REGISTER#${lane}`,
    sk: String(number).padStart(9, '0'),
  }),
  /** The last batch that a lane may delete, written by the same role. */
  cut: (lane: number): PrimaryKey => ({ pk: `ACCESS_REGISTER#${lane}`, sk: 'CUT' }),
  /** The newest anchor, written by the same role. */
  anchor: (): PrimaryKey => ({ pk: 'ACCESS_REGISTER#ANCHOR', sk: 'NEWEST' }),
} as const;
