import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { elfArchitecture } from '../../../../src/cli/packaging/elf.ts';

const planner = dirname(createRequire(import.meta.url).resolve('@graphql-hive/router-query-planner'));
const native = (platform: string) => readFileSync(join(planner, `hive_router_query_planner.${platform}.node`));

test.each([
  ['linux-arm64-gnu', 'arm64'],
  ['linux-x64-gnu', 'x64'],
  ['darwin-arm64', undefined],
  ['darwin-x64', undefined],
] as const)('the native file of %s is made for %s', (platform, architecture) => {
  expect(elfArchitecture(native(platform))).toBe(architecture);
});

test.each([
  ['nothing', new Uint8Array()],
  ['the mark alone', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46)],
  ['text', Buffer.from('#!/usr/bin/env node -- and so on')],
])('%s is no native file', (_, bytes) => {
  expect(elfArchitecture(bytes)).toBeUndefined();
});
