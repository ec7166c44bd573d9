import { marshall } from '@aws-sdk/util-dynamodb';
import { Webhook } from 'standardwebhooks';
import { configure } from '../../src/config.ts';
import { createEndpoint } from '../../src/notify/endpoint-life.ts';
import { isPolicyPublication, tellSystems, withCoveredZones } from '../../src/notify/policy-publications.ts';
import { createEnterprisesSubgraph } from '../../src/resolvers/enterprises/index.ts';
import { createParksSubgraph } from '../../src/resolvers/parks/index.ts';
import { readRange } from '../../src/storage/dynamodb/read.ts';
import { knownParkItem } from '../../src/storage/enterprises/make-items.ts';
import { agreementItem, coverageItem, policyCoveragesItem } from '../../src/storage/linkages/items.ts';
import { type PolicyVersionEvent, zoneItem } from '../../src/storage/parks/items.ts';
import { parkKeys } from '../../src/storage/tables.ts';
import { entriesOfZone } from '../../src/storage/talent/webhooks/replay.ts';
import { enterpriseOf, itemsOf } from '../fixtures/enterprise.ts';
import { publisherOf, publishing } from '../fixtures/publish-records.ts';
import { insertsOf } from '../fixtures/stream.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../fixtures/webhook-receiver.ts';
import { webhookWorld } from '../fixtures/webhooks.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** A zone publishes policies: firms and systems of the zones where it holds, by itself or by a coverage, are told once. */

const ZONES = ['north', 'south', 'west'] as const;
const stay = (zone: string) =>
  ({ parkId: `park_${zone}`, kind: 'OPERATING', from: '2020-01-01', to: null, registeredStaff: 10 }) as const;
const NORTHERN = enterpriseOf(6_000, { residencies: [stay('north')] });
const BOTH = enterpriseOf(6_001, { residencies: [stay('north'), stay('south')] });
const WESTERN = enterpriseOf(6_003, { residencies: [stay('west')] });
const LEFT = enterpriseOf(6_002, { residencies: [{ ...stay('north'), to: '2020-02-01' }] });

let system: TestSystem;
let serve: Execute;
let publish: ReturnType<typeof publishing>;
let withdraw: ReturnType<typeof publishing>;
let handler: typeof import('../../src/handlers/streams/parks-changes.ts').handler;
let forward: typeof import('../../src/handlers/streams/case-changes.ts').handler;
let receiver: WebhookReceiver;
let number = 0;

beforeAll(async () => {
  system = await startTestSystem();
  configure({
    mode: 'local',
    dynamodbEndpoint: system.endpoint,
    cursorSecret: 'a secret that is for tests only, and long',
    localMasterSecret: 'a master key that is for tests only',
  });
  ({ handler } = await import('../../src/handlers/streams/parks-changes.ts'));
  ({ handler: forward } = await import('../../src/handlers/streams/case-changes.ts'));
  receiver = await startWebhookReceiver();
  serve = system.serve('enterprises', createEnterprisesSubgraph);
  const parks = system.serve('parks', createParksSubgraph);
  publish = publishing(parks, 'publishPolicyVersion', 'policy { id version }');
  withdraw = publishing(parks, 'withdrawPolicyVersion', 'policy { id version }');
  const facts = { name: { zh: '区', ja: '区', en: 'Zone' }, kind: 'BONDED', regionCode: '120116' } as const;
  await system.write(
    'parks',
    ZONES.map((code) => zoneItem({ ...facts, code, parentId: null, version: 1 })),
  );
  await system.write('enterprises', [
    ...ZONES.map((zone) => knownParkItem(`park_${zone}`, `zone_${zone}`)),
    ...[NORTHERN, BOTH, WESTERN, LEFT].flatMap(itemsOf),
  ]);
});
afterAll(async () => {
  await receiver.stop();
  await system.stop();
});

const stated = (change: object = {}) => ({
  code: `measures-${number++}`,
  title: { zh: '北区措施' },
  issuer: { code: 'north', name: { zh: '北区管委会' }, level: 'ZONE', zone: 'zone_north' },
  homeZones: ['zone_north'],
  subject: 'ENTERPRISE',
  validFrom: '2020-02-10',
  clauses: [{ zh: '第一条' }],
  ...change,
});

/** Delivers the events of a policy to the consumer of the stream of parks, each as often as said. */
async function deliver(policy: string, times = 1): Promise<readonly PolicyVersionEvent[]> {
  const { pk, sk } = parkKeys.recordVersion(parkKeys.policy(policy), 0);
  const range = { partition: pk, sort: { beginsWith: sk.slice(0, -'000000'.length) } };
  const events = await readRange<PolicyVersionEvent>(system.table('parks'), range);
  const records = Array.from({ length: times }, () => events)
    .flat()
    .map((event) => ({
      eventName: 'INSERT' as const,
      dynamodb: { NewImage: marshall(event) as Record<string, never> },
    }));
  await handler({ Records: records });
  return events;
}

async function noticesOf({ id }: { readonly id: string }, page = 'first: 5') {
  const { data, errors } = await serve(
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Enterprise {
      policyNotices(${page}) { nodes { policy { id } number at } pageInfo { hasNextPage hasPreviousPage endCursor startCursor } }
    } } }`,
    { of: [{ __typename: 'Enterprise', id }] },
  );
  expect(errors).toBeUndefined();
  const { nodes, pageInfo } = data._entities[0].policyNotices;
  return { named: nodes.map((node: Notice) => `${node.policy.id} ${node.number}`), pageInfo };
}
interface Notice {
  readonly policy: { readonly id: string };
  readonly number: number;
}

test('firms of the zone are told of each version once, however often the event comes', async () => {
  const { record } = await publish(stated(), publisherOf('zone_north'));
  await deliver(record.id, 2);
  await deliver(record.id);
  expect((await noticesOf(NORTHERN)).named).toEqual([`${record.id} 1`]);
  expect((await noticesOf(BOTH)).named).toEqual([`${record.id} 1`]);
  expect((await noticesOf(LEFT)).named).toEqual([]);
});

test('recovery puts a publication that the stream gave up into the outbox, and none twice', async () => {
  const { record } = await publish(stated(), publisherOf('zone_north'));
  const { pk, sk } = parkKeys.recordVersion(parkKeys.policy(record.id), 0);
  const range = { partition: pk, sort: { beginsWith: sk.slice(0, -'000000'.length) } };
  const events = await readRange<PolicyVersionEvent>(system.table('parks'), range);
  const recover = async () => {
    const published = await withCoveredZones(system.table('linkages'), events.filter(isPolicyPublication));
    return tellSystems(system.table('talent'), published);
  };
  expect(await recover()).toBe(1);
  expect(await recover()).toBe(0);
  await deliver(record.id);
  expect(await recover()).toBe(0);
});

test('a withdrawal and a policy for persons are no news to firms', async () => {
  const before = (await noticesOf(NORTHERN)).named;
  const persons = await publish(stated({ subject: 'PERSON' }), publisherOf('zone_north'));
  await deliver(persons.record.id);
  const { record } = await publish(stated(), publisherOf('zone_north'));
  await withdraw({ policy: record.id, number: 1, version: 1 }, publisherOf('zone_north'));
  expect(await deliver(record.id)).toHaveLength(2);
  expect((await noticesOf(NORTHERN)).named).toEqual([`${record.id} 1`, ...before]);
});

test('a version that holds in both zones of a firm is listed once, and pages go both ways', async () => {
  const city = { code: 'city', name: { zh: '市' }, level: 'CITY' };
  const made: string[] = [];
  for (let i = 0; i < 3; i++) {
    const { record } = await publish(stated({ issuer: city, homeZones: ['zone_north', 'zone_south'] }));
    await deliver(record.id);
    made.unshift(`${record.id} 1`);
  }
  const two = await noticesOf(BOTH, 'first: 2');
  expect(two.named).toHaveLength(2);
  const all = (await noticesOf(BOTH, 'first: 50')).named;
  expect(new Set(all).size).toBe(all.length);
  expect(all.slice(0, 3).sort()).toEqual([...made].sort());
  expect(two.named).toEqual(all.slice(0, 2));
  const rest = await noticesOf(BOTH, `first: 2, after: "${two.pageInfo.endCursor}"`);
  expect(rest.named).toEqual(all.slice(2, 4));
  expect(rest.pageInfo.hasPreviousPage).toBe(true);
  const back = await noticesOf(BOTH, `last: 2, before: "${rest.pageInfo.startCursor}"`);
  expect(back.named).toEqual(two.named);
  expect(back.pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: true });
});

describe('a coverage', () => {
  /** Lets an agreement of both zones carry a northern policy to the west. */
  async function cover(policyId: string, change: { readonly validTo?: string; readonly isSigned?: boolean } = {}) {
    const agreementId = `agr_${policyId.slice('policy_'.length)}`;
    const { validTo = null, isSigned = true } = change;
    const signedOn = '2020-01-01';
    const coverage = {
      id: `cov_${policyId.slice('policy_'.length)}`,
      version: 1,
      policyId,
      policyVersion: { number: 1, validFrom: '2020-02-10', validTo: null },
      fromZoneId: 'zone_north',
      toZoneId: 'zone_west',
      subject: 'ENTERPRISE' as const,
      rule: null,
      validFrom: '2020-01-01',
      validTo,
      agreementId,
    };
    await system.write('linkages', [
      coverageItem(coverage),
      policyCoveragesItem(policyId, [coverage.id]),
      agreementItem({
        id: agreementId,
        version: 2,
        title: { zh: '协议', ja: '協定', en: 'Agreement' },
        kind: 'CROSS_COVERAGE',
        status: isSigned ? 'SIGNED' : 'PROPOSED',
        terminatedOn: null,
        purposes: ['POLICY_COVERAGE'],
        parties: [
          { zoneId: 'zone_north', role: 'ORIGIN', signedOn },
          { zoneId: 'zone_west', role: 'DESTINATION', signedOn: isSigned ? signedOn : null },
        ],
        signedOn: isSigned ? signedOn : null,
        validFrom: signedOn,
        validTo: null,
        shareTerms: [],
      }),
    ]);
  }

  test('lets firms of the covered zone be told, while its agreement holds', async () => {
    const policy = stated();
    await cover(`policy_${policy.code}`);
    const { record } = await publish(policy, publisherOf('zone_north'));
    await deliver(record.id, 2);
    expect((await noticesOf(WESTERN)).named).toEqual([`${record.id} 1`]);

    const over = stated();
    await cover(`policy_${over.code}`, { validTo: '2020-03-01' });
    const unsigned = stated();
    await cover(`policy_${unsigned.code}`, { isSigned: false });
    for (const each of [over, unsigned]) {
      const published = await publish(each, publisherOf('zone_north'));
      await deliver(published.record.id);
    }
    expect((await noticesOf(WESTERN)).named).toEqual([`${record.id} 1`]);
  });

  test("lets the covered zone's systems be told by a signed webhook, once", async () => {
    const world = webhookWorld(system);
    const { text } = await createEndpoint(world.endpoints(), system.keyring, {
      zone: 'zone_west',
      url: receiver.url,
      types: ['policy.published'],
      reach: 'public-or-loopback',
      now: new Date('2020-01-01T00:00:00.000Z'),
    });
    const policy = stated();
    await cover(`policy_${policy.code}`);
    const { record } = await publish(policy, publisherOf('zone_north'));
    const [event] = await deliver(record.id, 2);
    const at = event?.publication.at ?? '';
    const entriesOf = async (zone: string) =>
      (await Array.fromAsync(entriesOfZone(world.outbox(), zone, at, at)))
        .flat()
        .filter(({ caseId }) => caseId === record.id);
    const [entry] = await entriesOf('zone_west');
    expect(await entriesOf('zone_west')).toHaveLength(1);
    expect(await entriesOf('zone_north')).toHaveLength(1);
    expect(await entriesOf('zone_south')).toEqual([]);

    const key = { pk: `OUTBOX#${record.id}`, sk: entry?.entry ?? '' };
    await forward(insertsOf([key]));
    await deliver(record.id);
    await forward(insertsOf([key]));
    const [told, ...others] = receiver.take();
    expect(others).toEqual([]);
    expect(new Webhook(text).verify(told?.body ?? '', told?.headers as Record<string, string>)).toEqual({
      type: 'policy.published',
      timestamp: at,
      data: { policy: record.id, version: 1, zone: 'zone_west' },
    });
  });
});

test("a policy for persons is told to the zone's systems, and a withdrawal to nobody", async () => {
  const world = webhookWorld(system);
  const { record } = await publish(stated({ subject: 'PERSON' }), publisherOf('zone_north'));
  const [event] = await deliver(record.id);
  const at = event?.publication.at ?? '';
  await withdraw({ policy: record.id, number: 1, version: 1 }, publisherOf('zone_north'));
  await deliver(record.id);
  const told = (
    await Array.fromAsync(entriesOfZone(world.outbox(), 'zone_north', at, new Date().toISOString()))
  ).flat();
  expect(told.filter(({ caseId }) => caseId === record.id).map(({ kind }) => kind)).toEqual(['PUBLISHED']);
});
