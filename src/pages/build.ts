import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { parseManifest } from '@bridgehead/federation';
import { buildSchema } from 'graphql';
import type { Plugin } from 'vite';
import { SERVED_FILES } from '../views/developers/served-files.ts';
import { DOCS } from './read-docs.ts';
import { readExamples } from './read-examples.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sources = join(root, 'src/pages');
const operations = join(root, 'schema/operations');
const target = join(root, 'dist/pages');
const stamp = join(target, 'inputs.sha256');

/** Smallest file that is compressed: below it, one TCP segment carries either form. */
const COMPRESS_FROM_BYTES = 1400;

/**
 * Builds the pages into `dist/pages`, unless the existing build has the same inputs: the pages' sources, the trusted
 * documents, and the locked packages.
 * @returns true if it built
 */
export async function buildPagesIfStale(): Promise<boolean> {
  const inputs = await hashInputs();
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === inputs) return false;
  // The build is made in another folder and moved into place, so that an aborted build leaves nothing that looks
  // complete.
  const aside = `${target}-${process.pid}`;
  try {
    await bundleExplorer(aside);
    await bundlePhonePage(aside, 'case');
    await bundlePhonePage(aside, 'apply');
    await bundlePhonePage(aside, 'my');
    await bundleAccount(aside);
    await buildHome(aside);
    await buildDevelopers(aside);
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
  // Loaded late: Vite takes longer to load than the rest of a start without a build.
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: sources,
    base: '/',
    logLevel: 'warn',
    publicDir: false,
    plugins: [withoutDataFonts, examplesModule, documentModules],
    // The handler replaces this with each answer's nonce.
    html: { cspNonce: '__NONCE__' },
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      assetsDir: 'explorer/assets',
      // The page's policy allows no `data:` for fonts and scripts.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 5000,
      reportCompressedSize: false,
      rolldownOptions: {
        // `use client` in some packages is for servers that render React.
        checks: { moduleLevelDirective: false },
        input: {
          explorer: join(sources, 'explorer/index.html'),
          'sign-in-return': join(sources, 'sign-in/return.html'),
        },
      },
    },
  });
}

/** The trusted documents that the server asks for its own pages. */
const HOME_DOCUMENTS = [
  'ParksSideBySide',
  'Headline',
  'ResumptionSeries',
  'Linkages',
  'CaseStatistics',
  'PoliciesInForce',
  'SavedQuestion',
  'SavedQuestions',
];

/**
 * Writes what the server's own pages are made of: `home/page.json` with the stylesheet, the icon's address and the ids
 * of the trusted documents; `home/look.json` with the documents that everybody may look at; and the icon and the script
 * of `/look` under hashed names.
 */
export async function buildHome(outDir: string): Promise<void> {
  const { build, transform } = await import('esbuild');
  const sheets = ['charts.css', 'home/home.css'].map((file) => readFile(join(sources, file), 'utf8'));
  const css = (await Promise.all(sheets)).join('\n');
  const { code: style } = await transform(css, { loader: 'css', minify: true });
  const icon = await readFile(join(sources, 'explorer/icon.svg'));
  const iconFile = `icon-${createHash('sha256').update(icon).digest('hex').slice(0, 8)}.svg`;
  const { metafile } = await build({
    entryPoints: [join(sources, 'look/main.ts')],
    outdir: join(outDir, 'home/assets'),
    entryNames: 'look-[hash]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2023',
    minify: true,
    metafile: true,
  });
  const script = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint?.endsWith('look/main.ts'));
  const documents = await idsOf(HOME_DOCUMENTS);
  await mkdir(join(outDir, 'home/assets'), { recursive: true });
  await writeFile(join(outDir, 'home/assets', iconFile), icon);
  const page = {
    style: style.trim(),
    icon: `/home/assets/${iconFile}`,
    documents: Object.fromEntries(documents),
    scripts: { look: `/home/assets/${basename(script?.[0] ?? '')}` },
  };
  await writeFile(join(outDir, 'home/page.json'), JSON.stringify(page));
  const { readLookDocuments } = await import('./look-documents.ts');
  await writeFile(join(outDir, 'home/look.json'), JSON.stringify(readLookDocuments(join(root, 'schema'))));
}

/** Writes `developers/docs.json`, the rendered documents for partners, and the files of the schema that they need. */
export async function buildDevelopers(outDir: string): Promise<void> {
  const { readDocs } = await import('./read-docs.ts');
  await mkdir(join(outDir, 'developers'), { recursive: true });
  await writeFile(join(outDir, 'developers/docs.json'), JSON.stringify(await readDocs(join(root, 'docs'))));
  for (const [name, { source }] of Object.entries(SERVED_FILES))
    await copyFile(join(root, 'schema', source), join(outDir, 'developers', name));
}

/** Bundles a page for phones, without anything that the explorer needs. */
async function bundlePhonePage(outDir: string, name: 'case' | 'apply' | 'my'): Promise<void> {
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: sources,
    base: '/',
    logLevel: 'warn',
    publicDir: false,
    plugins: [documentModules, plainImports],
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2023',
      assetsDir: `${name}/assets`,
      assetsInlineLimit: 0,
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: {
        // Some modules that `/case` loads late are in the first load of the others.
        checks: { ineffectiveDynamicImport: false },
        input: { [name]: join(sources, name, 'index.html') },
      },
    },
  });
}

/** Bundles the page of a partner's account, without anything that the explorer needs. */
async function bundleAccount(outDir: string): Promise<void> {
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: sources,
    base: '/',
    logLevel: 'warn',
    publicDir: false,
    plugins: [developerDocumentsModule],
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2023',
      assetsDir: 'developers/assets',
      assetsInlineLimit: 0,
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: { input: { developers: join(sources, 'developers/index.html') } },
    },
  });
}

/** The trusted documents of the account page. */
const DEVELOPER_DOCUMENTS = [
  'DeveloperAccount',
  'CreateApiKey',
  'RotateApiKey',
  'RevokeApiKey',
  'RegisterWebhookEndpoint',
  'ChangeWebhookEndpoint',
  'RemoveWebhookEndpoint',
  'RedeliverWebhook',
];

const developerDocumentsModule: Plugin = {
  name: 'developer-documents',
  resolveId: (id) => (id === 'virtual:developer-documents' ? `\0${id}` : null),
  load: async (id) => {
    if (id !== '\0virtual:developer-documents') return null;
    return `export default ${JSON.stringify(Object.fromEntries(await idsOf(DEVELOPER_DOCUMENTS)))};`;
  },
};

/** Returns the ids of trusted documents, by name. */
async function idsOf(names: readonly string[]): Promise<readonly (readonly [string, string])[]> {
  const { operations: shipped } = parseManifest(await readFile(join(operations, 'manifest.json'), 'utf8'));
  return names.map((name) => {
    const document = shipped.find((operation) => operation.name === name);
    if (!document) throw new Error(`The manifest has no ${name}: npm run compose.`);
    return [name, document.id] as const;
  });
}

/**
 * Removes the fonts that GraphiQL's stylesheet embeds as data. The page uses the system's fonts, and Monaco's icons are
 * a file.
 */
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
  load: async (id) => {
    if (id !== '\0virtual:examples') return null;
    const schema = buildSchema(await readFile(join(root, 'schema/api.graphql'), 'utf8'), { assumeValid: true });
    return `export default ${JSON.stringify(await readExamples(operations, schema))};`;
  },
};

/** Prefix of the modules that export the hash of a trusted document: `virtual:document/CaseScreen`. */
const DOCUMENT_MODULE = 'virtual:document/';

const documentModules: Plugin = {
  name: 'trusted-documents',
  resolveId: (id) => (id.startsWith(DOCUMENT_MODULE) ? `\0${id}` : null),
  load: async (id) => {
    if (!id.startsWith(`\0${DOCUMENT_MODULE}`)) return null;
    const [[, documentId] = []] = await idsOf([id.slice(DOCUMENT_MODULE.length + 1)]);
    return `export default ${JSON.stringify(documentId)};`;
  },
};

/** Files for phones are compressed at Brotli's best quality, which takes ten times as long. */
const FOR_PHONES = /[\\/](case|apply|my)[\\/]assets[\\/]/;

/**
 * Leaves dynamic imports as they are. Vite wraps each in a loader of stylesheets, which these pages have none of; it is a
 * tenth of their first script.
 */
const plainImports: Plugin = {
  name: 'plain-imports',
  enforce: 'pre',
  load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : null),
};

/** Writes a Brotli and a gzip form beside each file that gets smaller, so that no request pays for compression. */
async function compressFiles(directory: string): Promise<void> {
  for (const file of await filesUnder(directory)) {
    if (!/\.(js|css|svg|ttf|json)$/.test(file) || (await stat(file)).size < COMPRESS_FROM_BYTES) continue;
    const content = await readFile(file);
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: FOR_PHONES.test(file) ? 11 : 9 } };
    await writeFile(`${file}.br`, await promisify(brotliCompress)(content, quality));
    await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
  }
}

async function hashInputs(): Promise<string> {
  const hash = createHash('sha256');
  const files = [
    ...(await filesUnder(sources)),
    ...(await filesUnder(join(root, 'schema'))),
    ...(await filesUnder(join(root, 'src/documents'))),
    ...(await filesUnder(join(root, 'src/domain'))),
    ...(await filesUnder(join(root, 'src/views'))),
    ...DOCS.map((slug) => join(root, `docs/${slug}.md`)),
    join(root, 'package-lock.json'),
  ];
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
