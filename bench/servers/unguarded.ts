/**
 * The system without its guard: whoever asks is the viewer that UNGUARDED_VIEWER says, no field and no row is withheld or masked,
 * and no look is written down. Nothing in `src` knows of it.
 */
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = `${pathToFileURL(join(import.meta.dirname, '../..')).href}/`;
const viewer = process.env.UNGUARDED_VIEWER ?? '{ "kind": "anonymous" }';
/** Module → the exported function that is replaced → what it is then. */
const INSTEAD: Readonly<Record<string, readonly [name: string, text: string]>> = {
  'src/subgraph/guards.ts': ['guardFields', '() => {}'],
  'packages/federation/src/authorization/rules.ts': ['readRules', '() => new Map()'],
  'src/handlers/identify-callers.ts': ['identifyCallers', `() => async () => (${viewer})`],
};

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    const [name, text] = INSTEAD[url.startsWith(ROOT) ? url.slice(ROOT.length) : ''] ?? [];
    if (name === undefined) return loaded;
    const declaration = new RegExp(`^export function ${name}\\b`, 'm');
    const source = String(loaded.source);
    if (!declaration.test(source)) throw new Error(`${url} exports no function ${name}: the bench must be told`);
    return {
      ...loaded,
      source: `${source.replace(declaration, `function ${name}$real`)}\nexport const ${name} = ${text};\n`,
    };
  },
});

await import('./ours.ts');
