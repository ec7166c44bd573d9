/** The items of ledgers of benefit sharing, as stored. */
import type { LedgerAccount } from '../../../domain/linkages/ledger/account.ts';
import type { AddedEntry } from '../../../domain/linkages/ledger/ledger.ts';
import type { LedgerHead } from '../../../domain/linkages/ledger/rules.ts';
import { linkageKeys } from '../../tables.ts';

/**
 * The end of an agreement's ledger. Its version is the number of entries, so that an entry is added to the end that it
 * names.
 */
export type LedgerItem = ReturnType<typeof ledgerItem>;
export function ledgerItem(agreementId: string, head: LedgerHead) {
  const { number: version } = head;
  return { agreementId, ...head, ...linkageKeys.ledger(agreementId), type: 'Ledger' as const, version };
}

/** The caller who brought an entry, and the instant. */
export interface Entered {
  readonly at: string;
  readonly by: string;
}

/** An entry of a ledger. It is never changed. */
export type LedgerEntryItem = ReturnType<typeof ledgerEntryItem>;
export function ledgerEntryItem({ entry, signed, head }: AddedEntry, entered: Entered) {
  const { ledger: agreementId, number, zone, on, content } = entry;
  return {
    agreementId,
    number,
    kind: content.kind,
    zone,
    on,
    ...signed,
    hash: head.hash,
    entered,
    ...linkageKeys.ledgerEntry(agreementId, number),
    type: 'LedgerEntry' as const,
  };
}

export type LedgerAccountItem = ReturnType<typeof ledgerAccountItem>;
export function ledgerAccountItem(agreementId: string, account: LedgerAccount) {
  return {
    agreementId,
    ...account,
    ...linkageKeys.ledgerAccount(agreementId, account.id),
    type: 'LedgerAccount' as const,
  };
}
