import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** A source file, and its path relative to the folder that it was read from. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Reads all source files below a folder, built ones left out. */
export function sourceFiles(root: string): readonly SourceFile[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|tsx|mts|js|mjs)$/.test(path))
    .filter((path) => !path.split(sep).some((part) => part === 'dist' || part === 'node_modules'))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*)'(\.{1,2}\/[^'?]+)|\bnew URL\(\s*'(\.{1,2}\/[^'?]+\.ts)'/g;

/** Returns the files that a file names, relative to the same root: imported, re-exported, or loaded by URL. */
export function importsOf({ path, text }: SourceFile, root: string): string[] {
  return [...text.matchAll(IMPORT)].map(([, imported, loaded]) =>
    relative(root, resolve(root, dirname(path), imported ?? loaded ?? '')),
  );
}

/** Returns the groups of files that import each other, types included (Tarjan's strongly connected components). */
export function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles: string[][] = [];
  const indexes = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const visit = (file: string): number => {
    const index = indexes.size;
    indexes.set(file, index);
    lowest.set(file, index);
    stack.push(file);
    for (const imported of graph.get(file) ?? []) {
      const reached = indexes.has(imported)
        ? stack.includes(imported)
          ? indexes.get(imported)!
          : index
        : graph.has(imported)
          ? visit(imported)
          : index;
      lowest.set(file, Math.min(lowest.get(file)!, reached));
    }
    if (lowest.get(file) === index) {
      const circle = stack.splice(stack.indexOf(file));
      if (circle.length > 1) circles.push(circle);
    }
    return lowest.get(file)!;
  };
  for (const file of graph.keys()) if (!indexes.has(file)) visit(file);
  return circles;
}
