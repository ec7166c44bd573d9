export default {
  // Test files are loaded by Node itself: docs/adr/0080-node-loads-the-tests.md.
  testEnvironment: './test/runner/environment.mjs',
  runtime: './test/runner/runtime.mjs',
  testRunner: './test/runner/run-file.mjs',
  transform: {},
  globalSetup: './test/run-folder.mjs',
  testMatch: ['<rootDir>/test/{unit,contract,e2e}/**/*.test.ts', '<rootDir>/{packages,clients}/*/test/**/*.test.ts'],
  testPathIgnorePatterns: ['<rootDir>/packages/.*/test/system/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/', '<rootDir>/bench/', '<rootDir>/.build/'],
  // Ten times what the longest test takes alone: a busy machine fails no test.
  testTimeout: 240_000,
  // Workers wait for their databases: a third one uses what two leave of two cores.
  maxWorkers: 3,
  // Modules that are loaded anew stay in memory: some 5 MB a test file.
  workerIdleMemoryLimit: '1500MB',
};
