import { makeId } from '../../../domain/ids.ts';
import type { Localized } from '../../../domain/locale.ts';
import { decideControlUnits, type ParkControlFacts } from '../../../domain/places/control-units.ts';
import { decideFacilities, type ParkFacilitiesFacts } from '../../../domain/places/facilities.ts';
import { decidePark, type ParkFacts } from '../../../domain/places/park.ts';
import type {
  PublishControlUnitsInput,
  PublishFacilitiesInput,
  PublishParkInput,
} from '../../../resolvers/parks/generated/types.ts';
import { statedFacilities, statedUnits } from '../../../resolvers/parks/publish-of-park.ts';
import { statedPark } from '../../../resolvers/parks/publish-places.ts';
import type { Scale } from '../scale.ts';
import { ADMIN, accepted, atFirstUse, publisherOf, storyInputs } from '../story/inputs.ts';
import { BAODI, BONDED, DONGJIANG, ECO_CITY, HIGH_TECH, TEDA, ZHONGGUANCUN } from './zones.ts';

/** The park of the story. */
export const HEADLINE_PARK = 'park_binhai-zhongguancun';
/** The park's enterprises on that day. */
export const HEADLINE_ENTERPRISES = 236;

/** A park and the words in its invented enterprises' names. */
export interface DemoPark {
  readonly id: string;
  readonly facts: ParkFacts;
  readonly enterprises: number;
  readonly town: Localized;
  /** First number of its enterprises' names and codes, so that no two parks share one. */
  readonly firstNumber: number;
}

const TIANJIN = { zh: '天津', ja: '天津', en: 'Tianjin' };
const BINHAI = { zh: '滨海', ja: '浜海', en: 'Binhai' };
const BEIJING = { zh: '北京', ja: '北京', en: 'Beijing' };
const DONGJIANG_TOWN = { zh: '东疆', ja: '東疆', en: 'Dongjiang' };
const BAODI_TOWN = { zh: '宝坻', ja: '宝坻', en: 'Baodi' };

/** Returns the park of the story. */
const headline = atFirstUse((): DemoPark => {
  const [input] = storyInputs<PublishParkInput>('parks.csv');
  if (!input) throw new Error('parks.csv has no park');
  const facts = accepted(decidePark(statedPark(input), null, input.zone === TEDA, ADMIN));
  return { id: HEADLINE_PARK, facts, enterprises: HEADLINE_ENTERPRISES, town: TIANJIN, firstNumber: 1 };
});

/** Invented parks, so that other zones have enterprises too: zone, region and town. */
const SAMPLES = [
  { code: 'sample-hitech', zoneId: HIGH_TECH, regionCode: '120116', town: BINHAI },
  { code: 'sample-baodi', zoneId: BAODI, regionCode: '120115', town: BAODI_TOWN },
  { code: 'sample-haidian', zoneId: ZHONGGUANCUN, regionCode: '110108', town: BEIJING },
  { code: 'sample-dongjiang', zoneId: DONGJIANG, regionCode: '120116', town: DONGJIANG_TOWN },
  { code: 'sample-bonded', zoneId: BONDED, regionCode: '120116', town: TIANJIN },
  { code: 'sample-eco-city', zoneId: ECO_CITY, regionCode: '120116', town: BINHAI },
  { code: 'sample-teda-west', zoneId: TEDA, regionCode: '120116', town: TIANJIN },
  { code: 'sample-baodi-north', zoneId: BAODI, regionCode: '120115', town: BAODI_TOWN },
] as const;

/** Number range of a park: more than any sample park has. */
const NUMBERS_A_PARK = 3500;

export function demoParks(scale: Scale): readonly DemoPark[] {
  const samples = SAMPLES.slice(0, scale.sampleParks).map(({ code, zoneId, regionCode, town }, i): DemoPark => {
    const letter = String.fromCharCode(65 + i);
    // A half adds one enterprise to every other park.
    const enterprises = Math.floor(scale.enterprisesASamplePark + (i % 2) / 2);
    return {
      id: makeId('park', code),
      facts: {
        code,
        name: { zh: `示例园${letter}`, ja: `サンプル園${letter}`, en: `Sample Park ${letter}` },
        zoneId,
        regionCode,
        openedOn: null,
        area: null,
        address: null,
        version: 1,
      },
      enterprises,
      town,
      firstNumber: 1000 + i * NUMBERS_A_PARK,
    };
  });
  return [headline(), ...samples];
}

/** Returns the facilities of the headline park. Synthetic: they have the places of a medium park. */
export const facilities = atFirstUse((): ParkFacilitiesFacts => {
  const rows = storyInputs<PublishFacilitiesInput['facilities'][number]>('facilities.csv');
  const stated = statedFacilities({ idempotencyKey: '', park: HEADLINE_PARK, facilities: rows });
  return accepted(decideFacilities(stated, null, { zoneId: TEDA, viewer: publisherOf(TEDA), now: new Date() }));
});

/** Returns the three-level control of the headline park and the joint units. No telephone has numbers of this prefix and length. */
export const controlUnits = atFirstUse((): ParkControlFacts => {
  const rows = storyInputs<PublishControlUnitsInput['units'][number]>('control-units.csv');
  const stated = statedUnits({ idempotencyKey: '', park: HEADLINE_PARK, units: rows });
  return accepted(decideControlUnits(stated, null, TEDA, publisherOf(TEDA)));
});
