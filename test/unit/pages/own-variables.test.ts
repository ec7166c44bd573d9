import { ownVariables } from '../../../src/pages/explorer/example.ts';

const WORKLIST = JSON.stringify({ zone: 'zone_teda', agency: 'PARK', first: 20, locale: 'ZH' }, null, 2);
const OFFICER = { kind: 'officer', person: 'o-1', agency: 'EDU', zone: 'zone_baodi', roles: [] };

test("an officer's example gets their own agency and zone", () => {
  expect(JSON.parse(ownVariables(WORKLIST, OFFICER))).toEqual({
    zone: 'zone_baodi',
    agency: 'EDU',
    first: 20,
    locale: 'ZH',
  });
});

test('other viewers see the example unchanged', () => {
  expect(ownVariables(WORKLIST, undefined)).toBe(WORKLIST);
  expect(ownVariables(WORKLIST, { kind: 'analyst', person: 'a-1', roles: [] })).toBe(WORKLIST);
});
