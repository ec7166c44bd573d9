import { parseManifest, trustedDocuments } from '@bridgehead/federation';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { PARTNER_PURPOSES } from '../../../src/domain/access/purpose.ts';
import type { ViewerKind } from '../../../src/domain/viewer.ts';
import { declaredPurpose, graphqlRequest, openCall } from '../../../src/handlers/gateway/graphql-event.ts';

const none = trustedDocuments(
  parseManifest('{"format":"apollo-persisted-query-manifest","version":1,"operations":[]}'),
);

function event(change: Partial<APIGatewayProxyEventV2> & { method?: string }): APIGatewayProxyEventV2 {
  const { method = 'POST', ...rest } = change;
  return {
    rawQueryString: '',
    headers: { 'content-type': 'application/json' },
    requestContext: { requestId: 'r-1', http: { method } },
    isBase64Encoded: false,
    ...rest,
  } as APIGatewayProxyEventV2;
}

test('a call ends with the function’s time, and at the latest after 25 s', () => {
  const left = (remaining: number) => {
    const before = Date.now();
    const { call, end } = openCall(event({}), remaining);
    end();
    return call.deadline - before;
  };
  expect(left(10_000)).toBeGreaterThanOrEqual(9_500);
  expect(left(10_000)).toBeLessThan(9_600);
  expect(left(900_000)).toBeGreaterThanOrEqual(25_000);
  expect(left(900_000)).toBeLessThan(25_100);
});

test('the signal aborts at the deadline', async () => {
  const { call } = openCall(event({}), 510);
  await new Promise((resolve) => call.signal.addEventListener('abort', resolve));
  expect(call.signal.reason).toMatchObject({ name: 'TimeoutError' });
});

test.each([
  ['00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', true],
  ['00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\nx: y', false],
  ['anything', false],
])('the trace context %p is passed on: %p', (traceparent, passed) => {
  const { call, end } = openCall(event({ headers: { traceparent } }), 1_000);
  end();
  expect(call.traceparent).toBe(passed ? traceparent : undefined);
});

test('decodes a body in base64', () => {
  const body = Buffer.from('{"query":"{ 园区 }"}').toString('base64');
  expect(graphqlRequest(event({ body, isBase64Encoded: true }), none).body).toEqual({ query: '{ 园区 }' });
});

test('a GET passes its parameters on unchanged', () => {
  const query = new URLSearchParams({
    query: '{ a }',
    variables: '{"a":"+ &"}',
    operationName: 'A',
    extensions: '{"b":1}',
  });
  const { search } = graphqlRequest(event({ method: 'GET', rawQueryString: String(query), headers: {} }), none);
  expect(Object.fromEntries(new URLSearchParams(search))).toEqual(Object.fromEntries(query));
});

test('refuses parameters that are no JSON', () => {
  expect(() => graphqlRequest(event({ method: 'GET', rawQueryString: 'extensions=%7B', headers: {} }), none)).toThrow(
    expect.objectContaining({ code: 'BAD_REQUEST', message: 'The parameter extensions is not JSON.' }),
  );
});

test('refuses an unknown purpose', () => {
  const declared = (purpose?: string, kind: ViewerKind = 'officer') =>
    declaredPurpose(event({ headers: purpose === undefined ? {} : { 'bridgehead-purpose': purpose } }), { kind });
  expect(declared()).toEqual({});
  expect(declared('BENEFIT_SHARING')).toEqual({ purpose: 'BENEFIT_SHARING' });
  expect(declared('CASE_HANDLING')).toEqual({ purpose: 'CASE_HANDLING' });
  for (const wrong of ['', 'LOOK', 'benefit_sharing', 'toString', 'BENEFIT_SHARING, RECOGNITION']) {
    expect(() => declared(wrong)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }));
  }
  const message = `The header bridgehead-purpose must be one of ${PARTNER_PURPOSES.join(', ')}.`;
  expect(() => declared('CURIOSITY', 'partner')).toThrow(expect.objectContaining({ message }));
});
