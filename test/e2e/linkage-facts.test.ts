import { createLinkagesSubgraph } from '../../src/resolvers/linkages/index.ts';
import { type SettledStayItem, settledItems } from '../../src/storage/enterprises/history/items.ts';
import type { PolicyFactsRecord, SubjectFactsRecord } from '../../src/storage/linkages/items.ts';
import { openKnownFacts } from '../../src/storage/linkages/known-facts.ts';
import { copySettledStays } from '../../src/storage/linkages/settled-stays.ts';
import { storeParkFacts, storePolicyFacts, storeSubjectFacts } from '../../src/storage/linkages/store-facts.ts';
import { enterpriseIn } from '../fixtures/linked-zones.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

let system: TestSystem;
let linkages: Execute;

beforeAll(async () => {
  system = await startTestSystem();
  linkages = system.serve('linkages', createLinkagesSubgraph);
  await storeParkFacts(system.table('linkages'), [
    { parkId: 'park_a', zoneId: 'zone_a', regionCode: '120116', sourceVersion: 1 },
  ]);
});
afterAll(() => system.stop());

const policy = (id: string, sourceVersion: number, to: string | null): PolicyFactsRecord => ({
  policyId: id,
  homeZoneIds: ['zone_a', 'zone_b'],
  subject: 'ENTERPRISE',
  inForce: [{ number: 1, from: '2020-01-01', to, rule: null }],
  sourceVersion,
});
const known = () => openKnownFacts(system.table('linkages'));

const APPLICABLE = `query ($of: [_Any!]!) { _entities(representations: $of) {
  ... on Enterprise { applicablePolicies(on: "2020-03-16") { policy { id } } }
} }`;

test('what the streams told of a park, policies and an enterprise is enough to say what applies', async () => {
  const facts = enterpriseIn('a', 1);
  await storePolicyFacts(system.table('linkages'), [
    policy('policy_one', 1, null),
    policy('policy_two', 1, null),
    policy('policy_over', 1, '2020-01-31'),
  ]);
  await storeSubjectFacts(system.table('linkages'), [{ facts, formerSiteIds: [] }]);
  const { data } = await linkages(APPLICABLE, { of: [{ __typename: 'Enterprise', id: facts.enterpriseId }] });
  expect(data._entities[0].applicablePolicies).toEqual([
    { policy: { id: 'policy_one' } },
    { policy: { id: 'policy_two' } },
  ]);
});

test('on a settled day, what applies follows from the settled stays', async () => {
  const table = system.table('linkages');
  const facts = { ...enterpriseIn('a', 3), residencies: [], settledTo: '2020-03-31' };
  await storePolicyFacts(table, [policy('policy_settled', 1, null)]);
  await storeSubjectFacts(table, [{ facts, formerSiteIds: [] }]);
  const asked = { of: [{ __typename: 'Enterprise', id: facts.enterpriseId }] };
  const applicable = async () => (await linkages(APPLICABLE, asked)).data._entities[0].applicablePolicies;
  expect(await applicable()).toEqual([]);
  const settled = (from: string, to: string) => ({
    parkId: 'park_a',
    kind: 'OPERATING' as const,
    registeredStaff: 1,
    from,
    to,
  });
  const stays = [settled('2019-01-01', '2020-03-15'), settled('2020-03-16', '2020-03-31')];
  const items = settledItems(facts.enterpriseId, { stays: stays.slice(0, 1), classes: [] });
  const written = (item: unknown) => ({ before: null, after: item as SettledStayItem });
  await copySettledStays(table, items.map(written));
  expect(await applicable()).toEqual([]);
  const later = settledItems(facts.enterpriseId, { stays: stays.slice(1), classes: [] });
  await copySettledStays(table, later.map(written));
  expect(await applicable()).toContainEqual({ policy: { id: 'policy_settled' } });
  // A correction removes the stay. The batch has both writes.
  const [removed] = later as SettledStayItem[];
  await copySettledStays(table, [...later.map(written), { before: removed ?? null, after: null }]);
  expect(await applicable()).toEqual([]);
});

test('a batch that comes again, or late, changes nothing', async () => {
  const keep = (...facts: PolicyFactsRecord[]) => storePolicyFacts(system.table('linkages'), facts);
  await keep(policy('policy_late', 1, null), policy('policy_late', 3, '2020-12-31'), policy('policy_late', 2, null));
  const before = await known().policy.load('policy_late');
  expect(before).toMatchObject({ sourceVersion: 3, inForce: [{ to: '2020-12-31' }] });
  await keep(policy('policy_late', 2, null));
  await keep(policy('policy_late', 3, null));
  expect(await known().policy.load('policy_late')).toEqual(before);
  await keep(policy('policy_late', 4, null));
  expect(await known().policy.load('policy_late')).toMatchObject({ sourceVersion: 4, inForce: [{ to: null }] });
});

test('an enterprise is known by each of its names, and by a site for as long as it has it', async () => {
  const first = enterpriseIn('a', 7);
  const moved: SubjectFactsRecord = {
    ...first,
    sites: [{ id: 'site_new', kind: 'HEADQUARTERS', regionCode: '120116' }],
    sourceVersion: 2,
  };
  const loadAll = () => known().subject.loadMany([first.enterpriseId, first.uscc, 'site_7', 'site_new']);
  const versions = async () => (await loadAll()).map((item) => item?.sourceVersion);

  await storeSubjectFacts(system.table('linkages'), [{ facts: first, formerSiteIds: [] }]);
  expect(await versions()).toEqual([1, 1, 1, undefined]);
  await storeSubjectFacts(system.table('linkages'), [{ facts: moved, formerSiteIds: ['site_7'] }]);
  expect(await versions()).toEqual([2, 2, undefined, 2]);
  await storeSubjectFacts(system.table('linkages'), [{ facts: first, formerSiteIds: [] }]);
  expect(await versions()).toEqual([2, 2, undefined, 2]);
});

test('both in one batch end as the newest', async () => {
  const first = enterpriseIn('a', 8);
  await storeSubjectFacts(system.table('linkages'), [
    { facts: first, formerSiteIds: [] },
    { facts: { ...first, sites: [], sector: 'OTHER', sourceVersion: 2 }, formerSiteIds: ['site_8'] },
  ]);
  expect(await known().subject.loadMany([first.uscc, 'site_8'])).toMatchObject([{ sector: 'OTHER' }, null]);
});

test('one that is known better holds up no other', async () => {
  await storePolicyFacts(system.table('linkages'), [policy('policy_known', 5, null)]);
  await storePolicyFacts(system.table('linkages'), [policy('policy_known', 4, null), policy('policy_fresh', 1, null)]);
  const found = await known().policy.loadMany(['policy_known', 'policy_fresh']);
  expect(found.map((item) => item?.sourceVersion)).toEqual([5, 1]);
});
