/** The verification of an exported ledger, which needs neither a server nor trust in one. */
import * as z from 'zod';
import type { LedgerAccount } from './account.ts';
import { EMPTY_LEDGER } from './apply.ts';
import { parseEntry, type SignedText } from './entry.ts';
import { accountOf, addEntry } from './ledger.ts';
import type { LedgerHead } from './rules.ts';

export interface VerifiedLedger {
  readonly ledger: string;
  readonly head: LedgerHead;
  readonly accounts: ReadonlyMap<string, LedgerAccount>;
  /**
   * The number of the last entry that each zone signed, by zone. It signed everything before too: nobody changes that
   * without the zone.
   */
  readonly signedUntil: ReadonlyMap<string, number>;
}

export type Verification =
  | { readonly ok: true; readonly value: VerifiedLedger }
  | { readonly ok: false; readonly fault: string };

const line = z.strictObject({ text: z.string(), signature: z.string() });

/** Reads an exported ledger: one JSON object with `text` and `signature` a line. Returns the number of a faulty line. */
export function readLedger(
  exported: string,
): { readonly entries: readonly SignedText[] } | { readonly faulty: number } {
  const entries: SignedText[] = [];
  for (const [i, text] of exported.split('\n').entries()) {
    if (text.trim() === '') continue;
    const { success, data } = line.safeParse(jsonOf(text));
    if (!success) return { faulty: i + 1 };
    entries.push(data);
  }
  return { entries };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Verifies a ledger from its first entry: numbers, hashes, signatures, and that every rule held, so that each settlement
 * is computed again.
 * @param trusted the public keys that a zone is known to have registered first, by zone; for others the ledger's own
 */
export function verifyLedger(
  entries: readonly SignedText[],
  trusted: Readonly<Record<string, string>> = {},
): Verification {
  const ledger = parseEntry(entries[0]?.text ?? '')?.ledger;
  if (ledger === undefined) return { ok: false, fault: 'Entry 1: There is no text of a ledger.' };
  let head = EMPTY_LEDGER;
  const accounts = new Map<string, LedgerAccount>();
  const signedUntil = new Map<string, number>();
  for (const [i, signed] of entries.entries()) {
    const content = parseEntry(signed.text)?.content;
    const id = content ? accountOf(content) : null;
    const decision = addEntry(signed, { ledger, head, account: accounts.get(id ?? '') ?? null });
    if (!decision.ok) return { ok: false, fault: `Entry ${i + 1}: ${decision.refusals[0]?.message}` };
    const { entry, account } = decision.value;
    const isFirstKey = entry.content.kind === 'REGISTER_KEY' && head.keys[entry.zone] === undefined;
    const expected = trusted[entry.zone];
    if (isFirstKey && expected !== undefined && decision.value.head.keys[entry.zone] !== expected) {
      return { ok: false, fault: `Entry ${i + 1}: ${entry.zone} registered another key.` };
    }
    ({ head } = decision.value);
    if (account) accounts.set(account.id, account);
    // The arbiter's key signs an award, and a key that nobody has accepted yet the request for it.
    const isByOwnKey = entry.content.kind !== 'AWARD_FIGURE' && entry.content.kind !== 'REPLACE_KEY';
    if (isByOwnKey) signedUntil.set(entry.zone, entry.number);
  }
  return { ok: true, value: { ledger, head, accounts, signedUntil } };
}

/** Returns whether a ledger continues another export of it: whether all of the earlier entries are in it, unchanged. */
export function continues(later: readonly SignedText[], earlier: readonly SignedText[]): boolean {
  return earlier.every(({ text, signature }, i) => later[i]?.text === text && later[i]?.signature === signature);
}
