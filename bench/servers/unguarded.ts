/**
 * The system without its guard: whoever asks is the viewer that UNGUARDED_VIEWER says, no field and no row is withheld or masked,
 * and no look is written down. Nothing in `src` knows of it.
 */
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const SRC = `${pathToFileURL(join(import.meta.dirname, '../../src')).href}/`;
const viewer = process.env.UNGUARDED_VIEWER ?? '{ "kind": "anonymous" }';
/** Module → the exported function that is replaced → what it is then. */
const INSTEAD: Readonly<Record<string, readonly [name: string, text: string]>> = {
  'subgraph/guard.ts': ['guardFields', '() => {}'],
  'gateway/authorization/rules.ts': ['readRules', '() => new Map()'],
  'handlers/identify-callers.ts': ['identifyCallers', `() => async () => (${viewer})`],
};

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    const [name, text] = INSTEAD[url.startsWith(SRC) ? url.slice(SRC.length) : ''] ?? [];
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
