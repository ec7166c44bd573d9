/** A ledger as a chain: what the next entry has to be, and who signs it. */
import { type RecordRefusal, unless } from '../../records/record.ts';
import type { LedgerAccount } from './account.ts';
import { accountAfter, headAfter } from './apply.ts';
import { type Content, type LedgerEntry, parseEntry, type SignedText } from './entry.ts';
import { type LedgerHead, refuseContent } from './rules.ts';
import { paymentOf, settlementOf } from './settle.ts';
import { isSignedBy } from './signature.ts';

/** The part of a ledger that one entry needs. */
export interface LedgerState {
  /** The agreement's id. */
  readonly ledger: string;
  readonly head: LedgerHead;
  /** The account that the entry names; null where there is none. */
  readonly account: LedgerAccount | null;
}

/** Makes the next entry of a ledger. */
export function nextEntry({ ledger, head }: LedgerState, zone: string, on: string, content: Content): LedgerEntry {
  return { ledger, number: head.number + 1, previous: head.hash, zone, on, content };
}

/** A command of a zone: the content of an entry, without what follows from the account. */
export type LedgerCommand =
  | Exclude<Content, { readonly kind: 'COMPUTE_SETTLEMENT' | 'PAY' | 'RECEIVE' }>
  | { readonly kind: 'COMPUTE_SETTLEMENT'; readonly account: string; readonly year: number }
  | { readonly kind: 'PAY' | 'RECEIVE'; readonly account: string; readonly year: number; readonly zone: string };

/** Completes a command by the amounts that follow from its account. Where none follow, the rules refuse it. */
export function contentOf(command: LedgerCommand, account: LedgerAccount | null, zone: string): Content {
  switch (command.kind) {
    case 'COMPUTE_SETTLEMENT': {
      const { kind, account: id, year } = command;
      return { kind, account: id, year, ...((account && settlementOf(account, year)) ?? { figures: [], due: [] }) };
    }
    case 'PAY':
    case 'RECEIVE': {
      const { kind, account: id, year, zone: other } = command;
      const settlement = account?.settlements[year];
      const counterpart = account && zone === account.terms.payer ? other : zone;
      const payment = account && settlement ? paymentOf(account, settlement, counterpart) : null;
      return { kind, account: id, year, zone: other, amount: payment?.amount ?? '0' };
    }
    default:
      return command;
  }
}

/** Returns the account that an entry's content names; null for a key. */
export const accountOf = (content: Content | LedgerCommand): string | null =>
  'account' in content ? content.account : null;

/** Returns why an entry can't be the next one of its ledger, whoever signs it. */
export function refuseEntry(entry: LedgerEntry, { ledger, head, account }: LedgerState): readonly RecordRefusal[] {
  const { number, previous, zone, on, content } = entry;
  const field = ['text'];
  const isNext = number === head.number + 1 && previous === head.hash;
  if (entry.ledger !== ledger) return unless(false, 'INVALID_VALUE', field, 'The text is of another ledger.');
  if (!isNext) return unless(false, 'OTHER_VERSION', field, 'The ledger has other entries now: sign a new text.');
  if (head.on !== null && on < head.on)
    return unless(false, 'INVALID_VALUE', field, 'The last entry is of a later day.');
  return refuseContent(content, { head, account, zone, on });
}

/** Returns the public key that has to sign an entry; null where there is none. */
function signerOf({ zone, content }: LedgerEntry, { head, account }: LedgerState): string | null {
  if (content.kind === 'AWARD_FIGURE') return account?.terms.arbiter ?? null;
  if (content.kind === 'REPLACE_KEY') return content.publicKey;
  // The first key of a zone signs for itself, which proves that its private half is there. Each later one needs the former's.
  return head.keys[zone] ?? (content.kind === 'REGISTER_KEY' ? content.publicKey : null);
}

/** An entry that was added, and what it changed. */
export interface AddedEntry {
  readonly entry: LedgerEntry;
  readonly signed: SignedText;
  readonly head: LedgerHead;
  /** Null where the entry names no account. */
  readonly account: LedgerAccount | null;
}

export type LedgerDecision =
  | { readonly ok: true; readonly value: AddedEntry }
  | { readonly ok: false; readonly refusals: readonly RecordRefusal[] };

/** Adds a signed entry to a ledger, by the rules that need nothing but the ledger itself. */
export function addEntry(signed: SignedText, state: LedgerState): LedgerDecision {
  const entry = parseEntry(signed.text);
  if (!entry) {
    const refusals = unless(false, 'INVALID_TEXT', ['text'], 'This is no text that `ledgerEntryText` gives.');
    return { ok: false, refusals };
  }
  const refusals = refuseEntry(entry, state);
  if (refusals.length > 0) return { ok: false, refusals };
  const signer = signerOf(entry, state);
  const isSigned = signer !== null && isSignedBy(signer, signed.text, signed.signature);
  if (!isSigned) {
    const message = signer === null ? 'The zone has registered no key.' : 'The signature is not by the registered key.';
    return { ok: false, refusals: unless(false, 'INVALID_VALUE', ['signature'], message) };
  }
  const head = headAfter(state.head, entry, signed);
  return { ok: true, value: { entry, signed, head, account: accountAfter(state.account, entry) } };
}
