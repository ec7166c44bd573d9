import { relationOf, SYSTEM } from '../../../../src/domain/cases/access.ts';
import { type ClockEnds, noticesOfMove } from '../../../../src/domain/cases/due.ts';
import { type CaseOpening, decideOpening, type OpeningGrounds } from '../../../../src/domain/cases/open.ts';
import { UNVERIFIED } from '../../../../src/domain/people/identity.ts';
import type { Viewer } from '../../../../src/domain/viewer.ts';
import { primarySchool, URGENT_HUKOU } from '../../../fixtures/case-types.ts';

/** Each statement of an opening is refused by itself, and the draft has what was stated. */

const NOW = new Date('2020-03-17T02:00:00.000Z');
const NUMBER = '999999199004015015';
const APPLICANT: Viewer = { kind: 'applicant', person: 'applicant-1' };
const VOUCHED: Viewer = { ...APPLICANT, idNumber: NUMBER };
const SCHOOL = primarySchool(null, '2020-08-31');

const GOOD: CaseOpening = {
  zoneId: 'zone_teda',
  counterZoneId: null,
  parkId: 'park_sample-baodi',
  enterpriseId: null,
  applicant: { name: '张某某', idNumber: NUMBER, phone: '10012345678' },
  relation: 'SELF',
  child: null,
  declared: { residenceZoneId: null, ownsDwelling: false },
};

interface Change extends Partial<Omit<CaseOpening, 'applicant'>> {
  readonly applicant?: Partial<CaseOpening['applicant']>;
}

function open(change: Change = {}, viewer: Viewer = APPLICANT, grounds: Partial<OpeningGrounds> = {}) {
  const opening = { ...GOOD, ...change, applicant: { ...GOOD.applicant, ...change.applicant } };
  const names = { id: 'case_1', receiptNumber: 'BHZ-1' };
  return decideOpening(
    opening,
    { caseType: URGENT_HUKOU, names, known: null, agreement: null, ...grounds },
    viewer,
    NOW,
  );
}

function refusedFields(...given: Parameters<typeof open>): readonly string[] {
  const decision = open(...given);
  return decision.ok ? [] : decision.refusals.map(({ code, field }) => `${code} ${field.join('.')}`);
}

test.each<[string, readonly string[], Change]>([
  ['a right opening', [], {}],
  ['no park', [], { parkId: null }],
  ['a zone that is none', ['INVALID_ID zone'], { zoneId: 'park_teda' }],
  ['a park that is none', ['INVALID_ID park'], { parkId: 'zone_teda' }],
  ['an enterprise that is none', ['INVALID_ID enterprise'], { enterpriseId: 'park_1' }],
  ['a name of spaces', ['INVALID_NAME applicant.name'], { applicant: { name: '  ' } }],
  ['a name of one character', [], { applicant: { name: '张' } }],
  ['a name of 50 characters', [], { applicant: { name: '𠮷'.repeat(50) } }],
  ['a name of 51 characters', ['INVALID_NAME applicant.name'], { applicant: { name: '张'.repeat(51) } }],
  ['no number', ['INVALID_ID_NUMBER applicant.idNumber'], { applicant: { idNumber: null } }],
  [
    'a number with a typing error',
    ['INVALID_ID_NUMBER applicant.idNumber'],
    { applicant: { idNumber: `${NUMBER.slice(0, -1)}6` } },
  ],
  ['a short phone number', ['INVALID_PHONE applicant.phone'], { applicant: { phone: '1001234567' } }],
  ['a child without birth date', ['INVALID_CHILD child'], { relation: 'CHILD' }],
  ['a birth date of no child', ['INVALID_CHILD child'], { child: { bornOn: '2014-01-01' } }],
  ['a child of no day', ['INVALID_CHILD child'], { relation: 'CHILD', child: { bornOn: '2014-02-30' } }],
  ['a grown child', ['INVALID_CHILD child'], { relation: 'CHILD', child: { bornOn: '1999-01-01' } }],
])('%s: %j', (_, refused, change) => {
  expect(refusedFields(change)).toEqual(refused);
});

test('schooling is for a child', () => {
  const child = { relation: 'CHILD', child: { bornOn: '2014-01-01' } } as const;
  expect(refusedFields({}, APPLICANT, { caseType: SCHOOL })).toEqual(['INVALID_RELATION relation']);
  expect(refusedFields(child, APPLICANT, { caseType: SCHOOL })).toEqual([]);
});

test('only an applicant opens a case, and of a known type', () => {
  expect(refusedFields({}, { kind: 'anonymous' })).toEqual(['NOT_AN_APPLICANT ']);
  expect(refusedFields({}, APPLICANT, { caseType: null })).toEqual(['UNKNOWN_CASE_TYPE caseType']);
});

test('a number that the issuer confirms may be left out, and no other may be typed', () => {
  expect(refusedFields({ applicant: { idNumber: null } }, VOUCHED)).toEqual([]);
  expect(refusedFields({}, VOUCHED)).toEqual([]);
  expect(refusedFields({ applicant: { idNumber: '11010519491231002X' } }, VOUCHED)).toEqual([
    'INVALID_ID_NUMBER applicant.idNumber',
  ]);
});

test('the draft says who verified the number, and hides the applicant', () => {
  const typed = open({ applicant: { name: ' 张某某 ' } });
  expect(typed).toMatchObject({
    ok: true,
    value: {
      applicant: { name: '张某某', idNumber: NUMBER },
      case: { id: 'case_1', applicant: { name: '张*' }, identity: UNVERIFIED },
    },
  });
  expect(open({ applicant: { idNumber: null } }, VOUCHED)).toMatchObject({
    value: {
      applicant: { idNumber: NUMBER },
      case: { identity: { verifiedBy: 'ISSUER', verifiedAt: NOW.toISOString() } },
    },
  });
});

test('an applicant with a verified number states no other', () => {
  const known = {
    number: 1,
    verifiedBy: 'OFFICER',
    verifiedAt: NOW.toISOString(),
    idNumber: '11010519491231002X',
  } as const;
  expect(refusedFields({}, APPLICANT, { known })).toEqual(['OTHER_NUMBER_VERIFIED applicant.idNumber']);
  expect(refusedFields({}, VOUCHED, { known })).toEqual([]);
});

test('the system is nobody with a relation to a case', () => {
  const binding = { applicantId: 'applicant-1', zoneId: 'zone_teda' } as unknown as Parameters<typeof relationOf>[1];
  expect(relationOf(SYSTEM, binding)).toBe('SYSTEM');
});

test('only an end that another calendar moves gets a notice', () => {
  const before: ClockEnds = {
    step: 'DECISION',
    startedOn: '2020-03-02',
    promisedBy: '2020-03-16',
    statutoryBy: '2020-03-30',
    calendarVersion: '1',
    provisional: false,
  };
  const after = { ...before, statutoryBy: '2020-03-31', calendarVersion: '2' };
  expect(noticesOfMove(before, after, 4, NOW)).toEqual([
    {
      kind: 'LIMIT_MOVED',
      step: 'DECISION',
      startedOn: '2020-03-02',
      dueOn: '2020-03-31',
      calendarVersion: '2',
      version: 4,
      at: NOW.toISOString(),
      former: { dueOn: '2020-03-30', calendarVersion: '1' },
    },
  ]);
  expect(noticesOfMove(before, { ...before, calendarVersion: '2' }, 4, NOW)).toEqual([]);
});
