import { SCALARS } from '../../../src/subgraph/scalars.ts';

const { DateTime, Date: Day, Decimal, Fen } = SCALARS;

test.each([
  [DateTime, '2020-03-16T09:30:00+08:00', '2020-03-16T01:30:00.000Z'],
  [DateTime, '2020-02-29T23:59:59.1Z', '2020-02-29T23:59:59.100Z'],
  [Day, '2020-02-29', '2020-02-29'],
  [Decimal, '-0.50', '-0.50'],
  [Decimal, '12345678901234567890.123456789012345678', '12345678901234567890.123456789012345678'],
  [Fen, '-12345678901234567890', -12345678901234567890n],
])('%s reads %p', (scalar, text, value) => {
  expect(scalar.parseValue(text)).toEqual(value);
});

test.each([
  [DateTime, '2020-03-16'],
  [DateTime, '2020-03-16T09:30:00'],
  [DateTime, '2019-02-29T00:00:00Z'],
  [DateTime, '2020-03-16T24:00:00Z'],
  [DateTime, 0],
  [Day, '2020-02-30'],
  [Day, '0000-01-01'],
  [Day, '9999-12-31'],
  [Day, '2020-3-1'],
  [Day, '2020-03-16T00:00:00Z'],
  [Decimal, 87.2],
  [Decimal, '01'],
  [Decimal, '1e3'],
  [Decimal, '1.'],
  [Decimal, '1'.repeat(39)],
  [Fen, '1.5'],
  [Fen, '-0'],
  [Fen, 5],
])('%s refuses %p as the caller’s fault', (scalar, value) => {
  expect(() => scalar.parseValue(value)).toThrow(
    expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' }, message: expect.stringContaining(' must be ') }),
  );
});

test.each([
  [DateTime, new Date(0), '1970-01-01T00:00:00.000Z'],
  [Day, '2020-03-16', '2020-03-16'],
  [Day, '9999-12-31', '9999-12-31'],
  [Decimal, '87.2', '87.2'],
  [Fen, 150_000, '150000'],
  [Fen, 10n ** 20n, '100000000000000000000'],
])('%s writes %p', (scalar, value, text) => {
  expect(scalar.serialize(value)).toBe(text);
});

test.each([
  [DateTime, '2020-03-16T09:30:00+08:00'],
  [Day, new Date(0)],
  [Decimal, 87.2],
  [Fen, 0.5],
])('%s does not write %p', (scalar, value) => {
  expect(() => scalar.serialize(value)).toThrow(TypeError);
});
