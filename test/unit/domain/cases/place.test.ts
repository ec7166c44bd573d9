import { type CasePlaceFacts, placeAfter } from '../../../../src/domain/cases/place.ts';

const AT = '2026-03-02T01:00:00.000Z';
const PLACE: CasePlaceFacts = { version: 1, facilityId: 'fac_1', takenAt: '2026-01-01T00:00:00.000Z', endedAt: null };
const after = (
  before: CasePlaceFacts | null,
  state: 'APPROVED' | 'REVERSED' | 'CLOSED',
  facilityId: string | null = null,
) => placeAfter(before, { state, facilityId, at: AT });

test('an approval takes a place, and a state that keeps none ends it once', () => {
  expect(after(null, 'APPROVED', 'fac_1')).toEqual({ version: 1, facilityId: 'fac_1', takenAt: AT, endedAt: null });
  expect(after({ ...PLACE, endedAt: AT }, 'APPROVED', 'fac_2')).toMatchObject({ version: 2, facilityId: 'fac_2' });
  expect(after(PLACE, 'REVERSED')).toEqual({ ...PLACE, version: 2, endedAt: AT });
  expect([after(PLACE, 'CLOSED'), after(null, 'REVERSED'), after({ ...PLACE, endedAt: AT }, 'REVERSED')]).toEqual([
    null,
    null,
    null,
  ]);
});
