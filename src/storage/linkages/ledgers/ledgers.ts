import type { LedgerAccount } from '../../../domain/linkages/ledger/account.ts';
import type { AddedEntry } from '../../../domain/linkages/ledger/ledger.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import {
  commitOnce,
  type Earlier,
  earlierOf,
  type OnceOutcome,
  type OnceRequest,
  onceKey,
} from '../../dynamodb/idempotency.ts';
import { keyLoader, type Loader } from '../../dynamodb/loader.ts';
import { type Page, type PageRequest, readPage } from '../../dynamodb/page.ts';
import type { Table } from '../../dynamodb/table.ts';
import { STALE, type Stale } from '../../dynamodb/transaction.ts';
import { isNew, put, versionIs } from '../../dynamodb/write.ts';
import { linkageKeys, type PrimaryKey } from '../../tables.ts';
import type { AgreementItem } from '../items.ts';
import {
  type Entered,
  type LedgerAccountItem,
  type LedgerEntryItem,
  type LedgerItem,
  ledgerAccountItem,
  ledgerEntryItem,
  ledgerItem,
} from './ledger-items.ts';

/** The name of an account in a ledger. */
export interface AccountName {
  readonly agreementId: string;
  /** The account's id; null for what concerns no account. */
  readonly account: string | null;
}

/** The stored facts that decide an entry; null for what isn't there. */
export interface LoadedLedger {
  readonly earlier: Earlier;
  readonly agreement: AgreementItem | null;
  readonly ledger: LedgerItem | null;
  readonly account: LedgerAccountItem | null;
}

/**
 * Ledgers of benefit sharing. An entry is one transaction: the end of the ledger in the place of the one that the entry
 * names, the entry, which is new, its account, and the key's record.
 */
export interface Ledgers {
  readonly ofAgreement: Loader<string, LedgerItem | null>;
  account(agreementId: string, account: string): Promise<LedgerAccountItem | null>;
  accounts(agreementId: string, page: PageRequest): Promise<Page<LedgerAccountItem>>;
  entries(agreementId: string, page: PageRequest): Promise<Page<LedgerEntryItem>>;
  /** Loads what decides an entry. Without a command to be carried out once, nothing has been answered before. */
  load(name: AccountName, once?: OnceRequest): Promise<LoadedLedger>;
  commit(once: OnceRequest, added: AddedEntry, entered: Entered): Promise<OnceOutcome<Stale>>;
  /** Returns the entry of an answer that was given before, and its account as it is now. */
  answered(answer: readonly string[]): Promise<EnteredEntry>;
}

/** An entry that was added, and its account; null for an entry that names none. */
export interface EnteredEntry {
  readonly entry: LedgerEntryItem;
  readonly account: LedgerAccount | null;
}

export function openLedgers(table: Table): Ledgers {
  const ofAgreement = keyLoader<string, LedgerItem>(table, linkageKeys.ledger);
  const accounts = keyLoader<readonly [agreementId: string, account: string], LedgerAccountItem>(table, (name) =>
    linkageKeys.ledgerAccount(...name),
  );
  const list = <Item extends PrimaryKey>(field: string, agreement: string, partition: string, page: PageRequest) =>
    readPage<Item, Item>(table, page, {
      range: { partition },
      binding: { field, arguments: { agreement } },
      nodes: (items) => items,
    });
  return {
    ofAgreement,
    account: (...name) => accounts.load(name),
    accounts: (id, page) => list('Ledger.accounts', id, linkageKeys.ledgerAccount(id, '').pk, page),
    entries: (id, page) => list('Ledger.entries', id, linkageKeys.ledgerEntry(id, 0).pk, page),
    async load({ agreementId, account }, once) {
      const keys = [
        linkageKeys.agreement(agreementId),
        linkageKeys.ledger(agreementId),
        ...(account === null ? [] : [linkageKeys.ledgerAccount(agreementId, account)]),
        ...(once ? [onceKey(table, once)] : []),
      ];
      const found = await batchRead<PrimaryKey & { readonly type: string }>(table, keys, { consistent: true });
      const of = <Item>(type: string) => (found.find((item) => item?.type === type) ?? null) as Item | null;
      const earlier = once ? await earlierOf(table, of('Idempotency'), once) : ({ kind: 'NONE' } as const);
      return { earlier, agreement: of('Agreement'), ledger: of('Ledger'), account: of('LedgerAccount') };
    },
    commit(once, added, entered) {
      const { entry, head, account } = added;
      const { ledger: agreementId, number } = entry;
      return commitOnce<Stale>(
        table,
        once,
        [agreementId, String(number), account?.id ?? ''],
        [
          put<Stale>(ledgerItem(agreementId, head), { when: versionIs(number - 1), otherwise: STALE }),
          put<Stale>(ledgerEntryItem(added, entered), { when: isNew, otherwise: STALE }),
          ...(account ? [put<Stale>(ledgerAccountItem(agreementId, account))] : []),
        ],
      );
    },
    async answered([agreementId = '', number = '', account = '']) {
      const keys = [
        linkageKeys.ledgerEntry(agreementId, Number(number)),
        ...(account === '' ? [] : [linkageKeys.ledgerAccount(agreementId, account)]),
      ];
      const [entry, of = null] = await batchRead<PrimaryKey>(table, keys, { consistent: true });
      if (!entry) throw new Error('an entry that was answered is not there');
      return { entry: entry as LedgerEntryItem, account: of as LedgerAccountItem | null };
    },
  };
}
