import { ERROR_KINDS } from '../../src/errors.ts';
import { maskError, statusOf } from '../../src/request/error-mask.ts';

const OURS = ['INTERNAL_SERVER_ERROR', 'CONFIGURATION'];

test.each(Object.keys(ERROR_KINDS).filter((code) => !OURS.includes(code)))(
  '%s is told with its message and place',
  (code) => {
    const error = { message: 'Told.', path: ['a', 0], extensions: { code, argument: 'first', http: { status: 200 } } };
    expect(maskError(error, ERROR_KINDS, 'r')).toEqual({
      message: 'Told.',
      path: ['a', 0],
      extensions: { code, argument: 'first' },
    });
  },
);

test.each([...OURS, 'SOMETHING_NEW', undefined])('%s is masked, with the id to ask for', (code) => {
  const error = {
    message: 'connect 10.0.0.1:8000 by key AKIA',
    path: ['a'],
    extensions: { code, stacktrace: ['at src/x.ts'], secret: 's', subgraph: 'parks', paths: ['a.@.b'] },
  };
  expect(maskError(error, ERROR_KINDS, 'r-1')).toEqual({
    message: 'Something went wrong here.',
    path: ['a'],
    extensions: { code: 'INTERNAL_SERVER_ERROR', subgraph: 'parks', paths: ['a.@.b'], requestId: 'r-1' },
  });
});

test('masking again changes nothing', () => {
  const once = maskError({ message: 'x', path: ['a'] }, ERROR_KINDS, 'r-1');
  expect(maskError(once, ERROR_KINDS)).toEqual(once);
});

test.each([
  [['BAD_USER_INPUT'], 400],
  [['THROTTLED'], 429],
  [['BAD_USER_INPUT', 'SUBGRAPH_UNAVAILABLE'], 503],
  [['INTERNAL_SERVER_ERROR'], 500],
])('%p is sent with %i', (codes, status) => {
  expect(
    statusOf(
      codes.map((code) => ({ message: '', extensions: { code } })),
      ERROR_KINDS,
    ),
  ).toBe(status);
});
