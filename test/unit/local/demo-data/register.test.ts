import { enterpriseOf } from '../../../../src/local/demo-data/enterprises/enterprises.ts';
import { registeredOf } from '../../../../src/local/demo-data/enterprises/register.ts';
import { demoParks, HEADLINE_PARK } from '../../../../src/local/demo-data/parks/parks.ts';
import { SCALES } from '../../../../src/local/demo-data/scale.ts';

const TODAY = '2026-09-10';
const PARKS = demoParks(SCALES.S);
const ofPark = (id: string) => {
  const park = PARKS.find((each) => each.id === id)!;
  return Array.from({ length: park.enterprises }, (_, index) => registeredOf(park, index, TODAY));
};
const ALL = PARKS.flatMap(({ id }) => ofPark(id));

test('an enterprise has the version of its last event in the register', () => {
  for (const { enterprise, events } of ALL) {
    const versions = events.flatMap((event) => (event.type === 'RegisterEvent' ? event.version : []));
    expect(enterprise.version).toBe(Math.max(1, ...versions));
  }
});

test('the headline park has no story, so that its figures stay as reported', () => {
  const park = PARKS.find(({ id }) => id === HEADLINE_PARK)!;
  const enterprises = Array.from({ length: park.enterprises }, (_, index) => enterpriseOf(park, index));
  expect(ofPark(HEADLINE_PARK)).toEqual(enterprises.map((enterprise) => ({ enterprise, events: [] })));
});

test('the successor of a division points back at its predecessor', () => {
  const divided = ALL.flatMap(({ enterprise: { id, successors = [] } }) =>
    successors.map(({ enterpriseId, ...how }) => ({ of: enterpriseId, back: { enterpriseId: id, ...how } })),
  );
  expect(divided.map(({ back }) => back.kind)).toEqual(['SPLIT_OFF']);
  for (const { of, back } of divided) {
    expect(ALL.find(({ enterprise }) => enterprise.id === of)?.enterprise.predecessors).toEqual([back]);
  }
});

test('pending matters await their parties', () => {
  const moves = ALL.flatMap(({ enterprise: { move } }) => (move ? { state: move.state, dueOn: move.dueOn } : []));
  expect(moves).toEqual([
    { state: 'ACCEPTED', dueOn: '2026-09-23' },
    { state: 'OBJECTED', dueOn: '2026-10-14' },
  ]);
  const merging = ALL.flatMap(({ enterprise: { succession } }) => succession ?? []);
  expect(merging).toMatchObject([{ kind: 'ABSORPTION', confirmedZoneIds: ['zone_dongjiang'] }]);
  const states = Object.groupBy(ALL, ({ enterprise }) => enterprise.registration);
  expect([states.UNCONFIRMED?.length, states.CHALLENGED?.length]).toEqual([1, 1]);
});
