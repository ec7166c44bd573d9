import { createHmac, hkdfSync } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { type ErasureEntry, type ErasureRegister, erasureEntry } from './erasures.ts';
import { s3ErasureRegister } from './s3-erasure-register.ts';

type Settings = Pick<Config, 'mode' | 'region' | 'dataDir' | 'masterKeys' | 'localMasterSecret' | 'erasuresBucket'>;

/** Returns the file of the register in a data folder or in a backup. */
export const erasuresFile = (folder: string) => join(folder, 'erasures.jsonl');

/**
 * Opens the register: the bucket of `ERASURES_BUCKET`, else the file of this machine, which names persons by a keyed
 * hash. Null on a machine that names KMS keys and no bucket: there the notes in the table of persons' keys say who was
 * erased, and no backup has the table.
 * @throws CodedError CONFIGURATION outside local mode without a bucket
 */
export function openErasureRegister(settings: Settings): ErasureRegister | null {
  const { mode, region, dataDir, masterKeys, localMasterSecret, erasuresBucket } = settings;
  if (erasuresBucket !== undefined) return s3ErasureRegister(erasuresBucket, region);
  if (mode !== 'local') {
    throw new CodedError('CONFIGURATION', 'ERASURES_BUCKET must be set outside local mode.');
  }
  if (masterKeys !== undefined || localMasterSecret === undefined) return null;
  const referenceOf = (personId: string) => personReference(localMasterSecret, personId);
  return {
    async add(personIds, erasedAt) {
      addErasures(
        dataDir,
        personIds.map((personId) => ({ person: referenceOf(personId), erasedAt: erasedAt.toISOString() })),
      );
    },
    entries: async () => readErasures(erasuresFile(dataDir)),
    referenceOf,
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
      return [erasureEntry.parse(JSON.parse(line))];
    } catch (cause) {
      throw new CodedError('CONFIGURATION', `Line ${i + 1} of ${file} is no entry of a register of erasures.`, {
        cause,
      });
    }
  });
}
