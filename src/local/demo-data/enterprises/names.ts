/**
 * Names of invented enterprises in three languages. Each contains the word "sample" (示例, サンプル), so that nobody mistakes
 * it for a real one.
 */
import type { Sector } from '../../../domain/enterprises/industry.ts';
import type { Localized } from '../../../domain/locale.ts';

type Syllable = readonly [zh: string, ja: string, en: string];

const FIRST: readonly Syllable[] = [
  ['云', '雲', 'Yun'],
  ['海', '海', 'Hai'],
  ['星', '星', 'Xing'],
  ['晨', '晨', 'Chen'],
  ['启', '啓', 'Qi'],
  ['博', '博', 'Bo'],
  ['凌', '凌', 'Ling'],
  ['安', '安', 'An'],
  ['和', '和', 'He'],
  ['瑞', '瑞', 'Rui'],
  ['天', '天', 'Tian'],
  ['明', '明', 'Ming'],
  ['远', '遠', 'Yuan'],
  ['恒', '恒', 'Heng'],
  ['新', '新', 'Xin'],
  ['德', '徳', 'De'],
  ['华', '華', 'Hua'],
  ['中', '中', 'Zhong'],
  ['南', '南', 'Nan'],
  ['北', '北', 'Bei'],
  ['青', '青', 'Qing'],
  ['金', '金', 'Jin'],
  ['智', '智', 'Zhi'],
  ['佳', '佳', 'Jia'],
  ['泽', '沢', 'Ze'],
  ['润', '潤', 'Run'],
  ['嘉', '嘉', 'Jia'],
  ['朗', '朗', 'Lang'],
  ['思', '思', 'Si'],
  ['沃', '沃', 'Wo'],
];

const SECOND: readonly Syllable[] = [
  ['岭', '嶺', 'ling'],
  ['川', '川', 'chuan'],
  ['宇', '宇', 'yu'],
  ['帆', '帆', 'fan'],
  ['图', '図', 'tu'],
  ['林', '林', 'lin'],
  ['舟', '舟', 'zhou'],
  ['桥', '橋', 'qiao'],
  ['源', '源', 'yuan'],
  ['峰', '峰', 'feng'],
  ['达', '達', 'da'],
  ['康', '康', 'kang'],
  ['通', '通', 'tong'],
  ['为', '為', 'wei'],
  ['石', '石', 'shi'],
  ['谷', '谷', 'gu'],
  ['汇', '匯', 'hui'],
  ['洋', '洋', 'yang'],
  ['原', '原', 'yuan'],
  ['港', '港', 'gang'],
  ['鸣', '鳴', 'ming'],
  ['迅', '迅', 'xun'],
  ['科', '科', 'ke'],
  ['野', '野', 'ye'],
  ['田', '田', 'tian'],
  ['光', '光', 'guang'],
  ['风', '風', 'feng'],
  ['阳', '陽', 'yang'],
  ['泉', '泉', 'quan'],
  ['松', '松', 'song'],
];

interface Trade {
  readonly sector: Sector;
  /** GB/T 4754-2017. */
  readonly industryCode: string;
  readonly words: Localized;
}

/** Trades of the enterprises. Their order and repetition set the frequency. */
const TRADES: readonly Trade[] = [
  { sector: 'DIGITAL_ECONOMY', industryCode: 'I6513', words: { zh: '软件', ja: 'ソフトウェア', en: 'Software' } },
  { sector: 'DIGITAL_ECONOMY', industryCode: 'I6550', words: { zh: '数据', ja: 'データ', en: 'Data' } },
  { sector: 'DIGITAL_ECONOMY', industryCode: 'I6429', words: { zh: '互联网', ja: 'インターネット', en: 'Internet' } },
  { sector: 'DIGITAL_ECONOMY', industryCode: 'I6531', words: { zh: '信息', ja: '情報', en: 'Information' } },
  { sector: 'PRECISION_MEDICINE', industryCode: 'M7340', words: { zh: '生物', ja: 'バイオ', en: 'Biotech' } },
  { sector: 'PRECISION_MEDICINE', industryCode: 'C2770', words: { zh: '诊断', ja: '診断', en: 'Diagnostics' } },
  {
    sector: 'SMART_TRANSPORT',
    industryCode: 'I6532',
    words: { zh: '智慧交通', ja: 'スマート交通', en: 'Smart Transport' },
  },
  {
    sector: 'SMART_TRANSPORT',
    industryCode: 'C3670',
    words: { zh: '车联网', ja: 'コネクテッドカー', en: 'Connected Cars' },
  },
  { sector: 'NEW_MATERIALS', industryCode: 'C2659', words: { zh: '新材料', ja: '新材料', en: 'New Materials' } },
  {
    sector: 'INTELLIGENT_MANUFACTURING',
    industryCode: 'C3491',
    words: { zh: '机器人', ja: 'ロボット', en: 'Robotics' },
  },
  {
    sector: 'TECHNOLOGY_SERVICES',
    industryCode: 'M7520',
    words: { zh: '科技服务', ja: '技術サービス', en: 'Technology Services' },
  },
  { sector: 'OTHER', industryCode: 'L7291', words: { zh: '商务', ja: 'ビジネス', en: 'Business' } },
];

export interface InventedEnterprise {
  readonly name: Localized;
  readonly sector: Sector;
  readonly industryCode: string;
}

/**
 * Returns an invented enterprise by number. Chinese names are unique until all combinations of words are used.
 * @param town prefix of the name, e.g. 天津
 */
export function inventedEnterprise(number: number, town: Localized): InventedEnterprise {
  const pairs = FIRST.length * SECOND.length;
  // 7,919 is coprime to the number of pairs, so each pair comes once before the first repeats.
  const pair = (number * 7919) % pairs;
  const first = FIRST[pair % FIRST.length]!;
  const second = SECOND[Math.floor(pair / FIRST.length)]!;
  const trade = TRADES[(number + Math.floor(number / pairs)) % TRADES.length]!;
  return {
    name: {
      zh: `${town.zh}${first[0]}${second[0]}${trade.words.zh}（示例）有限公司`,
      ja: `${town.ja}${first[1]}${second[1]}${trade.words.ja}（サンプル）有限公司`,
      en: `${town.en} ${first[2]}${second[2]} ${trade.words.en} (Sample) Co., Ltd.`,
    },
    sector: trade.sector,
    industryCode: trade.industryCode,
  };
}

/** Family names for the masked form, which is the only form of a name in the demo data (张*). */
export const FAMILY_NAMES = [
  '张',
  '王',
  '李',
  '赵',
  '刘',
  '陈',
  '杨',
  '黄',
  '周',
  '吴',
  '徐',
  '孙',
  '马',
  '朱',
  '胡',
] as const;
