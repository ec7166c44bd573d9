import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';

/** Returns a secret of this data folder, made at its first use. Cursors signed with it survive restarts. */
export function localSecret(dataDir: string, name: string): string {
  const file = join(dataDir, name);
  try {
    writeFileSync(file, randomBytes(36).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const kept = typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST';
    if (!kept) throw error;
  }
  return readFileSync(file, 'utf8');
}

/**
 * Returns the secret that this data folder's master keys derive from. Without it, no personal data in the folder can be
 * read.
 */
export function masterSecretOf(dataDir: string): string {
  return localSecret(dataDir, 'master-key-secret');
}

/** Returns settings with master keys: the configured ones, or outside AWS those of DATA_DIR. */
export function withMasterSecret(settings: Config): Config {
  const { masterKeys, localMasterSecret, mode, dataDir } = settings;
  if (masterKeys !== undefined || localMasterSecret !== undefined || mode === 'aws') return settings;
  mkdirSync(dataDir, { recursive: true });
  return { ...settings, localMasterSecret: masterSecretOf(dataDir) };
}
