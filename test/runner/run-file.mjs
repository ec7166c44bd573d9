import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beginTestFile } from './modules.mjs';

const require = createRequire(import.meta.url);
/** Jest's own test runner, the part that its adapter loads into each context. */
const CIRCUS = join(require.resolve('jest-circus/package.json'), '../build/jestAdapterInit.js');
const EVENT_HANDLERS = Symbol.for('EVENT_HANDLERS');

/** Runs a test file by Jest's test runner, with its modules loaded by Node instead of by Jest in a context of its own. */
export default async function runFile(globalConfig, config, environment, runtime, testPath, sendMessageToJest) {
  delete require.cache[CIRCUS];
  delete globalThis[EVENT_HANDLERS];
  const { initialize, runAndTransformResultsToJestFormat } = require(CIRCUS);
  await initialize({
    config,
    environment,
    globalConfig,
    localRequire: require,
    parentProcess: process,
    runtime,
    sendMessageToJest,
    setGlobalsForRuntime() {},
    testPath,
  });
  beginTestFile();
  const { configureFrom } = await import('../../src/config.ts');
  configureFrom({});
  await import(pathToFileURL(testPath).href);
  const now = Date.now();
  const setupAfterEnvPerfStats = { setupAfterEnvStart: now, setupAfterEnvEnd: now };
  return runAndTransformResultsToJestFormat({ config, globalConfig, setupAfterEnvPerfStats, testPath });
}
