import type { Viewer } from '../../src/domain/viewer.ts';
import { createParksSubgraph } from '../../src/resolvers/parks/index.ts';
import { readItem } from '../../src/storage/dynamodb/read.ts';
import { parkControlItem, parkItem } from '../../src/storage/parks/items.ts';
import { parkKeys } from '../../src/storage/tables.ts';
import { ADMIN, publisherOf, publishing } from '../fixtures/publish-records.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** Fixed posts of control units, and the answers of joint units. */

let system: TestSystem;
let ask: Execute;
let publish: ReturnType<typeof publishing>;
let publishOwn: ReturnType<typeof publishing>;
let answer: ReturnType<typeof publishing>;

const text = (zh: string) => ({ zh });
const OFFICER = publisherOf('zone_north', 'o-1');
const POLICE = { ...OFFICER, person: 'p-1', agency: 'PSB' } as Viewer;
const OWNER = 'ent_01HB0000000000000000000000';
const CLERK: Viewer = { kind: 'clerk', person: 'c-1', enterprise: OWNER };
const PARKS = ['north', 'twice', 'refused'];

beforeAll(async () => {
  system = await startTestSystem();
  ask = system.serve('parks', createParksSubgraph);
  publish = publishing(ask, 'publishPosts', 'unit { id postsVersion }');
  publishOwn = publishing(ask, 'publishOwnPosts', 'unit { id postsVersion }', 'PublishPostsInput');
  answer = publishing(ask, 'answerJointControl', 'unit { id postsVersion }');
  const name = { zh: '北园', ja: '北園', en: 'North Park' };
  const place = { name, zoneId: 'zone_north', regionCode: '120116', openedOn: null, area: null, address: null };
  const unit = (id: string, kind: 'PROPERTY_OWNER' | 'PROPERTY_MANAGER' | 'SUBDISTRICT' | 'POLICE_STATION') => ({
    ...{ id, kind, name, reportsToId: null, contactPhone: null },
  });
  const owner = { ...unit('owner', 'PROPERTY_OWNER'), enterpriseId: OWNER };
  const units = [
    owner,
    unit('manager', 'PROPERTY_MANAGER'),
    unit('street', 'SUBDISTRICT'),
    unit('police', 'POLICE_STATION'),
  ];
  await system.write(
    'parks',
    PARKS.flatMap((code) => [
      parkItem({ ...place, code, version: 1 }),
      parkControlItem({ parkId: `park_${code}`, version: 1, units }),
    ]),
  );
});
afterAll(() => system.stop());

const WEEK = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];
const DAY = { days: WEEK, from: '08:00', to: '20:00', roster: [{ duty: 'GATE_GUARD', staff: 2 }] };
const NIGHT = { days: ['MON'], from: '20:00', to: '08:00', roster: [{ duty: 'PATROL', staff: 1 }] };
const GATE = { code: 'gate', name: text('北门'), shifts: [DAY, NIGHT] };
const postsOf = (unit: string, change: object = {}) => ({ unit: `unit_${unit}`, posts: [GATE], ...change });

async function onDuty(at: string, park = 'north') {
  const { data } = await ask(
    `query ($at: DateTime!) { park(code: "${park}") {
      posts(onDutyAt: $at) { code unit { code } agreed onDuty(at: $at) { duty staff } }
    } }`,
    { at },
  );
  return data.park.posts;
}

test('an officer of the zone publishes the posts of a unit, and their next version', async () => {
  expect(await publish(postsOf('north--manager'), OFFICER)).toEqual({
    record: { id: 'unit_north--manager', postsVersion: 1 },
    refusals: [],
  });
  const { data } = await ask(
    '{ park(code: "north") { posts { code name shifts { days from to roster { duty staff } } } } }',
  );
  expect(data.park.posts).toEqual([{ ...GATE, name: '北门' }]);
  const { record } = await publish(postsOf('north--manager', { version: 1 }), OFFICER);
  expect(record.postsVersion).toBe(2);
  const history = parkKeys.recordVersion(parkKeys.posts('park_north', 'manager'), 1);
  expect(await readItem(system.table('parks'), history)).toMatchObject({
    of: 'UnitPosts',
    publication: { by: 'o-1' },
  });
});

test.each([
  ['by day', '2020-03-16T10:00:00+08:00', [{ duty: 'GATE_GUARD', staff: 2 }]],
  ["in Monday's night shift", '2020-03-16T23:00:00+08:00', [{ duty: 'PATROL', staff: 1 }]],
  ['in its hours after midnight', '2020-03-17T07:59:00+08:00', [{ duty: 'PATROL', staff: 1 }]],
  ['when the night shift ends', '2020-03-17T08:00:00+08:00', [{ duty: 'GATE_GUARD', staff: 2 }]],
  ['in a night without a shift', '2020-03-17T23:00:00+08:00', null],
] as const)('tells who is on duty %s', async (_, at, duties) => {
  const posts = await onDuty(at);
  expect(posts).toEqual(duties ? [{ code: 'gate', unit: { code: 'manager' }, agreed: null, onDuty: duties }] : []);
});

describe('the posts of a joint unit', () => {
  test('are manned once its own agency has agreed', async () => {
    const noon = '2020-03-16T12:00:00+08:00';
    await publish(postsOf('twice--police'), OFFICER);
    expect(await onDuty(noon, 'twice')).toEqual([]);
    const input = { unit: 'unit_twice--police', version: 1, agrees: true };
    expect((await answer(input, OFFICER)).refusals).toEqual([{ code: 'NOT_ALLOWED', field: null }]);
    expect(await answer(input, POLICE)).toEqual({ record: { id: input.unit, postsVersion: 2 }, refusals: [] });
    expect(await onDuty(noon, 'twice')).toMatchObject([{ unit: { code: 'police' }, agreed: true }]);
    // Other posts are asked anew.
    await publish(postsOf('twice--police', { version: 2 }), OFFICER);
    expect(await onDuty(noon, 'twice')).toEqual([]);
  });

  test('are not manned where it declines, which the park office notes for the subdistrict', async () => {
    await publish(postsOf('twice--street'), OFFICER);
    const input = { unit: 'unit_twice--street', version: 1, agrees: false, idempotencyKey: 'street-declines' };
    const first = await answer(input, OFFICER);
    expect(first.refusals).toEqual([]);
    expect(await answer(input, OFFICER)).toEqual(first);
    expect(await onDuty('2020-03-16T12:00:00+08:00', 'twice')).toEqual([]);
    const { data } = await ask('{ park(code: "twice") { posts { unit { code } agreed } } }');
    expect(data.park.posts).toContainEqual({ unit: { code: 'street' }, agreed: false });
  });

  test.each([
    ['of a version that was replaced', { unit: 'unit_twice--street', version: 1 }, 'VERSION_CONFLICT'],
    ['of which no posts are asked', { unit: 'unit_north--street', version: 1 }, 'NOT_FOUND'],
    ['of one of the three levels', { unit: 'unit_north--manager', version: 2 }, 'NOT_ALLOWED'],
    ['that the park does not have', { unit: 'unit_north--nobody', version: 1 }, 'NOT_FOUND'],
  ] as const)('refuses an answer %s', async (_, input, code) => {
    const { record, refusals } = await answer({ ...input, agrees: true }, OFFICER);
    expect(record).toBeNull();
    expect(refusals.map((refusal: { code: string }) => refusal.code)).toContain(code);
  });
});

const shift = (change: object) =>
  postsOf('refused--manager', { posts: [{ ...GATE, shifts: [{ ...DAY, ...change }] }] });
const post = (change: object) => postsOf('refused--manager', { posts: [{ ...GATE, ...change }] });
const AT = ['posts', '0'];

test.each([
  ['a unit that does not exist', postsOf('refused--nobody'), 'NOT_FOUND', ['unit']],
  ['a park as a unit', { unit: 'park_refused', posts: [GATE] }, 'NOT_FOUND', ['unit']],
  ['a first list with a version', postsOf('refused--manager', { version: 1 }), 'NOT_FOUND', ['version']],
  ['a code with capitals', post({ code: 'Gate' }), 'INVALID', [...AT, 'code']],
  ['an empty name', post({ name: text('') }), 'INVALID', [...AT, 'name', 'zh']],
  ['a post without shifts', post({ shifts: [] }), 'INVALID', [...AT, 'shifts']],
  ['eleven shifts', post({ shifts: Array(11).fill(DAY) }), 'INVALID', [...AT, 'shifts']],
  ['a shift on no day', shift({ days: [] }), 'INVALID', [...AT, 'shifts', '0', 'days']],
  ['a day twice', shift({ days: ['MON', 'MON'] }), 'INVALID', [...AT, 'shifts', '0', 'days']],
  ['a time that no clock shows', shift({ to: '24:00' }), 'INVALID', [...AT, 'shifts', '0', 'to']],
  ['an empty roster', shift({ roster: [] }), 'INVALID', [...AT, 'shifts', '0', 'roster']],
  ['a duty twice', shift({ roster: [...DAY.roster, ...DAY.roster] }), 'INVALID', [...AT, 'shifts', '0', 'roster']],
  [
    'a duty of nobody',
    shift({ roster: [{ duty: 'PATROL', staff: 0 }] }),
    'INVALID',
    [...AT, 'shifts', '0', 'roster', '0', 'staff'],
  ],
  ['a code twice', postsOf('refused--manager', { posts: [GATE, GATE] }), 'INVALID', ['posts', '1', 'code']],
  [
    '21 posts',
    postsOf('refused--manager', { posts: Array.from({ length: 21 }, (_, i) => ({ ...GATE, code: `p-${i}` })) }),
    'INVALID',
    ['posts'],
  ],
] as const)('refuses %s', async (_, input, code, field) => {
  const { record, refusals } = await publish(input, OFFICER);
  expect(record).toBeNull();
  expect(refusals).toContainEqual({ code, field });
});

test('officers of other zones publish no posts, and the administration answers for no unit', async () => {
  const refused = { record: null, refusals: [{ code: 'NOT_ALLOWED', field: null }] };
  expect(await publish(postsOf('refused--manager'), publisherOf('zone_south'))).toEqual(refused);
  await expect(answer({ unit: 'unit_twice--street', version: 2, agrees: true }, ADMIN)).rejects.toThrow();
});

test('of two publications of one list at once, one is told of the other', async () => {
  const both = await Promise.all([1, 2].map(() => publish(postsOf('north--street'), OFFICER)));
  expect(both.flatMap(({ refusals }) => refusals)).toEqual([{ code: 'ALREADY_EXISTS', field: ['version'] }]);
});

test("a property owner's clerk publishes the posts of the own unit, and of no other", async () => {
  expect(await publishOwn(postsOf('north--owner'), CLERK)).toEqual({
    record: { id: 'unit_north--owner', postsVersion: 1 },
    refusals: [],
  });
  const { data } = await ask('{ park(code: "north") { controlUnits { code enterprise { id } } } }');
  const owners = data.park.controlUnits.filter(({ enterprise }: { readonly enterprise: object | null }) => enterprise);
  expect(owners).toEqual([{ code: 'owner', enterprise: { id: OWNER } }]);

  const refused = { record: null, refusals: [{ code: 'NOT_ALLOWED', field: null }] };
  // The manager names no enterprise.
  expect(await publishOwn(postsOf('north--manager', { version: 2 }), CLERK)).toEqual(refused);
  const another = { ...CLERK, enterprise: 'ent_01HB0000000000000000000001' } as Viewer;
  expect(await publishOwn(postsOf('north--owner', { version: 1 }), another)).toEqual(refused);
});

test("the owner's posts are versioned, published once for a key, and kept by two clerks at once", async () => {
  const input = { idempotencyKey: 'own-posts-once', ...postsOf('twice--owner') };
  const first = await publishOwn(input, CLERK);
  expect(await publishOwn(input, CLERK)).toEqual(first);
  const both = await Promise.all([1, 1].map((version) => publishOwn(postsOf('twice--owner', { version }), CLERK)));
  expect(both.filter(({ refusals }) => refusals.length === 0)).toHaveLength(1);
});

test.each([OFFICER, ADMIN, POLICE])('nobody but a clerk publishes as a unit', async (viewer) => {
  const { errors } = await ask(
    'mutation ($input: PublishPostsInput!) { publishOwnPosts(input: $input) { unit { id } } }',
    { input: { idempotencyKey: 'own-posts-by-others', ...postsOf('refused--owner') } },
    { viewer },
  );
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});
