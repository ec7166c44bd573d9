import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SignedText } from '../../src/domain/linkages/ledger/entry.ts';
import { agreeing, DESTINATION, ORIGIN, openBook, SYSTEMS, settling } from '../fixtures/ledger-book.ts';

/** An auditor verifies an exported ledger on a machine without a system. */

const { entries, head } = openBook().all(...agreeing(2020, '100'), ...settling(2020));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bridgehead-ledger-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function exported(name: string, lines: readonly SignedText[]): string {
  const file = join(folder, name);
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return file;
}

function verify(...args: readonly string[]) {
  const command = ['--disable-warning=ExperimentalWarning', 'src/cli/data/verify-ledger.ts', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('a sound ledger is verified by its file alone', () => {
  const earlier = exported('earlier', entries.slice(0, 4));
  const key = `${ORIGIN}=${SYSTEMS[ORIGIN]?.publicKey}`;
  const { status, stdout } = verify(exported('whole', entries), '--after', earlier, '--key', key);
  expect(status).toBe(0);
  expect(stdout).toContain(`8 entries, 1 accounts, hash ${head.hash}.`);
  expect(stdout).toContain(`${DESTINATION} has signed all entries until 8`);
});

test('a changed, shortened or foreign ledger is refused with its entry', () => {
  const changed = entries.with(4, { text: entries[4]?.text.replace('"100"', '"1000"') ?? '', signature: '' });
  expect(verify(exported('changed', changed))).toMatchObject({ status: 1, stderr: expect.stringContaining('Entry 5') });
  const shortened = exported('shortened', entries.slice(0, 4));
  expect(verify(shortened, '--after', exported('whole', entries))).toMatchObject({ status: 1 });
  const key = `${ORIGIN}=${SYSTEMS[DESTINATION]?.publicKey}`;
  expect(verify(exported('whole', entries), '--key', key)).toMatchObject({ status: 1 });
  writeFileSync(join(folder, 'none'), 'no ledger');
  expect(verify(join(folder, 'none'))).toMatchObject({ status: 1, stderr: expect.stringContaining('line 1') });
});
