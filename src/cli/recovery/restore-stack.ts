import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { type Completed, completeRestore } from '../../local/backup/complete-restore.ts';
import { sdkSettings } from '../../storage/dynamodb/client/sdk-client.ts';
import { connect, openTable } from '../../storage/dynamodb/connection.ts';
import { beginLoading, endLoading } from '../../storage/migrations/loading.ts';
import { versionOfTable } from '../../storage/migrations/stamp.ts';
import type { OpenTables } from '../../storage/read-models/read-model.ts';
import type { TableNames } from '../../storage/tables.ts';
import { nextTables } from './generation.ts';
import { type LaterChange, replayLaterChanges } from './later-changes.ts';

/** Pause between two looks at a table, which takes minutes to hours to be restored. */
const PAUSE_MS = 10_000;

export interface StackRestore {
  readonly stack: string;
  /** The moment of all tables. */
  readonly at: Date;
  /** File that lists what the tables before have seen later. */
  readonly laterFile: string;
  readonly now: Date;
  readonly onStep: (step: string) => void;
}

/** Returns the sentences that say what a restore will do. */
export function restorePlan({ tables }: Pick<Config, 'tables'>, { stack, at, laterFile }: StackRestore): string[] {
  const into = nextTables(tables);
  return [
    `The API of ${stack} is closed: its functions get no instance.`,
    ...Object.entries(tables).map(
      ([store, name]) => `${name} is restored to ${at.toISOString()} as ${into[store as keyof TableNames]}.`,
    ),
    `What the tables have seen since is listed in ${laterFile}; the access log and reports are replayed.`,
    'The restored tables are migrated, without the persons of the register of erasures, and their read models rebuilt.',
    'They get streams, time to live, point-in-time recovery and protection from deletion.',
    'The stack is switched to them in two updates. The tables before stay, without a stack.',
    'The API is opened, and the stack gets its own template back.',
  ];
}

/**
 * Restores all tables of a stack to one moment, and switches the stack to them. Nothing serves the restored tables before
 * the register of erasures is applied. A repeated run goes on until the switch.
 */
export async function restoreStack(settings: Config, restore: StackRestore): Promise<Completed> {
  const { stack, at, onStep } = restore;
  const [{ DynamoDBClient }, { openStackUpdates }, tables, { switchStack }, access] = await Promise.all([
    import('@aws-sdk/client-dynamodb'),
    import('../stack/updates.ts'),
    import('./restored-tables.ts'),
    import('./switch-stack.ts'),
    import('./api-access.ts'),
  ]);
  const { region } = settings;
  const pauseMs = settings.dynamodbEndpoint === undefined ? PAUSE_MS : 100;
  const restorer = { client: new DynamoDBClient(sdkSettings(settings)), pause: () => sleep(pauseMs) };
  const updates = await openStackUpdates(stack, region);
  const into = nextTables(settings.tables);
  try {
    onStep('The API is closed');
    await access.closeApi(stack, region);
    onStep('The tables are restored');
    await tables.restoreToMoment(restorer, { from: settings.tables, into, at });
    const completed = await prepareRestored(settings, into, restore);
    onStep('The restored tables get what a restore leaves out');
    await tables.completeTables(restorer, { from: settings.tables, into });
    const restored = await tables.describeTables(restorer.client, into);
    const template = await switchStack(updates, stack, { restored, onStep });
    onStep('The API is opened');
    await access.openApi(stack, region);
    onStep('The stack gets its own template back');
    await updates.update(template);
    return completed;
  } finally {
    restorer.client.destroy();
    updates.close();
  }
}

/**
 * Makes restored tables fit to be served: replays what stands in a log, lists what does not, migrates, applies the
 * register of erasures, and rebuilds the read models. A mark in the table of parks says that they are not ready.
 * @param into the restored tables
 */
export async function prepareRestored(
  settings: Config,
  into: TableNames,
  { at, laterFile, now, onStep }: Omit<StackRestore, 'stack'>,
): Promise<Completed> {
  const [before, restored] = [connect(settings), connect({ ...settings, tables: into })];
  const scope = { deadline: Number.POSITIVE_INFINITY, signal: new AbortController().signal, owner: 'restore' };
  const old: OpenTables = (store) => openTable(before, store, scope);
  const made: OpenTables = (store) => openTable(restored, store, scope);
  try {
    const versions = await Promise.all([old, made].map((open) => versionOfTable(open('parks'))));
    await beginLoading(restored, { what: 'RESTORE', source: at.toISOString(), stores: Object.keys(into) });
    if (versions[0] === versions[1]) {
      onStep('What came later is listed and replayed');
      await replayLaterChanges(old, made, (change) => appendFileSync(laterFile, lineOf(change)));
    } else {
      onStep('The restored data are of an older version: nothing is replayed');
    }
    onStep('The restored tables are made ready');
    const completed = await completeRestore({ ...settings, tables: into }, { registers: [], now });
    await endLoading(restored);
    return completed;
  } finally {
    before.dynamo.destroy();
    restored.dynamo.destroy();
  }
}

/** Returns a line of the list. Keys have ids only, and no item's content is in it. */
const lineOf = ({ store, pk, sk, type, change, replayed }: LaterChange) =>
  `${JSON.stringify({ store, type, change, replayed, pk, sk })}\n`;

/**
 * Reads the moment of a restore.
 * @throws CodedError CONFIGURATION unless it is an instant of the past
 */
export function parseMoment(text: string, now: Date): Date {
  const at = new Date(text);
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) && at < now) return at;
  throw new CodedError('CONFIGURATION', `--to is an instant of the past such as 2026-11-29T02:00:00Z, not "${text}".`);
}
