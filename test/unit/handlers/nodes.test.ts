import { CodedError } from '../../../src/errors.ts';
import { nodeOwners, openNodes } from '../../../src/handlers/gateway/nodes.ts';
import type { Call, Subgraph, SubgraphResult } from '../../../src/subgraph/request.ts';

const CALL = {} as Call;
const [THERE, NOT_THERE, ZONE] = ['park_there', 'park_not-there', 'zone_teda'];

/** The parks subgraph with a given answer, and what it was asked. */
function parksAnswering(answer: () => SubgraphResult) {
  const asked: unknown[] = [];
  const parks: Subgraph = async ({ variables }) => {
    asked.push(variables.representations);
    return answer();
  };
  return { asked, nodes: openNodes(nodeOwners(['Park', 'Zone'], []), { parks }, CALL) };
}

const codeOf = (result: PromiseSettledResult<unknown>) =>
  result.status === 'rejected' && result.reason instanceof CodedError ? result.reason.code : result;

test('asks the owner once for all ids of a turn, and for nothing that is no id of a node', async () => {
  const { asked, nodes } = parksAnswering(() => ({ data: { _entities: [{ __typename: 'Park' }, null] } }));
  const found = await Promise.all(
    [THERE, NOT_THERE, THERE, 'ent_01HB0000000000000000000000', 'moon_a'].map(nodes.load),
  );
  expect(found).toEqual([{ __typename: 'Park', id: THERE }, null, { __typename: 'Park', id: THERE }, null, null]);
  expect(asked).toEqual([
    [
      { __typename: 'Park', id: THERE },
      { __typename: 'Park', id: NOT_THERE },
    ],
  ]);
});

test('is an error only for the node whose owner reports one', async () => {
  const errors = [{ message: 'no', path: ['_entities', 1], extensions: { code: 'STORE_UNAVAILABLE' } }];
  const { nodes } = parksAnswering(() => ({ data: { _entities: [{ __typename: 'Park' }, null] }, errors }));
  const [park, zone] = await Promise.allSettled([nodes.load(THERE), nodes.load(ZONE)]);
  expect(park).toEqual({ status: 'fulfilled', value: { __typename: 'Park', id: THERE } });
  expect(zone && codeOf(zone)).toBe('STORE_UNAVAILABLE');
});

test.each<[string, () => SubgraphResult, string]>([
  [
    'rejects',
    () => {
      throw new CodedError('DEADLINE_EXCEEDED', 'too late');
    },
    'DEADLINE_EXCEEDED',
  ],
  ['answers errors alone', () => ({ errors: [{ message: 'no', extensions: { code: 'OVERLOADED' } }] }), 'OVERLOADED'],
  ['answers nothing', () => ({}), 'SUBGRAPH_UNAVAILABLE'],
])('is an error, not a missing node, where the owner %s', async (_, answer, code) => {
  const { nodes } = parksAnswering(answer);
  const results = await Promise.allSettled([THERE, ZONE].map(nodes.load));
  expect(results.map(codeOf)).toEqual([code, code]);
});
