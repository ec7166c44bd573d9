import { agreementStatusOn, linkageEdges } from '../../../../src/domain/linkages/agreement.ts';

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
