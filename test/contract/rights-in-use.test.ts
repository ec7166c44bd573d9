import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { StoreName } from '../../src/config.ts';
import { CALENDAR } from '../../src/domain/calendar.ts';
import { deliverDue, deliverEntries } from '../../src/notify/deliver.ts';
import { folderAnchors } from '../../src/storage/access-log/folder-anchors.ts';
import { handOverDue } from '../../src/storage/enterprises/hand-over-due.ts';
import { type PrimaryKey, talentKeys } from '../../src/storage/tables.ts';
import { batchEntries } from '../../src/storage/talent/access-log/batch-entries.ts';
import { batchWaiting } from '../../src/storage/talent/access-log/batch-waiting.ts';
import { cutAccessLog } from '../../src/storage/talent/access-log/cut.ts';
import { recordAccess } from '../../src/storage/talent/access-log/record.ts';
import { sealAccessLog } from '../../src/storage/talent/access-log/seal.ts';
import { countCases } from '../../src/storage/talent/count-cases.ts';
import { countEntries } from '../../src/storage/talent/count-work.ts';
import type { CaseItem } from '../../src/storage/talent/items.ts';
import { lookAfterDeadlines } from '../../src/storage/talent/look-after-deadlines.ts';
import { transact } from '../../src/storage/transaction.ts';
import { remove } from '../../src/storage/write.ts';
import type { DynamoCall } from '../dynamo-probe.ts';
import { waitingEntries } from '../fixtures/access-log.ts';
import { applicant, officer, type Story, startStory } from '../fixtures/case-story.ts';
import { TALENT_APARTMENT } from '../fixtures/case-types.ts';
import { enterpriseOf, itemsOf } from '../fixtures/enterprise.ts';
import { startWebhookReceiver } from '../fixtures/webhook-receiver.ts';
import { webhookWorld } from '../fixtures/webhooks.ts';
import { logicalIdOf, role } from './role.ts';

/** What functions ask of DynamoDB, held against what their roles let them: as AWS would refuse it, and the embedded one never does. */

const DOCUMENTS = TALENT_APARTMENT.requiredDocuments.map((document) => ({ ...document, required: false }));
const CASE_TYPE = { ...TALENT_APARTMENT, conditions: {}, requiredDocuments: DOCUMENTS };

let story: Story;

beforeAll(async () => {
  story = await startStory(CASE_TYPE);
});
afterAll(() => story.end());

const resources = z
  .object({ resources: z.object({ Resources: z.record(z.string(), z.object({ Properties: z.unknown() })) }) })
  .parse(parse(readFileSync(join(import.meta.dirname, '../../serverless.yml'), 'utf8'), { merge: true }))
  .resources.Resources;

/** One call, or one of a transaction's, as a role is asked about it. */
interface Asked {
  readonly action: string;
  readonly table: string;
  readonly index: string | null;
  /** The partitions that it touches: `dynamodb:LeadingKeys`. */
  readonly partitions: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;
const fields = (value: unknown) => (value ?? {}) as Fields;
const partitionOf = (key: unknown) => String(fields(key).pk);

function askedBy({ command, input }: DynamoCall): Asked[] {
  const { TableName, IndexName, Key, Item, ...rest } = input as Fields;
  const one = (action: string, table: unknown, partitions: readonly string[], index: unknown = null): Asked[] => [
    { action: `dynamodb:${action}`, table: String(table), partitions, index: index as string | null },
  ];
  switch (command) {
    case 'BatchGet':
      return Object.entries(fields(rest.RequestItems)).flatMap(([table, request]) =>
        one('BatchGetItem', table, (fields(request).Keys as unknown[]).map(partitionOf)),
      );
    case 'TransactWrite':
      return (rest.TransactItems as Fields[]).flatMap((item) =>
        Object.entries(item).flatMap(([kind, write]) => {
          const action = kind === 'ConditionCheck' ? 'ConditionCheckItem' : `${kind}Item`;
          const of = fields(write);
          return one(action, of.TableName, [partitionOf(of.Key ?? of.Item)]);
        }),
      );
    case 'Query':
      return one('Query', TableName, [String(fields(rest.ExpressionAttributeValues)[':pk'])], IndexName ?? null);
    default:
      return one(`${command}Item`, TableName, [partitionOf(Key ?? Item)]);
  }
}

const bound = z.object({
  'ForAllValues:StringLike': z.object({ 'dynamodb:LeadingKeys': z.array(z.string()) }).optional(),
});

/** What a role would be refused of calls, each once. One statement must allow all partitions of a call by itself. */
function refused(roleId: string, calls: readonly DynamoCall[]): string[] {
  const statements = role
    .parse(resources[roleId]?.Properties)
    .Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .filter(({ Effect }) => Effect === 'Allow');
  const isAllowed = ({ action, table, index, partitions }: Asked) =>
    statements.some(({ Action, Resource, Condition }) => {
      const resource = Resource.some((arn) => {
        const isOfIndexes = JSON.stringify(arn).includes('/index/');
        return logicalIdOf(arn) === tableId(table) && isOfIndexes === (index !== null);
      });
      const beginnings = bound.parse(Condition ?? {})['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
      const isLike = (partition: string) =>
        !beginnings ||
        beginnings.some((like) => (like.endsWith('*') ? partition.startsWith(like.slice(0, -1)) : partition === like));
      return Action.includes(action) && resource && partitions.every(isLike);
    });
  const texts = calls
    .flatMap(askedBy)
    .filter((asked) => !isAllowed(asked))
    .map(({ action, index, partitions }) => {
      const kinds = new Set(partitions.map((partition) => partition.replace(/[#_].*/, '')));
      return [action, index, ...[...kinds].sort()].filter(Boolean).join(' ');
    });
  return [...new Set(texts)];
}

const LOGICAL: Readonly<Partial<Record<StoreName, string>>> = {
  enterprises: 'EnterprisesTable',
  talent: 'TalentTable',
  credentials: 'CredentialsTable',
  personKeys: 'PersonKeysTable',
};
function tableId(name: string): string | undefined {
  const { tables } = story.system.connection;
  const store = (Object.keys(tables) as StoreName[]).find((each) => tables[each] === name);
  return store && LOGICAL[store];
}

/** Opens a case and hands it in. @returns the case */
async function handIn(): Promise<CaseItem> {
  story.at('2026-07-01 10:00:00');
  await story.open(applicant(), { relation: 'SELF' });
  await story.supplies(applicant(), DOCUMENTS[0]?.code ?? '');
  await story.does(applicant(), 'submitCase');
  const stored = (await story.stored()) as readonly (PrimaryKey & { readonly type: string })[];
  return stored.find(({ type }) => type === 'TalentCase') as CaseItem;
}

test('the talent function: a case is opened, a document taken in, and it is accepted', async () => {
  const calls = await story.system.dynamo.during(async () => {
    await handIn();
    await story.does(officer('PARK', 'RECEIVE'), 'acceptCase');
  });
  expect(calls.length).toBeGreaterThan(10);
  expect(refused('TalentRole', calls)).toEqual([]);
});

test('the counting of cases and lists: entries that come, change and go', async () => {
  const head = await handIn();
  const table = story.system.table('talent');
  const names = [{ caseId: head.id, agency: 'PARK' as const }];
  const calls = await story.system.dynamo.during(async () => {
    await countCases(table, [{ before: null, after: head }], new Date('2026-07-01T02:00:00.000Z'));
    await countEntries(table, names);
  });
  await transact(table, [remove(talentKeys.work(head.id, 'PARK'))]);
  const after = await story.system.dynamo.during(() => countEntries(table, names));
  expect(after.length).toBeGreaterThan(2);
  expect(refused('CaseTalliesRole', [...calls, ...after])).toEqual([]);
});

test('the schedule of deadlines: notices, an acceptance that a missed notice stands for, another calendar', async () => {
  await handIn();
  const table = story.system.table('talent');
  const calls = await story.system.dynamo.during(async () => {
    await lookAfterDeadlines(table, new Date('2026-07-02T02:00:00.000Z'));
    await lookAfterDeadlines(table, new Date('2026-07-02T02:00:00.000Z'), {
      ...CALENDAR,
      version: 'another',
      isWorkingDay: () => true,
    });
    expect((await lookAfterDeadlines(table, new Date('2026-07-20T02:00:00.000Z'))).acted).toBeGreaterThan(0);
  });
  expect(refused('DeadlinesRole', calls)).toEqual([]);
});

test('the access log: entries are batched, sealed, batched again and cut', async () => {
  const table = story.system.table('talent');
  const viewer = { kind: 'analyst', person: 'a' } as const;
  const accessed = { subjects: ['p'], views: [{ full: [], masked: [] }], cases: [] };
  const record = async (now: Date) => recordAccess(table, { viewer, now, requestId: 'r', purpose: null }, accessed);
  const [signer, verifier] = [{ sign: async () => '' }, { verify: () => true }];
  const anchors = folderAnchors(join(story.system.dataDir, 'anchors'));
  const during = (run: () => Promise<unknown>) => story.system.dynamo.during(run);
  const years = (more: number) => new Date(Date.UTC(2020 + more, 0, 1));

  for (let entry = 0; entry < 12; entry++) await record(years(0));
  const recorded = await during(() => record(years(0)));
  expect(refused('TalentRole', recorded)).toEqual([]);
  const waiting = await waitingEntries(table);
  const batched = await during(async () => {
    for (const entry of waiting) await batchEntries(table, [entry]);
  });
  expect(refused('AccessLogBatchRole', batched)).toEqual([]);
  const sealed = await during(async () => {
    await sealAccessLog(table, { signer, anchors, now: years(0), keptSince: new Date(0) });
    const { cuttable } = await sealAccessLog(table, { signer, anchors, now: years(5), keptSince: years(2) });
    expect(cuttable).toBeGreaterThan(0);
  });
  expect(refused('AccessLogSealRole', sealed)).toEqual([]);
  await record(years(5));
  const kept = await during(async () => {
    expect((await batchWaiting(table, null)).batched).toBe(1);
    expect(await cutAccessLog(table, verifier)).toBeGreaterThan(0);
  });
  expect(refused('AccessLogUpkeepRole', kept)).toEqual([]);
  expect(refused('AccessLogBatchRole', sealed)).not.toEqual([]);
});

test('the schedule of moves: an enterprise that its old zone was silent on', async () => {
  const move = {
    state: 'ACCEPTED',
    fromZoneId: 'zone_teda',
    toZoneId: 'zone_baodi',
    toParkId: 'park_baodi',
    keepsSites: false,
    requestedOn: '2026-05-28',
    acceptedOn: '2026-05-29',
    dueOn: '2026-06-12',
    objection: null,
    completedOn: null,
  } as const;
  await story.system.write('enterprises', itemsOf(enterpriseOf(1, { move })));
  const calls = await story.system.dynamo.during(async () => {
    const { moved } = await handOverDue(story.system.table('enterprises'), new Date('2026-06-13T02:00:00.000Z'));
    expect(moved).toHaveLength(1);
  });
  expect(refused('MovesRole', calls)).toEqual([]);
});

test.each(['DeliverOutboxRole', 'SweepOutboxRole'])(
  '%s: an endpoint that takes, one that fails and one that is gone',
  async (roleId) => {
    const world = webhookWorld(story.system);
    const receiver = await startWebhookReceiver();
    const zone = world.newZone();
    await world.endpoint(zone, receiver.url);
    const calls: DynamoCall[] = [];
    for (const status of [204, 500, 410]) {
      receiver.reply = () => ({ status });
      const entries = await world.entries(zone, 1, { ago: 60_000 });
      calls.push(
        ...(await story.system.dynamo.during(() =>
          roleId === 'SweepOutboxRole' ? deliverDue(world.notifier()) : deliverEntries(world.notifier(), entries),
        )),
      );
    }
    await receiver.stop();
    expect(calls.some(({ command }) => command === 'TransactWrite')).toBe(true);
    expect(refused(roleId, calls)).toEqual([]);
  },
);
