import { type Zippable, zipSync } from 'fflate';

/** Files by their path in the archive. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** The earliest instant that a zip can hold. A fixed instant makes archives of equal content equal, byte by byte. */
const AT = new Date(1980, 0, 1);
const READABLE_BY_ALL = 0o100644 << 16;
const UNIX = 3;

/** Makes a zip whose bytes depend only on paths and contents. */
export function zip(files: Files): Uint8Array {
  const entries: Zippable = {};
  for (const [path, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    entries[path] = [content, { mtime: AT, os: UNIX, attrs: READABLE_BY_ALL, level: 9 }];
  }
  return zipSync(entries);
}
