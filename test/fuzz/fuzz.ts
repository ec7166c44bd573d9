import { parseOptions } from '../../src/cli/parse-options.ts';
import { fuzzFixed } from './fixed.ts';
import { fuzzRandom } from './random.ts';

const USAGE = `npm run fuzz -- [--count 10000] [--supergraphs 100] [--operations 5000] [--contexts] [--seed N] [--most 10]

Random operations by the gateway and by graphql-js over one merged schema: data and the places of errors must be the same.
--count        operations over the synthetic supergraphs of the tests, some with fields denied
--supergraphs  random supergraphs, from the seed on
--operations   operations over them in all
--contexts     random supergraphs have fields that read contexts (@fromContext)
Gives up after --most differences. Each is shrunk and kept as a case for the tests. Ends with 1 where there is one.`;

const values = parseOptions(USAGE, {
  count: { type: 'string', default: '10000' },
  supergraphs: { type: 'string', default: '100' },
  operations: { type: 'string', default: '5000' },
  contexts: { type: 'boolean', default: false },
  seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  most: { type: 'string', default: '10' },
});
const [count, supergraphs, operations, seed, most] = [
  values.count,
  values.supergraphs,
  values.operations,
  values.seed,
  values.most,
].map(Number) as [number, number, number, number, number];
if (![count, supergraphs, operations, seed, most].every(Number.isSafeInteger)) {
  console.error('The options of fuzz take whole numbers.');
  process.exit(2);
}

let different = 0;
if (count > 0) different += await fuzzFixed({ count, seed, most });
if (supergraphs > 0) different += await fuzzRandom({ supergraphs, operations, seed, most, contexts: values.contexts });
if (different > 0) process.exitCode = 1;
