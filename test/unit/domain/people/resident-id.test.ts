import { residentIdFault, syntheticResidentId } from '../../../../src/domain/people/resident-id.ts';

test.each([
  ['11010519491231002X', null],
  ['110105194912310021', 'CHECK_CHARACTER'],
  ['11010519490231002X', 'BIRTH_DATE'],
  ['11010519491231002x', 'FORM'],
  ['1101051949123100', 'FORM'],
])('the number %p has the fault %p', (id, fault) => {
  expect(residentIdFault(id)).toBe(fault);
});

test('every synthetic number of a day is right and lies in the region that does not exist', () => {
  const ids = Array.from({ length: 1000 }, (_, sequence) => syntheticResidentId('2012-02-29', sequence));
  expect(ids.filter((id) => residentIdFault(id) !== null || !id.startsWith('999999'))).toEqual([]);
  expect(() => syntheticResidentId('2011-02-29', 1)).toThrow(RangeError);
});
