import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { looksKeptSince } from '../../src/domain/look.ts';
import { emptyChain, hashOfEntry, headAfter } from '../../src/domain/look-chain.ts';
import { fileSigner, fileVerifier } from '../../src/storage/access-log/file-key.ts';
import { folderAnchors } from '../../src/storage/access-log/folder-anchors.ts';
import { readItem, readRange } from '../../src/storage/read.ts';
import type { PrimaryKey } from '../../src/storage/tables.ts';
import { chainKeys } from '../../src/storage/tables.ts';
import { chainLooks } from '../../src/storage/talent/chain-looks.ts';
import { chainWaiting } from '../../src/storage/talent/chain-waiting.ts';
import { cutChains } from '../../src/storage/talent/cut-chains.ts';
import { eraseLooks } from '../../src/storage/talent/erase-looks.ts';
import {
  type ChainEntryItem,
  type ChainHeadItem,
  chainEntryItem,
  chainHeadItem,
  lookItem,
  type PersonChainItem,
} from '../../src/storage/talent/look-items.ts';
import { signChains } from '../../src/storage/talent/sign-chains.ts';
import { verifyChains } from '../../src/storage/talent/verify-chains.ts';
import { transact } from '../../src/storage/transaction.ts';
import { put, remove } from '../../src/storage/write.ts';
import { NOW, startTestSystem, type TestSystem } from '../harness.ts';

/** Chains of looks are signed and anchored; whatever is done to one is found, at its first broken link. */

let system: TestSystem;
let folder: string;
/** Each story has a person of its own, with six looks. */
let person: string;
let chain: string;
let stories = 0;

beforeAll(async () => {
  system = await startTestSystem();
  folder = mkdtempSync(join(tmpdir(), 'bridgehead-anchors-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await system.stop();
});

const table = () => system.table('talent');
const keyFile = () => join(folder, 'key.pem');
const anchors = () => folderAnchors(join(folder, 'anchors'));
const instant = (seconds: number) => new Date(NOW.getTime() + stories * 3_600_000 + seconds * 1_000);

async function look(second: number, at = instant(second)): Promise<void> {
  const id = `LOOK-${stories}-${second}`;
  const cases = [{ subject: person, caseId: 'case_01HB0000000000000000000000' }];
  const viewer = { kind: 'officer', person: 'officer-1', agency: 'HRSS', zone: 'zone_teda', roles: [] } as const;
  const views = [{ full: ['TalentCase.state'], masked: ['Applicant.name'], cases }];
  await chainLooks(
    table(),
    [lookItem({ id, at: at.toISOString(), requestId: 'r', viewer, purpose: null, views })],
    instant(second),
  );
}

const sign = (second: number) =>
  signChains(table(), {
    signer: fileSigner(keyFile()),
    anchors: anchors(),
    now: instant(second),
    keptSince: looksKeptSince(instant(second)),
  });

const verify = (of: string | null = person) =>
  verifyChains(table(), { verifier: fileVerifier(keyFile()), anchors: anchors(), person: of });

const faults = async () => (await verify()).faults.map((fault) => fault.replace(`Chain ${chain}, `, ''));

const entry = async (sequence: number) =>
  (await readItem<ChainEntryItem>(table(), chainKeys.entry(chain, sequence))) as ChainEntryItem;
const head = async () => (await readItem<ChainHeadItem>(table(), chainKeys.head(chain))) as ChainHeadItem;
const drop = (...keys: PrimaryKey[]) =>
  transact(
    table(),
    keys.map((key) => remove(key)),
  );
const write = (...items: PrimaryKey[]) =>
  transact(
    table(),
    items.map((item) => put(item)),
  );

/** What nobody may do: an entry taken away, and every later hash, and the head, made to fit. */
async function rewriteWithout(sequence: number): Promise<void> {
  const { pk: partition } = chainKeys.head(chain);
  const entries = await readRange<ChainEntryItem>(table(), { partition, sort: { beginsWith: 'ENTRY#' } });
  let end = emptyChain(chain);
  const kept = entries
    .filter((one) => one.sequence !== sequence)
    .map((one) => {
      const moved = { ...one, sequence: end.count + 1, previous: end.hash };
      const item = chainEntryItem({ ...moved, hash: hashOfEntry(moved) });
      end = headAfter(item);
      return item;
    });
  await drop(chainKeys.entry(chain, entries.length));
  await write(...kept, chainHeadItem({ ...(await head()), ...end }));
}

beforeEach(async () => {
  stories += 1;
  person = `person-${stories}`;
  for (const second of [1, 2, 3]) await look(second);
  expect(await sign(4)).toMatchObject({ refused: [] });
  for (const second of [5, 6, 7]) await look(second);
  const named = await readItem<PersonChainItem>(table(), chainKeys.ofPerson(person));
  chain = named?.chain ?? '';
});

/** What a story spoilt is put right, so that the next one signs and verifies the rest. */
afterEach(async () => {
  const { pk: partition } = chainKeys.head(chain);
  const items = await readRange<PrimaryKey>(table(), { partition });
  await drop(...items, chainKeys.signed(chain), chainKeys.checkpoint(chain), chainKeys.ofPerson(person));
  rmSync(join(folder, 'anchors'), { recursive: true });
});

test('an untouched chain is whole, before it is signed again and after', async () => {
  expect(await verify(null)).toEqual({ chains: 1, entries: 6, anchors: 1, faults: [] });
  expect(await sign(8)).toEqual({ signed: 1, refused: [], cuttable: 0 });
  expect(await sign(9)).toEqual({ signed: 0, refused: [], cuttable: 0 });
  expect(await verify(null)).toEqual({ chains: 1, entries: 6, anchors: 3, faults: [] });
});

test('a deleted entry is missing', async () => {
  await drop(chainKeys.entry(chain, 2));
  expect(await faults()).toEqual(['entry 2: the entry is missing.']);
});

test('two entries that changed places are not those that were chained', async () => {
  const [second, fourth] = [await entry(2), await entry(4)];
  await write({ ...second, sk: fourth.sk }, { ...fourth, sk: second.sk });
  expect(await faults()).toEqual(['entry 2: the entry is missing.']);
  const swapped = [
    { ...second, sequence: 4, sk: fourth.sk },
    { ...fourth, sequence: 2, sk: second.sk },
  ];
  await write(...swapped);
  expect(await faults()).toEqual(['entry 2: the entry is not the one that was chained.']);
});

test('an entry that was edited is not the one that was chained, nor does the next follow one that was hashed anew', async () => {
  const third = await entry(3);
  const edited = { ...third, at: '2020-01-01T00:00:00.000Z' };
  await write(edited);
  expect(await faults()).toEqual(['entry 3: the entry is not the one that was chained.']);
  const hashedAnew = { ...edited, hash: hashOfEntry(edited) };
  await write(hashedAnew);
  // Its own new hash was signed otherwise.
  expect(await faults()).toEqual([expect.stringMatching(/^entry 3: the chain was made anew/)]);
});

test('what an entry says can neither be edited nor taken away', async () => {
  const { at, look: id } = await entry(5);
  const key = chainKeys.look(chain, at, id);
  const stored = await readItem<PrimaryKey & { told: { content: { viewer: object } } }>(table(), key);
  const told = { ...stored?.told, content: { ...stored?.told.content, purpose: 'another' } };
  await write({ ...stored, ...key, told } as PrimaryKey);
  expect(await faults()).toEqual(['entry 5: what the entry says of the look was changed.']);
  await drop(key);
  expect(await faults()).toEqual(['entry 5: what the entry says of the look is gone, and no erasure is chained.']);
});

test('a truncated tail is missed by the head', async () => {
  await drop(chainKeys.entry(chain, 6), chainKeys.entry(chain, 5));
  expect(await faults()).toEqual(['entry 5: the entry is missing.']);
});

test('a tail that is truncated with its head is missed by what was signed, in the table and outside of it', async () => {
  const before = await head();
  const { hash } = await entry(2);
  await drop(...[3, 4, 5, 6].map((sequence) => chainKeys.entry(chain, sequence)));
  await write(chainHeadItem({ ...before, count: 2, hash }));
  expect(await faults()).toEqual(['entry 3: the entry is missing.']);
  await drop(chainKeys.signed(chain));
  expect(await faults()).toEqual(['entry 3: the entry is missing.']);
  expect((await verify(null)).faults).toHaveLength(1);
});

test('a chain that was taken away as a whole is missed by its anchor', async () => {
  const { pk: partition } = chainKeys.head(chain);
  await drop(...(await readRange<PrimaryKey>(table(), { partition })), chainKeys.signed(chain));
  expect((await verify(null)).faults).toEqual([expect.stringMatching(/entry 1: .* is missing\.$/)]);
});

test('a chain that was made anew, hashes, head and all, is not the one that was signed, and is not signed again', async () => {
  await rewriteWithout(2);
  expect(await faults()).toEqual([expect.stringMatching(/^entry 3: the chain was made anew/)]);
  expect(await sign(9)).toMatchObject({ signed: 0, refused: [chain] });
});

test('a signature of another key is no signature, nor is an anchor that was edited or taken away', async () => {
  await sign(8);
  const forged = fileSigner(join(folder, 'other-key.pem'));
  const signed = await readItem<PrimaryKey>(table(), chainKeys.signed(chain));
  await write({ ...signed, ...chainKeys.signed(chain), signature: await forged.sign('anything') } as PrimaryKey);
  expect((await verify()).faults).toEqual([`Chain ${chain}: the signature of its end is not the signer's.`]);
  await drop(chainKeys.signed(chain));

  const [first = '', second = ''] = readdirSync(join(folder, 'anchors')).sort();
  const file = join(folder, 'anchors', second);
  const text = readFileSync(file, 'utf8');
  chmodSync(file, 0o644);
  writeFileSync(file, text.replace('"count":6', '"count":5'));
  expect((await verify()).faults).toEqual([`Anchor ${second}: its signature is not the signer's.`]);
  writeFileSync(file, text);
  rmSync(join(folder, 'anchors', first));
  expect((await verify()).faults).toEqual([`Anchor ${second}: the one before it is missing or another.`]);
});

test('erasure takes the contents and the name, and leaves the chain whole', async () => {
  expect(await eraseLooks(table(), person, instant(8))).toBe(6);
  expect(await readItem(table(), chainKeys.ofPerson(person))).toBeNull();
  const { pk: partition } = chainKeys.head(chain);
  const left = JSON.stringify(await readRange(table(), { partition }));
  expect(left).not.toMatch(/officer|person-|case_|salt":/);
  await sign(9);
  expect(await verify(null)).toEqual({ chains: 1, entries: 7, anchors: 2, faults: [] });
  expect(await eraseLooks(table(), person, instant(9))).toBe(0);
});

test('what is older than three years is cut at a signed checkpoint, and no further', async () => {
  const later = (second: number) => new Date(instant(second).setUTCFullYear(instant(second).getUTCFullYear() + 3));
  const keptSince = looksKeptSince(later(3));
  expect(await cutChains(table(), fileVerifier(keyFile()), keptSince)).toBe(0);
  const options = { signer: fileSigner(keyFile()), anchors: anchors(), now: later(3), keptSince };
  expect(await signChains(table(), options)).toMatchObject({ cuttable: 1 });
  expect(await cutChains(table(), fileVerifier(keyFile()), keptSince)).toBe(2);
  expect(await cutChains(table(), fileVerifier(keyFile()), keptSince)).toBe(0);
  expect(await verify(null)).toMatchObject({ entries: 4, faults: [] });
  await look(8);
  expect(await verify(null)).toMatchObject({ entries: 5, faults: [] });

  await drop(chainKeys.entry(chain, 3));
  expect(await faults()).toEqual(['entry 3: the entry is missing.']);
});

test('nothing is cut at a checkpoint that the signer has not signed', async () => {
  const keptSince = instant(100);
  const forged = { ...options(), keptSince };
  await signChains(table(), forged);
  await expect(cutChains(table(), fileVerifier(keyFile()), keptSince)).rejects.toMatchObject({ code: 'CONFIGURATION' });
  expect((await verify()).faults).toContain(`Chain ${chain}: the signature of its cut is not the signer's.`);
});
const options = () => ({
  signer: fileSigner(join(folder, 'other-key.pem')),
  anchors: folderAnchors(join(folder, 'anchors')),
  now: instant(9),
});

test('looks that the stream has left are chained by and by', async () => {
  const cases = [{ subject: person, caseId: 'case_01HB0000000000000000000000' }];
  const facts = { requestId: 'r', viewer: { kind: 'anonymous' }, purpose: null } as const;
  const left = [8, 9, 700].map((second) =>
    lookItem({
      ...facts,
      id: `LEFT-${stories}-${second}`,
      at: instant(second).toISOString(),
      views: [{ full: ['TalentCase.state'], masked: [], cases }],
    }),
  );
  await system.write('talent', left);
  expect(await chainWaiting(table(), instant(600), instant(700))).toEqual({ chained: 2, failed: [] });
  expect(await head()).toMatchObject({ count: 8 });
  expect(await verify()).toMatchObject({ entries: 8, faults: [] });
  await chainWaiting(table(), instant(701), instant(701));
});
