import * as fc from 'fast-check';
import { decideFacilities, type FacilityRecord, MAX_FACILITIES } from '../../../../src/domain/places/facilities.ts';
import type { Viewer } from '../../../../src/domain/viewer.ts';

const ADMIN: Viewer = { kind: 'admin', person: 'admin' };
const NOW = new Date('2026-03-02T16:30:00.000Z');
const TODAY = '2026-03-03';

const decide = (facilities: readonly FacilityRecord[]) =>
  decideFacilities(
    { seen: 4, parkId: 'park_a', facilities },
    { parkId: 'park_a', zoneId: 'zone_a', facilities: [], version: 4 },
    {
      zoneId: 'zone_a',
      viewer: ADMIN,
      now: NOW,
    },
  );

const facility = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'A', ''),
  kind: fc.constantFrom('CANTEEN' as const, 'SCHOOL' as const),
  name: fc.constantFrom({ zh: '食堂', ja: '食堂', en: 'Canteen' }, { zh: '', ja: '', en: '' }),
  capacity: fc.integer({ min: -1, max: 3 }),
  free: fc.option(fc.integer({ min: -1, max: 4 })),
  countedOn: fc.option(fc.constantFrom('2026-03-02', TODAY, '2026-03-04')),
});

/** The rules once more, in other words. */
function isSound(list: readonly FacilityRecord[]): boolean {
  return (
    new Set(list.map(({ id }) => id)).size === list.length &&
    list.every(
      ({ id, name, capacity, free, countedOn }) =>
        'abc'.split('').includes(id) &&
        name.zh !== '' &&
        capacity >= 0 &&
        (free === null ? countedOn === null : free >= 0 && free <= capacity && (countedOn ?? '9') <= TODAY),
    )
  );
}

test('a list is accepted if and only if every facility is sound and no code comes twice', () => {
  const seen = { accepted: 0, refused: 0 };
  fc.assert(
    fc.property(fc.array(facility, { maxLength: 3 }), (list) => {
      const decision = decide(list);
      expect(decision.ok).toBe(isSound(list));
      seen[decision.ok ? 'accepted' : 'refused'] += 1;
      if (decision.ok)
        expect(decision.value).toEqual({ parkId: 'park_a', zoneId: 'zone_a', facilities: list, version: 5 });
    }),
    { seed: 16, numRuns: 2000 },
  );
  expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(50);
});

test('as many facilities as the limit are accepted, one more is refused', () => {
  const list = Array.from(
    { length: MAX_FACILITIES + 1 },
    (_, i): FacilityRecord => ({
      id: `f-${i}`,
      kind: 'CANTEEN',
      name: { zh: '食堂', ja: '食堂', en: 'Canteen' },
      capacity: 1,
      free: null,
      countedOn: null,
    }),
  );
  expect(decide(list.slice(1)).ok).toBe(true);
  expect(decide(list)).toMatchObject({ ok: false, refusals: [{ code: 'INVALID_VALUE', field: ['facilities'] }] });
});
