import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Anchors } from './anchors.ts';

/** Returns a store of anchors in read-only files of a folder. It replaces a bucket with object lock in local mode. */
export function folderAnchors(folder: string): Anchors {
  return {
    async list() {
      await mkdir(folder, { recursive: true });
      return (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
    },
    read: (name) => readFile(join(folder, name), 'utf8'),
    async add(name, text) {
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(join(folder, name), text, { flag: 'wx', mode: 0o444 });
        return true;
      } catch (error) {
        if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST') return false;
        throw error;
      }
    },
  };
}
