import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** Servers of the bench that run on the baseline's sources too. */
const SERVERS = ['demo-database.ts', 'servers/demo-database.ts', 'servers/apollo.ts'];

/**
 * Returns the folder of the commit that `bench/baseline.txt` names, with its dependencies and the servers of this bench.
 * It is made at the first use, and kept in `dist`.
 * @throws Error where the clone lacks the commit (`git fetch --unshallow`), or a dependency can't be installed
 */
export function baselineTree(): string {
  const commit = readFileSync(join(import.meta.dirname, 'baseline.txt'), 'utf8').trim();
  const tree = join(ROOT, 'dist/baseline', commit);
  if (!existsSync(tree)) {
    const making = `${tree}.making`;
    rmSync(making, { recursive: true, force: true });
    mkdirSync(making, { recursive: true });
    const archive = execFileSync('git', ['archive', commit], { cwd: ROOT, maxBuffer: 1 << 30 });
    execFileSync('tar', ['-x'], { cwd: making, input: archive });
    for (const folder of [making, join(making, 'bench')])
      execFileSync('npm', ['ci', '--no-fund', '--no-audit', '--silent'], { cwd: folder, stdio: 'inherit' });
    renameSync(making, tree);
  }
  for (const file of SERVERS) cpSync(join(import.meta.dirname, file), join(tree, 'bench', file));
  return tree;
}
