/** Records what functions ask of DynamoDB while tests run, and refuses what their roles don't allow, as AWS would. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Dynamo } from '../../src/storage/dynamodb/client/dynamo.ts';
import { StoreError } from '../../src/storage/dynamodb/client/store-error.ts';
import type { TableNames } from '../../src/storage/tables.ts';
import { askedBy } from './asked.ts';
import { committedStatements } from './committed-roles.ts';
import { isAllowed } from './iam.ts';
import { mergeRights, nameOf, partitionKind, type RecordedRight, rightsOf, tableIdOf } from './recorded.ts';

/** A folder: what is asked is recorded there. `RIGHTS_OPEN=1`: and nothing is refused. */
const { RIGHTS_FOLDER: folder, RIGHTS_OPEN: isOpen } = process.env;
const running = new AsyncLocalStorage<string>();
const known = new Map<string, RecordedRight>();
/** Questions that were answered by yes: most calls are like one before. */
const passed = new Set<string>();

/** Runs something as a function of `serverless.yml` would: under its role. */
export function asFunction<Result>(name: string, run: () => Result): Result {
  return running.run(name, run);
}

/** Runs something that a test does in the middle of a function's work, under nobody's role. */
export function asNobody<Result>(run: () => Result): Result {
  return running.exit(run);
}

/** Has all calls of a client by functions recorded and held against their roles. */
export function holdToRoles(dynamo: Dynamo, tables: TableNames): void {
  dynamo.intercept('call', async (command, next) => {
    const name = running.getStore();
    if (name !== undefined) check(name, command.operation, command.input, tables);
    return next(command);
  });
}

function check(name: string, command: string, input: unknown, tables: TableNames): void {
  for (const { table, ...asked } of askedBy({ command, input })) {
    const tableId = tableIdOf(tables, table);
    if (tableId === undefined) throw new Error(`There is no table ${table}.`);
    const { action, index, partitions, attributes, returnValues } = asked;
    const kinds = [...new Set(partitions.map(partitionKind))].join();
    const question = [name, action, tableId, index, kinds, attributes.join(), returnValues].join(' ');
    if (passed.has(question)) continue;
    for (const right of rightsOf(name, { ...asked, table }, tableId)) note(right);
    if (isOpen || isAllowed(committedStatements(name), { ...asked, tableId })) {
      passed.add(question);
      continue;
    }
    const what = `${asked.action} on ${tableId}${asked.index ? `/${asked.index}` : ''} (${asked.partitions.join(', ')})`;
    const message = `${name} is not authorized to perform ${what}: npm run rights -- --record`;
    throw new StoreError('AccessDeniedException', message, { status: 400 });
  }
}

function note(right: RecordedRight): void {
  if (folder === undefined) return;
  const before = known.get(nameOf(right));
  const [merged = right] = mergeRights(before ? [before, right] : [right]);
  if (JSON.stringify(before) === JSON.stringify(merged)) return;
  known.set(nameOf(right), merged);
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, `${process.pid}.jsonl`), `${JSON.stringify(merged)}\n`);
}

/** A handler that runs as its function, on the one connection of its process. */
export function ofFunction<Args extends unknown[], Result>(
  name: string,
  run: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  return async (...args) => {
    await holdProcess();
    return asFunction(name, () => run(...args));
  };
}

/**
 * What makes a handler: each that is made runs as its function.
 * @public for `under-roles.mjs`
 */
export function ofMadeFunction<Options extends unknown[], Args extends unknown[], Result>(
  name: string,
  make: (...options: Options) => (...args: Args) => Promise<Result>,
): (...options: Options) => (...args: Args) => Promise<Result> {
  return (...options) => ofFunction(name, make(...options));
}

/**
 * What a handler calls: a test that calls it itself does so as its function.
 * @public for `under-roles.mjs`
 */
export function ofUseCase<Args extends unknown[], Result>(
  name: string,
  run: (...args: Args) => Result,
): (...args: Args) => Result {
  return (...args) => (running.getStore() === undefined ? asFunction(name, () => run(...args)) : run(...args));
}

const held = new WeakSet<Dynamo>();

/** Holds the connection of the handlers, which each test file loads anew. */
async function holdProcess(): Promise<void> {
  const [{ config }, { processConnection }] = await Promise.all([
    import('../../src/config.ts'),
    import('../../src/handlers/process.ts'),
  ]);
  const { dynamo, tables } = processConnection(config());
  if (held.has(dynamo)) return;
  held.add(dynamo);
  holdToRoles(dynamo, tables);
}
