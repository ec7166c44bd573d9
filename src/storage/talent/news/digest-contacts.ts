import type { DigestPlan, Officer } from '../../../domain/news/digest.ts';
import { saverOf } from '../../../domain/questions/saved-question.ts';
import {
  commitOnce,
  type Earlier,
  earlierAnswer,
  type OnceOutcome,
  type OnceRequest,
} from '../../dynamodb/idempotency.ts';
import { STALE, type Stale } from '../../dynamodb/transaction.ts';
import { isNew, put, remove, versionIs, type Write } from '../../dynamodb/write.ts';
import {
  type DigestContactItem,
  type DigestPlace,
  readDigestContact,
  sealDigestContact,
} from '../../person-keys/digest-contacts.ts';
import { inTable, type TalentTable } from '../people/sealing.ts';

/** An officer's contact, and the earlier outcome of a key. */
export interface LoadedDigestContact {
  readonly earlier: Earlier;
  readonly contact: DigestContactItem | null;
}

/** The contacts at which officers are sent digests: one for each officer of an agency and zone. */
export interface DigestContacts {
  /** Returns an officer's contact; null where there is none. */
  of(officer: Officer): Promise<DigestContactItem | null>;
  load(once: OnceRequest, officer: Officer): Promise<LoadedDigestContact>;
  /** Sets or removes the contact that was loaded. */
  commit(once: OnceRequest, plan: DigestPlan, loaded: LoadedDigestContact): Promise<OnceOutcome<Stale>>;
}

const placeOf = (officer: Officer): DigestPlace => ({
  zoneId: officer.zone,
  agency: officer.agency,
  officer: saverOf(officer),
});

export function openDigestContacts(table: TalentTable): DigestContacts {
  const of = (officer: Officer) => readDigestContact(table.keys, placeOf(officer));
  return {
    of,
    async load(once, officer) {
      const [earlier, contact] = await Promise.all([earlierAnswer(table, once), of(officer)]);
      return { earlier, contact };
    },
    async commit(once, { officer, stated }, { contact: before }) {
      const isUnchanged = { when: before ? versionIs(before.version) : isNew, otherwise: STALE } as const;
      const writes: Write<Stale>[] = [];
      if (stated) {
        const version = (before?.version ?? 0) + 1;
        const item = await sealDigestContact(table.keyring, placeOf(officer), stated, { version, now: once.now });
        writes.push(put<Stale>(item, isUnchanged));
      } else if (before) {
        writes.push(remove<Stale>(before, isUnchanged));
      }
      return commitOnce(
        table,
        once,
        [],
        writes.map((write) => inTable(table.keys, write)),
      );
    },
  };
}
