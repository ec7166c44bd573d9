import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** A package whose code is in a function's archive. */
export interface ArchivedPackage {
  readonly name: string;
  readonly version: string;
  /** The functions that have it. */
  readonly functions: readonly string[];
}

const description = z.object({ name: z.string(), version: z.string() });

/**
 * Returns the packages that bundles contain, sorted by name and version. Our own workspace packages are none.
 * @param bundles the source files of each function's bundle, relative to the root
 */
export function archivePackages(
  root: string,
  bundles: readonly (readonly [functionName: string, inputs: readonly string[]])[],
): ArchivedPackage[] {
  const found = new Map<string, { readonly facts: z.infer<typeof description>; readonly functions: Set<string> }>();
  for (const [functionName, inputs] of bundles) {
    for (const folder of new Set(inputs.flatMap((input) => packageFolder(input) ?? []))) {
      const known = found.get(folder) ?? { facts: describe(root, folder), functions: new Set() };
      known.functions.add(functionName);
      found.set(folder, known);
    }
  }
  return [...found.values()]
    .map(({ facts: { name, version }, functions }) => ({ name, version, functions: [...functions] }))
    .sort((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1));
}

/** Returns the folder of the installed package that a file belongs to; undefined for a file of ours. */
export function packageFolder(file: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

function describe(root: string, folder: string): z.infer<typeof description> {
  return description.parse(JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')));
}
