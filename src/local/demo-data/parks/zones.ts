import { decideZone, type ZoneFacts } from '../../../domain/places/zone.ts';
import type { PublishZoneInput } from '../../../resolvers/parks/generated/types.ts';
import { statedZone } from '../../../resolvers/parks/publish-places.ts';
import type { GroupRecord } from '../../../storage/linkages/items.ts';
import { ADMIN, accepted, atFirstUse, storyInputs } from '../story/inputs.ts';

export const TEDA = 'zone_teda';
export const HIGH_TECH = 'zone_binhai-hitech';
export const BONDED = 'zone_bonded';
export const DONGJIANG = 'zone_dongjiang';
export const ECO_CITY = 'zone_eco-city';
export const ZHONGGUANCUN = 'zone_zhongguancun';
export const BAODI = 'zone_baodi';

/**
 * Returns real zones: Binhai New Area, TEDA and the four others of "1+4" within it, and the two that the park is linked
 * with. A zone comes after the one that it is part of.
 */
export const zones = atFirstUse((): readonly ZoneFacts[] => {
  const made = new Map<string, ZoneFacts>();
  for (const input of storyInputs<PublishZoneInput>('zones.csv')) {
    const isParentKnown = input.parent == null || made.has(input.parent);
    made.set(`zone_${input.code}`, accepted(decideZone(statedZone(input), null, isParentKnown, ADMIN)));
  }
  return [...made.values()];
});

export const ALL_ZONES = [TEDA, HIGH_TECH, BONDED, DONGJIANG, ECO_CITY, ZHONGGUANCUN, BAODI] as const;
export const BINHAI_ZONES = [TEDA, HIGH_TECH, BONDED, DONGJIANG, ECO_CITY] as const;

export const GROUPS: readonly GroupRecord[] = [
  {
    code: '1-plus-4',
    name: { zh: '“1+4”功能区', ja: '「1+4」機能区', en: '"1+4" zones' },
    zoneIds: BINHAI_ZONES,
  },
];
