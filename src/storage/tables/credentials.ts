import type { PrimaryKey } from './key.ts';

/** The partition of the list of receipt numbers whose secrets are older than tags. */
export const UNTAGGED_RECEIPTS = 'UNTAGGED_RECEIPTS';

/** Keys of callers' credentials. Permissions of functions in `serverless.yml` use the prefixes of the partitions. */
export const credentialKeys = {
  /** An API key, by its public part. */
  apiKey: (id: string): PrimaryKey => ({ pk: `KEY#${id}`, sk: 'KEY' }),
  /** The secret of a case's receipt number. */
  caseSecret: (receiptNumber: string): PrimaryKey => ({ pk: `RECEIPT#${receiptNumber}`, sk: 'SECRET' }),
  /** A part of the list of receipt numbers whose secrets are older than tags. */
  untaggedReceipts: (first: string): PrimaryKey => ({ pk: UNTAGGED_RECEIPTS, sk: first }),
  /** An endpoint of a zone's systems for webhooks. All endpoints of a zone are one partition. */
  webhook: (zone: string, id: string): PrimaryKey => ({ pk: `WEBHOOKS#${zone}`, sk: id }),
  /** The budget of a client; absent while it is full. */
  budget: (client: string): PrimaryKey => ({ pk: `BUDGET#${client}`, sk: 'BUDGET' }),
  /** The operations that one instance has counted of a zone's systems on a day (UTC). */
  usage: (zone: string, day: string, instance: string): PrimaryKey => ({
    pk: `USAGE#${zone}`,
    sk: `${day}#${instance}`,
  }),
} as const;

/** Index keys of the credentials table. */
export const credentialIndexes = {
  /** gsi1: the API keys of a zone, by creation. The command and the mutations that manage them read it. */
  keysOfZone: (zone: string, createdAt: string, id: string) => ({
    gsi1pk: `${zone}#KEYS`,
    gsi1sk: `${createdAt}#${id}`,
  }),
} as const;
