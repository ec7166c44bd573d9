import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AccessBatch, laneStart, leavesOf, nextBatch } from '../../src/domain/access-log/batch.ts';
import { accessLogKeptSince, laneOf } from '../../src/domain/access-log/entry.ts';
import { type AccessPart, partDigest } from '../../src/domain/access-log/part.ts';
import { type AccessProof, proofHolds } from '../../src/domain/access-log/proof.ts';
import { ulidOf } from '../../src/domain/ids.ts';
import { fileSigner, fileVerifier } from '../../src/storage/access-log/file-key.ts';
import { folderAnchors } from '../../src/storage/access-log/folder-anchors.ts';
import { readItem } from '../../src/storage/dynamodb/read.ts';
import { transactGroups } from '../../src/storage/dynamodb/transact-groups.ts';
import { put, remove } from '../../src/storage/dynamodb/write.ts';
import { accessLogKeys, type PrimaryKey } from '../../src/storage/tables.ts';
import { batchEntries } from '../../src/storage/talent/access-log/batch-entries.ts';
import { batchWaiting } from '../../src/storage/talent/access-log/batch-waiting.ts';
import { cutAccessLog } from '../../src/storage/talent/access-log/cut.ts';
import { eraseAccessLog, readParts } from '../../src/storage/talent/access-log/erase.ts';
import {
  batchItem,
  type FrameItem,
  frameItem,
  frameOf,
  type PartItem,
  type PersonLogItem,
  partOf,
  personLogItem,
  registeredItem,
} from '../../src/storage/talent/access-log/items.ts';
import { proveAccessLog } from '../../src/storage/talent/access-log/prove.ts';
import { readAccessLog } from '../../src/storage/talent/access-log/read.ts';
import { recordAccess, waitingItem } from '../../src/storage/talent/access-log/record.ts';
import { readBatches, sealAccessLog } from '../../src/storage/talent/access-log/seal.ts';
import { verifyAccessLog } from '../../src/storage/talent/access-log/verify.ts';
import { accessLogItems, clearAccessLog, waitingEntries } from '../fixtures/access-log.ts';
import { NOW, startTestSystem, type TestSystem } from '../harness.ts';

/** The access log is batched, registered and anchored; whatever is done to it is found, and named. */

let system: TestSystem;
let folder: string;
/** The names of the logs of Anna and Bo, who are on the same six pages. */
let [anna, bo] = ['', ''];
/** The entries of those pages, oldest first. */
let entries: readonly string[] = [];

const table = () => system.table('talent');
const keyFile = () => join(folder, 'key.pem');
const anchors = () => folderAnchors(join(folder, 'anchors'));
const instant = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);

const OFFICER = { kind: 'officer', person: 'officer-1', agency: 'HRSS', zone: 'zone_teda', roles: [] } as const;
const SUBJECTS = ['anna', 'bo'];

/** Records one page on which both are. Its second says its lane: 0 or 1. */
async function record(second: number): Promise<void> {
  const id = ulidOf(instant(second).getTime(), BigInt(second % 2));
  const frame = { id, requestId: `r-${second}`, viewer: OFFICER, purpose: null };
  const entry = {
    ...frame,
    subjects: SUBJECTS,
    views: [{ full: ['TalentCase.state'], masked: ['Applicant.name'] }],
    cases: SUBJECTS.map((person, subject) => ({ subject, view: 0, caseId: `case_of_${person}` })),
  };
  await write(waitingItem(entry, randomBytes(16).toString('base64url')));
}

async function access(...seconds: readonly number[]): Promise<void> {
  for (const second of seconds) await record(second);
  await batchWaiting(table(), null);
}

const seal = (second: number, signingKey = keyFile()) =>
  sealAccessLog(table(), {
    signer: fileSigner(signingKey),
    anchors: anchors(),
    now: instant(second),
    keptSince: accessLogKeptSince(instant(second)),
  });

const verify = (person: string | null = null) =>
  verifyAccessLog(table(), { verifier: fileVerifier(keyFile()), anchors: anchors(), person });
const faults = async () => (await verify()).faults;

const drop = (...keys: readonly PrimaryKey[]) =>
  transactGroups(
    table(),
    keys.map((key) => [remove(key)]),
  );
const write = (...items: readonly PrimaryKey[]) =>
  transactGroups(
    table(),
    items.map((item) => [put(item)]),
  );

const part = async (log: string, entry: string) =>
  (await readItem<PartItem>(table(), accessLogKeys.part(log, entry))) as PartItem;
const frame = async (entry: string) => (await readItem<FrameItem>(table(), accessLogKeys.entry(entry))) as FrameItem;
const logOf = async (person: string) =>
  (await readItem<PersonLogItem>(table(), accessLogKeys.ofPerson(person)))?.log ?? '';
const lanes = () => [...new Set(entries.map(laneOf))];

type Leaves = Parameters<typeof nextBatch>[1];

/** What nobody may do: every batch of a lane made anew, and its hashes fitted. */
async function remake(lane: number, change: (entry: Leaves[number]) => Leaves): Promise<AccessBatch[]> {
  let last: Pick<AccessBatch, 'lane' | 'number' | 'hash'> = { lane, number: 0, hash: laneStart(lane) };
  const made: AccessBatch[] = [];
  for (const batch of await readBatches(table(), lane, 1)) {
    const leaves = Map.groupBy(leavesOf(batch), ({ entry }) => entry);
    const next = nextBatch(
      last,
      batch.entries.flatMap((id) => change({ id, leaves: leaves.get(id) ?? [] })),
    );
    made.push(next);
    last = next;
  }
  await write(...made.map(batchItem));
  return made;
}

const without =
  (log: string) =>
  ({ id, leaves }: Leaves[number]): Leaves => [{ id, leaves: leaves.filter((leaf) => leaf.log !== log) }];

beforeAll(async () => {
  system = await startTestSystem();
  folder = mkdtempSync(join(tmpdir(), 'bridgehead-anchors-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await system.stop();
});

beforeEach(async () => {
  await access(1, 2, 3);
  expect(await seal(4)).toMatchObject({ refused: [], isAnchored: true });
  await access(5, 6);
  await access(7);
  await seal(8);
  [anna, bo] = [await logOf('anna'), await logOf('bo')];
  entries = (await readParts(table(), anna)).map(({ sk }) => sk);
});
afterEach(async () => {
  await clearAccessLog(table());
  rmSync(join(folder, 'anchors'), { recursive: true });
});

test('an untouched log is whole, and is anchored only where it has changed', async () => {
  const whole = { logs: 2, parts: 12, batches: expect.any(Number), anchors: 2, faults: [] };
  expect(await verify()).toEqual(whole);
  expect(await seal(9)).toEqual({ registered: 0, refused: [], isAnchored: false, cuttable: 0 });
  expect(await verify('anna')).toEqual({ ...whole, logs: 1, parts: 6 });
});

describe('eight edits of the store', () => {
  test('a deleted entry is named, by its part or by what it has in common with others', async () => {
    await drop(accessLogKeys.part(anna, entries[1]!));
    expect(await faults()).toEqual([`Entry ${entries[1]}: an entry was deleted.`]);
    await drop(accessLogKeys.entry(entries[3]!));
    expect((await faults()).toSorted()).toEqual(
      [1, 3].map((place) => `Entry ${entries[place]}: an entry was deleted.`).toSorted(),
    );
  });

  test('two swapped entries are named', async () => {
    const [second, fourth] = [await part(anna, entries[1]!), await part(anna, entries[3]!)];
    await write({ ...second, sk: fourth.sk }, { ...fourth, sk: second.sk });
    expect((await faults()).toSorted()).toEqual(
      [1, 3].map((place) => `Entry ${entries[place]}: two entries were swapped.`).toSorted(),
    );
  });

  test('an edited entry is named, whether its part or its frame was edited', async () => {
    await write({ ...(await frame(entries[2]!)), purpose: 'another' } as PrimaryKey);
    const { said, ...rest } = await part(bo, entries[4]!);
    await write({ ...rest, said: { ...said, cases: [] } } as PrimaryKey);
    expect((await faults()).toSorted()).toEqual(
      [2, 4].map((place) => `Entry ${entries[place]}: an entry was edited.`).toSorted(),
    );
  });

  test('an entry that was given to a person who has no log is edited, and the log names nobody for it', async () => {
    const { said, ...rest } = await part(anna, entries[2]!);
    await write({ ...rest, said: { ...said, person: 'nobody' } } as PrimaryKey);
    expect((await faults()).toSorted()).toEqual(
      [`Entry ${entries[2]}: an entry was edited.`, `Log ${anna}: no person's record names the log.`].toSorted(),
    );
  });

  test('a cut tail is named: of a person’s log, and of a lane with its batches', async () => {
    await drop(accessLogKeys.part(anna, entries[5]!), accessLogKeys.part(anna, entries[4]!));
    expect(await faults()).toEqual([`Log ${anna}: the newest entries were cut off.`]);
    const lane = laneOf(entries[5]!);
    const last = (await readBatches(table(), lane, 1)).at(-1)!;
    await drop(last, accessLogKeys.part(bo, entries[5]!), accessLogKeys.entry(entries[5]!));
    expect((await faults()).toSorted()).toEqual(
      [
        `Batch ${lane}/${last.number}: the newest entries were cut off.`,
        `Log ${anna}: the newest entries were cut off.`,
        `Log ${bo}: the newest entries were cut off.`,
      ].toSorted(),
    );
  });

  test('a deleted log of a whole person is named, also when every batch was made anew without it', async () => {
    await drop(...(await readParts(table(), anna)), accessLogKeys.ofPerson('anna'));
    expect(await faults()).toEqual([`Log ${anna}: the whole log of a person was deleted.`]);
    for (const lane of lanes()) await remake(lane, without(anna));
    expect(await faults()).toContain(`Log ${anna}: the whole log of a person was deleted.`);
    // The register alone knows it now, and the anchors what the register was.
    const register = (await accessLogItems(table())).filter(({ pk }) => pk.startsWith('ACCESS_REGISTER#'));
    await drop(...register);
    expect(await faults()).toContainEqual(expect.stringMatching(/the register was put back to an earlier end/));
    rmSync(join(folder, 'anchors'), { recursive: true });
    expect(await faults()).toEqual([]);
  });

  test('a replayed head is named: the register put back, and all that came after it gone', async () => {
    const lane = laneOf(entries[5]!);
    const batches = await readBatches(table(), lane, 1);
    const last = batches.at(-1)!;
    await drop(
      last,
      accessLogKeys.registered(lane, last.number),
      accessLogKeys.entry(entries[5]!),
      accessLogKeys.part(anna, entries[5]!),
      accessLogKeys.part(bo, entries[5]!),
    );
    const named = [`Batch ${lane}/${last.number - 1}: the register was put back to an earlier end.`];
    expect(await faults()).toEqual(named);
    expect(await seal(9)).toMatchObject({ refused: [lane], registered: 0 });
    // Nor is the lane sealed again when it has grown beyond what was anchored.
    await access(11);
    await access(13);
    expect(await seal(14)).toMatchObject({ refused: [lane], registered: 0, isAnchored: false });
    expect(await faults()).toEqual(named);
    rmSync(join(folder, 'anchors'), { recursive: true });
    expect(await faults()).toEqual([]);
  });

  test('an inserted entry is named, also when a batch was made anew with it', async () => {
    // Of the same lane.
    const entry = `${entries[2]!.slice(0, -1)}5`;
    const made = { ...frameOf(await frame(entries[2]!)), id: entry };
    const model = partOf(await part(anna, entries[2]!)) as AccessPart;
    const forged = { ...model, entry };
    await write(frameItem(made), { ...(await part(anna, entries[2]!)), sk: entry } as PrimaryKey);
    expect(await faults()).toEqual([`Entry ${entry}: an entry was inserted.`]);
    const lane = laneOf(entries[2]!);
    await remake(lane, (one) =>
      one.id === entries[2]
        ? [one, { id: entry, leaves: [{ log: anna, entry, digest: partDigest(forged, made) }] }]
        : [one],
    );
    expect(await faults()).toContain(`Entry ${entry}: an entry was inserted.`);
  });

  test('a log of another person is named: given to somebody, or copied', async () => {
    await write(personLogItem('anna', bo));
    expect(await faults()).toEqual([`Log ${anna}: the log is that of another person.`]);
    expect((await verify('anna')).faults).toEqual([`Log ${bo}: the log is that of another person.`]);
    await write(personLogItem('anna', anna));
    const copies = (await readParts(table(), bo)).map((item) => ({ ...item, pk: accessLogKeys.part(anna, '').pk }));
    await write(...copies);
    expect(await faults()).toEqual([`Log ${anna}: the log is that of another person.`]);
  });
});

test('each entry of a person is proved by itself, without anything of another person', async () => {
  const proofs = await proveAccessLog(table(), anchors(), 'anna');
  expect(proofs.map(({ part: of }) => of.entry)).toEqual(entries);
  expect(JSON.stringify(proofs)).not.toMatch(/case_of_bo|"bo"/);
  const verifier = fileVerifier(keyFile());
  const holds = (proof: AccessProof) => proofHolds(proof, verifier.verify);
  expect(proofs.filter(holds)).toHaveLength(6);
  const [proof] = proofs as [AccessProof];
  expect(holds({ ...proof, part: { ...proof.part, person: 'bo' } })).toBe(false);
  expect(holds({ ...proof, frame: { ...proof.frame, purpose: 'another' } })).toBe(false);
  expect(holds({ ...proof, anchor: { ...proof.anchor, heads: [] } })).toBe(false);
  expect(holds({ ...proof, path: [...proof.path, ...proof.path, proof.previous] })).toBe(false);
  expect(holds({ ...proof, steps: [] })).toBe(false);
  expect(proofHolds(proof, fileVerifier(join(folder, 'other-key.pem')).verify)).toBe(false);
});

test('a register that was made anew is not the one that was anchored', async () => {
  const lane = laneOf(entries[0]!);
  const made = await remake(lane, without(anna));
  await write(...made.map(registeredItem));
  expect(await faults()).toContainEqual(
    expect.stringMatching(new RegExp(`^Batch ${lane}/\\d: the register is not the one that was anchored`)),
  );
});

test('a signature of another key is no signature, nor is an anchor that was edited or taken away', async () => {
  const [first = '', second = ''] = readdirSync(join(folder, 'anchors')).sort();
  const file = join(folder, 'anchors', second);
  const text = readFileSync(file, 'utf8');
  chmodSync(file, 0o644);
  writeFileSync(file, text.replace('"number":2', '"number":3'));
  expect(await faults()).toEqual([`Anchor ${second}: its signature is not the signer's.`]);
  writeFileSync(file, text);
  rmSync(join(folder, 'anchors', first));
  expect(await faults()).toEqual([`Anchor ${second}: the one before it is missing or another.`]);
});

test('erasure takes away what a log says, and the batches count what was erased', async () => {
  const viewer = (await frame(entries[0]!)).viewer;
  await recordAccess(
    table(),
    { viewer, now: instant(9), requestId: 'r', purpose: null },
    { subjects: ['anna'], views: [{ full: [], masked: [] }], cases: [{ subject: 0, view: 0, caseId: 'case_of_anna' }] },
  );
  expect(await eraseAccessLog(table(), 'anna', instant(10))).toBe(7);
  const left = JSON.stringify(await accessLogItems(table()));
  expect(left).not.toContain('case_of_anna');
  expect(left).not.toMatch(/"anna"|#anna/);
  await seal(11);
  expect(await verify()).toMatchObject({ logs: 2, faults: [] });
  expect(await eraseAccessLog(table(), 'anna', instant(12))).toBe(0);

  // Who comes again gets a log of their own, which an earlier erasure that is applied again leaves alone.
  await access(13);
  expect(await eraseAccessLog(table(), 'anna', instant(10))).toBe(0);
  expect(await logOf('anna')).not.toBe(anna);
  expect(await verify()).toMatchObject({ logs: 3, faults: [] });

  const lane = laneOf(entries[0]!);
  const erasure = (await readBatches(table(), lane, 1)).find((batch) => batch.erasure)!;
  await write({ ...erasure, erasure: { ...erasure.erasure, count: 0 } } as PrimaryKey);
  await drop(...(await accessLogItems(table())).filter(({ pk }) => pk.startsWith('ACCESS_REGISTER#')));
  rmSync(join(folder, 'anchors'), { recursive: true });
  expect(await faults()).toEqual([`Batch ${lane}/${erasure.number}: the erasure does not count what was erased.`]);
});

test('an erasure that is cut short at any call goes on when it is sent again', async () => {
  for (let calls = 1; ; calls++) {
    const before = await logOf('anna');
    let left = calls;
    const broken = {
      ...table(),
      dynamo: {
        send: (...of: unknown[]) =>
          left-- > 0 ? table().dynamo.send(...(of as [never])) : Promise.reject(new Error('cut short')),
      },
    };
    const isDone = await eraseAccessLog(broken as never, 'anna', instant(20 + calls)).then(
      () => true,
      () => false,
    );
    if (!isDone) await eraseAccessLog(table(), 'anna', instant(20 + calls));
    expect((await readParts(table(), before)).filter(({ said }) => said)).toEqual([]);
    expect(await logOf('anna')).toBe('');
    if (isDone) break;
    calls += 9;
    await access(20 + calls);
  }
  expect(await faults()).toEqual([]);
});

test('what is older than three years is cut up to a signed place, and no further', async () => {
  const after = (seconds: number) => (instant(seconds).getTime() - NOW.getTime()) / 1_000 + 3 * 366 * 86_400;
  await access(after(-10));
  await access(after(-9));
  await access(after(-8));
  const since = await readParts(table(), anna);
  expect(await cutAccessLog(table(), fileVerifier(keyFile()))).toBe(0);
  const { cuttable } = await seal(after(0));
  expect(cuttable).toBeGreaterThan(0);
  expect(await faults()).toEqual([]);
  const cut = await cutAccessLog(table(), fileVerifier(keyFile()));
  expect(cut).toBeGreaterThan(0);
  expect(await cutAccessLog(table(), fileVerifier(keyFile()))).toBe(0);
  expect(await verify()).toMatchObject({ parts: 2 * (since.length - cut), faults: [] });
  await access(after(1));
  await seal(after(2));
  expect(await faults()).toEqual([]);
  await drop(accessLogKeys.part(anna, since.at(-2)!.sk));
  expect(await faults()).toEqual([`Entry ${since.at(-2)!.sk}: an entry was deleted.`]);
});

test('nothing is cut at a place that the signer has not signed', async () => {
  await access(3 * 366 * 86_400);
  await access(3 * 366 * 86_400 + 1);
  await seal(3 * 366 * 86_400 + 2, join(folder, 'other-key.pem'));
  await expect(cutAccessLog(table(), fileVerifier(keyFile()))).rejects.toMatchObject({ code: 'CONFIGURATION' });
  expect(await faults()).toContainEqual(
    expect.stringMatching(/^Lane \d: the signature of its cut is not the signer's\.$/),
  );
});

test('entries come twice, late, to two consumers at once and through a crash, and are batched once', async () => {
  const viewer = { kind: 'analyst', person: 'analyst-1' } as const;
  for (const second of [20, 21, 22, 23, 24, 25]) {
    const accessed = { subjects: ['anna'], views: [{ full: [], masked: [] }], cases: [] };
    await recordAccess(table(), { viewer, now: instant(second), requestId: 'r', purpose: null }, accessed);
  }
  const waiting = await waitingEntries(table());
  // The batches are made, and the consumer ends before it has written what they say.
  let puts = 0;
  const mortal = {
    ...table(),
    dynamo: {
      send: (command: { readonly input: { readonly Item?: PrimaryKey } }, ...rest: unknown[]) => {
        if (command.input.Item?.pk.startsWith('ACCESS_LOG#') && puts++ > 0) return Promise.reject(new Error('crash'));
        return table().dynamo.send(...([command, ...rest] as unknown as [never]));
      },
    },
  };
  await expect(batchEntries(mortal as never, waiting)).rejects.toThrow('crash');
  await Promise.all([batchEntries(table(), waiting), batchEntries(table(), waiting.toReversed())]);
  await batchEntries(table(), waiting);
  expect(await waitingEntries(table())).toEqual([]);
  await seal(30);
  expect(await verify()).toMatchObject({ parts: 18, faults: [] });
  const cursors = { write: () => '', read: () => ({ order: '' }) };
  const page = await readAccessLog({ ...table(), cursors } as never, 'anna', { first: 50 });
  expect(page.nodes).toHaveLength(12);
});
