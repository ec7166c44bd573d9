/** Who asks is told to a subgraph behind Lambda Invoke, whole and exactly. */
import fc from 'fast-check';
import { parse } from 'graphql';
import type { Viewer } from '../../../src/domain/viewer.ts';
import { toInvokePayload } from '../../../src/subgraph/invoke-payload.ts';
import { serveInvoke } from '../../../src/subgraph/serve-invoke.ts';
import { viewers } from '../../fixtures/viewers.ts';
import { callOf } from '../../harness.ts';

const asked: Viewer[] = [];
const serve = serveInvoke(async ({ call }) => {
  asked.push(call.viewer);
  return { data: {} };
});

function payloadFor(viewer: Viewer) {
  const query = '{ __typename }';
  const payload = toInvokePayload({ document: parse(query), query, variables: {}, call: callOf({ viewer }) });
  return JSON.parse(JSON.stringify(payload));
}

test('every viewer arrives as who they are', async () => {
  await fc.assert(
    fc.asyncProperty(viewers, async (viewer) => {
      await serve(payloadFor(viewer));
      expect(asked.at(-1)).toEqual(viewer);
    }),
  );
});

test.each([
  ['of a kind that there isn’t', { kind: 'root' }],
  ['bound to nothing', { kind: 'applicant' }],
  ['with more than its kind has', { kind: 'applicant', person: 'p', zone: 'zone_teda' }],
  ['nobody with something', { kind: 'anonymous', person: 'p' }],
  ['with a role that there isn’t', { kind: 'officer', person: 'p', agency: 'PARK', zone: 'z', roles: ['ALL'] }],
  ['missing', undefined],
])('a viewer %s is refused', async (_, viewer) => {
  const { call, ...payload } = payloadFor({ kind: 'anonymous' });
  await expect(serve({ ...payload, call: { ...call, viewer } })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
});
