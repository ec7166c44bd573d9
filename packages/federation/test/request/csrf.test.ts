import { isSimpleRequest } from '../../src/request/headers.ts';

test.each([
  [{}, true],
  [{ 'content-type': 'text/plain' }, true],
  [{ 'content-type': 'Text/Plain; charset=utf-8' }, true],
  [{ 'content-type': 'application/x-www-form-urlencoded' }, true],
  [{ 'content-type': 'nonsense' }, true],
  [{ accept: 'application/graphql-response+json' }, true],
  [{ 'apollo-require-preflight': '' }, true],
  [{ 'apollo-require-preflight': '1' }, false],
  [{ 'content-type': 'text/plain', 'graphql-require-preflight': '1' }, false],
  [{ 'content-type': 'application/json' }, false],
])('a request with %j could be made by any page: %p', (headers, expected) => {
  expect(isSimpleRequest(headers)).toBe(expected);
});
