/**
 * Prepares a workspace package for `npm pack` and puts it back. Node runs no TypeScript below `node_modules`, so a package
 * that is installed exports JavaScript; in the workspace it runs from source.
 *
 * usage: node ../pack.mjs prepack | postpack     (in the package's folder, by npm)
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

const MANIFEST = 'package.json';
const SOURCE_MANIFEST = 'package.source.json';

const built = (path) => path.replace(/^\.\/src\/(.*)\.ts$/, './dist/$1');

if (process.argv[2] === 'prepack') {
  rmSync('dist', { recursive: true, force: true });
  execFileSync('tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' });
  copyFileSync(MANIFEST, SOURCE_MANIFEST);
  const { scripts: _, devDependencies: __, ...manifest } = JSON.parse(readFileSync(MANIFEST, 'utf8'));
  const entry = built(manifest.exports);
  manifest.exports = { types: `${entry}.d.ts`, default: `${entry}.js` };
  if (manifest.bin)
    manifest.bin = Object.fromEntries(Object.entries(manifest.bin).map(([name, path]) => [name, `${built(path)}.js`]));
  writeFileSync(MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`);
} else {
  renameSync(SOURCE_MANIFEST, MANIFEST);
}
