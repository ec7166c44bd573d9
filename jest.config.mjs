export default {
  testEnvironment: './test/plain-environment.mjs',
  extensionsToTreatAsEsm: ['.ts'],
  globalSetup: './test/run-folder.mjs',
  transform: { '\\.ts$': './jest.transform.mjs' },
  testMatch: ['<rootDir>/test/{unit,contract,e2e}/**/*.test.ts', '<rootDir>/{packages,clients}/*/test/**/*.test.ts'],
  testPathIgnorePatterns: ['<rootDir>/packages/.*/test/system/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/', '<rootDir>/bench/', '<rootDir>/.build/'],
  // Ten times what the longest test takes alone: a busy machine fails no test.
  testTimeout: 240_000,
  maxWorkers: 2,
};
