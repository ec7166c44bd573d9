import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { preparedFile } from '../config.ts';
import { CodedError } from '../errors.ts';

/** Builds what `dist/` serves and what is missing there or older than its sources. */
export async function build(root: string, plansFile: string): Promise<void> {
  await composeIfStale(root, plansFile);
  const { buildPagesIfStale } = await import('../pages/build.ts');
  if (await buildPagesIfStale()) console.log('Built the explorer.');
}

/** Composes the supergraph and plans the trusted documents. */
export async function composeIfStale(root: string, plansFile: string): Promise<void> {
  if (!isStale(plansFile, root)) return;
  console.log('Composing the supergraph and planning the trusted documents …');
  await compose(root);
}

/** Returns whether what composing makes is missing, or older than the schema, the engine that reads it or the locked packages. */
function isStale(plansFile: string, root: string): boolean {
  if (!existsSync(plansFile) || !existsSync(preparedFile(plansFile))) return true;
  const madeAt = statSync(plansFile).mtimeMs;
  const folders = ['schema', 'packages/federation/src'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  const sources = ['package-lock.json', ...folders];
  return sources.some((name) => statSync(join(root, name)).mtimeMs > madeAt);
}

/** Composes in a child process: the composer is a build tool and never part of the running system. */
async function compose(root: string): Promise<void> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/cli/schema/compose.ts'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', resolve);
  });
  if (code !== 0)
    throw new CodedError('CONFIGURATION', 'The schema could not be composed: see above, or npm run compose.');
}
