import { canonical } from '../../../src/domain/canonical.ts';

test('writes equal values as one text, whatever the order of their fields', () => {
  expect(canonical({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe('{"b":[1,{"c":"x","d":null}]}');
  expect(canonical({ b: 1, a: 2 })).toBe(canonical({ a: 2, b: 1 }));
  expect(canonical('1')).not.toBe(canonical(1));
});

test('sums of money are whole numbers of any size', () => {
  expect(canonical({ amount: 9_007_199_254_740_993n })).toBe('{"amount":9007199254740993}');
});
