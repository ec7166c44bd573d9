import { parkRelation } from '../../domain/access/relation.ts';
import { maskPhone } from '../../domain/masking.ts';
import type { ControlUnitKind } from '../../storage/parks/items.ts';
import { formAt } from '../../subgraph/guard.ts';
import { localizedField } from '../../subgraph/localized.ts';
import type { ControlUnitResolvers } from './generated/types.ts';

/** The three levels of control; a joint unit has none. */
const LEVELS = {
  PARK_OFFICE: 1,
  PROPERTY_OWNER: 2,
  PROPERTY_MANAGER: 3,
  SUBDISTRICT: null,
  POLICE_STATION: null,
} as const satisfies Record<ControlUnitKind, number | null>;

export const ControlUnit: ControlUnitResolvers = {
  id: ({ unit }) => unit.id,
  kind: ({ unit }) => unit.kind,
  level: ({ unit }) => LEVELS[unit.kind],
  joint: ({ unit }) => LEVELS[unit.kind] === null,
  name: localizedField(({ unit }) => unit.name),
  reportsTo: ({ unit, units, zoneId }) => {
    const above = units.find(({ id }) => id === unit.reportsToId);
    return above ? { unit: above, units, zoneId } : null;
  },
  contactPhone: ({ unit, zoneId }, _, context) => {
    const isShown = formAt(context, 'ControlUnit.contactPhone', parkRelation(context.viewer, zoneId)) === 'FULL';
    return unit.contactPhone === null || isShown ? unit.contactPhone : maskPhone(unit.contactPhone);
  },
};
