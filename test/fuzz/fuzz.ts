import { toldOptions } from '../../src/cli/told-options.ts';
import { fencedPlanner } from '../../src/gateway/planner/fence.ts';
import { type BothAnswers, bothAnswers, isDifferent } from '../fixtures/synthetic/both-answers.ts';
import { keep } from '../fixtures/synthetic/kept-cases.ts';
import { randomDenied } from '../fixtures/synthetic/random-denied.ts';
import { type RandomOperation, randomNumbers, randomOperation } from '../fixtures/synthetic/random-operation.ts';
import { shrink } from '../fixtures/synthetic/shrink.ts';
import { SUPERGRAPHS } from '../fixtures/synthetic/supergraphs.ts';

/**
 * Random operations over the synthetic supergraphs, some with fields denied, by the gateway and by graphql-js over one
 * merged schema: data and the places of errors must be the same. What is not is shrunk and kept as a case for `npm test`.
 */
const USAGE = `npm run fuzz -- [--count 10000] [--seed N] [--most 10]

Random operations over synthetic supergraphs, by the gateway and by graphql-js over one merged schema. Gives up after so
many differences (--most), each shrunk and kept as a case for the tests. Ends with 1 where there is one.`;

const values = toldOptions(USAGE, {
  count: { type: 'string', default: '10000' },
  seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  most: { type: 'string', default: '10' },
});
const count = Number(values.count);
const seed = Number(values.seed);
const most = Number(values.most);
if (![count, seed, most].every(Number.isSafeInteger)) {
  console.error('--count, --seed and --most take whole numbers.');
  process.exit(2);
}

/** In a process of its own, as an operation may abort the planner; unhurried, as this machine may have other work. */
const PLAN_MILLISECONDS = 20_000;

const names = Object.keys(SUPERGRAPHS);
const tally = Object.fromEntries(names.map((name) => [name, { operations: 0, denied: 0, withErrors: 0, refused: 0 }]));
const found = new Set<string>();

for (const [index, name] of names.entries()) {
  const planners: ReturnType<typeof fencedPlanner>[] = [];
  const fixture = SUPERGRAPHS[name]!({
    isGated: true,
    planner: ({ sdl: supergraphSdl }) => {
      const planner = fencedPlanner({ supergraphSdl, planMilliseconds: PLAN_MILLISECONDS });
      planners.push(planner);
      return planner;
    },
  });
  const random = randomNumbers(seed + index);
  const share = Math.floor(count / names.length) + (index < count % names.length ? 1 : 0);
  const counted = tally[name]!;
  for (let done = 0; done < share && found.size < most; done++) {
    const drawn = randomOperation(fixture.supergraph.apiSchema, random);
    const operation = random() < 0.3 ? { ...drawn, denied: randomDenied(fixture.supergraph, drawn, random) } : drawn;
    if (operation.denied) counted.denied += 1;
    fixture.requests.length = 0;
    const answers = await bothAnswers(fixture, operation);
    counted.operations += 1;
    if (answers.whole.nulls.length > 0) counted.withErrors += 1;
    if (answers.whole.unplaced.length > 0) counted.refused += 1;
    if (!isDifferent(answers)) continue;
    const cause = causeOf(answers);
    const smallest = await shrink(fixture, operation, async (smaller) => {
      const both = await bothAnswers(fixture, smaller);
      return isDifferent(both) && causeOf(both) === cause;
    });
    tell(name, smallest, await bothAnswers(fixture, smallest));
  }
  for (const planner of planners) planner.close();
}

const operations = Object.values(tally).reduce((sum, one) => sum + one.operations, 0);
console.table(tally);
console.log(`${operations} operations, seed ${seed}: ${found.size} answered otherwise than by one schema.`);
if (found.size > 0) process.exitCode = 1;

/** So that a difference isn't shrunk into another one. */
function causeOf({ federated, whole }: BothAnswers): string {
  return federated.unplaced.length > whole.unplaced.length ? federated.unplaced[0]!.replace(/^.*?: /, '') : 'data';
}

function tell(supergraph: string, operation: RandomOperation, { federated, whole, untold }: BothAnswers): void {
  const { query, ...rest } = operation;
  const path = keep({ supergraph, ...operation });
  if (found.has(path)) return;
  found.add(path);
  console.error(`${path}\n${query}\n${JSON.stringify({ ...rest, untold })}`);
  console.error(` gateway:    ${JSON.stringify(federated)}\n one schema: ${JSON.stringify(whole)}\n`);
}
