import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { ageOn } from '../../../../src/domain/calendar/day.ts';
import type { CaseTypeFacts } from '../../../../src/domain/case-types/case-type.ts';
import { needsRecommendation } from '../../../../src/domain/case-types/terms.ts';
import type { CaseSituation } from '../../../../src/domain/cases/file.ts';
import { checkEligibility } from '../../../../src/domain/eligibility/check.ts';
import {
  type Application,
  applicationOf,
  childOf,
  ELIGIBILITY_CODES,
  type EligibilityCode,
  isBirthDateOfChild,
  unmetConditions,
} from '../../../../src/domain/eligibility/eligibility.ts';
import { unmetTerms } from '../../../../src/domain/eligibility/terms.ts';
import type { Rule, Term } from '../../../../src/domain/rules/rule.ts';
import { primarySchool, ruleOf, TERMS } from '../../../fixtures/case-types.ts';

const ZONE = 'zone_teda';
/** A type that asks for everything there is to ask for. */
const ALL: CaseTypeFacts = {
  ...primarySchool({ opensOn: '2026-06-16', closesOn: '2026-06-30' }, '2026-08-31'),
  requiredDocuments: [
    { code: 'residence-permit', name: { zh: '居住证', ja: '居住証', en: 'Residence permit' }, required: true },
    { code: 'photo', name: { zh: '照片', ja: '写真', en: 'Photo' }, required: false },
  ],
};
const SATISFIED: Application = {
  caseType: ALL,
  on: '2026-06-30',
  documents: new Set(['residence-permit']),
  askedFor: new Set(),
  recommended: true,
  consented: true,
  child: { age: 6, isUnderFourteen: true },
  declared: { residenceZoneId: ZONE, ownsDwelling: false },
  zoneId: ZONE,
  hasApplied: false,
};

/** What takes away one thing, and what is said then. */
const VECTORS: Readonly<
  Record<EligibilityCode, { readonly less: Partial<Application>; readonly says: readonly [string, string, string] }>
> = {
  ZONE_NOT_SERVED: {
    less: { caseType: { ...ALL, zoneIds: ['zone_baodi'] } },
    says: [
      '本功能区不受理此类申请。',
      'この区域ではこの種類の申請を受け付けていません。',
      'The zone takes no applications of this type.',
    ],
  },
  POLICY_NOT_IN_FORCE: {
    less: { caseType: { ...ALL, basis: { policyId: 'policy_x', version: null, isRecorded: true } } },
    says: [
      '所依据的政策当日在本功能区未生效。',
      '根拠となる政策はその日この区域で施行されていません。',
      'The policy is not in force in the zone on that day.',
    ],
  },
  WINDOW_NOT_OPEN: {
    less: { on: '2026-06-15' },
    says: ['申请自2026-06-16起受理。', '申請の受付は2026-06-16からです。', 'Applications are taken from 2026-06-16.'],
  },
  WINDOW_CLOSED: {
    less: { on: '2026-07-01' },
    says: [
      '申请已于2026-06-30截止。',
      '申請の受付は2026-06-30に終了しました。',
      'Applications were taken until 2026-06-30.',
    ],
  },
  DOCUMENT_MISSING: {
    less: { documents: new Set(['photo']) },
    says: ['缺少材料：居住证。', '書類が不足しています：居住証。', 'A document is missing: Residence permit.'],
  },
  CHILD_MISSING: {
    less: { child: null },
    says: ['未填写子女信息。', '子の情報がありません。', 'Nothing is said of the child.'],
  },
  CONSENT_MISSING: {
    less: { consented: false },
    says: [
      '未满十四周岁子女的信息须经监护人同意。',
      '14歳未満の子の情報には保護者の同意が必要です。',
      'A guardian must consent to the use of the data of a child under fourteen.',
    ],
  },
};

test('accepts an application that meets every condition', () => {
  expect(unmetConditions(SATISFIED)).toEqual([]);
});

test('docs/case-types.md lists every condition', () => {
  const document = readFileSync('docs/case-types.md', 'utf8');
  expect(ELIGIBILITY_CODES.filter((code) => !document.includes(`\`${code}\``))).toEqual([]);
});

test.each(ELIGIBILITY_CODES)('%s is told alone, in three languages, when that alone is unmet', (code) => {
  const { less, says } = VECTORS[code];
  const [zh, ja, en] = says;
  expect(unmetConditions({ ...SATISFIED, ...less })).toEqual([
    { code, reason: { zh, ja, en }, document: code === 'DOCUMENT_MISSING' ? 'residence-permit' : null },
  ]);
});

test('reports exactly the missing conditions, all at once', () => {
  // Each of a group stands in the place of the others.
  const groups: readonly (readonly EligibilityCode[])[] = [
    ['ZONE_NOT_SERVED', 'POLICY_NOT_IN_FORCE'],
    ['WINDOW_NOT_OPEN', 'WINDOW_CLOSED'],
    ['CHILD_MISSING', 'CONSENT_MISSING'],
    ['DOCUMENT_MISSING'],
  ];
  const taken = fc.tuple(...groups.map((codes) => fc.option(fc.constantFrom(...codes), { nil: null })));
  fc.assert(
    fc.property(taken, (picked) => {
      const codes = picked.filter((code) => code !== null);
      const left: Application = Object.assign({ ...SATISFIED }, ...codes.map((code) => VECTORS[code].less));
      expect(unmetConditions(left).map(({ code }) => code)).toEqual(ORDER.filter((code) => codes.includes(code)));
    }),
  );
});

/** As `ELIGIBILITY_RULES` tell them. */
const ORDER: readonly EligibilityCode[] = [
  'ZONE_NOT_SERVED',
  'POLICY_NOT_IN_FORCE',
  'WINDOW_NOT_OPEN',
  'WINDOW_CLOSED',
  'CHILD_MISSING',
  'CONSENT_MISSING',
  'DOCUMENT_MISSING',
];

test('asks for no zone once the application was made there', () => {
  const elsewhere = { ...SATISFIED, caseType: { ...ALL, zoneIds: ['zone_baodi'] } };
  expect(unmetConditions({ ...elsewhere, hasApplied: true })).toEqual([]);
  expect(unmetConditions({ ...SATISFIED, caseType: { ...ALL, zoneIds: [ZONE] } })).toEqual([]);
});

test('requires a document that an agency requested, and reports it once', () => {
  const askedFor = new Set(['residence-permit', 'photo']);
  const optional = ALL.requiredDocuments.filter(({ required }) => !required).map(({ code }) => code);
  expect(optional).toEqual(['photo']);
  const missingOf = (more: Partial<Application>) =>
    unmetConditions({ ...SATISFIED, askedFor, ...more }).map(({ document }) => document);
  expect(missingOf({})).toEqual(['photo']);
  expect(missingOf({ documents: new Set() })).toEqual(['residence-permit', 'photo']);
  expect(missingOf({ documents: askedFor })).toEqual([]);
});

test('what a case type does not ask about is not told, and what is not said is not taken for well', () => {
  const asksNothing = { ...ALL, kind: 'HUKOU' as const, window: null, requiredDocuments: [] };
  const nothing = { documents: new Set<string>(), recommended: false, consented: false, child: null };
  const silent = { ...SATISFIED, ...nothing, declared: unsaid };
  expect(unmetConditions({ ...silent, caseType: asksNothing })).toEqual([]);
  expect(unmetConditions(silent).map(({ code }) => code)).toEqual(['CHILD_MISSING', 'DOCUMENT_MISSING']);
});

test.each([
  ['2020-08-31', '2026-08-31', 6],
  ['2020-09-01', '2026-08-31', 5],
  ['2020-02-29', '2026-02-28', 5],
  ['2020-02-29', '2026-03-01', 6],
  ['2026-08-31', '2026-08-31', 0],
])('born on %s, a child is on %s %i years old', (bornOn, on, age) => {
  expect(ageOn(bornOn, on)).toBe(age);
});

test('a guardian consents until the day before the fourteenth birthday', () => {
  expect(childOf('2012-06-30', {}, '2026-06-29')).toEqual({ age: 13, isUnderFourteen: true });
  expect(childOf('2012-06-30', {}, '2026-06-30')).toEqual({ age: 14, isUnderFourteen: false });
  expect([isBirthDateOfChild('2026-07-01', '2026-06-30'), isBirthDateOfChild('2008-06-30', '2026-06-30')]).toEqual([
    false,
    false,
  ]);
});

test('before there is a case, the answer is the one that its submission would get, in the last minute of the window too', () => {
  const stated = {
    zoneId: ZONE,
    on: null,
    documents: [],
    child: { bornOn: '2020-08-31' },
    recommended: true,
    consented: false,
    declared: SATISFIED.declared,
    facts: {},
    registered: {},
  };
  const recognised = { recognitions: [], agreements: [] };
  const codesAt = (instant: string, on: string | null = null) =>
    checkEligibility(ALL, { arranged: ALL, policy: null, recognised }, { ...stated, on }, new Date(instant)).unmet.map(
      ({ code, document }) => document?.code ?? code,
    );
  expect(codesAt('2026-06-30T15:59:59.999Z')).toEqual(['CONSENT_MISSING', 'residence-permit']);
  expect(codesAt('2026-06-30T16:00:00.000Z')).toEqual(['WINDOW_CLOSED', 'CONSENT_MISSING', 'residence-permit']);
  expect(codesAt('2026-07-10T00:00:00.000Z', '2026-06-20')).toEqual(['CONSENT_MISSING', 'residence-permit']);
});

const { recommended, resides, noDwelling, six, underTwelve } = TERMS;
const lacks = (rule: Rule, more: Partial<Application> = {}) =>
  unmetTerms(rule, { ...SATISFIED, ...more }, '2026-06-30').map(({ term }) => term);
const degree: Term = { term: 'degree', text: six.text, is: { l: { fact: 'degree' }, op: '=', r: 'MASTER' } };
const unsaid = { residenceZoneId: null, ownsDwelling: null };

test.each<[string, Partial<Application>]>([
  ['recommended', { recommended: false }],
  ['resides', { declared: { residenceZoneId: 'zone_baodi', ownsDwelling: false } }],
  ['resides', { declared: { residenceZoneId: null, ownsDwelling: false } }],
  ['no-dwelling', { declared: { residenceZoneId: ZONE, ownsDwelling: true } }],
  ['no-dwelling', { declared: { residenceZoneId: ZONE, ownsDwelling: null } }],
  ['six', { child: { age: 5, isUnderFourteen: true } }],
  ['under-twelve', { child: { age: 12, isUnderFourteen: true } }],
])('holds a submission to the term %s alone where that alone is unmet', (term, less) => {
  const rule = ruleOf(recommended, resides, noDwelling, six, underTwelve, degree);
  expect(lacks(rule)).toEqual([]);
  expect(lacks(rule, less)).toEqual([term]);
});

test('holds a submission to the alternative that lacks the fewest terms', () => {
  const rule: Rule = { language: 1, when: { any: [{ all: [recommended, resides] }, noDwelling] } };
  const nothing = { recommended: false, declared: unsaid };
  expect(lacks(rule, nothing)).toEqual(['no-dwelling']);
  expect(lacks(rule, { recommended: true, declared: { ...unsaid, ownsDwelling: true } })).toEqual(['resides']);
  // Agencies judge a degree by its certificate, so this alternative is open.
  expect(lacks({ language: 1, when: { any: [degree, noDwelling] } }, nothing)).toEqual([]);
  expect(
    lacks({ language: 1, when: { any: [{ all: [degree, resides] }, { all: [noDwelling, recommended] }] } }, nothing),
  ).toEqual(['resides']);
});

test('waits for the employer where nobody meets the terms without a recommendation', () => {
  expect(needsRecommendation({ rule: ruleOf(recommended, degree) })).toBe(true);
  expect(needsRecommendation({ rule: { language: 1, when: { any: [recommended, degree] } } })).toBe(false);
  expect(needsRecommendation({ rule: ruleOf(degree) })).toBe(false);
  expect(needsRecommendation({})).toBe(false);
});

test.each([
  ['TRANSFERRED', 'zone_a', 'zone_a'],
  ['TRANSFERRED', null, 'zone_b'],
  ['SUBMITTED', 'zone_a', 'zone_b'],
])('a case in %s of a resident of %s applies in %s', (state, residenceZoneId, expected) => {
  const situation = {
    case: {
      zoneId: 'zone_b',
      declared: { residenceZoneId, ownsDwelling: null },
      course: { state, appliedOn: '2026-06-20', recommended: false, consented: true },
    },
    caseType: ALL,
    documents: ['RECEIVED', 'CHECKED', 'REFUSED'].map((status) => ({ code: status.toLowerCase(), status })),
    askedFor: [],
    child: null,
  } as unknown as CaseSituation;
  const { zoneId, on, hasApplied, documents } = applicationOf(situation, '2026-07-01');
  expect([zoneId, on, hasApplied, [...documents]]).toEqual([expected, '2026-06-20', true, ['received', 'checked']]);
});
