import type { Localized } from '../../../domain/locale.ts';
import type { ClauseRecord, FinancialProductRecord, PolicyFacts } from '../../../domain/policies/policy.ts';
import type { PolicyTerms } from '../../../domain/policies/terms.ts';
import type { AuthorityRecord } from '../../../domain/records/authority.ts';
import { termsOf, termsOfAny } from '../rules/stored-rule.ts';
import { ALL_ZONES, BAODI, BINHAI_ZONES, HIGH_TECH, TEDA, TIANJIN_ZONES, ZHONGGUANCUN } from './zones.ts';

/** Synthetic policies that case types implement or coverages carry to other zones. */
export const SAMPLE_HUKOU = 'policy_sample-talent-hukou';
export const SAMPLE_HOUSING = 'policy_sample-talent-housing';
export const SAMPLE_SCHOOLING = 'policy_sample-schooling';
export const SAMPLE_RENT_RELIEF = 'policy_sample-teda-rent-relief';
export const SAMPLE_VOUCHER = 'policy_sample-innovation-voucher';
export const SAMPLE_PILOT = 'policy_sample-pilot-scenes';
export const SAMPLE_CERTIFICATE = 'policy_sample-site-recognition';

export interface DemoPolicy {
  readonly facts: PolicyFacts;
  readonly clauses: readonly { readonly version: number; readonly clauses: readonly ClauseRecord[] }[];
}

const STATE: AuthorityRecord = {
  code: 'mof-sta',
  name: {
    zh: '财政部、国家税务总局',
    ja: '財政部・国家税務総局',
    en: 'Ministry of Finance and State Taxation Administration',
  },
  level: 'STATE',
  zoneId: null,
};
const CITY: AuthorityRecord = {
  code: 'tianjin-municipal-commission',
  name: { zh: '天津市级委办局', ja: '天津市の委員会・局', en: 'Tianjin municipal commission' },
  level: 'CITY',
  zoneId: null,
};
const DISTRICT: AuthorityRecord = {
  code: 'binhai-new-area',
  name: { zh: '滨海新区', ja: '浜海新区', en: 'Binhai New Area' },
  level: 'DISTRICT',
  zoneId: null,
};
const zoneAuthority = (code: string, zoneId: string, name: Localized): AuthorityRecord => ({
  code,
  name,
  level: 'ZONE',
  zoneId,
});
const TEDA_AUTHORITY = zoneAuthority('teda', TEDA, {
  zh: '天津经济技术开发区管委会',
  ja: '天津経済技術開発区管理委員会',
  en: 'TEDA Administrative Commission',
});
const HIGH_TECH_AUTHORITY = zoneAuthority('binhai-hitech', HIGH_TECH, {
  zh: '滨海高新区管委会',
  ja: '浜海ハイテク区管理委員会',
  en: 'Binhai Hi-tech Area Administrative Commission',
});
const ZHONGGUANCUN_AUTHORITY = zoneAuthority('zhongguancun', ZHONGGUANCUN, {
  zh: '中关村管委会',
  ja: '中関村管理委員会',
  en: 'Zhongguancun Administrative Commission',
});
const BAODI_AUTHORITY = zoneAuthority('baodi', BAODI, {
  zh: '京津中关村科技城管委会',
  ja: '京津中関村科学技術城管理委員会',
  en: 'Baodi Science City Administrative Commission',
});

/** Assumed for measures whose terms nothing is known of. */
const OPEN_TO_ALL: PolicyTerms = { rule: null, samples: [] };

/** Makes an invented measure, in force since a day, with one clause that says so. */
function sample(
  code: string,
  issuer: AuthorityRecord,
  homeZoneIds: readonly string[],
  subject: PolicyFacts['subject'],
  title: Localized,
  validity: { readonly from: string; readonly to: string | null },
  terms: PolicyTerms = OPEN_TO_ALL,
): DemoPolicy {
  const mark = { zh: '（示例）', ja: '（サンプル）', en: ' (sample)' };
  return {
    facts: {
      code,
      title: { zh: title.zh + mark.zh, ja: title.ja + mark.ja, en: title.en + mark.en },
      issuer,
      homeZoneIds,
      subject,
      packages: [],
      versions: [
        { number: 1, status: 'PUBLISHED', documentNumber: null, validFrom: validity.from, validTo: validity.to, terms },
      ],
      version: 1,
    },
    clauses: [
      {
        version: 1,
        clauses: [
          {
            number: 1,
            text: {
              zh: '本条为演示数据，不是真实政策。',
              ja: 'この条は見本データであり、実在の政策ではありません。',
              en: 'This clause is demo data and no real policy.',
            },
          },
        ],
      },
    ],
  };
}

/** Synthetic: the story names no product of the package. */
const SAMPLE_LOAN: FinancialProductRecord = {
  name: { zh: '复工贷（示例）', ja: '再開融資（サンプル）', en: 'Resumption loan (sample)' },
  lender: { zh: '示例银行', ja: 'サンプル銀行', en: 'Sample Bank' },
  amount: '100000000',
  termMonths: 12,
  eligibility: {
    zh: '已复工的在园小微企业（示例）',
    ja: '再開した入居零細企業（サンプル）',
    en: 'Resident micro enterprises that have resumed work (sample)',
  },
};

const NAMED: readonly DemoPolicy[] = [
  {
    facts: {
      code: 'tianjin-16-measures',
      title: { zh: '暖企16条', ja: '暖企16条', en: 'Sixteen Measures for Enterprises' },
      issuer: CITY,
      homeZoneIds: TIANJIN_ZONES,
      subject: 'ENTERPRISE',
      packages: [
        {
          kind: 'POLICY_PACKAGE',
          title: { zh: '政策包', ja: '政策パッケージ', en: 'Policy package' },
          // The story's topics; it names no more.
          contents: {
            zh: '融资、社保、就业等方面的扶持政策。',
            ja: '融資・社会保険・雇用などの支援策。',
            en: 'Support for financing, social insurance, employment and more.',
          },
          products: [],
        },
        {
          kind: 'FINANCIAL_PRODUCT_PACKAGE',
          title: { zh: '金融产品包', ja: '金融商品パッケージ', en: 'Financial-product package' },
          contents: null,
          products: [SAMPLE_LOAN],
        },
      ],
      // The days of its validity are assumed: the story gives none.
      versions: [
        {
          number: 1,
          status: 'PUBLISHED',
          documentNumber: null,
          validFrom: '2020-02-10',
          validTo: '2020-12-31',
          terms: OPEN_TO_ALL,
        },
      ],
      version: 1,
    },
    clauses: [],
  },
  {
    facts: {
      code: 'caiyu-2015-92',
      title: {
        zh: '京津冀协同发展产业转移对接企业税收收入分享办法',
        ja: '京津冀協同発展における産業移転企業の税収分配規則',
        en: 'Rules on sharing the tax of enterprises relocated within Beijing, Tianjin and Hebei',
      },
      issuer: STATE,
      homeZoneIds: ALL_ZONES,
      subject: 'ENTERPRISE',
      packages: [],
      // Its first day is assumed, within the year of its number.
      versions: [
        {
          number: 1,
          status: 'PUBLISHED',
          documentNumber: '财预〔2015〕92号',
          validFrom: '2015-06-03',
          validTo: null,
          terms: termsOf('caiyu-2015-92'),
        },
      ],
      version: 1,
    },
    clauses: [
      {
        version: 1,
        clauses: [
          {
            number: 1,
            text: {
              zh: '由政府主导迁出、迁出前三年年均缴税两千万元以上的企业，迁入地与迁出地分享增值税和企业所得税的地方部分（摘要）。',
              ja: '政府主導で移転し、移転前三年の年平均納税額が二千万元以上の企業について、増値税と企業所得税の地方分を移転元と移転先が分け合う（要旨）。',
              en: 'For a government-led relocation of an enterprise that paid on average at least 20 million yuan a year over the three years before, origin and destination share the local part of value-added and corporate income tax (summary).',
            },
          },
          {
            number: 2,
            text: {
              zh: '企业完成工商和税务登记变更并达产后三年内，双方按50%:50%分享；以迁出前三年缴税总额为上限（摘要）。',
              ja: '登記変更と量産達成の後三年間は50%ずつ、移転前三年の納税総額を上限とする（要旨）。',
              en: 'In equal parts for three years after it is registered and has reached capacity, capped at the tax of the three years before (summary).',
            },
          },
          {
            number: 3,
            text: {
              zh: '三年未达分享上限的，可再延长两年（摘要）。',
              ja: '三年で上限に達しない場合は二年延長できる（要旨）。',
              en: 'For two years more where the cap is not reached in three (summary).',
            },
          },
        ],
      },
    ],
  },
];

const since2018 = { from: '2018-01-01', to: null };
const in2020 = { from: '2020-01-01', to: '2020-12-31' };

export const POLICIES: readonly DemoPolicy[] = [
  ...NAMED,
  sample(
    'sample-talent-hukou',
    DISTRICT,
    BINHAI_ZONES,
    'PERSON',
    { zh: '人才落户办法', ja: '人材の戸籍に関する規則', en: 'Rules on hukou for talent' },
    since2018,
    termsOfAny(
      ['hukou-academic', 'hukou-qualification', 'hukou-skill', 'hukou-entrepreneur', 'hukou-urgently-needed'],
      {
        degree: 'NONE',
        title: 'NONE',
        skill: 'NONE',
        equityShare: 0,
        recommended: false,
      },
    ),
  ),
  sample(
    'sample-talent-housing',
    TEDA_AUTHORITY,
    [TEDA],
    'PERSON',
    { zh: '人才住房办法', ja: '人材住宅に関する規則', en: 'Rules on housing for talent' },
    since2018,
    termsOfAny(
      ['housing-talent-apartment', 'housing-public-rental', 'housing-rent-subsidy', 'housing-purchase-subsidy'],
      { degree: 'NONE', isEmployed: false, ownsDwelling: true },
    ),
  ),
  sample(
    'sample-schooling',
    DISTRICT,
    BINHAI_ZONES,
    'PERSON',
    { zh: '人才子女入学办法', ja: '人材の子女の入学に関する規則', en: 'Rules on schooling for children of talent' },
    since2018,
    termsOfAny(['schooling-kindergarten', 'schooling-primary-school'], { childAge: 2 }),
  ),
  sample(
    'sample-teda-rent-relief',
    TEDA_AUTHORITY,
    [TEDA],
    'ENTERPRISE',
    { zh: '小微企业房租减免', ja: '零細企業の賃料減免', en: 'Rent relief for micro enterprises' },
    in2020,
  ),
  sample(
    'sample-innovation-voucher',
    ZHONGGUANCUN_AUTHORITY,
    [ZHONGGUANCUN],
    'ENTERPRISE',
    { zh: '科技创新券', ja: '科学技術イノベーション券', en: 'Innovation voucher' },
    since2018,
  ),
  sample(
    'sample-pilot-scenes',
    BAODI_AUTHORITY,
    [BAODI],
    'ENTERPRISE',
    { zh: '应用场景试点', ja: '応用実証の試行', en: 'Pilot scenes' },
    since2018,
  ),
  sample(
    'sample-site-recognition',
    HIGH_TECH_AUTHORITY,
    [HIGH_TECH],
    'SITE',
    { zh: '研发中心认定', ja: '研究開発センターの認定', en: 'Recognition of R&D centres' },
    since2018,
  ),
  sample(
    'sample-expired-subsidy',
    TEDA_AUTHORITY,
    [TEDA],
    'ENTERPRISE',
    { zh: '开办补贴', ja: '開業補助', en: 'Start-up subsidy' },
    { from: '2017-01-01', to: '2018-12-31' },
  ),
];
