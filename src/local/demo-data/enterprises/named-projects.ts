/** The six projects that the story names. All other facts about them here are assumed. */
import type { Sector } from '../../../domain/enterprises/industry.ts';
import type { Localized } from '../../../domain/locale.ts';
import type { ProjectItem } from '../../../storage/enterprises/items.ts';
import { ZHONGGUANCUN } from '../parks/zones.ts';

export interface NamedProject {
  readonly code: string;
  readonly name: Localized;
  readonly sector: Sector;
  readonly industryCode: string;
  readonly stage: ProjectItem['stage'];
  readonly originZoneId: string | null;
}

/** Their enterprises are the first six of the park, in this order. */
export const NAMED_PROJECTS: readonly NamedProject[] = [
  {
    code: 'huawei-digital-economy',
    name: { zh: '华为数字经济', ja: '華為デジタル経済', en: 'Huawei Digital Economy' },
    sector: 'DIGITAL_ECONOMY',
    industryCode: 'I6550',
    stage: 'LANDED',
    originZoneId: null,
  },
  {
    code: 'beijing-dianjie-precision-medicine',
    name: { zh: '北京迪安捷精准医疗', ja: '北京迪安捷精密医療', en: "Beijing Di'anjie Precision Medicine" },
    sector: 'PRECISION_MEDICINE',
    industryCode: 'M7340',
    stage: 'LANDED',
    originZoneId: ZHONGGUANCUN,
  },
  {
    code: 'dazhong-chuxing',
    name: { zh: '大众出行', ja: '大衆出行', en: 'Dazhong Chuxing' },
    sector: 'SMART_TRANSPORT',
    industryCode: 'I6532',
    stage: 'SIGNED',
    originZoneId: null,
  },
  {
    code: 'beijing-bluestar-cleaning',
    name: { zh: '北京蓝星清洗总部', ja: '北京藍星清洗本部', en: 'Beijing Bluestar Cleaning Headquarters' },
    sector: 'TECHNOLOGY_SERVICES',
    industryCode: 'M7590',
    stage: 'LANDED',
    originZoneId: ZHONGGUANCUN,
  },
  {
    code: 'xintong-anrong',
    name: { zh: '信通安融', ja: '信通安融', en: 'Xintong Anrong' },
    sector: 'DIGITAL_ECONOMY',
    industryCode: 'I6513',
    stage: 'SIGNED',
    originZoneId: null,
  },
  {
    code: 'xingyu-new-materials',
    name: { zh: '兴宇新材料', ja: '興宇新材料', en: 'Xingyu New Materials' },
    sector: 'NEW_MATERIALS',
    industryCode: 'C2659',
    stage: 'PRODUCING',
    originZoneId: null,
  },
];
