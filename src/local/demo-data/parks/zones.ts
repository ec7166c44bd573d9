import type { ZoneFacts } from '../../../domain/places/zone.ts';
import type { GroupRecord } from '../../../storage/linkages/items.ts';

export const TEDA = 'zone_teda';
export const HIGH_TECH = 'zone_binhai-hitech';
export const BONDED = 'zone_bonded';
export const DONGJIANG = 'zone_dongjiang';
export const ECO_CITY = 'zone_eco-city';
export const ZHONGGUANCUN = 'zone_zhongguancun';
export const BAODI = 'zone_baodi';

const zone = (code: string, kind: ZoneFacts['kind'], regionCode: string, zh: string, ja: string, en: string) => ({
  code,
  kind,
  regionCode,
  name: { zh, ja, en },
  parentId: null,
  version: 1,
});

/** Real zones: TEDA, the four others of "1+4", and the two that the park is linked with. */
export const ZONES: readonly ZoneFacts[] = [
  zone(
    'teda',
    'DEVELOPMENT',
    '120116',
    '天津经济技术开发区',
    '天津経済技術開発区',
    'Tianjin Economic-Technological Development Area (TEDA)',
  ),
  zone(
    'binhai-hitech',
    'HIGH_TECH',
    '120116',
    '天津滨海高新技术产业开发区',
    '天津浜海ハイテク産業開発区',
    'Tianjin Binhai Hi-tech Industrial Development Area',
  ),
  zone('bonded', 'BONDED', '120116', '天津港保税区', '天津港保税区', 'Tianjin Port Free Trade Zone'),
  zone('dongjiang', 'PORT', '120116', '天津东疆港区', '天津東疆港区', 'Dongjiang Port Area'),
  zone('eco-city', 'ECO_CITY', '120116', '中新天津生态城', '中新天津生態城', 'Sino-Singapore Tianjin Eco-city'),
  zone('zhongguancun', 'DEMONSTRATION', '110108', '北京中关村', '北京中関村', 'Zhongguancun, Beijing'),
  zone(
    'baodi',
    'SCIENCE_CITY',
    '120115',
    '宝坻京津中关村科技城',
    '宝坻京津中関村科学技術城',
    'Baodi Jing-Jin Zhongguancun Science City',
  ),
];

export const ALL_ZONES = [TEDA, HIGH_TECH, BONDED, DONGJIANG, ECO_CITY, ZHONGGUANCUN, BAODI] as const;
export const BINHAI_ZONES = [TEDA, HIGH_TECH, BONDED, DONGJIANG, ECO_CITY] as const;
export const TIANJIN_ZONES = [...BINHAI_ZONES, BAODI] as const;

export const GROUPS: readonly GroupRecord[] = [
  {
    code: '1-plus-4',
    name: { zh: '“1+4”功能区', ja: '「1+4」機能区', en: '"1+4" zones' },
    zoneIds: BINHAI_ZONES,
  },
];
