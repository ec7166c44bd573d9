import { makeId } from '../../../domain/ids.ts';
import { type CaseTerms, COUNTER_DUTIES } from '../../../domain/linkages/case-terms.ts';
import type { Localized } from '../../../domain/locale.ts';
import type { Rule, Test } from '../../../domain/rules/rule.ts';
import type { AgreementRecord, CoverageRecord, PartyRecord } from '../../../storage/linkages/items.ts';
import {
  policies,
  SAMPLE_CERTIFICATE,
  SAMPLE_HUKOU,
  SAMPLE_PILOT,
  SAMPLE_RENT_RELIEF,
  SAMPLE_VOUCHER,
} from './policies.ts';
import { BAODI, BINHAI_ZONES, BONDED, DONGJIANG, ECO_CITY, HIGH_TECH, TEDA, ZHONGGUANCUN } from './zones.ts';

/** The agreement of 2016, under which the first enterprises moved. */
export const COOPERATION = makeId('agr', '2016-cooperation');
export const CROSS_COVERAGE = makeId('agr', 'sample-cross-coverage');
const BAODI_COVERAGE = makeId('agr', 'sample-baodi-coverage');
const PROPOSED = makeId('agr', 'sample-proposed');
const EXPIRED = makeId('agr', 'sample-expired');
const TERMINATED = makeId('agr', 'sample-terminated');
/** The agreement that the demo's ledger is kept under. */
export const BENEFITS = makeId('agr', 'sample-benefit-sharing');
/** The agreement that the demo's recognitions rest on. */
export const RECOGNITION = makeId('agr', 'sample-recognition');
const FOUR_ZONES = makeId('agr', 'sample-1-plus-4');
const ENDED = makeId('agr', 'sample-ended');
/** The agreement that the demo's cases across zones rest on. */
export const CROSS_ZONE_CASES = makeId('agr', 'sample-cross-zone-cases');
/** Working days that it gives a zone for taking up a transferred case: assumed. */
export const DAYS_TO_TAKE_UP = 5;
/** Assumed: the longest limits, and every duty. */
export const CASE_TERMS: CaseTerms = {
  duties: COUNTER_DUTIES,
  handOverDays: 5,
  takeUpDays: DAYS_TO_TAKE_UP,
  sharesVerified: true,
};

const party = (zoneId: string, role: PartyRecord['role'], signedOn: string | null): PartyRecord => ({
  zoneId,
  role,
  signedOn,
});

type Terms = Pick<AgreementRecord, 'kind' | 'parties' | 'validFrom' | 'validTo'> &
  Partial<
    Pick<
      AgreementRecord,
      | 'status'
      | 'terminatedOn'
      | 'shareTerms'
      | 'version'
      | 'purposes'
      | 'noticeDays'
      | 'amended'
      | 'change'
      | 'caseTerms'
    >
  >;

/** Assumed: each agreement lets its parties use the others' data for its subject. */
const PURPOSES = {
  JOINT_DEVELOPMENT: ['JOINT_DEVELOPMENT'],
  BENEFIT_SHARING: ['BENEFIT_SHARING'],
  CROSS_COVERAGE: ['POLICY_COVERAGE'],
  MUTUAL_RECOGNITION: ['RECOGNITION'],
} as const satisfies Record<AgreementRecord['kind'], AgreementRecord['purposes']>;

/** Makes an agreement, signed where all parties have. Coverages under it refer to its id. */
function agreement(id: string, title: Localized, terms: Terms): AgreementRecord {
  const days = terms.parties.map(({ signedOn }) => signedOn);
  const signed = days.every((day) => day !== null);
  return {
    id,
    version: signed ? 2 : 1,
    title,
    status: signed ? 'SIGNED' : 'PROPOSED',
    terminatedOn: null,
    purposes: PURPOSES[terms.kind],
    signedOn: signed ? (days.toSorted().at(-1) ?? null) : null,
    shareTerms: [],
    ...terms,
  };
}

function coverage(
  slug: string,
  policyId: string,
  fromZoneId: string,
  toZoneId: string,
  agreementId: string,
  more: Partial<Pick<CoverageRecord, 'subject' | 'rule' | 'validFrom' | 'validTo'>> = {},
): CoverageRecord {
  const version = policies().find(({ facts }) => makeId('policy', facts.code) === policyId)?.facts.versions[0];
  if (!version) throw new RangeError(`${policyId} has no version to cover`);
  const { number, validFrom, validTo } = version;
  return {
    id: makeId('cov', slug),
    version: 1,
    policyId,
    policyVersion: { number, validFrom, validTo },
    fromZoneId,
    toZoneId,
    subject: 'ENTERPRISE',
    rule: null,
    validFrom: '2019-01-01',
    validTo: null,
    agreementId,
    ...more,
  };
}

const AMENDED_ON = '2020-01-08';

const condition = (term: string, text: Localized, is: Test): Rule => ({ language: 1, when: { term, text, is } });

const DIGITAL_OR_MEDICINE = condition(
  'sector',
  {
    zh: '行业为数字经济或精准医疗',
    ja: '業種はデジタル経済または精密医療',
    en: 'The sector is the digital economy or precision medicine',
  },
  { l: { fact: 'sector' }, op: 'in', r: ['DIGITAL_ECONOMY', 'PRECISION_MEDICINE'] },
);
const RND_CENTRES = condition(
  'site-kind',
  { zh: '场所为研发中心', ja: '拠点は研究開発センター', en: 'The site is a research and development centre' },
  { l: { fact: 'siteKinds' }, op: 'has', r: ['RND_CENTRE'] },
);

/** Synthetic: the coverages between zones are assumed. */
export const COVERAGES: readonly CoverageRecord[] = [
  coverage('sample-voucher-in-teda', SAMPLE_VOUCHER, ZHONGGUANCUN, TEDA, CROSS_COVERAGE),
  coverage('sample-relief-in-baodi', SAMPLE_RENT_RELIEF, TEDA, BAODI, BAODI_COVERAGE, {
    rule: DIGITAL_OR_MEDICINE,
    validFrom: '2020-01-01',
    validTo: '2020-12-31',
  }),
  coverage('sample-relief-in-eco-city', SAMPLE_RENT_RELIEF, TEDA, ECO_CITY, FOUR_ZONES, { validFrom: '2020-01-08' }),
  coverage('sample-relief-in-hitech', SAMPLE_RENT_RELIEF, TEDA, HIGH_TECH, PROPOSED, { validFrom: '2020-01-01' }),
  coverage('sample-hukou-in-baodi', SAMPLE_HUKOU, TEDA, BAODI, BAODI_COVERAGE, {
    subject: 'PERSON',
    validFrom: '2020-01-01',
  }),
  coverage('sample-pilot-in-teda', SAMPLE_PILOT, BAODI, TEDA, EXPIRED),
  coverage('sample-pilot-in-haidian', SAMPLE_PILOT, BAODI, ZHONGGUANCUN, TERMINATED),
  coverage('sample-centres-in-teda', SAMPLE_CERTIFICATE, HIGH_TECH, TEDA, RECOGNITION, {
    subject: 'SITE',
    rule: RND_CENTRES,
  }),
];

/** Synthetic: the terms are assumed. */
const ON_CASES = agreement(
  CROSS_ZONE_CASES,
  { zh: '跨省通办协议（示例）', ja: '区域間手続協定（サンプル）', en: 'Agreement on cases across zones (sample)' },
  {
    kind: 'JOINT_DEVELOPMENT',
    parties: [ZHONGGUANCUN, TEDA, BAODI].map((zone) => party(zone, 'DESTINATION', '2020-01-15')),
    validFrom: '2020-02-01',
    validTo: null,
    purposes: ['CROSS_ZONE_CASES'],
    caseTerms: CASE_TERMS,
  },
);

/** Agreements: the one of 2016 is real, without its terms; the others are synthetic, one of each kind and status. */
export const AGREEMENTS: readonly AgreementRecord[] = [
  agreement(
    COOPERATION,
    {
      zh: '滨海-中关村科技园合作协议',
      ja: '浜海-中関村科技園協力協定',
      en: 'Cooperation agreement on Binhai-Zhongguancun Science Park',
    },
    {
      kind: 'JOINT_DEVELOPMENT',
      parties: [party(ZHONGGUANCUN, 'OPERATOR', '2016-09-28'), party(TEDA, 'DESTINATION', '2016-09-28')],
      validFrom: '2016-09-28',
      validTo: null,
    },
  ),
  agreement(
    CROSS_COVERAGE,
    { zh: '政策交叉覆盖协议（示例）', ja: '政策クロスカバー協定（サンプル）', en: 'Cross-coverage agreement (sample)' },
    {
      kind: 'CROSS_COVERAGE',
      parties: [party(ZHONGGUANCUN, 'ORIGIN', '2018-11-20'), party(TEDA, 'DESTINATION', '2018-12-03')],
      validFrom: '2019-01-01',
      validTo: null,
      purposes: ['POLICY_COVERAGE', 'RECOGNITION'],
    },
  ),
  agreement(
    BAODI_COVERAGE,
    { zh: '宝坻政策覆盖协议（示例）', ja: '宝坻政策カバー協定（サンプル）', en: 'Baodi coverage agreement (sample)' },
    {
      kind: 'CROSS_COVERAGE',
      parties: [party(TEDA, 'ORIGIN', '2019-12-10'), party(BAODI, 'DESTINATION', '2019-12-12')],
      validFrom: '2020-01-01',
      validTo: '2022-12-31',
    },
  ),
  agreement(
    PROPOSED,
    {
      zh: '高新区政策覆盖协议（示例）',
      ja: 'ハイテク区政策カバー協定（サンプル）',
      en: 'Hi-tech coverage agreement (sample)',
    },
    {
      kind: 'CROSS_COVERAGE',
      parties: [party(TEDA, 'ORIGIN', '2020-02-20'), party(HIGH_TECH, 'DESTINATION', null)],
      validFrom: '2020-03-01',
      validTo: null,
    },
  ),
  agreement(
    EXPIRED,
    { zh: '场景开放协议（示例）', ja: '実証開放協定（サンプル）', en: 'Pilot-scenes agreement (sample)' },
    {
      kind: 'CROSS_COVERAGE',
      parties: [party(BAODI, 'ORIGIN', '2017-12-01'), party(TEDA, 'DESTINATION', '2017-12-01')],
      validFrom: '2018-01-01',
      validTo: '2019-12-31',
    },
  ),
  agreement(
    TERMINATED,
    { zh: '京津场景协议（示例）', ja: '京津実証協定（サンプル）', en: 'Jing-Jin scenes agreement (sample)' },
    {
      kind: 'CROSS_COVERAGE',
      parties: [party(BAODI, 'ORIGIN', '2018-03-01'), party(ZHONGGUANCUN, 'DESTINATION', '2018-03-05')],
      validFrom: '2018-04-01',
      validTo: null,
      status: 'TERMINATED',
      terminatedOn: '2019-09-30',
      version: 3,
    },
  ),
  agreement(
    BENEFITS,
    { zh: '利益共享协议（示例）', ja: '利益共有協定（サンプル）', en: 'Benefit-sharing agreement (sample)' },
    {
      kind: 'BENEFIT_SHARING',
      parties: [party(ZHONGGUANCUN, 'ORIGIN', '2018-06-01'), party(TEDA, 'DESTINATION', '2018-06-01')],
      validFrom: '2018-07-01',
      validTo: null,
      shareTerms: [
        {
          base: 'TAX',
          shares: [
            { role: 'ORIGIN', basisPoints: 5000 },
            { role: 'DESTINATION', basisPoints: 5000 },
          ],
          // 72 million yuan, in fen: the cap of the published example.
          cap: '7200000000',
          years: 3,
          extensionYears: 2,
        },
      ],
    },
  ),
  agreement(
    RECOGNITION,
    { zh: '资质互认协议（示例）', ja: '資格相互承認協定（サンプル）', en: 'Mutual-recognition agreement (sample)' },
    {
      kind: 'MUTUAL_RECOGNITION',
      parties: [
        party(TEDA, 'DESTINATION', '2019-05-08'),
        party(HIGH_TECH, 'ORIGIN', '2019-05-08'),
        party(DONGJIANG, 'DESTINATION', '2019-05-10'),
      ],
      validFrom: '2019-06-01',
      validTo: null,
      purposes: ['RECOGNITION', 'POLICY_COVERAGE'],
      version: 3,
      change: {
        kind: 'TERMINATION',
        proposedBy: DONGJIANG,
        signers: [TEDA, HIGH_TECH, DONGJIANG].map((zoneId) => ({
          zoneId,
          signedOn: zoneId === DONGJIANG ? '2020-03-12' : null,
        })),
        lastDay: '2030-12-31',
      },
    },
  ),
  agreement(
    FOUR_ZONES,
    {
      zh: '“1+4”功能区联动协议（示例）',
      ja: '「1+4」機能区連携協定（サンプル）',
      en: 'Agreement of the "1+4" zones (sample)',
    },
    {
      kind: 'JOINT_DEVELOPMENT',
      parties: BINHAI_ZONES.map((zone) => party(zone, zone === TEDA ? 'OPERATOR' : 'DESTINATION', '2019-03-20')),
      validFrom: '2019-04-01',
      validTo: null,
      purposes: ['JOINT_DEVELOPMENT', 'POLICY_COVERAGE'],
      noticeDays: 180,
      amended: { times: 1, on: AMENDED_ON },
      version: 12,
      change: {
        kind: 'AMENDMENT',
        proposedBy: TEDA,
        signers: BINHAI_ZONES.map((zoneId) => ({ zoneId, signedOn: zoneId === TEDA ? '2020-03-10' : null })),
        terms: {
          title: {
            zh: '“1+4”功能区联动协议（示例）',
            ja: '「1+4」機能区連携協定（サンプル）',
            en: 'Agreement of the "1+4" zones (sample)',
          },
          validTo: '2030-12-31',
          purposes: ['JOINT_DEVELOPMENT', 'POLICY_COVERAGE', 'CROSS_ZONE_CASES'],
          shareTerms: [],
          noticeDays: 180,
          caseTerms: {
            duties: ['TAKE_DOCUMENTS'],
            handOverDays: 5,
            takeUpDays: DAYS_TO_TAKE_UP,
            sharesVerified: false,
          },
        },
      },
    },
  ),
  agreement(
    ENDED,
    { zh: '港区共建协议（示例）', ja: '港区共同建設協定（サンプル）', en: 'Agreement on port areas (sample)' },
    {
      kind: 'JOINT_DEVELOPMENT',
      parties: [party(TEDA, 'OPERATOR', '2018-01-10'), party(BONDED, 'DESTINATION', '2018-01-12')],
      validFrom: '2018-02-01',
      validTo: null,
      status: 'TERMINATED',
      terminatedOn: '2019-03-31',
      version: 4,
    },
  ),
  ON_CASES,
];

/** The terms that the amendment of the agreement of the "1+4" zones has replaced. */
export const REPLACED_TERMS = {
  agreementId: FOUR_ZONES,
  terms: [
    {
      number: 1,
      title: { zh: '“1+4”联动协议（示例）', ja: '「1+4」連携協定（サンプル）', en: '"1+4" agreement (sample)' },
      validTo: null,
      purposes: ['JOINT_DEVELOPMENT'],
      shareTerms: [],
      signedOn: '2019-03-20',
      replacedOn: AMENDED_ON,
    },
  ],
} as const;
