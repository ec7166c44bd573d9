import { changeSources } from '../runner/modules.mjs';
import runFile from '../runner/run-file.mjs';
import { withMarks, withMutant } from './mutate.ts';

const MUTATED = /^(src\/domain|packages\/federation\/src\/executor)\//;
/** The one mutant of this process, by `run.ts`; without one, functions tell that they ran. */
const mutant = JSON.parse(process.env.BRIDGEHEAD_MUTANT ?? 'null');

changeSources((source, file) => {
  if (mutant !== null) return file === mutant.file ? withMutant(source, mutant) : source;
  return MUTATED.test(file) ? withMarks(file, source) : source;
});

/** Runs a test file over sources that have a mutant or marks in them. */
export default runFile;
