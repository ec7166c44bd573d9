import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { Webhook } from 'standardwebhooks';
import { configure } from '../../src/config.ts';
import { dayInShanghai } from '../../src/domain/calendar/day.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { deliverDue, deliverEntries } from '../../src/notify/deliver.ts';
import { createLinkagesSubgraph } from '../../src/resolvers/linkages/index.ts';
import { scanPages } from '../../src/storage/dynamodb/read.ts';
import { policyFactsItem } from '../../src/storage/linkages/items.ts';
import { type PrimaryKey, talentKeys } from '../../src/storage/tables.ts';
import { enterpriseIn, linkedZones } from '../fixtures/linked-zones.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../fixtures/webhook-receiver.ts';
import { webhookWorld } from '../fixtures/webhooks.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** The systems of zones A and B are told what concerns their agreement; the system of zone C is told nothing. */

const officerOf = (zone: string, person = `o-${zone}`): Viewer => ({
  kind: 'officer',
  person,
  agency: 'PARK',
  zone: `zone_${zone}`,
  roles: ['PUBLISH'],
});
const [A, B] = [officerOf('a'), officerOf('b')];
const TERMS = { title: { zh: '协议' }, purposes: ['POLICY_COVERAGE'] };

let system: TestSystem;
let serve: Execute;
let world: ReturnType<typeof webhookWorld>;
let receivers: Record<'a' | 'b' | 'c', WebhookReceiver>;
let secrets: Record<string, string>;
let handler: typeof import('../../src/handlers/streams/linkage-news.ts').handler;
let keys = 0;

beforeAll(async () => {
  system = await startTestSystem();
  configure({
    mode: 'local',
    dynamodbEndpoint: system.endpoint,
    localMasterSecret: 'a master key that is for tests only',
  });
  ({ handler } = await import('../../src/handlers/streams/linkage-news.ts'));
  serve = system.serve('linkages', createLinkagesSubgraph);
  await system.write('linkages', linkedZones([enterpriseIn('b', 1)]));
  world = webhookWorld(system);
  const [a, b, c] = await Promise.all([startWebhookReceiver(), startWebhookReceiver(), startWebhookReceiver()]);
  receivers = { a, b, c };
  const made = await Promise.all(
    Object.entries(receivers).map(async ([zone, { url }]) => [zone, (await world.endpoint(`zone_${zone}`, url)).text]),
  );
  secrets = Object.fromEntries(made);
});
afterAll(async () => {
  await Promise.all(Object.values(receivers).map((receiver) => receiver.stop()));
  await system.stop();
});

async function change(mutation: string, input: object, viewer: Viewer) {
  const type =
    /^(sign|decline|withdraw)/.exec(mutation) === null
      ? `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`
      : 'AgreementVersionInput';
  const of = mutation.endsWith('Coverage') ? 'coverage' : 'agreement';
  const { data, errors } = await serve(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${of} { id version } userErrors { code field } } }`,
    { input: { idempotencyKey: `webhook-${keys++}`, ...input } },
    { viewer, now: new Date() },
  );
  expect(errors).toBeUndefined();
  expect(data[mutation].userErrors).toEqual([]);
  return data[mutation][of];
}

/** Returns a day as many days from now. */
const inDays = (days: number): string => dayInShanghai(new Date(Date.now() + days * 86_400_000));

type Version = PrimaryKey & { readonly type: string };

/** The records that the stream has of all versions so far. */
async function versions(): Promise<DynamoDBStreamEvent> {
  const items: PrimaryKey[] = [];
  for await (const page of scanPages<Version>(system.table('linkages'), ['RecordVersion'])) items.push(...page);
  return {
    Records: items.map((item, i) => ({
      eventName: 'INSERT',
      dynamodb: { NewImage: marshall(item), SequenceNumber: String(i + 1) },
    })),
  } as DynamoDBStreamEvent;
}

/** Delivers what waits. Returns the verified bodies that a zone's system has got, by their types. */
async function told(zone: 'a' | 'b' | 'c') {
  const got = receivers[zone].take().map(({ body, headers }) => {
    const verified = new Webhook(secrets[zone] ?? '').verify(body, headers as Record<string, string>);
    return verified as { readonly type: string; readonly data: object };
  });
  return Object.fromEntries(got.map(({ type, data }) => [type, data]));
}

test('each party is told of each event once, signed, and a third zone of none', async () => {
  const parties = ['a', 'b'].map((zone) => ({ zone: `zone_${zone}`, role: 'OPERATOR' }));
  const proposal = { ...TERMS, kind: 'CROSS_COVERAGE', parties, validFrom: '2020-01-01' };
  const { id } = await change('proposeAgreement', proposal, A);
  await change('signAgreement', { agreement: id, version: 1 }, B);
  await system.write('linkages', [
    policyFactsItem({
      ...{ policyId: 'policy_of-a', homeZoneIds: ['zone_a'], subject: 'ENTERPRISE', sourceVersion: 9 },
      inForce: [{ number: 1, from: '2019-01-01', to: null, rule: null }],
    }),
  ]);
  const covered = { agreement: id, policy: 'policy_of-a', policyVersion: 1, toZone: 'zone_b', validFrom: '2199-01-01' };
  const coverage = await change('addCoverage', covered, A);
  await change('endCoverage', { coverage: coverage.id, version: 1, lastDay: '2199-02-01' }, B);
  await change('amendAgreement', { agreement: id, version: 2, ...TERMS }, B);
  await change('declineAgreement', { agreement: id, version: 3 }, A);
  await change('amendAgreement', { agreement: id, version: 4, ...TERMS }, B);
  await change('signAgreement', { agreement: id, version: 5 }, A);
  await change('terminateAgreement', { agreement: id, version: 6, lastDay: '2199-12-31' }, A);
  await change('signAgreement', { agreement: id, version: 7 }, B);

  const records = await versions();
  await handler(records);
  // A batch that comes again tells nothing again.
  await handler(records);
  await deliverDue(world.notifier(60_000));
  await deliverDue(world.notifier(60_000));
  for (const zone of ['a', 'b'] as const) {
    const at = { zone: `zone_${zone}` };
    expect(await told(zone)).toEqual({
      'agreement.proposed': { agreement: id, version: 1, ...at },
      'agreement.signed': { agreement: id, version: 2, ...at },
      'agreement.change_proposed': { agreement: id, version: expect.any(Number), ...at },
      'agreement.change_dropped': { agreement: id, version: 4, ...at },
      'agreement.amended': { agreement: id, version: 6, ...at },
      'agreement.terminated': { agreement: id, version: 8, ...at },
      'coverage.added': { coverage: coverage.id, agreement: id, version: 1, ...at },
      'coverage.ended': { coverage: coverage.id, agreement: id, version: 2, ...at },
    });
  }
  expect(await told('c')).toEqual({});
});

test('the first of two officers who sign for a zone tells nobody', async () => {
  const input = { idempotencyKey: 'two-officers', officers: 2, version: 0 };
  const mutation =
    'mutation ($input: SetSigningOfficersInput!) { setSigningOfficers(input: $input) { signing { officers } } }';
  await serve(mutation, { input }, { viewer: B, now: new Date() });
  const parties = ['a', 'b'].map((zone) => ({ zone: `zone_${zone}`, role: 'OPERATOR' }));
  const proposal = { ...TERMS, kind: 'CROSS_COVERAGE', parties, validFrom: '2020-01-01' };
  const { id } = await change('proposeAgreement', proposal, A);
  await change('signAgreement', { agreement: id, version: 1 }, B);
  await handler(await versions());
  await deliverDue(world.notifier(60_000));
  expect(Object.keys(await told('a'))).toEqual(['agreement.proposed']);
  await change('signAgreement', { agreement: id, version: 2 }, officerOf('b', 'o-second'));
  await handler(await versions());
  await deliverDue(world.notifier(60_000));
  expect(await told('a')).toEqual({ 'agreement.signed': { agreement: id, version: 3, zone: 'zone_a' } });
});

test('parties are told when the last day has passed, at its last state, and not before', async () => {
  await told('a');
  await told('b');
  const parties = ['a', 'c'].map((zone) => ({ zone: `zone_${zone}`, role: 'OPERATOR' }));
  const C = officerOf('c');
  const proposal = { ...TERMS, kind: 'CROSS_COVERAGE', parties, validFrom: '2020-01-01', validTo: inDays(10) };
  const conclude = async () => {
    const { id } = await change('proposeAgreement', proposal, A);
    await change('signAgreement', { agreement: id, version: 1 }, C);
    return id;
  };
  const [kept, moved, ended] = [await conclude(), await conclude(), await conclude()];
  for (const [id, validTo] of [[moved, inDays(20)]] as const) {
    await change('amendAgreement', { agreement: id, version: 2, ...TERMS, validTo }, A);
    await change('signAgreement', { agreement: id, version: 3 }, C);
  }
  await change('terminateAgreement', { agreement: ended, version: 2, lastDay: inDays(5) }, A);
  await change('signAgreement', { agreement: ended, version: 3 }, C);
  const records = await versions();
  await handler(records);
  // A batch that comes again changes nothing of it.
  await handler(records);
  const expired = async (days: number) => {
    await deliverDue(world.notifier(days * 86_400_000));
    const got = receivers.a.take().map(({ body }) => JSON.parse(String(body)));
    return got.flatMap(({ type, data }) => (type === 'agreement.expired' ? [data] : []));
  };
  // The stream brings the entry at once, and it waits for its instant.
  const waiting = [kept, moved].map((id) => talentKeys.outboxOfExpiry(id, 'zone_a'));
  await deliverEntries(world.notifier(60_000), waiting);
  expect(await expired(9)).toEqual([]);
  expect(await expired(12)).toEqual([{ agreement: kept, version: 2, zone: 'zone_a' }]);
  expect(await expired(22)).toEqual([{ agreement: moved, version: 4, zone: 'zone_a' }]);
  expect(await expired(400)).toEqual([]);
});
