import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';

/** A secret of this data folder, made at its first use: cursors signed with it stay valid over restarts. */
export function keptSecret(dataDir: string, name: string): string {
  const file = join(dataDir, name);
  try {
    writeFileSync(file, randomBytes(36).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const kept = typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST';
    if (!kept) throw error;
  }
  return readFileSync(file, 'utf8');
}

/** What the master keys of this data folder are made of: without it nobody's data in the folder can be read again. */
export function keptMasterSecret(dataDir: string): string {
  return keptSecret(dataDir, 'master-key-secret');
}

/** Settings that have master keys: those that they name; where they name none, and outside AWS, those of DATA_DIR. */
export function withMasterSecret(settings: Config): Config {
  const { masterKeys, localMasterSecret, mode, dataDir } = settings;
  if (masterKeys !== undefined || localMasterSecret !== undefined || mode === 'aws') return settings;
  mkdirSync(dataDir, { recursive: true });
  return { ...settings, localMasterSecret: keptMasterSecret(dataDir) };
}
