import { type AgreementRecord, agreementStatusOn, linkageEdges } from '../../../../src/domain/linkages/agreement.ts';
import { replacedTerms } from '../../../../src/domain/linkages/change.ts';

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
