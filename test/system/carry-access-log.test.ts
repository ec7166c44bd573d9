import { mock } from 'node:test';
import { log } from '../../src/log.ts';
import { ScanCommand } from '../../src/storage/dynamodb/client/dynamo.ts';
import { transact } from '../../src/storage/dynamodb/transaction.ts';
import { put } from '../../src/storage/dynamodb/write.ts';
import { migrate } from '../../src/storage/migrations/migrate.ts';
import { MIGRATIONS } from '../../src/storage/migrations/migrations.ts';
import { carryAccessLog } from '../../src/storage/migrations/talent/carry-access-log.ts';
import { batchWaiting } from '../../src/storage/talent/access-log/batch-waiting.ts';
import { readAccessLog } from '../../src/storage/talent/access-log/read.ts';
import { verifyAccessLog } from '../../src/storage/talent/access-log/verify.ts';
import { FIXTURE_NOW, startOldSystem } from '../data-versions.ts';
import { waitingEntries } from '../fixtures/access-log.ts';
import type { TestSystem } from '../harness.ts';

/** Version 1 kept a chain a person: their entries are carried into the access log, once, with where they come from. */

let system: TestSystem;
beforeEach(async () => {
  system = await startOldSystem();
});
afterEach(() => system.stop());

interface OldItem {
  readonly pk: string;
  readonly sk: string;
  readonly type: string;
  readonly chain: string;
  readonly sequence: number;
  readonly at: string;
  readonly hash: string;
}

async function itemsOfTypes(...types: readonly string[]): Promise<OldItem[]> {
  const { name, dynamo } = system.table('talent');
  const { Items = [] } = await dynamo.send(new ScanCommand({ TableName: name }));
  return (Items as OldItem[]).filter(({ type }) => types.includes(type));
}

const OLD = ['Look', 'PersonChain', 'ChainHead', 'ChainEntry', 'ChainedLook', 'SignedHead', 'Checkpoint'];
const upTo = MIGRATIONS.filter(({ version }) => version <= carryAccessLog.version);
const run = () =>
  migrate(system.connection, { keyring: system.keyring, now: FIXTURE_NOW, migrations: upTo, itemsAPage: 50 });

/** What the fixture has none of: a look that waits, and what an erasure left of a chain. */
const RARE = [
  {
    pk: 'LOOKS#1',
    sk: '2026-11-29T00:30:00.000Z#01M8JBA4Z0000000000000000A',
    type: 'Look',
    id: '01M8JBA4Z0000000000000000A',
    at: '2026-11-29T00:30:00.000Z',
    requestId: 'r',
    viewer: { kind: 'analyst', person: 'a' },
    purpose: null,
    subjects: ['fixture-applicant-1', 'somebody'],
    views: [
      { full: ['TalentCase.state'], masked: [], cases: [{ subject: 'somebody', caseId: 'case_1' }] },
      { full: [], masked: [], cases: [{ subject: 'fixture-applicant-1', caseId: 'case_2' }] },
    ],
  },
  { pk: 'CHAIN#erased', sk: 'HEAD', type: 'ChainHead', chain: 'erased', count: 1, hash: 'h' },
  { pk: 'CHAIN#erased', sk: 'LOOK#t#l', type: 'ChainedLook', chain: 'erased', sequence: 1, at: 't', told: null },
  { pk: 'SIGNED#erased', sk: 'HEAD', type: 'SignedHead', chain: 'erased' },
];

test('carries each entry of a chain, and each look that waited, with its chain, place and hash', async () => {
  await system.write('talent', RARE);
  const [chains, contents, entries, looks] = await Promise.all(
    ['PersonChain', 'ChainedLook', 'ChainEntry', 'Look'].map((type) => itemsOfTypes(type)),
  );
  expect(entries!.length).toBeGreaterThan(0);
  await run();
  expect(await itemsOfTypes(...OLD)).toEqual([]);
  const waiting = await waitingEntries(system.table('talent'));
  expect(waiting).toHaveLength(entries!.length + looks!.length);
  const hashes = entries!.map(({ hash }) => hash).sort();
  expect(waiting.flatMap(({ carried }) => carried?.hash ?? []).sort()).toEqual(hashes);

  await batchWaiting(system.table('talent'), null);
  const anchors = { list: async () => [], read: async () => '', add: async () => true };
  const verdict = await verifyAccessLog(system.table('talent'), {
    verifier: { verify: () => true },
    anchors,
    person: null,
  });
  expect(verdict).toMatchObject({ faults: [] });
  const [one] = chains!;
  const person = one!.pk.slice('ACCESS#'.length);
  const { nodes } = await readAccessLog(system.table('talent'), person, { first: 100 });
  const carried = nodes.filter(({ frame }) => frame.carried?.chain === one!.chain);
  expect(carried).toHaveLength(contents!.filter(({ chain }) => chain === one!.chain).length);
});

test('goes on after it died at any write, and carries nothing twice', async () => {
  const before = (await itemsOfTypes('ChainedLook', 'Look')).length;
  const dieAfter = (writes: number) =>
    system.dynamo.beforeNextTransaction(async () => {
      if (writes === 0) throw new Error('the process died');
      dieAfter(writes - 1);
    });
  for (const writes of [0, 2, 3, 5]) {
    dieAfter(writes);
    await expect(run()).rejects.toMatchObject({ cause: { message: 'the process died' } });
  }
  await run();
  await run();
  expect(await waitingEntries(system.table('talent'))).toHaveLength(before);
});

test('reports a chain that is broken, and carries it all the same', async () => {
  const [content, ...others] = await itemsOfTypes('ChainedLook');
  const changed = {
    ...content!,
    told: { salt: 'x', content: { viewer: { kind: 'admin', person: 'a' }, purpose: null, cases: [] } },
  };
  await transact(system.table('talent'), [put(changed)]);
  const lines: string[] = [];
  const { mock: spied } = mock.method(log, 'error', (message: string) => void lines.push(message));
  await run();
  spied.restore();
  expect(lines).toEqual(['a chain of the access log is broken', 'the access log is broken']);
  expect((await waitingEntries(system.table('talent'))).filter(({ carried }) => carried)).toHaveLength(
    1 + others.length,
  );
});
