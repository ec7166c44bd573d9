import { dirname, join } from 'node:path';
import { childEnvironment } from '../child-environment.ts';
import { type MiniStack, startMiniStack } from '../ministack.ts';
import type { Receiver } from './receiver.ts';

const ROOT = join(import.meta.dirname, '../..');
export const REGION = 'eu-central-1';

export interface Emulator extends MiniStack {
  /** Variables that a command needs beside Node's own variables to reach the emulator as its root user. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Starts MiniStack on a free port of loopback, with IAM enforced and all its files in a folder. Functions run by the same
 * Node as this process.
 */
export async function startEmulator(folder: string, receiver: Receiver): Promise<Emulator> {
  const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  const program = process.env.MINISTACK ?? join(ROOT, '.venv/bin/ministack');
  const { endpoint, stop } = await startMiniStack(program, folder, (at) => ({
    ...credentials,
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    STATE_DIR: join(folder, 'state'),
    S3_DATA_DIR: join(folder, 's3'),
    MINISTACK_REGION: REGION,
    AUTH: 'true',
    // The functions inherit these: the lean client has an address of its own, and webhooks end on this machine.
    DYNAMODB_ENDPOINT: at,
    NODE_OPTIONS: `--import=${join(import.meta.dirname, 'reroute.mjs')}`,
    NODE_EXTRA_CA_CERTS: receiver.certificateFile,
    RECEIVER_HOST: receiver.host,
    RECEIVER_PORT: String(receiver.port),
  }));
  const env = childEnvironment({
    ...credentials,
    HOME: folder,
    DATA_DIR: join(folder, 'data'),
    AWS_REGION: REGION,
    AWS_ENDPOINT_URL: endpoint,
    DYNAMODB_ENDPOINT: endpoint,
  });
  return { endpoint, env, stop };
}
