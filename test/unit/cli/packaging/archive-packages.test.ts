import { join } from 'node:path';
import { archivePackages, packageFolder } from '../../../../src/cli/packaging/archive-packages.ts';

const ROOT = join(import.meta.dirname, '../../../..');

test.each([
  ['node_modules/jose/dist/index.js', 'node_modules/jose'],
  ['node_modules/@aws-sdk/client-kms/dist/index.js', 'node_modules/@aws-sdk/client-kms'],
  ['node_modules/a/node_modules/@b/c/index.js', 'node_modules/a/node_modules/@b/c'],
  ['src/config.ts', undefined],
  ['packages/federation/src/index.ts', undefined],
])('%s is of the package in %s', (file, folder) => {
  expect(packageFolder(file)).toBe(folder);
});

test('a package is listed once, with all functions that have it', () => {
  const bundles = [
    ['gateway', ['node_modules/zod/index.js', 'node_modules/zod/v4/index.js', 'src/config.ts']],
    ['talent', ['node_modules/zod/index.js']],
  ] as const;
  const [zod, ...others] = archivePackages(ROOT, bundles);
  expect(zod).toEqual({ name: 'zod', version: expect.stringMatching(/^4\./), functions: ['gateway', 'talent'] });
  expect(others).toEqual([]);
});
