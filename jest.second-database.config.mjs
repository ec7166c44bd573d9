import { globSync, readFileSync } from 'node:fs';
import base from './jest.config.mjs';

process.env.TEST_MINISTACK ??= '.venv/bin/ministack';

/** Tests that start an empty system of tables, against MiniStack's DynamoDB instead of the embedded one. */
const stories = globSync('test/{e2e,contract}/**/*.test.ts').filter((file) =>
  readFileSync(file, 'utf8').includes('startTestSystem()'),
);

/** Files with a test that MiniStack fails, each with the reason. docs/operating.md lists them. */
const DIFFERENT = new Set([
  // It takes a key of an index that is longer than DynamoDB's 1,024 bytes.
  'test/e2e/work-counts.test.ts',
  // Its records are numbered by the clock: what the test takes for gone is beyond the last record in some runs.
  'test/e2e/redrive.test.ts',
]);

export default {
  ...base,
  maxWorkers: 2,
  testMatch: stories.filter((file) => !DIFFERENT.has(file)).map((file) => `<rootDir>/${file}`),
};
