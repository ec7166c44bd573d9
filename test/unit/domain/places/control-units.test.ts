import * as fc from 'fast-check';
import {
  CONTROL_LEVELS,
  type ControlUnitKind,
  type ControlUnitRecord,
  decideControlUnits,
} from '../../../../src/domain/places/control-units.ts';

const KINDS = Object.keys(CONTROL_LEVELS) as readonly ControlUnitKind[];
const CODES = ['a', 'b', 'c', 'd'];
const name = { zh: '单元', ja: '単位', en: 'Unit' };
const unit = fc.record({
  id: fc.constantFrom(...CODES),
  kind: fc.constantFrom(...KINDS),
  name: fc.constant(name),
  reportsToId: fc.option(fc.constantFrom(...CODES, 'e')),
  contactPhone: fc.constant(null),
});

const decide = (units: readonly ControlUnitRecord[]) =>
  decideControlUnits({ seen: null, parkId: 'park_a', units }, null, 'zone_a', { kind: 'admin', person: 'admin' });

test('whatever list is accepted, each chain of units goes up level by level and ends', () => {
  let accepted = 0;
  fc.assert(
    fc.property(fc.array(unit, { minLength: 1, maxLength: 4 }), (units) => {
      const decision = decide(units);
      if (!decision.ok) return;
      accepted += 1;
      const byId = new Map(decision.value.units.map((each) => [each.id, each]));
      expect(byId.size).toBe(units.length);
      for (const { kind, reportsToId } of units) {
        if (reportsToId === null) continue;
        const above = byId.get(reportsToId);
        expect(CONTROL_LEVELS[above?.kind ?? 'POLICE_STATION']).toBe((CONTROL_LEVELS[kind] ?? 0) - 1);
      }
    }),
    { seed: 16, numRuns: 2000 },
  );
  expect(accepted).toBeGreaterThan(50);
});

test.each([
  ['13800000000', true],
  ['022-12345678', true],
  ['12345', true],
  ['110', true],
  ['11', false],
  ['022--12345678', false],
  ['-12345678', false],
  ['0221234567890', false],
  ['+8622123456', false],
  ['', false],
])('the telephone number "%s" is accepted: %s', (contactPhone, isAccepted) => {
  expect(decide([{ id: 'a', kind: 'PARK_OFFICE', name, reportsToId: null, contactPhone }]).ok).toBe(isAccepted);
});

test.each(KINDS.map((kind) => [kind, kind === 'PROPERTY_OWNER' || kind === 'PROPERTY_MANAGER'] as const))(
  'a unit of the kind %s may be an enterprise: %s',
  (kind, isAccepted) => {
    const unitOf = (enterpriseId: string) =>
      decide([{ id: 'a', kind, name, reportsToId: null, contactPhone: null, enterpriseId }]);
    expect(unitOf('ent_01HB0000000000000000000000').ok).toBe(isAccepted);
    expect(unitOf('park_a').ok).toBe(false);
  },
);
