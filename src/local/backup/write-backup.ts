import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { STORES, type StoreName } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { DATA_VERSION } from '../../storage/migrations/migrations.ts';
import { dataVersionKeys } from '../../storage/tables/key.ts';
import { type FileFacts, type Manifest, tablePath, writeManifest } from './manifest.ts';
import type { BackupSource } from './sources.ts';

/** Bytes that are gathered before they are written. */
const CHUNK_BYTES = 1 << 18;

interface BackupOptions {
  readonly now: Date;
  /** Called for each copied item. */
  readonly onItem?: (store: StoreName) => void;
}

/**
 * Writes a backup into a new folder: first the tables, then the files beside them, and last the manifest.
 * @throws CodedError CONFIGURATION where the folder has content, or the data are half loaded or of a newer version
 */
export async function writeBackup(
  folder: string,
  source: BackupSource,
  { now, onItem = () => {} }: BackupOptions,
): Promise<Manifest> {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new CodedError('CONFIGURATION', `${folder} is not empty: name a new folder for each backup.`);
  }
  mkdirSync(join(folder, 'tables'), { recursive: true, mode: 0o700 });
  const tables: Partial<Record<StoreName, FileFacts & { items: number }>> = {};
  const versions: number[] = [];
  for (const store of source.stores) {
    const { version, ...facts } = await writeTable(join(folder, tablePath(store)), source.items(store), () =>
      onItem(store),
    );
    tables[store] = facts;
    if (version !== null) versions.push(version);
  }
  const files: Record<string, FileFacts> = {};
  for (const [path, from] of source.files()) {
    // An erasure may have removed a file since it was listed.
    const facts = await copyFile(from, join(folder, path));
    if (facts) files[path] = facts;
  }
  const dataVersion = versions.length === 0 ? DATA_VERSION : Math.min(...versions);
  const inOrder = Object.fromEntries(STORES.flatMap((store) => (tables[store] ? [[store, tables[store]]] : [])));
  const manifest: Manifest = { format: 1, madeAt: now.toISOString(), dataVersion, tables: inOrder, files };
  writeManifest(folder, manifest);
  return manifest;
}

/** The beginnings of a stamp and of a mark of a half-loaded store, as DynamoDB-JSON has them in any order. */
const STAMP_KEY = JSON.stringify(dataVersionKeys.stamp().pk);

async function writeTable(file: string, items: AsyncIterable<string> | Iterable<string>, onItem: () => void) {
  const writer = await openWriter(file);
  let count = 0;
  let version: number | null = null;
  for await (const item of items) {
    if (item.includes(STAMP_KEY)) version = stampedVersion(item) ?? version;
    await writer.write(`{"Item":${item}}\n`);
    count += 1;
    onItem();
  }
  // Data without a stamp have the first version, and an empty table has any.
  return { items: count, ...(await writer.end()), version: version ?? (count === 0 ? null : 1) };
}

function stampedVersion(text: string): number | null {
  const { pk, sk, version } = JSON.parse(text);
  const stamp = dataVersionKeys.stamp();
  const loading = dataVersionKeys.loading();
  if (pk?.S === loading.pk && sk?.S === loading.sk) {
    throw new CodedError('CONFIGURATION', 'The data are only half loaded: complete them before you back them up.');
  }
  return pk?.S === stamp.pk && sk?.S === stamp.sk ? Number(version?.N) : null;
}

async function copyFile(from: string, to: string): Promise<FileFacts | null> {
  if (!existsSync(from)) return null;
  mkdirSync(dirname(to), { recursive: true });
  const writer = await openWriter(to);
  for await (const chunk of createReadStream(from)) await writer.write(chunk);
  return writer.end();
}

/** Opens a new file that is hashed while it is written, and on disk when it is ended. */
async function openWriter(path: string) {
  const file = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  let bytes = 0;
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  const flush = async () => {
    const chunk = Buffer.concat(waiting);
    waiting = [];
    waitingBytes = 0;
    hash.update(chunk);
    bytes += chunk.length;
    await file.writeFile(chunk);
  };
  return {
    async write(data: string | Buffer): Promise<void> {
      const chunk = Buffer.from(data);
      waiting.push(chunk);
      waitingBytes += chunk.length;
      if (waitingBytes >= CHUNK_BYTES) await flush();
    },
    async end(): Promise<FileFacts> {
      await flush();
      await file.sync();
      await file.close();
      return { bytes, sha256: hash.digest('hex') };
    },
  };
}
