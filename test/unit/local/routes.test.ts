import { router } from '../../../src/local/http/routes.ts';

const route = router([
  { method: 'GET', path: '/a', target: 1 },
  { method: 'POST', path: '/a', target: 2 },
  { method: 'GET', path: '/a/{proxy+}', target: 3 },
  { method: 'GET', path: '/a/b/{rest+}', target: 4 },
  { method: 'GET', path: '/a/b/exact', target: 5 },
  { method: '*', path: '/c', target: 6 },
  { method: 'GET', path: '/c', target: 7 },
]);

test.each([
  ['GET', '/a', 1, undefined],
  ['POST', '/a', 2, undefined],
  ['GET', '/a/x/y', 3, { proxy: 'x/y' }],
  ['GET', '/a/b/c', 4, { rest: 'c' }],
  ['GET', '/a/b/exact', 5, undefined],
  ['PUT', '/c', 6, undefined],
  ['GET', '/c', 7, undefined],
])('%s %s is served by the most exact route', (method, path, target, pathParameters) => {
  expect(route(method, path)).toMatchObject({ target, pathParameters });
});

test.each([
  ['DELETE', '/a'],
  ['POST', '/a/x'],
  ['GET', '/a/'],
  ['GET', '/'],
])('%s %s is served by none', (method, path) => {
  expect(route(method, path)).toBeUndefined();
});

test.each([
  ['GET', '/a/{id}'],
  ['GET', '/{proxy+}/a'],
  ['ANY', '/a'],
  ['*', '/a/{proxy+}'],
])('a route %s %s is refused', (method, path) => {
  expect(() => router([{ method, path, target: 1 }])).toThrow('does not support the route');
});
