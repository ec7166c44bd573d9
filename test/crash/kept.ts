/** What is in the store when all is over, held against what was acknowledged. */
import { isDeepStrictEqual } from 'node:util';
import { type Config, readConfig } from '../../src/config.ts';
import { foldCase } from '../../src/domain/cases/fold.ts';
import { isNews } from '../../src/domain/news/message.ts';
import { withDatabase } from '../../src/local/database/with-database.ts';
import { masterSecretOf } from '../../src/local/local-secret.ts';
import { webhookId } from '../../src/notify/deliver-to-endpoint.ts';
import { createEndpoint } from '../../src/notify/endpoint-life.ts';
import { connect, openTable } from '../../src/storage/dynamodb/connection.ts';
import { readRange } from '../../src/storage/dynamodb/read.ts';
import type { Table } from '../../src/storage/dynamodb/table.ts';
import { transact } from '../../src/storage/dynamodb/transaction.ts';
import { put } from '../../src/storage/dynamodb/write.ts';
import { keyringOf } from '../../src/storage/person-keys/keyring.ts';
import { type PrimaryKey, talentIndexes, talentKeys } from '../../src/storage/tables.ts';
import { readFile } from '../../src/storage/talent/cases/cases.ts';
import type { DeliveryItem, OutboxItem } from '../../src/storage/talent/items.ts';
import { undeliveredEntries } from '../../src/storage/talent/webhooks/outbox.ts';
import { caseTypeItems } from '../fixtures/case-types.ts';
import { CASE_TYPE, ZONE } from './case-type.ts';
import { type Acknowledged, WHOLE_LOG } from './case-worker.ts';

const settingsOf = (dataDir: string): Config => ({
  ...readConfig({ BRIDGEHEAD_MODE: 'local', DATA_DIR: dataDir }),
  localMasterSecret: masterSecretOf(dataDir),
});

/** Opens tables of a data folder, whether the system runs on it or not. */
async function within<T>(
  dataDir: string,
  work: (open: (store: 'talent' | 'credentials') => Table, settings: Config) => Promise<T>,
): Promise<T> {
  let done: { readonly value: T } | undefined;
  await withDatabase(settingsOf(dataDir), async (settings) => {
    const connection = connect(settings);
    const call = { deadline: Date.now() + 600_000, signal: AbortSignal.timeout(600_000), owner: 'crash-test' };
    try {
      done = { value: await work((store) => openTable(connection, store, call), settings) };
    } finally {
      connection.dynamo.destroy();
    }
  });
  if (!done) throw new Error('nothing was done on the database');
  return done.value;
}

/** Puts the case type there, and lets a receiver be told of all that happens. */
export function prepare(dataDir: string, receiver: string): Promise<void> {
  return within(dataDir, async (open, settings) => {
    await transact(
      open('talent'),
      caseTypeItems(CASE_TYPE).map((item) => put(item)),
    );
    const wanted = { zone: ZONE, url: receiver, types: null, reach: 'public-or-loopback', now: new Date() } as const;
    await createEndpoint(open('credentials'), keyringOf(settings), wanted);
  });
}

/** How many outbox entries wait. */
export const waiting = (dataDir: string): Promise<number> =>
  within(dataDir, async (open) => (await undeliveredEntries(open('talent'))).length);

export interface Kept {
  readonly cases: number;
  readonly events: number;
  /** Outbox entries that still wait. */
  readonly undelivered: number;
  /** What is wrong, in a sentence each. */
  readonly faults: readonly string[];
}

/**
 * @param told webhook-id → case and sequence number that it told of; the ids of messages to applicants
 * @param persons who opened cases
 */
export function examine(
  dataDir: string,
  acknowledged: readonly Acknowledged[],
  persons: readonly string[],
  told: { readonly webhooks: ReadonlyMap<string, string>; readonly messages: ReadonlySet<string> },
): Promise<Kept> {
  return within(dataDir, async (open) => {
    const table = open('talent');
    const faults: string[] = [];
    const must = (holds: boolean, fault: string) => {
      if (!holds) faults.push(fault);
    };
    const versions = new Map<string, Set<number>>();
    for (const { caseId, version } of acknowledged) {
      const of = versions.get(caseId) ?? new Set();
      must(!of.has(version), `${caseId} was acknowledged in version ${version} twice`);
      versions.set(caseId, of.add(version));
    }
    const timesTold = Map.groupBy(told.webhooks.values(), (of) => of);
    let expectedMessages = 0;
    let events = 0;
    let undelivered = 0;
    for (const [caseId, of] of versions) {
      const file = await readFile(table, caseId, { consistent: true });
      if (!file) {
        faults.push(`${caseId} was acknowledged and is not there`);
        continue;
      }
      const kinds = file.events.map(({ kind }) => kind);
      events += kinds.length;
      must(
        isDeepStrictEqual(kinds, WHOLE_LOG.slice(0, kinds.length)),
        `${caseId} went another way: ${kinds.join(', ')}`,
      );
      must(Math.max(...of) === kinds.length, `${caseId} has ${kinds.length} events, ${Math.max(...of)} acknowledged`);
      must(of.size === kinds.length, `${caseId} has ${kinds.length} events, of which ${of.size} were acknowledged`);
      const folded = foldCase(file.events.map(({ pk, sk, type, caseId: _, ...event }) => event));
      must(isDeepStrictEqual(folded, file.case.course), `${caseId} is not what its log folds to`);
      const outbox = await readRange<OutboxItem | DeliveryItem>(table, { partition: talentKeys.outbox(caseId, 1).pk });
      const entries = outbox.filter((item): item is OutboxItem => item.type === 'Outbox');
      const sequences = entries.map(({ sequence }) => sequence).toSorted((a, b) => a - b);
      must(
        isDeepStrictEqual(
          sequences,
          kinds.map((_, i) => i + 1),
        ),
        `${caseId} has other outbox entries than events: ${sequences.join(', ')}`,
      );
      for (const { sequence, delivered, isDraft, sk: entry, kind } of entries) {
        const isTold = told.messages.has(webhookId(`news_${caseId}`, { caseId, entry }));
        if (isTold) expectedMessages += 1;
        // What was sent and not written down yet is told, and its entry still waits.
        must(
          isNews({ caseId, kind }) ? isTold || !delivered : !isTold,
          `the applicant of ${caseId} was ${isTold ? 'told' : 'not told'} of event ${sequence}, ${kind}`,
        );
        const ids = timesTold.get(`${caseId}#${sequence}`)?.length ?? 0;
        if (!delivered) undelivered += 1;
        // Of a draft nobody is told.
        const isRight = isDraft ? ids === 0 : ids === 1 || (ids === 0 && !delivered);
        must(isRight, `${caseId}, event ${sequence}, was told under ${ids} ids`);
      }
    }
    must(expectedMessages === told.messages.size, `${told.messages.size - expectedMessages} messages tell of no event`);
    for (const person of persons) {
      const partition = talentIndexes.casesOfApplicant(person, '').gsi1pk;
      for (const { pk } of await readRange<PrimaryKey>(table, { index: 'gsi1', partition })) {
        must(versions.has(pk), `${pk} was opened and never acknowledged`);
      }
    }
    return { cases: versions.size, events, undelivered, faults };
  });
}
