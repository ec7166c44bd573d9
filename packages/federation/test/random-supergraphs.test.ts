import { bothAnswers, isDifferent } from '../../../test/fixtures/synthetic/both-answers.ts';
import type { Fixture } from '../../../test/fixtures/synthetic/federation.ts';
import { keptSupergraphs } from '../../../test/fixtures/synthetic/kept-cases.ts';
import {
  type RandomOperation,
  randomNumbers,
  randomOperation,
} from '../../../test/fixtures/synthetic/random-operation.ts';
import { randomSupergraph } from '../../../test/fixtures/synthetic/random-supergraph.ts';
import { federationOf } from '../../../test/fixtures/synthetic/supergraph-case.ts';

/** Seeds whose subgraphs compose. Together they have every feature that the generator draws. */
const SEEDS = [2, 3, 8, 10, 11, 15, 16, 21, 33, 40, 50, 52];
const OPERATIONS = 8;

/** Seeds whose subgraphs compose where they are drawn with contexts, and whose operations read those. */
const SEEDS_WITH_CONTEXTS = [9, 11, 15, 16, 37];

/** Runs an operation both ways; the answers must be the same. */
async function compareAnswers(fixture: Fixture, operation: RandomOperation) {
  const answers = await bothAnswers(fixture, operation);
  expect({ ...operation, ...answers.federated }).toEqual({ ...operation, ...answers.whole });
  expect(isDifferent(answers)).toBe(false);
}

test.each([
  ...SEEDS.map((seed) => [seed, 'without', false] as const),
  ...SEEDS_WITH_CONTEXTS.map((seed) => [seed, 'with', true] as const),
])('random supergraph %d %s contexts answers as one schema does', async (seed, _, withContexts) => {
  const random = randomNumbers(seed * 7919);
  const fixture = federationOf(randomSupergraph(random, withContexts));
  for (let count = 0; count < OPERATIONS; count++) {
    const operation = randomOperation(fixture.supergraph.apiSchema, random);
    await compareAnswers(fixture, { ...operation, clientKey: `client ${count}` });
  }
});

test.each(keptSupergraphs())(
  'what once was found is answered as by one schema: $file',
  async ({ file: _, ...kept }) => {
    await compareAnswers(federationOf(kept), kept);
  },
);
