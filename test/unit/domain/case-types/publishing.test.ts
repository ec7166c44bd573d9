import { addDays } from '../../../../src/domain/calendar/day.ts';
import {
  deadlineOf,
  LIMIT_STEPS,
  LIMIT_UNITS,
  type Limit,
  maxWithin,
  STATUTORY_LIMITS,
} from '../../../../src/domain/calendar/deadline.ts';
import type { CaseTypeFacts } from '../../../../src/domain/case-types/case-type.ts';
import { decidePublishing } from '../../../../src/domain/case-types/publishing.ts';
import type { StatedCaseType } from '../../../../src/domain/case-types/stated-case-type.ts';
import type { SampleCase } from '../../../../src/domain/rules/check.ts';
import type { FactValue } from '../../../../src/domain/rules/rule.ts';
import type { Viewer } from '../../../../src/domain/viewer.ts';
import { caseTypeVersions } from '../../../../src/local/demo-data/talent/case-types.ts';
import { primarySchool, ruleOf, TERMS, URGENT_HUKOU } from '../../../fixtures/case-types.ts';

const NOW = new Date('2026-03-02T01:00:00.000Z');
const samplesOf = (fact: string, met: FactValue, unmet: FactValue): readonly SampleCase[] =>
  [met, unmet].map((value) => ({
    name: `${value}`,
    asked: '2026-06-30',
    facts: { [fact]: value },
    truth: value === met ? 'MET' : 'NOT_MET',
  }));
const ANY_DEGREE = {
  rule: ruleOf({ term: 'degree', text: TERMS.six.text, is: { l: { fact: 'degree' }, op: '=', r: 'MASTER' } }),
  samples: samplesOf('degree', 'MASTER', 'NONE'),
};
const PRIMARY: CaseTypeFacts = {
  ...primarySchool({ opensOn: '2026-06-16', closesOn: '2026-06-30' }, '2026-08-31'),
  samples: [...samplesOf('childAge', 6, 5), ...samplesOf('childAge', 11, 12)],
};
const officer = (agency: 'EDU' | 'PSB'): Viewer => ({
  kind: 'officer',
  person: `officer-${agency}`,
  agency,
  zone: 'zone_teda',
  roles: ['PUBLISH'],
});

const publish = (
  change: Partial<StatedCaseType>,
  { before = PRIMARY, viewer = officer('EDU') }: { before?: CaseTypeFacts | null; viewer?: Viewer } = {},
) => {
  const { version: seen, publication: _, ...same } = PRIMARY;
  return decidePublishing({ ...same, seen, ...change }, before, viewer, NOW);
};
const codesOf = (decision: ReturnType<typeof publish>) =>
  decision.ok ? [] : decision.refusals.map(({ code, field }) => `${code} ${field.join('.')}`);

test('the next version says what is stated, and who published it when', () => {
  const decision = publish({ retentionYears: 5 });
  const publication = { at: '2026-03-02T01:00:00.000Z', by: 'officer-EDU', agency: 'EDU' };
  expect(decision).toEqual({ ok: true, value: { ...PRIMARY, version: 2, retentionYears: 5, publication } });
  const first = publish({ id: 'ctype_new', seen: null }, { before: null });
  expect(first).toMatchObject({ ok: true, value: { id: 'ctype_new', version: 1 } });
});

test('every demo case type could have been published by who decides its cases', () => {
  for (const { version: _, ...caseType } of caseTypeVersions('2026-05-13')) {
    const viewer: Viewer = { ...officer('EDU'), kind: 'officer', agency: caseType.opinionsFrom.at(-1)! } as Viewer;
    expect([caseType.id, codesOf(decidePublishing({ ...caseType, seen: null }, null, viewer, NOW))]).toEqual([
      caseType.id,
      [],
    ]);
  }
});

test('the agency that decides the cases publishes, or an administrator; whom the new version names changes nothing of that', () => {
  const seenBy = (viewer: Viewer, change: Partial<StatedCaseType> = {}) => codesOf(publish(change, { viewer }));
  expect(seenBy(officer('PSB'))).toEqual(['NOT_YOURS ']);
  expect(seenBy(officer('PSB'), { opinionsFrom: ['EDU', 'PSB'] })).toEqual(['NOT_YOURS ']);
  expect(seenBy(officer('EDU'), { opinionsFrom: ['EDU', 'PSB'] })).toEqual([]);
  expect(seenBy({ ...officer('EDU'), roles: ['RECEIVE', 'REVIEW', 'DECIDE', 'TRACK'] } as Viewer)).toEqual([
    'NOT_YOURS ',
  ]);
  expect(seenBy({ kind: 'admin', person: 'admin-1' })).toEqual([]);
  expect(seenBy({ kind: 'analyst', person: 'analyst-1' })).toEqual(['NOT_YOURS ']);
});

test('a name has one to a hundred characters', () => {
  expect(codesOf(publish({ name: { zh: '学', ja: '校'.repeat(100), en: '𠀀'.repeat(100) } }))).toEqual([]);
});

test.each<[string, Partial<StatedCaseType>, string[]]>([
  ['a version that is not the current one', { seen: 2 }, ['OTHER_VERSION version']],
  ['one that is there, as if it were new', { seen: null }, ['CASE_TYPE_EXISTS version']],
  [
    'another kind',
    { kind: 'HUKOU', route: 'SKILL', ...ANY_DEGREE },
    ['OTHER_ROUTE route', 'INVALID_WINDOW childAgeOn'],
  ],
  ['a route of another kind', { route: 'SKILL' }, ['INVALID_ROUTE route', 'OTHER_ROUTE route']],
  [
    'a name that is missing',
    { name: { zh: '小学', ja: ' ', en: 'x'.repeat(101) } },
    ['INVALID_NAME name.ja', 'INVALID_NAME name.en'],
  ],
  ['no document', { requiredDocuments: [] }, ['INVALID_DOCUMENTS requiredDocuments']],
  [
    'a document twice, and one without a code',
    {
      requiredDocuments: [
        ...PRIMARY.requiredDocuments,
        ...PRIMARY.requiredDocuments.slice(0, 1).flatMap((one) => [one, { ...one, code: 'A b' }]),
      ],
    },
    ['INVALID_DOCUMENTS requiredDocuments.2.code', 'INVALID_DOCUMENTS requiredDocuments.3.code'],
  ],
  [
    'files that are larger than any may be, and of a type that is never taken in',
    {
      requiredDocuments: PRIMARY.requiredDocuments.map((one) => ({
        ...one,
        maxBytes: 10_000_001,
        mediaTypes: ['text/html'],
      })),
    },
    [0, 1].flatMap((i) => ['maxBytes', 'mediaTypes'].map((of) => `INVALID_DOCUMENTS requiredDocuments.${i}.${of}`)),
  ],
  [
    'files of no type, of a type twice, and of no byte',
    {
      requiredDocuments: PRIMARY.requiredDocuments.map((one, i) =>
        i === 0 ? { ...one, mediaTypes: [] } : { ...one, maxBytes: 0, mediaTypes: ['image/png', 'image/png'] },
      ),
    },
    ['0.mediaTypes', '1.maxBytes', '1.mediaTypes'].map((of) => `INVALID_DOCUMENTS requiredDocuments.${of}`),
  ],
  ['an agency twice', { opinionsFrom: ['EDU', 'EDU'] }, ['INVALID_AGENCIES opinionsFrom']],
  ['no agency', { opinionsFrom: [] }, ['INVALID_AGENCIES opinionsFrom']],
  [
    'a window that closes first',
    { window: { opensOn: '2026-06-16', closesOn: '2026-06-15' } },
    ['INVALID_WINDOW window'],
  ],
  [
    'a recommendation that nobody could give',
    { rule: ruleOf(TERMS.recommended), samples: samplesOf('recommended', true, false) },
    ['INVALID_RULE rule'],
  ],
  ['no limits', { limits: [] }, ['INVALID_LIMITS limits']],
  [
    'limits beyond the law, in each unit, and a promise beyond its limit',
    {
      limits: [
        { step: 'SUPPLEMENT_NOTICE', promised: 1, statutory: 1, unit: 'MONTH' },
        { step: 'DECISION', promised: 0, statutory: 21, unit: 'CALENDAR_DAY' },
        { step: 'DELIVERY', promised: 11, statutory: 10, unit: 'WORKING_DAY' },
        { step: 'RECONSIDERATION', promised: 1, statutory: 2, unit: 'MONTH' },
      ],
    },
    [
      'INVALID_LIMITS limits.0.statutory',
      'INVALID_LIMITS limits.1.promised',
      'INVALID_LIMITS limits.1.statutory',
      'INVALID_LIMITS limits.2.promised',
      'INVALID_LIMITS limits.3.statutory',
    ],
  ],
  [
    'no retention, and a policy that is none',
    { retentionYears: 0, policyId: 'park_x' },
    ['INVALID_RETENTION retentionYears', 'INVALID_POLICY policy'],
  ],
])('%s is refused', (_, change, expected) => {
  expect(codesOf(publish(change))).toEqual(expected);
});

test('what is not there has no version that was seen, and an id of its own form', () => {
  expect(codesOf(publish({ id: 'ctype_new', seen: 1 }, { before: null }))).toEqual(['UNKNOWN_CASE_TYPE caseType']);
  expect(codesOf(publish({ id: 'policy_x', seen: null }, { before: null }))).toEqual(['INVALID_ID caseType']);
});

test('the terms of other kinds ask for no child', () => {
  const { version: _, ...urgent } = { ...URGENT_HUKOU, seen: null };
  const codes = (more: Partial<StatedCaseType>) =>
    codesOf(decidePublishing({ ...urgent, ...more }, null, officer('PSB'), NOW));
  expect(codes({ samples: samplesOf('recommended', true, false) })).toEqual([]);
  expect(codes({ rule: ruleOf(TERMS.six), samples: samplesOf('childAge', 6, 5), childAgeOn: '2026-08-31' })).toEqual([
    'INVALID_WINDOW childAgeOn',
    'INVALID_RULE rule',
  ]);
});

test('reports every fault of a version at once', () => {
  const wrong = { seen: 7, retentionYears: 0, opinionsFrom: [], requiredDocuments: [], limits: [] };
  expect(codesOf(publish(wrong, { viewer: officer('PSB') }))).toEqual([
    'NOT_YOURS ',
    'OTHER_VERSION version',
    'INVALID_DOCUMENTS requiredDocuments',
    'INVALID_AGENCIES opinionsFrom',
    'INVALID_LIMITS limits',
    'INVALID_RETENTION retentionYears',
  ]);
});

test('a limit in whatever unit never ends after the one that the law gives, from every fifth day of nine years', () => {
  const late: unknown[] = [];
  for (let startedOn = '2018-01-01'; startedOn < '2027-01-01'; startedOn = addDays(startedOn, 5)) {
    for (const step of LIMIT_STEPS) {
      const law = STATUTORY_LIMITS[step];
      const endOf = (limit: Limit) => deadlineOf({ startedOn, limit, extendedBy: 0, pauses: [] }, startedOn).dueOn;
      const lawful = endOf(law);
      for (const unit of LIMIT_UNITS) {
        const count = maxWithin(law, unit);
        if (count > 0 && endOf({ count, unit }) > lawful) late.push([startedOn, step, unit]);
      }
    }
  }
  expect(late).toEqual([]);
});

test('a month is as short as months can be', () => {
  expect(maxWithin({ count: 2, unit: 'MONTH' }, 'CALENDAR_DAY')).toBe(56);
  expect(maxWithin({ count: 2, unit: 'MONTH' }, 'WORKING_DAY')).toBe(28);
});

test.each([
  [0, ['INVALID_ZONES zones']],
  [1, []],
  [50, []],
  [51, ['INVALID_ZONES zones']],
])('a case type of %d zones is refused with %j', (count, expected) => {
  const zoneIds = Array.from({ length: count }, (_, i) => `zone_z${i}`);
  expect(codesOf(publish({ zoneIds }))).toEqual(expected);
  if (count > 0)
    expect(codesOf(publish({ zoneIds: [...zoneIds.slice(1), 'park_a'] }))).toEqual(['INVALID_ZONES zones']);
});
