import { UnsecuredJWT } from 'jose';
import { claimNames } from '../../../src/auth/claim-names.ts';
import { bearerOf } from '../../../src/pages/sign-in/bearer.ts';

const names = claimNames.parse({ kind: 'https://bridgehead/kind' });
const tokenOf = (claims: Record<string, unknown>) => `${new UnsecuredJWT(claims).encode()}signature`;

test("reads a token's bearer by the issuer's claim names", () => {
  const said = { 'https://bridgehead/kind': 'officer', sub: '王?', agency: 'EDU', zone: 'zone_teda', roles: 'REVIEW' };
  expect(bearerOf(tokenOf(said), names)).toEqual({
    kind: 'officer',
    person: '王?',
    agency: 'EDU',
    zone: 'zone_teda',
    enterprise: undefined,
    roles: ['REVIEW'],
  });
  expect(bearerOf(tokenOf({ ...said, roles: ['REVIEW', 7], agency: {} }), names)).toMatchObject({
    roles: ['REVIEW'],
    agency: undefined,
  });
});

test.each([tokenOf({ sub: 'x' }), tokenOf({ 'https://bridgehead/kind': 1 }), 'opaque', 'a.b.c', 'a.bnVsbA.c', ''])(
  '%s says of nobody what they are',
  (token) => {
    expect(bearerOf(token, names)).toBeNull();
  },
);
