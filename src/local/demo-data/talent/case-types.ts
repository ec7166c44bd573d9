import { addDays } from '../../../domain/calendar/day.ts';
import { STATUTORY_LIMITS } from '../../../domain/calendar/deadline.ts';
import type {
  ApplicationWindow,
  CaseArrangement,
  CaseKind,
  CaseRoute,
  CaseTypeFacts,
} from '../../../domain/case-types/case-type.ts';
import type { Agency } from '../../../domain/cases/agency.ts';
import type { StepLimit } from '../../../domain/cases/deadline.ts';
import { makeId } from '../../../domain/ids.ts';
import type { Localized } from '../../../domain/locale.ts';
import type { Publication } from '../../../domain/records/publication.ts';
import { SAMPLE_HOUSING, SAMPLE_HUKOU, SAMPLE_SCHOOLING } from '../parks/policies.ts';
import { BINHAI_ZONES, BONDED, TEDA } from '../parks/zones.ts';
import { type RuleFile, storedRule } from '../rules/stored-rule.ts';

/** Returns the statutory limits; the promised limit for the decision is half the statutory one (assumed). */
function limits(promisedDecision: number): StepLimit[] {
  const { SUPPLEMENT_NOTICE, DECISION, DELIVERY, RECONSIDERATION } = STATUTORY_LIMITS;
  return [
    { step: 'SUPPLEMENT_NOTICE', promised: 2, statutory: SUPPLEMENT_NOTICE.count, unit: SUPPLEMENT_NOTICE.unit },
    { step: 'DECISION', promised: promisedDecision, statutory: DECISION.count, unit: DECISION.unit },
    { step: 'DELIVERY', promised: 3, statutory: DELIVERY.count, unit: DELIVERY.unit },
    { step: 'RECONSIDERATION', promised: 30, statutory: RECONSIDERATION.count, unit: RECONSIDERATION.unit },
  ];
}

type Document = CaseTypeFacts['requiredDocuments'][number];
const document = (code: string, zh: string, ja: string, en: string, required = true): Document => ({
  code,
  name: { zh, ja, en },
  required,
});
const IDENTITY_CARD = document('identity-card', '居民身份证', '居民身分証', 'Identity card');
const CONTRACT = document('employment-contract', '劳动合同', '労働契約書', 'Employment contract');
const RESIDENCE_PERMIT = document('residence-permit', '居住证', '居住証', 'Residence permit');
const HOUSEHOLD_BOOK = document('household-book', '户口簿', '戸籍簿', 'Household book');
const DWELLING = document('dwelling-proof', '住所证明', '住居証明', 'Proof of dwelling');
const EMPLOYMENT = document('employment-proof', '就业证明', '就業証明', 'Proof of employment');
const VACCINATION = document('vaccination-record', '预防接种证', '予防接種証', 'Vaccination record');
const DEGREE = document('degree', '学历学位证书', '学歴学位証書', 'Degree certificate');
const TITLE = document('professional-title', '职称证书', '職称証書', 'Certificate of professional title');
const SKILL = document('skill-certificate', '职业技能证书', '職業技能証書', 'Certificate of skill');
const EQUITY = document('equity-proof', '股权证明', '株式証明', 'Proof of equity');
const DISTRICT_CERTIFICATE = document('district-certificate', '区级认定证明', '区の認定証明', "District's certificate");
const LEASE = document('lease', '租赁合同', '賃貸契約書', 'Lease');
const PURCHASE = document('purchase-contract', '购房合同', '売買契約書', 'Purchase contract');

interface Kind {
  /** The home zones of the policy. */
  readonly zoneIds: readonly string[];
  readonly policyId: string;
  readonly opinionsFrom: readonly Agency[];
  readonly retentionYears: number;
}
const KINDS: Readonly<Record<CaseKind, Kind>> = {
  HUKOU: { zoneIds: BINHAI_ZONES, policyId: SAMPLE_HUKOU, opinionsFrom: ['PARK', 'HRSS', 'PSB'], retentionYears: 30 },
  HOUSING: { zoneIds: [TEDA], policyId: SAMPLE_HOUSING, opinionsFrom: ['PARK', 'HOUSING'], retentionYears: 10 },
  SCHOOLING: {
    zoneIds: BINHAI_ZONES,
    policyId: SAMPLE_SCHOOLING,
    opinionsFrom: ['PARK', 'PSB', 'EDU'],
    retentionYears: 10,
  },
};

function caseType(
  slug: string,
  kind: CaseKind,
  route: CaseRoute,
  name: Localized,
  requiredDocuments: readonly Document[],
  {
    rule: file,
    ...more
  }: Partial<Pick<CaseTypeFacts, 'window' | 'version' | 'limits' | 'childAgeOn' | 'arrangements'>> & {
    readonly rule?: RuleFile;
  } = {},
): CaseTypeFacts {
  return {
    id: makeId('ctype', slug),
    version: 1,
    kind,
    route,
    name,
    ...KINDS[kind],
    requiredDocuments,
    window: null,
    limits: limits(10),
    ...ruleOf(file ?? (slug as RuleFile)),
    publication: PUBLICATION,
    ...more,
  };
}

/** The publication of the demo's case types, by the person who publishes all its records. */
const PUBLICATION: Publication = { at: '2020-01-02T01:00:00.000Z', by: 'demo', agency: null };

/** Returns the rule of a route, from its data file. */
function ruleOf(file: RuleFile): Pick<CaseTypeFacts, 'rule' | 'samples'> {
  const { rule, samples } = storedRule(file);
  return { rule, samples };
}

/** Returns an application window around the anchor day. Real windows last a fortnight: 15-30 April, 16-30 June. */
function windowAround(anchor: string): ApplicationWindow {
  return { opensOn: addDays(anchor, -DAYS_OF_CASES), closesOn: addDays(anchor, DAYS_TO_APPLY) };
}

/** Age of the oldest demo case. */
const DAYS_OF_CASES = 600;
const DAYS_TO_APPLY = 30;

/**
 * Returns the registration of children without a hukou of Tianjin for the next school year: in November of the year
 * before, on days of its own in the bonded zone. Public notices: Binhai, 1-30 November 2023; the bonded zone,
 * 24-28 November 2025.
 */
function childrenWithoutHukou(year: number): readonly CaseArrangement[] {
  const name = { zh: '非本市户籍子女', ja: '市の戸籍を持たない子', en: 'Children without a hukou of the city' };
  const term = { term: 'without-hukou', text: name, is: { l: { fact: 'localHukou' }, op: '=', r: false } } as const;
  const same = {
    name,
    applicants: { language: 1, when: term },
    childAgeOn: `${year + 1}-08-31`,
    // The vaccination record comes after enrolment.
    requiredDocuments: [HOUSEHOLD_BOOK, DWELLING, EMPLOYMENT, RESIDENCE_PERMIT],
    ...ruleOf('schooling-without-hukou'),
  } as const;
  return [
    {
      ...same,
      code: 'without-hukou-bonded-zone',
      zoneIds: [BONDED],
      // Assumed: it promises a decision sooner than the case type.
      limits: limits(8),
      window: { opensOn: `${year}-11-24`, closesOn: `${year}-11-28` },
    },
    { ...same, code: 'without-hukou', window: { opensOn: `${year}-11-01`, closesOn: `${year}-11-30` } },
  ];
}

/**
 * Returns every version of every case type, older ones first. Documents, agencies and promises are assumed.
 * @param anchor the day that counts as today
 */
export function caseTypeVersions(anchor: string): readonly CaseTypeFacts[] {
  const window = windowAround(anchor);
  // The day that decides a child's age comes before the school year.
  const kindergarten = { window, childAgeOn: `${anchor.slice(0, 4)}-08-31` };
  const primary = {
    ...kindergarten,
    rule: 'schooling-primary-school',
    arrangements: childrenWithoutHukou(Number(anchor.slice(0, 4))),
  } as const;
  const hukou = [IDENTITY_CARD, HOUSEHOLD_BOOK, CONTRACT];
  const housing = [IDENTITY_CARD, CONTRACT];
  const schooling = [RESIDENCE_PERMIT, HOUSEHOLD_BOOK, DWELLING, EMPLOYMENT];
  const primaryName = { zh: '子女入学（小学）', ja: '子女の入学（小学校）', en: 'Schooling: primary school' };
  return [
    caseType('hukou-academic', 'HUKOU', 'ACADEMIC', { zh: '学历落户', ja: '学歴による戸籍', en: 'Hukou by degree' }, [
      ...hukou,
      DEGREE,
    ]),
    caseType(
      'hukou-qualification',
      'HUKOU',
      'QUALIFICATION',
      { zh: '职称落户', ja: '職称による戸籍', en: 'Hukou by professional title' },
      [...hukou, TITLE],
    ),
    caseType('hukou-skill', 'HUKOU', 'SKILL', { zh: '技能落户', ja: '技能による戸籍', en: 'Hukou by skill' }, [
      ...hukou,
      SKILL,
    ]),
    caseType(
      'hukou-entrepreneur',
      'HUKOU',
      'ENTREPRENEUR',
      { zh: '创业落户', ja: '創業による戸籍', en: 'Hukou for entrepreneurs' },
      [IDENTITY_CARD, HOUSEHOLD_BOOK, EQUITY],
    ),
    caseType(
      'hukou-urgently-needed',
      'HUKOU',
      'URGENTLY_NEEDED',
      { zh: '急需型人才落户', ja: '緊急に必要な人材の戸籍', en: 'Hukou for urgently needed talent' },
      [...hukou, DISTRICT_CERTIFICATE],
    ),
    caseType(
      'housing-talent-apartment',
      'HOUSING',
      'TALENT_APARTMENT',
      { zh: '人才公寓', ja: '人材アパート', en: 'Talent apartment' },
      housing,
    ),
    caseType(
      'housing-public-rental',
      'HOUSING',
      'PUBLIC_RENTAL',
      { zh: '公租房', ja: '公共賃貸住宅', en: 'Public rental housing' },
      [...housing, RESIDENCE_PERMIT],
    ),
    caseType(
      'housing-rent-subsidy',
      'HOUSING',
      'RENT_SUBSIDY',
      { zh: '租房补贴', ja: '家賃補助', en: 'Rent subsidy' },
      [...housing, LEASE],
    ),
    caseType(
      'housing-purchase-subsidy',
      'HOUSING',
      'PURCHASE_SUBSIDY',
      { zh: '购房补贴', ja: '住宅購入補助', en: 'Purchase subsidy' },
      [...housing, PURCHASE],
    ),
    caseType(
      'schooling-kindergarten',
      'SCHOOLING',
      'KINDERGARTEN',
      { zh: '子女入园（幼儿园）', ja: '子女の入園（幼稚園）', en: 'Schooling: kindergarten' },
      [...schooling, VACCINATION],
      kindergarten,
    ),
    caseType('schooling-primary', 'SCHOOLING', 'PRIMARY_SCHOOL', primaryName, schooling, {
      ...primary,
      limits: limits(15),
    }),
    // The second version also requires the vaccination record and promises the decision sooner.
    caseType('schooling-primary', 'SCHOOLING', 'PRIMARY_SCHOOL', primaryName, [...schooling, VACCINATION], {
      ...primary,
      version: 2,
    }),
  ];
}
