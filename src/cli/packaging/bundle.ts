import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';

export interface Bundle {
  /** The bundle's JavaScript files by their path in the archive; the function's own first. */
  readonly scripts: ReadonlyMap<string, Uint8Array>;
  /** The source files of which something is in it, relative to the root. */
  readonly inputs: readonly string[];
  /** Whether the query planner's native file must lie beside the scripts, as `query-planner.node`. */
  readonly needsPlanner: boolean;
}

export const PLANNER_FILE = 'query-planner.node';

/**
 * Bundles an entry file and the processes that it starts into one folder of CommonJS scripts, which start quicker than
 * modules do: `src/handlers/gateway.ts` becomes `src/handlers/gateway.js`.
 */
export async function bundle(root: string, entry: string): Promise<Bundle> {
  const outdir = dirname(entry);
  const scripts = new Map<string, Uint8Array>();
  const inputs = new Set<string>();
  const entries = [join(root, entry)];
  let needsPlanner = false;
  for (const file of entries) {
    const result = await build({
      entryPoints: [file],
      absWorkingDir: root,
      outdir,
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
      plugins: [
        ownProcesses((found) => entries.includes(found) || entries.push(found)),
        nativePlanner(),
        withoutUnused(),
      ],
      logLevel: 'warning',
    });
    for (const { path, contents } of result.outputFiles) scripts.set(relative(root, path), contents);
    for (const input of inputsLeft(result.metafile)) inputs.add(input);
    needsPlanner ||= usesPlanner(result.metafile);
  }
  return { scripts, inputs: [...inputs].sort(), needsPlanner };
}

/** Bundles what a source names by `new URL('./file.ts', import.meta.url)`, to start it as a process, beside the source's own. */
function ownProcesses(found: (file: string) => void): Plugin {
  return {
    name: 'own-processes',
    setup({ onLoad }) {
      onLoad({ filter: /\/src\/gateway\/.*\.ts$/ }, async ({ path }) => ({
        loader: 'ts',
        contents: (await readFile(path, 'utf8')).replaceAll(
          /new URL\('(\.\/[\w-]+)\.ts', import\.meta\.url\)/g,
          (_, module: string) => {
            found(resolve(dirname(path), `${module}.ts`));
            return `new URL('${module}.js', import.meta.url)`;
          },
        ),
      }));
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
  // graphql-jit needs it for a serializer that is not asked for.
  'fast-json-stringify',
  // In Lambda the credentials are in the environment, where the SDK looks first.
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
];

function withoutUnused(): Plugin {
  return {
    name: 'without-unused',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: new RegExp(`^(${UNUSED.join('|')})$`) }, ({ path }) => ({ path, namespace: 'unused' }));
      onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'module.exports = {}' }));
    },
  };
}

/** An input of which nothing is left after tree shaking is no input. */
const inputsLeft = ({ outputs }: Metafile) =>
  Object.values(outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([input]) => input);

const usesPlanner = (metafile: Metafile) => Object.keys(metafile.inputs).some((input) => input.startsWith('native:'));
