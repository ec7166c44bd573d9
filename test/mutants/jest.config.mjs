import { join } from 'node:path';
import plain from '../../jest.config.mjs';

const rootDir = join(import.meta.dirname, '../..');
const isMutated = process.env.BRIDGEHEAD_MUTANT !== undefined;

/** Tests that take long, or that start processes, in which there is no mutant. */
const LEFT_OUT = 'access-log-cost|package';

/** The tests over sources that have a mutant in them (`BRIDGEHEAD_MUTANT`), or that tell what ran. */
export default {
  ...plain,
  rootDir,
  testPathIgnorePatterns: [`/(${LEFT_OUT})\\.test\\.ts$`],
  globalSetup: join(rootDir, 'test/run-folder.mjs'),
  testEnvironment: join(rootDir, isMutated ? 'test/runner/environment.mjs' : 'test/mutants/environment.mjs'),
  runtime: join(rootDir, 'test/runner/runtime.mjs'),
  testRunner: join(rootDir, 'test/mutants/run-file.mjs'),
};
