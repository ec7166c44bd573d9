import { acceptedType } from '../../src/request/headers.ts';

const [JSON_TYPE, GRAPHQL_TYPE] = ['application/json', 'application/graphql-response+json'];

test.each([
  [undefined, JSON_TYPE],
  ['', JSON_TYPE],
  ['*/*', JSON_TYPE],
  ['application/*', JSON_TYPE],
  [GRAPHQL_TYPE, GRAPHQL_TYPE],
  [`${GRAPHQL_TYPE}, ${JSON_TYPE};q=0.9`, GRAPHQL_TYPE],
  [`${JSON_TYPE};q=0.9, ${GRAPHQL_TYPE}`, GRAPHQL_TYPE],
  [`${GRAPHQL_TYPE}, ${JSON_TYPE}`, GRAPHQL_TYPE],
  [`${JSON_TYPE}, ${GRAPHQL_TYPE}`, JSON_TYPE],
  [`${JSON_TYPE};q=0, */*`, GRAPHQL_TYPE],
  [`APPLICATION/JSON; charset=utf-8 ; q=1.0`, JSON_TYPE],
  ['text/html', undefined],
  ['*/*;q=0', undefined],
  ['application/json;q=NaN', undefined],
  [',,;q=,', undefined],
])('who accepts %j gets %j', (accept, type) => {
  expect(acceptedType(accept)).toBe(type);
});
