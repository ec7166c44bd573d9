import { dirname } from 'node:path';
import { circlesIn, importsOf, type SourceFile } from './imports.ts';

/** A file of fewer lines is folded into its one importer, where that lies in the same folder. */
const SMALL_FILE_LINES = 40;
const LONG_FILE_LINES = 300;
/** A folder with more files has features inside it. */
const MAX_FILES_IN_FOLDER = 20;

/** Openings that hide the subject of a comment (CONTRIBUTING, "Comments"). */
const WEAK_OPENING = /^\s*(?:\/\*\*|\*)\s+(?:What|Who|Whose|Whether|Of|So many|As many)\b/;

/** The figures that say how easy a tree of source files is to enter. */
export interface StructureCounts {
  readonly files: number;
  readonly lines: number;
  readonly medianLines: number;
  readonly longFiles: readonly string[];
  readonly smallFilesWithOneImporter: readonly string[];
  readonly crowdedFolders: readonly string[];
  readonly circles: readonly (readonly string[])[];
  readonly weakComments: readonly string[];
}

/** Counts over files that were read from one root. Generated files are left out. */
export function structureOf(all: readonly SourceFile[], root: string): StructureCounts {
  const files = all.filter(({ path }) => !path.includes('generated/'));
  const imports = new Map(files.map((file) => [file.path, importsOf(file, root)]));
  const lengths = files.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));
  const ordered = lengths.map(({ lines }) => lines).toSorted((a, b) => a - b);
  return {
    files: files.length,
    lines: ordered.reduce((sum, lines) => sum + lines, 0),
    medianLines: ordered[Math.floor(ordered.length / 2)] ?? 0,
    longFiles: lengths.filter(({ lines }) => lines > LONG_FILE_LINES).map(({ path, lines }) => `${path} (${lines})`),
    smallFilesWithOneImporter: lengths
      .filter(({ path, lines }) => lines < SMALL_FILE_LINES && hasOneImporterBeside(path, imports))
      .map(({ path }) => path),
    crowdedFolders: crowded(files.map(({ path }) => dirname(path))),
    circles: circlesIn(imports),
    weakComments: files.flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, index) => (WEAK_OPENING.test(line) ? [`${path}:${index + 1}`] : [])),
    ),
  };
}

function hasOneImporterBeside(path: string, imports: ReadonlyMap<string, readonly string[]>): boolean {
  const importers = [...imports].filter(([, imported]) => imported.includes(path)).map(([importer]) => importer);
  return importers.length === 1 && dirname(importers[0] ?? '') === dirname(path);
}

function crowded(folders: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const folder of folders) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count > MAX_FILES_IN_FOLDER)
    .map(([folder, count]) => `${folder} (${count})`);
}
