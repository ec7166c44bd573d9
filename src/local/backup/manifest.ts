import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { isAbsolute, join, normalize } from 'node:path';
import * as z from 'zod';
import { STORES, type StoreName } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { DATA_VERSION } from '../../storage/migrations/migrations.ts';

/** A file of a backup: its size and hash when it was written. */
const fileFacts = z.object({ bytes: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) });
export type FileFacts = z.infer<typeof fileFacts>;

/** A path inside the backup's folder. */
const relativePath = z.string().refine((path) => !isAbsolute(path) && !normalize(path).startsWith('..'));

const manifest = z.object({
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  dataVersion: z.int().min(1),
  /** The tables in the backup, by owner. Those of persons' keys are absent where KMS holds the master keys. */
  tables: z.partialRecord(z.enum(STORES), fileFacts.extend({ items: z.int().min(0) })),
  /** Cases' files, the access log's anchors and the register of erasures, by their paths. */
  files: z.record(relativePath, fileFacts),
});
export type Manifest = z.infer<typeof manifest>;

const manifestFile = (folder: string) => join(folder, 'manifest.json');

/** Returns the path of a table's items in a backup: DynamoDB-JSON lines, `{"Item":{…}}`. */
export const tablePath = (store: StoreName) => join('tables', `${store}.jsonl`);

/** Writes the manifest under its name in one step. It is the last file of a backup: without it the backup is refused. */
export function writeManifest(folder: string, of: Manifest): void {
  const made = `${manifestFile(folder)}.new`;
  writeFileSync(made, `${JSON.stringify(of, null, 2)}\n`, { flush: true });
  renameSync(made, manifestFile(folder));
  const directory = openSync(folder, 'r');
  fsyncSync(directory);
  closeSync(directory);
}

/**
 * Reads the manifest of a backup.
 * @throws CodedError CONFIGURATION where there is none, it is damaged, or the data are newer than this code
 */
export function readManifest(folder: string): Manifest {
  const file = manifestFile(folder);
  if (!existsSync(file)) {
    throw new CodedError(
      'CONFIGURATION',
      `${folder} has no manifest.json: it is no backup, or the backup was cut short. Nothing was changed.`,
    );
  }
  const found = parseManifest(file);
  if (found.dataVersion > DATA_VERSION) {
    throw new CodedError(
      'CONFIGURATION',
      `The backup has data version ${found.dataVersion}, and this Bridgehead knows versions up to ${DATA_VERSION}: restore it by the newer Bridgehead.`,
    );
  }
  return found;
}

function parseManifest(file: string): Manifest {
  try {
    return manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new CodedError('CONFIGURATION', `${file} is damaged. Nothing was changed.`, { cause });
  }
}

/**
 * Holds every file of a backup against its manifest.
 * @throws CodedError CONFIGURATION with the names of the files that are missing or damaged
 */
export async function checkFiles(folder: string, { tables, files }: Manifest): Promise<void> {
  const expected = new Map<string, FileFacts>(Object.entries(files));
  for (const store of STORES) {
    const facts = tables[store];
    if (facts) expected.set(tablePath(store), facts);
  }
  const damaged: string[] = [];
  for (const [path, facts] of expected) {
    const found = await factsOf(join(folder, path)).catch(() => null);
    if (found === null) damaged.push(`${path} is missing`);
    else if (found.sha256 !== facts.sha256) damaged.push(`${path} is damaged (its SHA-256 is another one)`);
  }
  if (damaged.length > 0) {
    throw new CodedError('CONFIGURATION', `The backup can't be used: ${damaged.join('; ')}. Nothing was changed.`);
  }
}

async function factsOf(path: string): Promise<FileFacts> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}
