import { readFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';

export interface Bundle {
  /** The bundle's JavaScript files by their path in the archive; the function's own first. */
  readonly scripts: ReadonlyMap<string, Uint8Array>;
  /** The source files of which something is in it, relative to the root. */
  readonly inputs: readonly string[];
  /** Whether the query planner's native file must lie beside the scripts, as `query-planner.node`. */
  readonly needsPlanner: boolean;
}

export const PLANNER_FILE = 'query-planner.node';

/** What every script is made as. */
export const SCRIPT = {
  bundle: true,
  write: false,
  metafile: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  minify: true,
  legalComments: 'none',
  define: {
    'process.env.NODE_ENV': '"production"',
    'import.meta.url': 'bundleUrl',
    'import.meta.dirname': '__dirname',
    'import.meta.filename': '__filename',
  },
  banner: { js: 'const bundleUrl=require("node:url").pathToFileURL(__filename).href;' },
  logLevel: 'warning',
} as const satisfies BuildOptions;

/**
 * Bundles entry files, and the processes that they start, into one CommonJS script each: `src/handlers/gateway.ts` becomes
 * `src/handlers/gateway.js`, and what it starts lies beside it.
 * @param root absolute
 * @param entries relative to the root
 */
export async function bundleAll(root: string, entries: readonly string[]): Promise<Bundle[]> {
  const started = new Map<string, string[]>();
  const functions = await scriptsOf(root, entries, started);
  const processes = await scriptsOf(root, [...new Set([...started.values()].flat())], started);
  return entries.map((entry) => {
    const own = scriptOf(functions, entry);
    const children = own.inputs.flatMap((input) => started.get(input) ?? []).map((file) => scriptOf(processes, file));
    const folder = dirname(entry);
    const all = [own, ...children];
    return {
      scripts: new Map(all.map(({ path, contents }) => [join(folder, basename(path)), contents])),
      inputs: [...new Set(all.flatMap(({ inputs }) => inputs))].sort(),
      needsPlanner: all.some(({ inputs }) => inputs.some((input) => input.startsWith('native:'))),
    };
  });
}

/** One entry file as `bundleAll` does it. */
export async function bundle(root: string, entry: string): Promise<Bundle> {
  const [made] = await bundleAll(root, [entry]);
  if (made === undefined) throw new Error(`${entry} was not bundled.`);
  return made;
}

interface Script {
  readonly entry: string;
  readonly path: string;
  readonly contents: Uint8Array;
  readonly inputs: readonly string[];
}

/** One script for each entry. @param started filled with the processes that each source starts, relative to the root */
async function scriptsOf(root: string, entries: readonly string[], started: Map<string, string[]>): Promise<Script[]> {
  const { metafile, outputFiles } = await build({
    entryPoints: [...entries],
    absWorkingDir: root,
    outdir: '.',
    outbase: '.',
    ...SCRIPT,
    plugins: [ownProcesses(root, started), nativePlanner(), withReplacements()],
  });
  return outputFiles.map(({ path: absolute, contents }) => {
    const path = relative(root, absolute);
    const { entryPoint = '', inputs = {} } = metafile.outputs[path] ?? {};
    // An input of which nothing is left after tree shaking is no input.
    const left = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
    return { entry: entryPoint, path, contents, inputs: left.map(([input]) => input) };
  });
}

function scriptOf(scripts: readonly Script[], entry: string): Script {
  const script = scripts.find((each) => each.entry === entry);
  if (script === undefined) throw new Error(`${entry} was not bundled.`);
  return script;
}

/** Has what a source names by `new URL('./file.ts', import.meta.url)`, to start it as a process, lie beside its bundle. */
function ownProcesses(root: string, started: Map<string, string[]>): Plugin {
  return {
    name: 'own-processes',
    setup({ onLoad }) {
      onLoad({ filter: /\/src\/gateway\/.*\.ts$/ }, async ({ path }) => {
        const source = relative(root, path);
        const contents = (await readFile(path, 'utf8')).replaceAll(
          /new URL\('\.\/([\w-]+)\.ts', import\.meta\.url\)/g,
          (_, name: string) => {
            started.set(source, [...(started.get(source) ?? []), join(dirname(source), `${name}.ts`)]);
            return `new URL('./${name}.js', import.meta.url)`;
          },
        );
        return { loader: 'ts', contents };
      });
    },
  };
}

/** The planner's package chooses among the native files of every platform; here the right one lies beside the script. */
function nativePlanner(): Plugin {
  return {
    name: 'native-planner',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^@graphql-hive\/router-query-planner$/ }, () => ({ path: 'planner', namespace: 'native' }));
      onResolve({ filter: new RegExp(`/${PLANNER_FILE}$`) }, ({ path }) => ({ path, external: true }));
      onLoad({ filter: /.*/, namespace: 'native' }, () => ({
        contents: `module.exports = require('./${PLANNER_FILE}')`,
      }));
    },
  };
}

/** What is loaded by a package and never used here, a quarter of a bundle; each with the reason why it isn't. */
const UNUSED = [
  // Reports to Apollo's cloud are switched off.
  '@apollo/usage-reporting-protobuf',
  '@apollo/utils.usagereporting',
  // graphql-jit needs it for a serializer that is not asked for.
  'fast-json-stringify',
  // In Lambda the credentials are in the environment, where the SDK looks first.
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
];

/** What stands for a package in a bundle. */
const REPLACED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(UNUSED.map((name) => [name, 'module.exports = {}'])),
  // It looks for Node's own hashing by `module.require`, which a bundle doesn't have, and else hashes in JavaScript.
  '@apollo/utils.createhash': "exports.createHash = require('node:crypto').createHash",
};

function withReplacements(): Plugin {
  return {
    name: 'replacements',
    setup({ onResolve, onLoad }) {
      const filter = new RegExp(`^(${Object.keys(REPLACED).join('|').replaceAll('.', '\\.')})$`);
      onResolve({ filter }, ({ path }) => ({ path, namespace: 'replaced' }));
      onLoad({ filter: /.*/, namespace: 'replaced' }, ({ path }) => ({ contents: REPLACED[path] ?? '' }));
    },
  };
}
