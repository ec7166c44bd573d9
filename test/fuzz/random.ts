import { loadPlanner } from '@bridgehead/federation';
import { bothAnswers, isDifferent } from '../fixtures/synthetic/both-answers.ts';
import type { Fixture } from '../fixtures/synthetic/federation.ts';
import { keepSupergraph } from '../fixtures/synthetic/kept-cases.ts';
import { type RandomOperation, randomNumbers, randomOperation } from '../fixtures/synthetic/random-operation.ts';
import { randomSupergraph } from '../fixtures/synthetic/random-supergraph.ts';
import { shrink } from '../fixtures/synthetic/shrink.ts';
import { shrinkSupergraph } from '../fixtures/synthetic/shrink-supergraph.ts';
import { federationOf, type SupergraphCase } from '../fixtures/synthetic/supergraph-case.ts';
import { causeOf, tell } from './fixed.ts';

export interface RandomOptions {
  readonly supergraphs: number;
  readonly operations: number;
  readonly seed: number;
  readonly most: number;
  /** Draws supergraphs with fields that read contexts. */
  readonly contexts: boolean;
}

/** Draws supergraphs, and operations over each. Returns how many were answered otherwise than by one schema. */
export async function fuzzRandom(options: RandomOptions): Promise<number> {
  const { supergraphs, operations, seed, most, contexts } = options;
  const share = Math.ceil(operations / supergraphs);
  const planning: number[] = [];
  const seen = {
    supergraphs: 0,
    uncomposed: 0,
    subgraphs: 0,
    operations: 0,
    mutations: 0,
    contextual: 0,
    refused: 0,
    fetches: 0,
  };
  let different = 0;
  for (let next = seed; seen.supergraphs < supergraphs && different < most; next++) {
    const random = randomNumbers(next * 7919);
    const drawn = randomSupergraph(random, contexts);
    const fixture = composed(drawn, planning);
    if (!fixture) {
      seen.uncomposed += 1;
      continue;
    }
    seen.supergraphs += 1;
    seen.subgraphs = Math.max(seen.subgraphs, Object.keys(drawn.subgraphs).length);
    for (let done = 0; done < share && different < most; done++) {
      const operation = { ...randomOperation(fixture.supergraph.apiSchema, random), clientKey: `client ${done}` };
      fixture.requests.length = 0;
      const answers = await bothAnswers(fixture, operation);
      seen.operations += 1;
      seen.fetches += fixture.requests.length;
      if (fixture.requests.some(({ request }) => request.query.includes('$_c0'))) seen.contextual += 1;
      if (operation.query.startsWith('mutation')) seen.mutations += 1;
      if (answers.federated.unplaced.length > answers.whole.unplaced.length) seen.refused += 1;
      if (!isDifferent(answers)) continue;
      different += 1;
      await keepSmallest(drawn, fixture, operation, next);
    }
  }
  planning.sort((one, other) => one - other);
  const at = (part: number) => Number((planning[Math.floor(planning.length * part)] ?? 0).toFixed(2));
  console.table([{ ...seen, plans: planning.length, 'p50 ms': at(0.5), 'p95 ms': at(0.95), 'p99 ms': at(0.99) }]);
  console.log(
    `${seen.operations} operations over ${seen.supergraphs} random supergraphs, seed ${seed}: ${different} answered otherwise than by one schema.`,
  );
  return different;
}

/** Undefined where composition refuses the subgraphs. */
function composed(drawn: SupergraphCase, planning: number[]): Fixture | undefined {
  try {
    return federationOf(drawn, {
      planner: (supergraph) => {
        const planner = loadPlanner(supergraph);
        return {
          plan(query, labels) {
            const before = process.cpuUsage();
            const plan = planner.plan(query, labels);
            const { user, system } = process.cpuUsage(before);
            planning.push((user + system) / 1_000);
            return plan;
          },
        };
      },
    });
  } catch {
    return undefined;
  }
}

async function keepSmallest(
  drawn: SupergraphCase,
  fixture: Fixture,
  operation: RandomOperation,
  seed: number,
): Promise<void> {
  const cause = causeOf(await bothAnswers(fixture, operation));
  const fails = async (on: Fixture, smaller: RandomOperation) => {
    const both = await bothAnswers(on, smaller);
    return isDifferent(both) && causeOf(both) === cause;
  };
  const smallest = await shrink(fixture, operation, (smaller) => fails(fixture, smaller));
  const supergraph = await shrinkSupergraph(drawn, (on) => fails(on, smallest));
  const path = keepSupergraph({ ...supergraph, ...smallest });
  tell(`seed ${seed}: ${path}`, smallest, await bothAnswers(federationOf(supergraph), smallest));
}
