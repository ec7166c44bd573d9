import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import plain from '../../jest.transform.mjs';
import { withMarks, withMutant } from './mutate.ts';

const ROOT = `${import.meta.dirname}/../..`;
/** The one mutant of this process, by `run.ts`; without one, functions tell that they ran. */
const mutant = JSON.parse(process.env.BRIDGEHEAD_MUTANT ?? 'null');
const MUTATED = /^(src\/domain|packages\/federation\/src\/executor)\//;

function changed(source, path) {
  const file = relative(ROOT, path);
  if (mutant !== null) return file === mutant.file ? withMutant(source, mutant) : source;
  return MUTATED.test(file) ? withMarks(file, source) : source;
}

/** The transform of all tests, over sources that have a mutant or marks in them. */
export default {
  process: (source, path) => plain.process(changed(source, path), path),
  getCacheKey: (source, path) => {
    const text = changed(source, path);
    return createHash('sha256').update(plain.getCacheKey(text, path)).digest('hex');
  },
};
