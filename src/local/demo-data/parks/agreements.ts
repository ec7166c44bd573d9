import { makeId } from '../../../domain/ids.ts';
import type { Localized } from '../../../domain/locale.ts';
import type {
  AgreementRecord,
  CoverageRecord,
  PartyRecord,
  RelocationRecord,
} from '../../../storage/linkages/items.ts';
import { identityOf, RELOCATED } from '../enterprises/enterprises.ts';
import type { DemoPark } from './parks.ts';
import {
  policies,
  SAMPLE_CERTIFICATE,
  SAMPLE_HUKOU,
  SAMPLE_PILOT,
  SAMPLE_RENT_RELIEF,
  SAMPLE_VOUCHER,
} from './policies.ts';
import { BAODI, DONGJIANG, HIGH_TECH, TEDA, ZHONGGUANCUN } from './zones.ts';

const COOPERATION = makeId('agr', '2016-cooperation');
const CROSS_COVERAGE = makeId('agr', 'sample-cross-coverage');
const BAODI_COVERAGE = makeId('agr', 'sample-baodi-coverage');
const PROPOSED = makeId('agr', 'sample-proposed');
const EXPIRED = makeId('agr', 'sample-expired');
const TERMINATED = makeId('agr', 'sample-terminated');
const BENEFITS = makeId('agr', 'sample-benefit-sharing');
const RECOGNITION = makeId('agr', 'sample-recognition');

const party = (zoneId: string, role: PartyRecord['role'], signedOn: string | null): PartyRecord => ({
  zoneId,
  role,
  signedOn,
});

type Terms = Pick<AgreementRecord, 'kind' | 'parties' | 'validFrom' | 'validTo'> &
  Partial<Pick<AgreementRecord, 'status' | 'terminatedOn' | 'shareTerms' | 'version'>>;

/** Assumed: each agreement lets its parties use the others' data for its subject. */
const PURPOSES = {
  JOINT_DEVELOPMENT: ['JOINT_DEVELOPMENT'],
  BENEFIT_SHARING: ['BENEFIT_SHARING'],
  CROSS_COVERAGE: ['POLICY_COVERAGE'],
  MUTUAL_RECOGNITION: ['RECOGNITION'],
} as const satisfies Record<AgreementRecord['kind'], AgreementRecord['purposes']>;

/** Makes an agreement that all parties have signed. Coverages under it refer to its id. */
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
    coverageIds: COVERAGES.filter(({ agreementId }) => agreementId === id).map((coverage) => coverage.id),
    ...terms,
  };
}

function coverage(
  slug: string,
  policyId: string,
  fromZoneId: string,
  toZoneId: string,
  agreementId: string,
  more: Partial<Pick<CoverageRecord, 'subject' | 'conditions' | 'validFrom' | 'validTo'>> = {},
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
    conditions: [],
    validFrom: '2019-01-01',
    validTo: null,
    agreementId,
    ...more,
  };
}

/** Synthetic: the coverages between zones are assumed. */
export const COVERAGES: readonly CoverageRecord[] = [
  coverage('sample-voucher-in-teda', SAMPLE_VOUCHER, ZHONGGUANCUN, TEDA, CROSS_COVERAGE),
  coverage('sample-relief-in-baodi', SAMPLE_RENT_RELIEF, TEDA, BAODI, BAODI_COVERAGE, {
    conditions: [{ kind: 'SECTOR', anyOf: ['DIGITAL_ECONOMY', 'PRECISION_MEDICINE'] }],
    validFrom: '2020-01-01',
    validTo: '2020-12-31',
  }),
  coverage('sample-relief-in-hitech', SAMPLE_RENT_RELIEF, TEDA, HIGH_TECH, PROPOSED, { validFrom: '2020-01-01' }),
  coverage('sample-hukou-in-baodi', SAMPLE_HUKOU, TEDA, BAODI, BAODI_COVERAGE, {
    subject: 'PERSON',
    validFrom: '2020-01-01',
  }),
  coverage('sample-pilot-in-teda', SAMPLE_PILOT, BAODI, TEDA, EXPIRED),
  coverage('sample-pilot-in-haidian', SAMPLE_PILOT, BAODI, ZHONGGUANCUN, TERMINATED),
  coverage('sample-centres-in-teda', SAMPLE_CERTIFICATE, HIGH_TECH, TEDA, RECOGNITION, {
    subject: 'SITE',
    conditions: [{ kind: 'SITE_KIND', anyOf: ['RND_CENTRE'] }],
  }),
];

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
    },
  ),
];

/** Returns the enterprises of the headline park that were in Zhongguancun before. */
export function relocations(park: DemoPark): readonly RelocationRecord[] {
  return RELOCATED.map((index) => {
    const { id, from } = identityOf(park, index);
    return {
      id: makeId('reloc', `sample-${index}`),
      enterpriseId: id,
      fromZoneId: ZHONGGUANCUN,
      toZoneId: TEDA,
      registeredOn: from,
      agreementId: from >= '2018-07-01' ? BENEFITS : COOPERATION,
    };
  });
}
