import { type BothAnswers, bothAnswers, isDifferent } from '../fixtures/synthetic/both-answers.ts';
import { keep } from '../fixtures/synthetic/kept-cases.ts';
import { randomDenied } from '../fixtures/synthetic/random-denied.ts';
import { type RandomOperation, randomNumbers, randomOperation } from '../fixtures/synthetic/random-operation.ts';
import { shrink } from '../fixtures/synthetic/shrink.ts';
import { SUPERGRAPHS } from '../fixtures/synthetic/supergraphs.ts';

export interface FixedOptions {
  readonly count: number;
  readonly seed: number;
  readonly most: number;
}

/** Draws operations over the synthetic supergraphs, some with fields denied. Returns how many were answered otherwise. */
export async function fuzzFixed({ count, seed, most }: FixedOptions): Promise<number> {
  const names = Object.keys(SUPERGRAPHS);
  const tally = Object.fromEntries(
    names.map((name) => [name, { operations: 0, denied: 0, withErrors: 0, refused: 0 }]),
  );
  const found = new Set<string>();
  for (const [index, name] of names.entries()) {
    const fixture = SUPERGRAPHS[name]!({ isGated: true });
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
      if (answers.federated.unplaced.length > answers.whole.unplaced.length) counted.refused += 1;
      if (!isDifferent(answers)) continue;
      const cause = causeOf(answers);
      const smallest = await shrink(fixture, operation, async (smaller) => {
        const both = await bothAnswers(fixture, smaller);
        return isDifferent(both) && causeOf(both) === cause;
      });
      const path = keep({ supergraph: name, ...smallest });
      if (found.has(path)) continue;
      found.add(path);
      tell(path, smallest, await bothAnswers(fixture, smallest));
    }
  }
  const operations = Object.values(tally).reduce((sum, one) => sum + one.operations, 0);
  console.table(tally);
  console.log(`${operations} operations, seed ${seed}: ${found.size} answered otherwise than by one schema.`);
  return found.size;
}

/** So that a difference isn't shrunk into another one. */
export function causeOf({ federated, whole }: BothAnswers): string {
  return federated.unplaced.length > whole.unplaced.length ? federated.unplaced[0]!.replace(/^.*?: /, '') : 'data';
}

export function tell(path: string, operation: RandomOperation, { federated, whole, untold }: BothAnswers): void {
  const { query, ...rest } = operation;
  console.error(`${path}\n${query}\n${JSON.stringify({ ...rest, untold })}`);
  console.error(` gateway:    ${JSON.stringify(federated)}\n one schema: ${JSON.stringify(whole)}\n`);
}
