/**
 * Lets a running system go without one of its guards, for the proof that a crawler would notice: of each function that it is
 * told, the module that is loaded exports one that asks, at every call, whether it is to be itself. Nothing in `src` knows
 * of it.
 */
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Replaced } from './guards.ts';

const ROOT = `${pathToFileURL(join(import.meta.dirname, '../..')).href}/`;
const REPLACE = Symbol.for('bridgehead crawl: replace');

const removed = new Set<Replaced>();

/** From now on the system goes without these, and with all others. */
export function goWithout(guards: readonly Replaced[]): void {
  removed.clear();
  for (const guard of guards) removed.add(guard);
}

const keyOf = ({ module, function: name }: Pick<Replaced, 'module' | 'function'>) => `${module} ${name}`;

/** Has these functions stand in their places, and be taken away by `goWithout`. Called once, before `src` is loaded. */
export function makeRemovable(all: readonly Replaced[]): void {
  const byModule = Map.groupBy(all, ({ module }) => module);
  const byFunction = Map.groupBy(all, keyOf);

  Object.assign(globalThis, {
    [REPLACE]: (key: string, real: Replaced['real']) =>
      (byFunction.get(key) ?? []).reduce((current, replaced) => {
        const isRemoved = () => removed.has(replaced);
        return replaced.isStanding || isRemoved() ? replaced.instead(current, isRemoved) : current;
      }, real),
  });

  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const module = url.startsWith(ROOT) ? url.slice(ROOT.length).replace(/^src\//, '') : '';
      const replaced = byModule.get(module);
      if (!replaced) return loaded;
      const names = [...new Set(replaced.map(({ function: name }) => name))];
      return { ...loaded, source: names.reduce((source, name) => asking(module, source, name), String(loaded.source)) };
    },
  });
}

/** Throws where the module doesn't export the function: a guard that has moved can't be taken for one that holds. */
function asking(module: string, source: string, name: string): string {
  const declaration = new RegExp(`^export (async function|function|const) ${name}\\b`, 'm');
  if (!declaration.test(source)) throw new Error(`${module} exports no function ${name}: test/crawl must be told`);
  const renamed = source.replace(declaration, (_, kind) => `${kind} ${name}$real`);
  const replace = `globalThis[Symbol.for(${JSON.stringify(REPLACE.description)})]`;
  return `${renamed}
export function ${name}(...given) {
  return ${replace}(${JSON.stringify(keyOf({ module, function: name }))}, ${name}$real)(...given);
}
`;
}
