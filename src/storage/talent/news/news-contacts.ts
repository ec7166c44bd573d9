import type { StatedContact } from '../../../domain/news/contact.ts';
import type { OnceOutcome, OnceRequest } from '../../dynamodb/idempotency.ts';
import type { Stale } from '../../dynamodb/transaction.ts';
import { put, remove } from '../../dynamodb/write.ts';
import { type ContactItem, newContactKey, readContact, sealContact } from '../../person-keys/contacts.ts';
import { personKeyKeys } from '../../tables.ts';
import type { CaseChanges, LoadedCase } from '../cases/case-changes.ts';
import type { CaseItem } from '../items.ts';
import { inTable, type TalentTable } from '../people/sealing.ts';

/** The contacts at which applicants hear of news: one for each case, in the table of persons' keys. */
export interface NewsContacts {
  /** Returns the contact of a case; null where there is none. */
  of(caseId: string): Promise<ContactItem | null>;
  /** Sets the contact of a loaded case; null removes it. */
  commit(once: OnceRequest, loaded: LoadedCase, stated: StatedContact | null): Promise<OnceOutcome<Stale>>;
}

export function openNewsContacts(table: TalentTable, caseChanges: CaseChanges): NewsContacts {
  const writeOf = async (of: CaseItem, stated: StatedContact | null, now: Date) =>
    stated
      ? put<Stale>(sealContact(await newContactKey(table.keyring, of.zoneId), of, stated, now))
      : remove<Stale>(personKeyKeys.contact(of.id));
  return {
    of: (caseId) => readContact(table.keys, caseId),
    async commit(once, loaded, stated) {
      if (!loaded.situation) throw new Error('a contact of a case that does not exist');
      const write = await writeOf(loaded.situation.case, stated, once.now);
      return caseChanges.commitUnchanged(once, loaded, [inTable(table.keys, write)]);
    },
  };
}
