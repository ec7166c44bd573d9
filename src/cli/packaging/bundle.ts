import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';

export interface Bundle {
  /** The bundle's JavaScript, by path in the archive. */
  readonly scripts: ReadonlyMap<string, Uint8Array>;
  /** The source files that contribute to the bundle, relative to the root. */
  readonly inputs: readonly string[];
  /** The inputs that run when the script is loaded: all that no `import()` puts off. */
  readonly eager: readonly string[];
}

/** Build options of every script. */
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
 * Bundles entry files into one CommonJS script each: `src/handlers/gateway/gateway.ts` becomes `src/handlers/gateway.js`.
 * @param root absolute
 * @param entries relative to the root
 */
export async function bundleAll(root: string, entries: readonly string[]): Promise<Bundle[]> {
  const { metafile, outputFiles } = await build({
    entryPoints: [...entries],
    absWorkingDir: root,
    outdir: '.',
    outbase: '.',
    ...SCRIPT,
    plugins: [withReplacements(), withGraphqlModules(root)],
  });
  const bundles = new Map(
    outputFiles.map(({ path: absolute, contents }): [string, Bundle] => {
      const path = relative(root, absolute);
      const { entryPoint = '', inputs = {} } = metafile.outputs[path] ?? {};
      // An input that tree shaking removes entirely is no input.
      const left = Object.entries(inputs).flatMap(([input, { bytesInOutput }]) => (bytesInOutput > 0 ? [input] : []));
      const runs = eagerInputs(metafile, entryPoint);
      const eager = left.filter((input) => runs.has(input)).sort();
      return [entryPoint, { scripts: new Map([[path, contents]]), inputs: left.sort(), eager }];
    }),
  );
  return entries.map((entry) => {
    const made = bundles.get(entry);
    if (made === undefined) throw new Error(`${entry} was not bundled.`);
    return made;
  });
}

function eagerInputs({ inputs }: Metafile, entry: string): ReadonlySet<string> {
  const eager = new Set([entry]);
  // A set's iteration reaches what is added on the way.
  for (const input of eager) {
    for (const { kind, path } of inputs[input]?.imports ?? []) if (kind !== 'dynamic-import') eager.add(path);
  }
  return eager;
}

/** Bundles one entry file as `bundleAll` does. */
export async function bundle(root: string, entry: string): Promise<Bundle> {
  const [made] = await bundleAll(root, [entry]);
  if (made === undefined) throw new Error(`${entry} was not bundled.`);
  return made;
}

/** Packages that are loaded but never used here: a quarter of a bundle. Each has its reason. */
const UNUSED = [
  // Reports to Apollo's cloud are disabled.
  '@apollo/usage-reporting-protobuf',
  '@apollo/utils.usagereporting',
  // graphql-jit needs it for a serializer that is never used.
  'fast-json-stringify',
  // In Lambda the credentials are in the environment, where the SDK looks first.
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
];

/** A package that Apollo Server loads to make schemas. The gateway gives it one; subgraphs use their own copy. */
const UNUSED_BY_APOLLO_SERVER = '@graphql-tools/schema';

/** Replacements for packages in a bundle. */
const REPLACED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(UNUSED.map((name) => [name, 'module.exports = {}'])),
  // It looks up Node's hashing by `module.require`, which a bundle lacks, and would fall back to JavaScript.
  '@apollo/utils.createhash': "exports.createHash = require('node:crypto').createHash",
};

function withReplacements(): Plugin {
  return {
    name: 'replacements',
    setup({ onResolve, onLoad }) {
      const filter = new RegExp(`^(${Object.keys(REPLACED).join('|').replaceAll('.', '\\.')})$`);
      onResolve({ filter }, ({ path }) => ({ path, namespace: 'replaced' }));
      onResolve({ filter: new RegExp(`^${UNUSED_BY_APOLLO_SERVER}$`) }, ({ path, importer }) =>
        /[\\/]@apollo[\\/]server[\\/]/.test(importer) ? { path, namespace: 'replaced' } : undefined,
      );
      onLoad({ filter: /.*/, namespace: 'replaced' }, ({ path }) => ({ contents: REPLACED[path] ?? '' }));
    },
  };
}

/**
 * Takes graphql's ES modules, for packages that `require` it too. Each file that imports its CommonJS would copy all of its
 * names at the start, and read each through two getters.
 */
function withGraphqlModules(root: string): Plugin {
  const require = createRequire(join(root, 'package.json'));
  return {
    name: 'graphql-modules',
    setup({ onResolve }) {
      onResolve({ filter: /^graphql($|\/)/ }, ({ path }) => ({
        path: require.resolve(path).replace(/\.js$/, '.mjs'),
        sideEffects: false,
      }));
    },
  };
}
