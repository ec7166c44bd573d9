import {
  type AgreementRecord,
  type AgreementTerms,
  agreementStatusOn,
  linkageEdges,
  type PendingChange,
} from '../../../../src/domain/linkages/agreement.ts';
import { refuseTerms } from '../../../../src/domain/linkages/agreement-terms.ts';
import { refuseSigningChange, replacedTerms } from '../../../../src/domain/linkages/change.ts';
import { textOf } from '../../../fixtures/decision.ts';

test('a signed agreement has expired on the day after its last one', () => {
  expect(agreementStatusOn({ status: 'SIGNED', to: '2022-12-31' }, '2022-12-31')).toBe('SIGNED');
  expect(agreementStatusOn({ status: 'SIGNED', to: '2022-12-31' }, '2023-01-01')).toBe('EXPIRED');
  expect(agreementStatusOn({ status: 'SIGNED', to: null }, '2123-01-01')).toBe('SIGNED');
  expect(agreementStatusOn({ status: 'PROPOSED', to: '2022-12-31' }, '2023-01-01')).toBe('PROPOSED');
});

const party = (zoneId: string, role: 'ORIGIN' | 'DESTINATION' | 'OPERATOR') => ({ zoneId, role });

test('links lead from each origin to the other parties', () => {
  expect(linkageEdges([party('b', 'DESTINATION'), party('a', 'ORIGIN'), party('c', 'OPERATOR')])).toEqual([
    { from: 'a', to: 'b' },
    { from: 'a', to: 'c' },
  ]);
});

test('without an origin each two parties are linked once, a zone never with itself', () => {
  expect(linkageEdges([party('b', 'DESTINATION'), party('a', 'OPERATOR'), party('b', 'OPERATOR')])).toEqual([
    { from: 'b', to: 'a' },
    { from: 'a', to: 'b' },
  ]);
});

test('an amendment keeps the terms that it replaces, with the days of notice where there were some', () => {
  const before = {
    title: { zh: '协议', ja: '協定', en: 'Agreement' },
    validTo: null,
    purposes: [],
    shareTerms: null,
    signedOn: '2022-01-01',
  } as unknown as AgreementRecord;
  const after = { ...before, amended: { times: 1, on: '2023-01-01' } };
  const { signedOn: _, ...terms } = before;
  const replaced = { ...terms, number: 1, signedOn: '2022-01-01', replacedOn: '2023-01-01' };
  expect(replacedTerms(before, after)).toStrictEqual(replaced);
  expect(replacedTerms({ ...before, noticeDays: 30 }, after)).toStrictEqual({ ...replaced, noticeDays: 30 });
  expect(replacedTerms(after, after)).toBeNull();
});

const PARTIES = [party('zone_a', 'ORIGIN'), party('zone_b', 'DESTINATION')];
const SHARE: AgreementTerms['shareTerms'][number] = {
  base: 'TAX',
  shares: [
    { role: 'ORIGIN', basisPoints: 5000 },
    { role: 'DESTINATION', basisPoints: 5000 },
  ],
  cap: '1',
  years: 1,
  extensionYears: 0,
};
const TODAY = '2026-03-02';
const TERMS: AgreementTerms = {
  kind: 'BENEFIT_SHARING',
  title: textOf('Title'),
  parties: PARTIES,
  validFrom: TODAY,
  validTo: TODAY,
  purposes: [],
  shareTerms: [SHARE],
  noticeDays: 1,
};
const many = (count: number) => Array.from({ length: count }, (_, i) => party(`zone_z${i}`, 'ORIGIN'));
const shared = (change: Partial<typeof SHARE>) => ({ shareTerms: [{ ...SHARE, ...change }] });
const alone = { shareTerms: [] };

test.each<[string, Partial<AgreementTerms>, string[]]>([
  ['a day and its shares', {}, []],
  ['a last day that has passed', { validFrom: '2026-01-01', validTo: '2026-03-01' }, ['validTo']],
  ['a last day before the first', { validFrom: '2026-03-03' }, ['validTo']],
  ['no last day', { validTo: null }, []],
  ['a purpose twice', { purposes: ['RECOGNITION', 'RECOGNITION'] }, ['purposes']],
  ['no day of notice', { noticeDays: 0 }, ['noticeDays']],
  ['the longest notice', { noticeDays: 1100 }, []],
  ['too long a notice', { noticeDays: 1101 }, ['noticeDays']],
  ['the most parties', { parties: many(20), ...alone }, []],
  ['too many parties', { parties: many(21), ...alone }, ['parties']],
  ['one party', { parties: many(1), ...alone }, ['parties']],
  ['a party twice', { parties: [...many(1), ...many(1)], ...alone }, ['parties']],
  ['a party that is no zone', { parties: [...many(1), party('park_a', 'ORIGIN')], ...alone }, ['parties.1.zone']],
  ['a figure shared twice', { shareTerms: [SHARE, SHARE] }, ['shareTerms']],
  ['the longest shares', shared({ years: 30, extensionYears: 30, cap: null }), []],
  ['too long shares', shared({ years: 31, extensionYears: 31 }), ['shareTerms.0.years', 'shareTerms.0.extensionYears']],
  [
    'shares of no year',
    shared({ years: 0, extensionYears: -1 }),
    ['shareTerms.0.years', 'shareTerms.0.extensionYears'],
  ],
  ['a cap of nothing', shared({ cap: '0' }), ['shareTerms.0.cap']],
  ['a cap that is none', shared({ cap: 'x' }), ['shareTerms.0.cap']],
  ['shares of half', shared({ shares: SHARE.shares.slice(1) }), ['shareTerms.0.shares']],
  ['a share twice', shared({ shares: [...SHARE.shares.slice(1), ...SHARE.shares.slice(1)] }), ['shareTerms.0.shares']],
  [
    'a share below 0',
    shared({
      shares: [
        { role: 'ORIGIN', basisPoints: -1 },
        { role: 'DESTINATION', basisPoints: 10_001 },
      ],
    }),
    ['shareTerms.0.shares'],
  ],
  ['a share of no party', { parties: many(2) }, ['shareTerms.0.shares']],
])('terms with %s are refused with what is wrong', (_with, change, expected) => {
  expect(refuseTerms({ ...TERMS, ...change }, TODAY).map(({ field }) => field.join('.'))).toEqual(expected);
});

test.each<[string, number, number | undefined, string, number]>([
  ['one party ends it after the notice', 1, 30, '2026-04-01', 0],
  ['one party ends it too early', 1, 30, '2026-03-31', 1],
  ['one party ends it without days of notice', 1, undefined, TODAY, 0],
  ['all end it today', 2, 30, TODAY, 0],
  ['all end it yesterday', 2, 30, '2026-03-01', 1],
])('%s', (_what, signers, noticeDays, lastDay, refusals) => {
  const change = { kind: 'TERMINATION', lastDay, proposedBy: 'zone_a', signers: PARTIES.slice(0, signers) };
  const before = { ...TERMS, noticeDays, change: change as unknown as PendingChange } as AgreementRecord;
  expect(refuseSigningChange(before, TODAY)).toHaveLength(refusals);
  expect(refuseSigningChange({ ...before, change: undefined } as unknown as AgreementRecord, TODAY)).toEqual([]);
});
