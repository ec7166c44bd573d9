import fc from 'fast-check';
import { makeUscc, usccFault } from '../../../../src/domain/enterprises/uscc.ts';

test.each([
  ['91110108551385082Q', null],
  // Check character 0: some checkers wrongly refuse these.
  ['911201166QKN08EWJ0', null],
  ['91110108551385082R', 'CHECK_CHARACTER'],
  ['91110108551385082', 'LENGTH'],
  ['', 'LENGTH'],
  ['91110108551385082q', 'CHARACTER'],
  ['9111010855138508IQ', 'CHARACTER'],
  ['911101A8551385082Q', 'REGION'],
])('the code %p has the fault %p', (code, fault) => {
  expect(usccFault(code)).toBe(fault);
});

const alphabet = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
const codes = fc
  .record({
    department: fc.constantFrom('1', '5', '9', 'Y'),
    category: fc.constantFrom('1', '2', '3', '9'),
    region: fc.constantFrom('120116', '120115', '110108'),
    organisation: fc.array(fc.constantFrom(...alphabet), { minLength: 9, maxLength: 9 }).map((a) => a.join('')),
  })
  .map(makeUscc);

test('a made code is right, and wrong after one character is changed', () => {
  fc.assert(
    fc.property(codes, fc.nat(17), fc.constantFrom(...alphabet), (code, at, other) => {
      expect(usccFault(code)).toBeNull();
      const changed = code.slice(0, at) + other + code.slice(at + 1);
      if (changed !== code) expect(usccFault(changed)).not.toBeNull();
    }),
  );
});

test('parts that make no code are a fault of the caller', () => {
  expect(() => makeUscc({ department: '9', category: '1', region: '12011', organisation: '551385082' })).toThrow(
    RangeError,
  );
});
