import fc from 'fast-check';
import { rememberingCheck, type TokenCheck } from '../../../src/auth/issued-token.ts';
import { momentOf } from '../../fixtures/moment.ts';

const at = (milliseconds: number) => momentOf(new Date(1_600_000_000_000 + milliseconds));

/** A token here says who it is of and when it ends: `<person>:<milliseconds>`. */
function checkOf(calls: string[]): TokenCheck {
  return async (token, { now }) => {
    calls.push(token);
    const [person = '', end = ''] = token.split(':');
    const until = 1_600_000_000_000 + Number(end);
    return now.getTime() < until ? { viewer: { kind: 'applicant', person }, until } : { refused: 'ENDED' };
  };
}

test('verifies a token once a minute', async () => {
  const calls: string[] = [];
  const check = rememberingCheck(checkOf(calls));
  for (const milliseconds of [0, 1, 59_999, 60_000, 60_001]) await check('a:3600000', at(milliseconds));
  expect(calls).toHaveLength(2);
});

test('caches no refused token', async () => {
  const calls: string[] = [];
  const check = rememberingCheck(checkOf(calls));
  for (const _ of [1, 2, 3]) expect(await check('a:0', at(0))).toEqual({ refused: 'ENDED' });
  expect(calls).toHaveLength(3);
});

test('answers as without a cache, even when the clock is set back', async () => {
  const token = fc
    .tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 0, max: 200_000 }))
    .map((parts) => parts.join(':'));
  const asked = fc.array(fc.record({ token, milliseconds: fc.integer({ min: 0, max: 250_000 }) }), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(asked, async (all) => {
      const plain = checkOf([]);
      const remembering = rememberingCheck(checkOf([]));
      for (const { token: each, milliseconds } of all) {
        const [expected, said] = await Promise.all([
          plain(each, at(milliseconds)),
          remembering(each, at(milliseconds)),
        ]);
        const whom = (verdict: typeof said) => ('viewer' in verdict ? verdict.viewer : verdict.refused);
        expect(whom(said)).toEqual(whom(expected));
      }
    }),
  );
});
