import { canonical } from '../../../../../src/domain/canonical.ts';
import type { SignedText } from '../../../../../src/domain/linkages/ledger/entry.ts';
import { continues, readLedger, verifyLedger } from '../../../../../src/domain/linkages/ledger/verify.ts';
import {
  ACCOUNT,
  agreeing,
  DESTINATION,
  ORIGIN,
  openBook,
  SYSTEMS,
  settling,
} from '../../../../fixtures/ledger-book.ts';

const { entries } = openBook().all(
  [ORIGIN, { kind: 'REPORT_FIGURE', account: ACCOUNT, year: 2020, amount: '100' }],
  [DESTINATION, { kind: 'REPORT_FIGURE', account: ACCOUNT, year: 2020, amount: '90' }],
  [ORIGIN, { kind: 'AWARD_FIGURE', account: ACCOUNT, year: 2020, amount: '95' }, 'arbiter'],
  ...settling(2020),
  [DESTINATION, { kind: 'PAY', account: ACCOUNT, year: 2020, zone: ORIGIN }],
  [ORIGIN, { kind: 'RECEIVE', account: ACCOUNT, year: 2020, zone: DESTINATION }],
  ...agreeing(2021, '10'),
  [ORIGIN, { kind: 'COMPUTE_SETTLEMENT', account: ACCOUNT, year: 2021 }],
  [DESTINATION, { kind: 'DISPUTE_SETTLEMENT', account: ACCOUNT, year: 2021, reason: 'Refunds' }],
);

test('a sound ledger verifies, and says until where each zone has signed', () => {
  const verified = verifyLedger(entries);
  expect(verified).toMatchObject({ ok: true, value: { ledger: 'agr_jjj' } });
  if (verified.ok) {
    expect(Object.fromEntries(verified.value.signedUntil)).toEqual({ [ORIGIN]: 14, [DESTINATION]: 15 });
    expect(verified.value.accounts.get(ACCOUNT)?.settledUntil).toBe(2020);
  }
});

/** Returns every way to the leaves of a value. */
function leavesOf(value: unknown, way: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [way];
  return Object.entries(value).flatMap(([name, part]) => leavesOf(part, [...way, name]));
}

/** Returns a copy of a value with another leaf. */
function changedAt(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return typeof value === 'number' ? value + 1 : typeof value === 'string' ? `${value}1` : '1';
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[name] = changedAt(copy[name], rest);
  return copy;
}

const fields = entries.flatMap(({ text }, i) => leavesOf(JSON.parse(text)).map((way) => ({ i, way })));

test('each changed field of each entry is found', () => {
  expect(fields.length).toBeGreaterThan(130);
  for (const { i, way } of fields) {
    const { text, signature } = entries[i] as SignedText;
    const forged = { text: canonical(changedAt(JSON.parse(text), way)), signature };
    expect(verifyLedger(entries.with(i, forged))).toMatchObject({
      ok: false,
      fault: expect.stringContaining(`Entry ${i + 1}`),
    });
  }
});

test('we can resign no entry by a key of our own, and no zone an entry that others have followed', () => {
  for (const [i, { text }] of entries.entries()) {
    const ours = SYSTEMS.arbiter?.sign(text) as SignedText;
    const isArbiters = text.includes('"AWARD_FIGURE"');
    expect(verifyLedger(entries.with(i, ours)).ok).toBe(isArbiters);
  }
  // The origin changes its own figure and signs it again: the entries that follow name another hash.
  const changed = SYSTEMS[ORIGIN]?.sign((entries[4] as SignedText).text.replace('"100"', '"200"')) as SignedText;
  expect(verifyLedger(entries.with(4, changed))).toMatchObject({
    ok: false,
    fault: expect.stringContaining('Entry 6'),
  });
});

test('an entry that is taken out, doubled or exchanged is found', () => {
  for (const i of entries.keys()) {
    const entry = entries[i] as SignedText;
    if (i < entries.length - 1) expect(verifyLedger(entries.toSpliced(i, 1)).ok).toBe(false);
    expect(verifyLedger(entries.toSpliced(i, 0, entry)).ok).toBe(false);
    if (i > 0) expect(verifyLedger(entries.with(i, entries[i - 1] as SignedText).with(i - 1, entry)).ok).toBe(false);
  }
  expect(verifyLedger([])).toEqual({ ok: false, fault: 'Entry 1: There is no text of a ledger.' });
});

test('a shortened ledger is found by an earlier export', () => {
  const earlier = entries.slice(0, 10);
  expect([continues(entries, earlier), continues(earlier, entries)]).toEqual([true, false]);
  expect(continues(entries.with(3, entries[4] as SignedText), earlier)).toBe(false);
});

test('another first key than the known one is found', () => {
  const known = (zone: string) => ({ [zone]: SYSTEMS[zone]?.publicKey ?? '' });
  expect(verifyLedger(entries, { ...known(ORIGIN), ...known(DESTINATION) }).ok).toBe(true);
  expect(verifyLedger(entries, { [DESTINATION]: SYSTEMS.arbiter?.publicKey ?? '' })).toEqual({
    ok: false,
    fault: `Entry 2: ${DESTINATION} registered another key.`,
  });
});

test('an exported file is read line by line', () => {
  const lines = entries.map((entry) => JSON.stringify(entry));
  expect(readLedger(`${lines.join('\n')}\n`)).toEqual({ entries });
  expect(readLedger([...lines, '{'].join('\n'))).toEqual({ faulty: 16 });
  expect(readLedger('{"text":"","signature":"","more":1}')).toEqual({ faulty: 1 });
});
