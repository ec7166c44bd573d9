import { makeId } from '../../../domain/ids.ts';
import type { Localized } from '../../../domain/locale.ts';
import type { ParkControlFacts } from '../../../domain/places/control-units.ts';
import type { ParkFacilitiesFacts } from '../../../domain/places/facilities.ts';
import type { ParkFacts } from '../../../domain/places/park.ts';
import type { Scale } from '../scale.ts';
import { BAODI, BONDED, DONGJIANG, ECO_CITY, HIGH_TECH, TEDA, ZHONGGUANCUN } from './zones.ts';

/** The park of the story. */
export const HEADLINE_PARK = 'park_binhai-zhongguancun';
/** The day of the story's figures. */
export const HEADLINE_DAY = '2020-03-16';
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

const HEADLINE: DemoPark = {
  id: HEADLINE_PARK,
  facts: {
    code: 'binhai-zhongguancun',
    name: { zh: '滨海-中关村科技园', ja: '浜海-中関村科技園', en: 'Binhai-Zhongguancun Science Park' },
    zoneId: TEDA,
    regionCode: '120116',
    openedOn: '2016-11-22',
    area: '10.3',
    address: { zh: '天津市滨海新区', ja: '天津市浜海新区', en: 'Binhai New Area, Tianjin' },
    version: 1,
  },
  enterprises: HEADLINE_ENTERPRISES,
  town: TIANJIN,
  firstNumber: 1,
};

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
  return [HEADLINE, ...samples];
}

/** Synthetic: facilities with the places of a medium park. */
export const FACILITIES: ParkFacilitiesFacts = {
  parkId: HEADLINE_PARK,
  zoneId: TEDA,
  version: 1,
  facilities: [
    {
      id: 'incubator',
      kind: 'INCUBATOR',
      name: { zh: '示例孵化器', ja: 'サンプルインキュベーター', en: 'Sample Incubator' },
      capacity: 400,
      free: 62,
      countedOn: HEADLINE_DAY,
    },
    {
      id: 'talent-apartments',
      kind: 'TALENT_APARTMENT',
      name: { zh: '示例人才公寓', ja: 'サンプル人材アパート', en: 'Sample Talent Apartments' },
      capacity: 600,
      reserved: 452,
      free: 148,
      countedOn: HEADLINE_DAY,
    },
    {
      id: 'kindergarten',
      kind: 'KINDERGARTEN',
      name: { zh: '示例幼儿园', ja: 'サンプル幼稚園', en: 'Sample Kindergarten' },
      capacity: 240,
      reserved: 205,
      free: 35,
      countedOn: HEADLINE_DAY,
    },
    {
      id: 'school',
      kind: 'SCHOOL',
      name: { zh: '示例小学', ja: 'サンプル小学校', en: 'Sample Primary School' },
      capacity: 720,
      reserved: 630,
      free: 90,
      countedOn: HEADLINE_DAY,
    },
    {
      id: 'canteen',
      kind: 'CANTEEN',
      name: { zh: '示例食堂', ja: 'サンプル食堂', en: 'Sample Canteen' },
      capacity: 500,
      free: null,
      countedOn: null,
    },
    {
      id: 'service-hall',
      kind: 'SERVICE_HALL',
      name: { zh: '政务服务大厅', ja: '行政サービスホール', en: 'Government Service Hall' },
      capacity: 40,
      free: null,
      countedOn: null,
    },
  ],
};

/** Three-level control and the joint units. No telephone has numbers of this prefix and length. */
export const CONTROL: ParkControlFacts = {
  parkId: HEADLINE_PARK,
  version: 1,
  units: [
    {
      id: 'park-office',
      kind: 'PARK_OFFICE',
      name: { zh: '园区办公室', ja: '園区事務室', en: 'Park office' },
      reportsToId: null,
      contactPhone: '00000000001',
    },
    {
      id: 'property-owner',
      kind: 'PROPERTY_OWNER',
      name: { zh: '产权管理机构（示例）', ja: '所有権管理機構（サンプル）', en: 'Property owner (sample)' },
      reportsToId: 'park-office',
      contactPhone: '00000000002',
    },
    {
      id: 'property-manager',
      kind: 'PROPERTY_MANAGER',
      name: { zh: '物业公司（示例）', ja: '不動産管理会社（サンプル）', en: 'Property manager (sample)' },
      reportsToId: 'property-owner',
      contactPhone: '00000000003',
    },
    {
      id: 'subdistrict',
      kind: 'SUBDISTRICT',
      name: { zh: '街道', ja: '街道', en: 'Subdistrict' },
      reportsToId: null,
      contactPhone: null,
    },
    {
      id: 'police-station',
      kind: 'POLICE_STATION',
      name: { zh: '派出所', ja: '派出所', en: 'Police station' },
      reportsToId: null,
      contactPhone: null,
    },
  ],
};
