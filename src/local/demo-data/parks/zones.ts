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

/** Returns real zones: TEDA, the four others of "1+4", and the two that the park is linked with. */
export const zones = atFirstUse((): readonly ZoneFacts[] =>
  storyInputs<PublishZoneInput>('zones.csv').map((input) =>
    accepted(decideZone(statedZone(input), null, input.parent == null, ADMIN)),
  ),
);

export const ALL_ZONES = [TEDA, HIGH_TECH, BONDED, DONGJIANG, ECO_CITY, ZHONGGUANCUN, BAODI] as const;
export const BINHAI_ZONES = [TEDA, HIGH_TECH, BONDED, DONGJIANG, ECO_CITY] as const;

export const GROUPS: readonly GroupRecord[] = [
  {
    code: '1-plus-4',
    name: { zh: '“1+4”功能区', ja: '「1+4」機能区', en: '"1+4" zones' },
    zoneIds: BINHAI_ZONES,
  },
];
