import { CodedError } from '../../src/errors.ts';
import { describeError } from '../../src/log.ts';

const secret = '120103199001011234';

test("keeps an error's personal data out of the log", () => {
  const cause = Object.assign(new Error(`invalid value "${secret}"`), { Item: { idNumber: secret }, code: 'E_ITEM' });
  const error = new CodedError('CONFLICT', 'Changed by another.', { cause, details: { seen: secret } });
  const described = describeError(error, false);
  expect(JSON.stringify(described)).not.toContain(secret);
  expect(described).toMatchObject({
    name: 'CodedError',
    code: 'CONFLICT',
    message: 'Changed by another.',
    at: expect.arrayContaining([expect.stringContaining('log.test.ts')]),
    cause: { name: 'Error', code: 'E_ITEM', at: expect.arrayContaining([expect.stringContaining('log.test.ts')]) },
  });
});

test('takes no message line for a stack frame', () => {
  const { at } = describeError(new Error(`first\n    at ${secret}`), false);
  expect(at.join()).not.toContain(secret);
});

test('logs messages in local mode', () => {
  expect(describeError(new TypeError('x is not a function'), true)).toMatchObject({ message: 'x is not a function' });
});

test('describes a thrown non-error by its type', () => {
  expect(describeError(secret, false)).toEqual({ name: 'string', at: [] });
});
