import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import * as z from 'zod';
import { build } from '../local/build.ts';
import { bundleAll } from './packaging/bundle.ts';
import { archiveContents } from './packaging/contents.ts';
import { zip } from './packaging/zip.ts';
import { runCommand } from './refusals.ts';

const USAGE = `npm run package [-- --arch arm64|x64]

Bundles every function of serverless.yml into dist/functions and writes the CloudFormation templates to .serverless.
Needs no network and no AWS credentials.`;

const root = join(import.meta.dirname, '../..');
const ARCHITECTURES = { arm64: 'arm64', x64: 'x86_64' } as const;
type Architecture = keyof typeof ARCHITECTURES;

async function packageFunctions(): Promise<void> {
  await build(root, join(root, 'dist/plans.json'));
  mkdirSync(join(root, 'dist/functions'), { recursive: true });
  const declared = Object.entries(declaredFunctions());
  const bundles = await bundleAll(
    root,
    declared.map(([, { handler }]) => handler.replace(/\.\w+$/, '.ts')),
  );
  const rows = declared.map(
    (
      [
        name,
        {
          package: { artifact },
        },
      ],
      index,
    ) => {
      const made = bundles[index];
      if (made === undefined) throw new Error(`${name} was not bundled.`);
      const archive = zip(archiveContents(root, name, made));
      writeFileSync(join(root, artifact), archive);
      const script = [...made.scripts.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
      return { function: name, 'JavaScript kB': kilobytes(script), 'zip kB': kilobytes(archive.byteLength) };
    },
  );
  console.table(rows);
}

const kilobytes = (bytes: number) => Number((bytes / 1000).toFixed(1));

function declaredFunctions() {
  const service = z.object({
    functions: z.record(z.string(), z.object({ handler: z.string(), package: z.object({ artifact: z.string() }) })),
  });
  return service.parse(parse(readFileSync(join(root, 'serverless.yml'), 'utf8'), { merge: true })).functions;
}

function writeTemplates(architecture: Architecture): void {
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/serverless/bin/serverless.js'),
      'package',
      '--param',
      `architecture=${ARCHITECTURES[architecture]}`,
    ],
    { cwd: root, stdio: 'inherit' },
  );
  if (status !== 0) process.exit(status ?? 1);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { arch: { type: 'string', default: 'arm64' }, help: { type: 'boolean', default: false } },
  });
  if (values.help || !(values.arch === 'arm64' || values.arch === 'x64')) {
    console.log(USAGE);
    process.exitCode = values.help ? 0 : 1;
    return;
  }
  await packageFunctions();
  writeTemplates(values.arch);
}

await runCommand(main);
