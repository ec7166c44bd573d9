import { bothAnswers, isDifferent } from '../../../test/fixtures/synthetic/both-answers.ts';
import type { Fixture } from '../../../test/fixtures/synthetic/federation.ts';
import { keptCases } from '../../../test/fixtures/synthetic/kept-cases.ts';
import { randomDenied } from '../../../test/fixtures/synthetic/random-denied.ts';
import {
  type RandomOperation,
  randomNumbers,
  randomOperation,
} from '../../../test/fixtures/synthetic/random-operation.ts';
import { parks, SUPERGRAPHS } from '../../../test/fixtures/synthetic/supergraphs.ts';

const OPERATIONS = 40;

/** Runs an operation both ways; what they answer must be the same. */
async function compareAnswers(fixture: Fixture, operation: RandomOperation) {
  const answers = await bothAnswers(fixture, operation);
  expect({ ...operation, ...answers.federated }).toEqual({ ...operation, ...answers.whole });
  expect(answers.untold).toEqual([]);
  expect(isDifferent(answers)).toBe(false);
  return answers.whole;
}

test.each(Object.entries(SUPERGRAPHS))(
  'random operations over %s are answered as by one schema',
  async (name, make) => {
    const fixture = make();
    const random = randomNumbers(20200316 + name.length);
    let withErrors = 0;
    for (let count = 0; count < OPERATIONS; count++) {
      const { nulls } = await compareAnswers(fixture, randomOperation(fixture.supergraph.apiSchema, random));
      if (nulls.length > 0) withErrors += 1;
    }
    // Else the comparison has said nothing about errors, or of subgraphs working together.
    expect(withErrors).toBeGreaterThan(OPERATIONS / 25);
    expect(new Set(fixture.requests.map(({ subgraph }) => subgraph)).size).toBeGreaterThan(2);
  },
);

test.each(Object.entries(SUPERGRAPHS))(
  'what is denied over %s is null and an error as by one schema',
  async (name, make) => {
    const fixture = make({ isGated: true });
    const random = randomNumbers(20200528 + name.length);
    for (let count = 0; count < OPERATIONS / 2; count++) {
      const operation = randomOperation(fixture.supergraph.apiSchema, random);
      // A third are allowed everything: then rules make no difference.
      const denied = count % 3 === 0 ? [] : randomDenied(fixture.supergraph, operation, random);
      await compareAnswers(fixture, { ...operation, denied });
    }
  },
);

test.each(keptCases())(
  'what once was found is answered as by one schema: $file',
  async ({ file: _, supergraph, ...operation }) => {
    await compareAnswers(SUPERGRAPHS[supergraph]!({ isGated: true }), operation);
  },
);

test.each([
  ['an alias that takes the name of a key', '{ parks { id: name label firms { id: staff } } }'],
  ['a field that another subgraph requires with other arguments', '{ parks { name(locale: EN) label } }'],
  ['one key with several arguments', '{ places { ... on Park { x: name(locale: EN) } ... on Zone { x: code } } }'],
  ['an alias named __typename', '{ parks { __typename: id places { __typename: __typename ... on Park { label } } } }'],
  ['an alias named __proto__', '{ parks { __proto__: label firms { __proto__: name people { __proto__: age } } } }'],
  [
    'lists of lists',
    '{ parks { grid { mayor { age } } strict { label best { size } } } grid { ... on Park { rate { of { size } } } } }',
  ],
  ['an entity by its second key', '{ firms { zone { code title mayor { name } } } }'],
  ['hidden enum values', '{ parks { kind kinds } }'],
  [
    'nulls that climb through several subgraphs',
    '{ parks { guard { works { people { friends { name } } } } home { parks { best { size } } } } }',
  ],
  ['nothing but __typename', '{ __typename t: __typename }'],
  ['introspection beside data', '{ __schema { queryType { name } } parks { id } t: __type(name: "Park") { kind } }'],
  [
    'a mutation in series',
    'mutation { move(to: 1) { label } hire(name: "x") { size } again: move(to: 2) { guard { age } } rename { mayor { age } } }',
  ],
])('%s', async (_, query) => {
  await compareAnswers(parks(), { query, variables: {} });
});

test('a variable may have the name of one of the planner’s', async () => {
  const query = `query($representations: Int, $__batch_reps_0: Int) {
    park { firms(first: $representations) { staff people { name } } best { size } }
    parks { firms(first: $__batch_reps_0) { people { age } } } }`;
  await compareAnswers(parks(), { query, variables: { representations: 2, __batch_reps_0: 1 } });
});

test('a mutation asks its subgraphs one after the other, in the order written', async () => {
  const fixture = parks();
  const query = 'mutation { move(to: 1) { label } hire(name: "x") { size } rename { title } }';
  await compareAnswers(fixture, { query, variables: {} });
  const mutations = fixture.requests
    .map(({ request }) => request.query)
    .filter((query) => query.startsWith('mutation'));
  expect(mutations.map((query) => /move|hire|rename/.exec(query)?.[0])).toEqual(['move', 'hire', 'rename']);
});
