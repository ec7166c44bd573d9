import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text as bodyOf } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { EMPTY_LEDGER } from '../../src/domain/linkages/ledger/apply.ts';
import { textOf } from '../../src/domain/linkages/ledger/entry.ts';
import { nextEntry } from '../../src/domain/linkages/ledger/ledger.ts';
import { readLedger, verifyLedger } from '../../src/domain/linkages/ledger/verify.ts';
import { type DemoSystem, startDemoSystem } from '../demo-system.ts';

/** The commands of docs/settlement.md, run as they stand there. */

const BLOCKS = [...readFileSync('docs/settlement.md', 'utf8').matchAll(/```sh\n(.*?)```/gs)].map(
  ([, block]) => block ?? '',
);
const PATH = `${dirname(process.execPath)}:${process.env.PATH}`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bridgehead-documented-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const options = (env: NodeJS.ProcessEnv) => ({ cwd: folder, env: { PATH, ...env }, encoding: 'utf8' as const });
const shell = (command: string, env: NodeJS.ProcessEnv = {}): string =>
  execFileSync('bash', ['--norc', '-euo', 'pipefail', '-c', command], options(env)).trim();

test("a zone's own openssl makes a key and a signature that the ledger takes", () => {
  const [generate = '', show = '', sign = ''] = (BLOCKS[0] ?? '').trim().split('\n');
  shell(generate);
  const publicKey = shell(show);
  const state = { ledger: 'agr_documented', head: EMPTY_LEDGER, account: null };
  const text = textOf(nextEntry(state, 'zone_documented', '2026-03-02', { kind: 'REGISTER_KEY', publicKey }));
  const signature = shell(sign, { TEXT: text });
  const verified = verifyLedger([{ text, signature }]);
  expect(verified.ok && verified.value.head.keys).toEqual({ zone_documented: publicKey });
});

describe('an exported ledger', () => {
  let system: DemoSystem;
  beforeAll(async () => {
    system = await startDemoSystem('2026-11-29');
  });
  afterAll(() => system.stop());

  test('comes from the gateway and verifies', async () => {
    const server = createServer(async (request, response) => {
      const { query } = JSON.parse(await bodyOf(request));
      const names = ['authorization', 'bridgehead-purpose'];
      const headers = Object.fromEntries(names.map((name) => [name, String(request.headers[name])]));
      response.end(JSON.stringify(await system.answer(query, {}, undefined, headers)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const bearer = await system.bearer({ as: 'officer', zone: 'zone_teda' });
      const { port } = server.address() as AddressInfo;
      const env = { URL: `http://127.0.0.1:${port}`, KEY: bearer.replace('Bearer ', '') };
      await promisify(execFile)('bash', ['--norc', '-euo', 'pipefail', '-c', BLOCKS[1] ?? ''], options(env));
      const read = readLedger(readFileSync(join(folder, 'ledger.jsonl'), 'utf8'));
      const entries = 'entries' in read ? read.entries : [];
      expect(entries.length).toBeGreaterThan(5);
      expect(verifyLedger(entries)).toMatchObject({ ok: true, value: { ledger: 'agr_sample-benefit-sharing' } });
      const verify = [
        '--disable-warning=ExperimentalWarning',
        'src/cli/data/verify-ledger.ts',
        join(folder, 'ledger.jsonl'),
      ];
      expect(execFileSync(process.execPath, verify, { encoding: 'utf8' })).toContain(`${entries.length} entries`);
    } finally {
      server.close();
    }
  });
});
