import type { Viewer } from '../../src/domain/viewer.ts';
import { createParksSubgraph } from '../../src/resolvers/parks/index.ts';
import { readItem } from '../../src/storage/dynamodb/read.ts';
import { type ParkFacilitiesItem, parkItem } from '../../src/storage/parks/items.ts';
import { facilityPlaces } from '../../src/storage/read-models/facility-places.ts';
import { parkKeys, talentKeys } from '../../src/storage/tables.ts';
import { copyFacilities } from '../../src/storage/talent/places/copy-facilities.ts';
import type { CasePlaceItem } from '../../src/storage/talent/places/items.ts';
import {
  approveAtOnce,
  decider,
  FLATS,
  type FlatsSystem,
  placesItem,
  reviewedCase,
  startFlats,
} from '../fixtures/flats.ts';
import { publisherOf, publishing } from '../fixtures/publish-records.ts';
import { NOW } from '../harness.ts';

/** Cases take places of facilities, and give them back. */

let flats: FlatsSystem;
let cases = 0;

beforeAll(async () => {
  flats = await startFlats();
});
afterAll(() => flats.system.stop());

async function newCase(kind: 'HOUSING' | 'SCHOOLING' = 'HOUSING') {
  const made = reviewedCase(cases++, kind);
  await flats.system.write('talent', made.items);
  return made;
}

/** A house of flats for one test alone. */
async function newHouse(capacity: number, more: object = {}): Promise<string> {
  const facility = `fac_north--house-${cases++}`;
  await flats.system.write('talent', [placesItem(facility, { capacity, ...more })]);
  return facility;
}

const placeOf = (caseId: string) =>
  readItem<CasePlaceItem>(flats.system.table('talent'), talentKeys.placeOfCase(caseId), { consistent: true });

test('an approval takes a place, which its applicant and the deciding officer see', async () => {
  const facility = await newHouse(2);
  const { id, applicant } = await newCase();
  expect(await flats.approve(id, { facility })).toEqual([]);
  const asked =
    'query ($id: ID!) { case(id: $id) { place { facility { id placesTaken placesFree } takenAt endedAt } } }';
  for (const viewer of [applicant, decider()]) {
    const { data } = await flats.ask(asked, { id }, { viewer });
    expect(data.case.place).toEqual({
      facility: { id: facility, placesTaken: 1, placesFree: 1 },
      takenAt: NOW.toISOString(),
      endedAt: null,
    });
  }
});

test('a full facility is refused, and another one has places', async () => {
  const [house, other] = [await newHouse(1), await newHouse(1)];
  const [first, second] = [await newCase(), await newCase()];
  expect(await flats.approve(first.id, { facility: house })).toEqual([]);
  expect(await flats.approve(second.id, { facility: house })).toEqual(['FACILITY_FULL']);
  expect(await placeOf(second.id)).toBeNull();
  expect(await flats.approve(second.id, { facility: other })).toEqual([]);
});

test('an approval without a facility takes no place', async () => {
  const { id } = await newCase();
  expect(await flats.approve(id, {})).toEqual([]);
  expect(await placeOf(id)).toBeNull();
});

test('a refusal takes no place, whatever facility it names', async () => {
  const facility = await newHouse(1);
  const { id } = await newCase();
  expect(await flats.approve(id, { facility, approved: false, reasons: [{ zh: '理由' }] })).toEqual([]);
  expect(await flats.counter(facility)).toMatchObject({ taken: 0 });
});

test.each([
  ['a facility that is not there', 'fac_north--nothing', {}, 'NOT_FOUND'],
  ['the id of a park', 'park_north', {}, 'NOT_FOUND'],
  ['a facility of another zone', 'fac_south--flats', { zoneId: 'zone_south' }, 'NOT_FOUND'],
  ['a school for a housing case', 'fac_north--school', { kind: 'SCHOOL' }, 'INVALID'],
] as const)('refuses %s', async (_, facility, more, code) => {
  if (Object.keys(more).length > 0) await flats.system.write('talent', [placesItem(facility, more)]);
  const { id } = await newCase();
  expect(await flats.approve(id, { facility })).toEqual([code]);
  expect(await placeOf(id)).toBeNull();
});

test('a schooling case takes a place of a school', async () => {
  const facility = await newHouse(1, { kind: 'SCHOOL' });
  const { id } = await newCase('SCHOOLING');
  expect(await flats.approve(id, { facility })).toEqual([]);
  expect(await flats.counter(facility)).toMatchObject({ taken: 1 });
});

test('a repeated approval takes one place', async () => {
  const facility = await newHouse(2);
  const { id } = await newCase();
  const input = { facility, idempotencyKey: 'approve-twice' };
  const both = await Promise.all([flats.approve(id, input), flats.approve(id, input)]);
  expect(both).toEqual([[], []]);
  expect(await flats.approve(id, input)).toEqual([]);
  expect(await flats.counter(facility)).toMatchObject({ taken: 1 });
});

test('a reversed approval gives its place back, and a new one takes another', async () => {
  const [house, other] = [await newHouse(1), await newHouse(1)];
  const { id, applicant } = await newCase();
  await flats.approve(id, { facility: house });
  expect(await flats.run('requestReconsideration', { case: id }, applicant)).toEqual([]);
  expect(await flats.counter(house)).toMatchObject({ taken: 1 });
  const reasons = [{ zh: '理由' }];
  expect(await flats.run('decideReconsideration', { case: id, version: 7, reversed: true, reasons })).toEqual([]);
  expect(await flats.counter(house)).toMatchObject({ taken: 0 });
  expect(await placeOf(id)).toMatchObject({ facilityId: house, endedAt: NOW.toISOString() });
  expect(await flats.run('startReview', { case: id, version: 8 })).toEqual([]);
  expect(await flats.run('giveOpinion', { case: id, verdict: 'AGREE' })).toEqual([]);
  expect(await flats.approve(id, { facility: other, version: 10 })).toEqual([]);
  expect(await placeOf(id)).toMatchObject({ facilityId: other, endedAt: null, version: 3 });
  expect(await flats.counter(other)).toMatchObject({ taken: 1 });
});

describe('the end of a place', () => {
  test('is stated once by the deciding officer, and another case takes the place', async () => {
    const facility = await newHouse(1);
    const [first, next] = [await newCase(), await newCase()];
    await flats.approve(first.id, { facility });
    const input = { case: first.id, idempotencyKey: 'lease-ended' };
    const both = await Promise.all([flats.run('endPlace', input), flats.run('endPlace', input)]);
    expect(both).toEqual([[], []]);
    expect(await flats.counter(facility)).toMatchObject({ taken: 0 });
    expect(await flats.run('endPlace', { case: first.id })).toEqual(['NOT_ALLOWED']);
    expect(await flats.approve(next.id, { facility })).toEqual([]);
  });

  test('of two officers at once, one ends it and the other is refused', async () => {
    const facility = await newHouse(1);
    const { id } = await newCase();
    await flats.approve(id, { facility });
    const officers = ['li', 'wang'].map((person) => flats.run('endPlace', { case: id }, decider(undefined, person)));
    expect((await Promise.all(officers)).toSorted((a, b) => a.length - b.length)).toEqual([[], ['NOT_ALLOWED']]);
    expect(await flats.counter(facility)).toMatchObject({ taken: 0 });
  });

  test('is refused to applicants, other agencies and zones, and of a case without a place', async () => {
    const facility = await newHouse(1);
    const [placed, placeless] = [await newCase(), await newCase()];
    await flats.approve(placed.id, { facility });
    await expect(flats.run('endPlace', { case: placed.id }, placed.applicant)).rejects.toThrow('FORBIDDEN');
    const other = { ...decider(), agency: 'HRSS' } as Viewer;
    expect(await flats.run('endPlace', { case: placed.id }, other)).toEqual(['NOT_ALLOWED']);
    expect(await flats.run('endPlace', { case: placed.id }, decider('zone_south'))).toEqual(['NOT_FOUND']);
    expect(await flats.run('endPlace', { case: placeless.id })).toEqual(['NOT_ALLOWED']);
    expect(await flats.counter(facility)).toMatchObject({ taken: 1 });
  });
});

test('of 200 decisions at once, as many get a place as there are places', async () => {
  await flats.system.write('talent', [placesItem(FLATS, { capacity: 70 })]);
  const wanting = Array.from({ length: 200 }, () => reviewedCase(cases++));
  expect(await approveAtOnce(flats, wanting)).toEqual({
    approved: 70,
    refused: 130,
    codes: new Set(['FACILITY_FULL']),
  });
  expect(await flats.counter()).toMatchObject({ taken: 70 });
});

describe('published capacities', () => {
  const OFFICER = publisherOf('zone_north');
  const list = (...facilities: readonly (readonly [string, string, number])[]) => ({
    park: 'park_north',
    facilities: facilities.map(([code, kind, capacity]) => ({
      ...{ code, kind, name: { zh: code } },
      // Four of them are reserved.
      ...{ capacity: capacity + 4, reserved: 4 },
    })),
  });

  test('reach the counters by the stream, and no record that comes late sets them back', async () => {
    const { system } = flats;
    const name = { zh: '北园', ja: '北園', en: 'North Park' };
    const park = { code: 'north', name, zoneId: 'zone_north', regionCode: '120116', openedOn: null, version: 1 };
    await system.write('parks', [parkItem({ ...park, area: null, address: null })]);
    const publish = publishing(system.serve('parks', createParksSubgraph), 'publishFacilities', 'park { id }');
    const stored = async () => {
      const key = parkKeys.facilities('park_north');
      const item = await readItem<ParkFacilitiesItem>(system.table('parks'), key, { consistent: true });
      if (!item) throw new Error('no list is published');
      return item;
    };
    const counted = async (code: string) => {
      const { capacity, taken } = (await flats.counter(`fac_north--${code}`)) ?? {};
      return { capacity, taken };
    };
    await publish(
      list(['tower', 'TALENT_APARTMENT', 1], ['pre-school', 'KINDERGARTEN', 9], ['hall', 'CANTEEN', 9]),
      OFFICER,
    );
    const first = await stored();
    await copyFacilities(system.table('talent'), [{ before: null, after: first }]);
    expect(await counted('tower')).toEqual({ capacity: 1, taken: 0 });
    expect(await flats.counter('fac_north--hall')).toBeNull();
    const { id } = await newCase();
    expect(await flats.approve(id, { facility: 'fac_north--tower' })).toEqual([]);

    await publish({ ...list(['tower', 'TALENT_APARTMENT', 0]), version: 1 }, OFFICER);
    const second = await stored();
    await copyFacilities(system.table('talent'), [
      { before: first, after: second },
      { before: null, after: first },
    ]);
    expect(await counted('tower')).toEqual({ capacity: 0, taken: 1 });
    expect(await counted('pre-school')).toEqual({ capacity: 0, taken: 0 });
    const { data } = await flats.ask(
      '{ _entities(representations: [{ __typename: "Facility", id: "fac_north--tower" }]) { ... on Facility { placesTaken placesFree } } }',
    );
    expect(data._entities).toEqual([{ placesTaken: 1, placesFree: 0 }]);
  });

  test('and places taken equal what a rebuild counts', async () => {
    const open = (store: 'parks' | 'talent') => flats.system.table(store, { deadline: Number.POSITIVE_INFINITY });
    const tower = await flats.counter('fac_north--tower');
    await flats.system.write('talent', [placesItem('fac_north--tower', { ...tower, taken: 5, capacity: 8 })]);
    const { differences } = await facilityPlaces.rebuild(open as Parameters<typeof facilityPlaces.rebuild>[0]);
    expect(differences).toContainEqual({ pk: 'fac_north--tower', sk: 'PLACES', fault: 'DIFFERENT' });
    expect(await flats.counter('fac_north--tower')).toEqual(tower);
  });
});
