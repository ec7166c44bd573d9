import { createHmac, hkdfSync } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Config } from '../../config.ts';
import { CodedError } from '../../errors.ts';

/**
 * The register of erasures of one machine. It lies beside the data and outside every table, so that a restore of an older
 * backup can erase the same persons again. Persons are named by a keyed hash.
 */
export interface ErasureRegister {
  /** Records an erasure before it begins. The line is on disk when this returns. */
  add(personId: string, erasedAt: Date): void;
}

const entry = z.strictObject({ person: z.string().min(1), erasedAt: z.iso.datetime() });
export type ErasureEntry = z.infer<typeof entry>;

type Settings = Pick<Config, 'mode' | 'dataDir' | 'masterKeys' | 'localMasterSecret'>;

/** Returns the file of the register in a data folder or in a backup. */
export const erasuresFile = (folder: string) => join(folder, 'erasures.jsonl');

/**
 * Opens the register of this machine. Null where KMS holds the master keys: there the table of persons' keys is in no
 * backup, and its own notes say who was erased.
 */
export function openErasureRegister({
  mode,
  dataDir,
  masterKeys,
  localMasterSecret,
}: Settings): ErasureRegister | null {
  if (mode !== 'local' || masterKeys !== undefined || localMasterSecret === undefined) return null;
  return {
    add(personId, erasedAt) {
      const person = personReference(localMasterSecret, personId);
      addErasures(dataDir, [{ person, erasedAt: erasedAt.toISOString() }]);
    },
  };
}

/** Appends the entries that the register of a data folder lacks. They are on disk when this returns. */
export function addErasures(dataDir: string, entries: readonly ErasureEntry[]): void {
  const known = new Set(readErasures(erasuresFile(dataDir)).map(textOf));
  const lines = entries.map(textOf).filter((line) => !known.has(line));
  if (lines.length === 0) return;
  mkdirSync(dataDir, { recursive: true });
  const file = openSync(erasuresFile(dataDir), 'a', 0o600);
  try {
    writeSync(file, `${lines.join('\n')}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

const textOf = ({ person, erasedAt }: ErasureEntry) => JSON.stringify({ person, erasedAt });

/** Returns the keyed hash that names a person in the register. Without the machine's secret nobody can try names. */
export function personReference(secret: string, personId: string): string {
  const key = hkdfSync('sha256', secret, '', 'register of erasures', 32);
  return createHmac('sha256', new Uint8Array(key)).update(personId).digest('base64url');
}

/**
 * Reads the entries of a register; none where there is no file.
 * @throws CodedError CONFIGURATION where a line is no entry
 */
export function readErasures(file: string): ErasureEntry[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, i) => {
    if (line === '') return [];
    try {
      return [entry.parse(JSON.parse(line))];
    } catch (cause) {
      throw new CodedError('CONFIGURATION', `Line ${i + 1} of ${file} is no entry of a register of erasures.`, {
        cause,
      });
    }
  });
}
