import { join } from 'node:path';
import { dayInShanghai } from '../../src/domain/calendar/day.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { folderAnchors } from '../../src/storage/access-log/folder-anchors.ts';
import { batchWaiting } from '../../src/storage/talent/access-log/batch-waiting.ts';
import { sealAccessLog } from '../../src/storage/talent/access-log/seal.ts';
import { CASE_TYPES, makeCase, workOfCase, ZONE } from '../fixtures/talent-cases.ts';
import { writeCost } from '../fixtures/write-units.ts';
import { NOW, startTestSystem, type TestSystem } from '../harness.ts';

/** What the record of a page costs: docs/access-log.md has the figures, and those of the format before. */

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => system.stop());

const LIST = `query ($zone: ID!) { worklist(zone: $zone, agency: HRSS, first: 20) {
  nodes { case { id receiptNumber applicant { name } } agency zone { id } state dueOn overdue claimedBy claimedAt }
  pageInfo { hasNextPage endCursor }
} }`;

test.each([
  ['short', (i: number) => `talent-${String(i).padStart(6, '0')}`, 28],
  ['as long as a UUID', (i: number) => `b2b9c1de-9f1a-4c56-8d53-${String(i).padStart(12, '0')}`, 28],
])('a work list of 20 rows is recorded by at most 30 write units, with persons’ names %s', async (_, person, units) => {
  const talent = system.serve('talent', createTalentSubgraph);
  const cases = Array.from({ length: 20 }, (__, i) =>
    makeCase(i, 'UNDER_REVIEW', '2020-03-10T02:00:00.000Z', { applicantId: person(i) }),
  );
  const work = cases.flatMap((made) => [...made.items, ...workOfCase(made, dayInShanghai(NOW))]);
  await system.write('talent', [...CASE_TYPES, ...work]);
  const viewer: Viewer = { kind: 'officer', person: 'o-1', agency: 'HRSS', zone: ZONE, roles: ['REVIEW'] };
  const start = system.dynamo.calls.length;
  const page = async () => {
    const from = system.dynamo.calls.length - start;
    const { data } = await talent(LIST, { zone: ZONE }, { viewer });
    expect(data.worklist.nodes).toHaveLength(20);
    const table = system.table('talent');
    await batchWaiting(table, null);
    const anchors = folderAnchors(join(system.dataDir, 'anchors'));
    const signer = { sign: async () => '' };
    await sealAccessLog(table, { signer, anchors, now: NOW, keptSince: new Date(0) });
    return writeCost(system.dynamo.calls.slice(start), from);
  };
  // Each person gets a log once, which is a write more.
  expect((await page()).items).toBe(46);
  expect(await page()).toEqual({ items: 26, units });
});
