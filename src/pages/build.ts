import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { parseManifest } from '@bridgehead/federation';
import type { Plugin } from 'vite';
import { readExamples } from './read-examples.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sources = join(root, 'src/pages');
const operations = join(root, 'schema/operations');
const target = join(root, 'dist/pages');
const stamp = join(target, 'inputs.sha256');

/** Below this a compressed form is no smaller on the wire: one TCP segment carries either. */
const COMPRESS_FROM_BYTES = 1400;

/**
 * Builds the pages into `dist/pages` unless what lies there was made from the same inputs: the pages' sources, the
 * trusted documents, and the locked versions of the packages. True when it built.
 */
export async function buildPagesIfStale(): Promise<boolean> {
  const inputs = await hashInputs();
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === inputs) return false;
  // Made aside and moved into place, so that a build that is cut short leaves nothing that looks whole.
  const aside = `${target}-${process.pid}`;
  try {
    await bundleExplorer(aside);
    await bundleCase(aside);
    await compressFiles(aside);
    await writeFile(join(aside, basename(stamp)), inputs);
    await rm(target, { recursive: true, force: true });
    await rename(aside, target);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  return true;
}

async function bundleExplorer(outDir: string): Promise<void> {
  await mkdir(outDir, { recursive: true });
  // Loading Vite takes longer than all else that a start does when nothing is to be built.
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: sources,
    base: '/',
    logLevel: 'warn',
    publicDir: false,
    plugins: [withoutDataFonts, examplesModule],
    // The handler puts each answer's own nonce in this place.
    html: { cspNonce: '__NONCE__' },
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      assetsDir: 'explorer/assets',
      // The page's policy has no `data:` for fonts and scripts.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 5000,
      reportCompressedSize: false,
      rolldownOptions: {
        // `use client` of some packages is for servers that render React.
        checks: { moduleLevelDirective: false },
        input: {
          explorer: join(sources, 'explorer/index.html'),
          'sign-in-return': join(sources, 'sign-in/return.html'),
        },
      },
    },
  });
}

/** A phone's page: without anything that the explorer needs. */
async function bundleCase(outDir: string): Promise<void> {
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: sources,
    base: '/',
    logLevel: 'warn',
    publicDir: false,
    plugins: [caseDocumentModules],
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2023',
      assetsDir: 'case/assets',
      assetsInlineLimit: 0,
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: { input: { case: join(sources, 'case/index.html') } },
    },
  });
}

/** GraphiQL's stylesheet carries its fonts as data: the page uses the system's, and Monaco's icons come as a file. */
const withoutDataFonts: Plugin = {
  name: 'without-data-fonts',
  enforce: 'pre',
  transform(code, id) {
    if (!/\.css(\?|$)/.test(id)) return null;
    return { code: code.replaceAll(/@font-face\s*\{[^}]*url\(["']?data:[^}]*\}/g, ''), map: null };
  },
};

const examplesModule: Plugin = {
  name: 'examples',
  resolveId: (id) => (id === 'virtual:examples' ? `\0${id}` : null),
  load: async (id) =>
    id === '\0virtual:examples' ? `export default ${JSON.stringify(await readExamples(operations))};` : null,
};

/** The trusted documents of the page of a case, by the modules that give their hashes. */
const CASE_DOCUMENTS: ReadonlyMap<string, string> = new Map([
  ['virtual:case-screen', 'CaseScreen'],
  ['virtual:my-data-access', 'MyDataAccess'],
]);

const caseDocumentModules: Plugin = {
  name: 'case-documents',
  resolveId: (id) => (CASE_DOCUMENTS.has(id) ? `\0${id}` : null),
  load: async (id) => {
    const wanted = CASE_DOCUMENTS.get(id.slice(1));
    if (wanted === undefined) return null;
    const manifest = parseManifest(await readFile(join(operations, 'manifest.json'), 'utf8'));
    const document = manifest.operations.find(({ name }) => name === wanted);
    if (!document) throw new Error(`The manifest has no ${wanted}: npm run compose.`);
    return `export default ${JSON.stringify(document.id)};`;
  },
};

/** Lays a Brotli and a gzip form beside each file that gains by it, so that no request pays for compressing. */
async function compressFiles(directory: string): Promise<void> {
  for (const file of await filesUnder(directory)) {
    if (!/\.(js|css|svg|ttf|json)$/.test(file) || (await stat(file)).size < COMPRESS_FROM_BYTES) continue;
    const content = await readFile(file);
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
    await writeFile(`${file}.br`, await promisify(brotliCompress)(content, quality));
    await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
  }
}

async function hashInputs(): Promise<string> {
  const hash = createHash('sha256');
  const files = [...(await filesUnder(sources)), ...(await filesUnder(operations)), join(root, 'package-lock.json')];
  for (const file of files.sort()) {
    const content = createHash('sha256').update(await readFile(file));
    hash.update(`${relative(root, file)}\0${content.digest('hex')}\n`);
  }
  return hash.digest('hex');
}

async function filesUnder(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

if (import.meta.main) {
  const started = performance.now();
  const built = await buildPagesIfStale();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(built ? `Built dist/pages in ${seconds} s.` : 'dist/pages is up to date.');
}
