import base from './jest.config.mjs';

/** What takes whole systems: starts and kills, crawls, backups, upgrades of old data, packaged functions. */
export default { ...base, testMatch: ['<rootDir>/test/system/**/*.test.ts'] };
