import { identityAfter } from '../../../../src/domain/people/identity.ts';

const NOW = new Date('2026-05-13T02:00:00.000Z');
const typed = { idNumber: '110101199001011237', isVouchedFor: false };
const vouched = { ...typed, isVouchedFor: true };
const known = (verifiedBy: 'ISSUER' | 'OFFICER' | null) => ({
  idNumber: typed.idNumber,
  number: 1,
  verifiedBy,
  verifiedAt: verifiedBy && '2026-01-01T00:00:00.000Z',
});
const BY_ISSUER = { number: 1, verifiedBy: 'ISSUER', verifiedAt: NOW.toISOString() };

test('the first number is the first identity, verified where the issuer vouches for it', () => {
  expect(identityAfter(null, typed, NOW)).toEqual({ number: 1, verifiedBy: null, verifiedAt: null });
  expect(identityAfter(null, vouched, NOW)).toEqual(BY_ISSUER);
});

test('the same number stays as it is known, and an issuer verifies what was typed', () => {
  const { idNumber: _, ...verified } = known('OFFICER');
  expect(identityAfter(known('OFFICER'), typed, NOW)).toEqual(verified);
  expect(identityAfter(known('OFFICER'), vouched, NOW)).toEqual(verified);
  const unverified = { number: 1, verifiedBy: null, verifiedAt: null };
  expect(identityAfter(known(null), typed, NOW)).toEqual(unverified);
  expect(identityAfter({ ...known(null), number: 3 }, typed, NOW)).toEqual({ ...unverified, number: 3 });
  expect(identityAfter(known(null), vouched, NOW)).toEqual(BY_ISSUER);
});

test('another number is another identity; none that is typed replaces a verified one', () => {
  const other = { idNumber: '110101199001011253', isVouchedFor: false };
  expect(identityAfter(known(null), other, NOW)).toEqual({ number: 2, verifiedBy: null, verifiedAt: null });
  expect(identityAfter(known('ISSUER'), other, NOW)).toBeNull();
  expect(identityAfter(known('ISSUER'), { ...other, isVouchedFor: true }, NOW)).toEqual({ ...BY_ISSUER, number: 2 });
});
