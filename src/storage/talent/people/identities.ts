import type { CaseChange } from '../../../domain/cases/decide.ts';
import type { KnownIdentity } from '../../../domain/people/identity.ts';
import type { OnceRequest } from '../../dynamodb/idempotency.ts';
import { createLoader } from '../../dynamodb/loader.ts';
import { STALE, type Stale } from '../../dynamodb/transaction.ts';
import { update, versionIs } from '../../dynamodb/write.ts';
import type { CaseChanges, ChangeOutcome, LoadedCase } from '../cases/case-changes.ts';
import type { CaseItem } from '../items.ts';
import { casesOfPerson } from './erase-person.ts';
import type { People } from './people.ts';
import { type PersonWithKeys, readPersonWithKeys } from './person-with-keys.ts';
import { ensurePersonKey, type TalentTable } from './sealing.ts';

export interface LoadedIdentity extends LoadedCase, PersonWithKeys {
  /** The applicant's last stated number, unmasked; null where none is stored. */
  readonly known: KnownIdentity | null;
}

/** Stores officers' verifications of identity numbers. */
export interface Identities {
  /**
   * @param isTheirs returns whether the caller may verify the applicant of this case; only then is the number decrypted
   */
  load(once: OnceRequest, caseId: string, isTheirs: (of: CaseItem) => boolean): Promise<LoadedIdentity>;
  /**
   * Commits the case's change, marks the person's number as verified, and adds its look-up hash in the case's zone. Begins
   * to read what `sameIdentity` will need.
   */
  verify(once: OnceRequest, loaded: LoadedIdentity, change: CaseChange): Promise<ChangeOutcome>;
  /**
   * Returns the cases of a case's zone whose applicant is another account with the same verified number.
   * @param verified the number, where this request has verified it
   */
  sameIdentity(of: CaseItem, verified: string | null): Promise<readonly CaseItem[]>;
}

/** Upper bound of one person's accounts that are read. */
const MAX_ACCOUNTS = 10;

export function openIdentities(table: TalentTable, people: People, changes: CaseChanges): Identities {
  const casesOf = createLoader<string, readonly CaseItem[]>((accounts) =>
    Promise.all(accounts.map((account) => casesOfPerson(table, account))),
  );
  const othersOf = async ({ applicantId, zoneId }: CaseItem, idNumber: string) => {
    const accounts = await people.accountsOf(zoneId, idNumber);
    return casesOf.loadMany(accounts.filter((account) => account !== applicantId).slice(0, MAX_ACCOUNTS));
  };
  const verifiedNumberOf = async ({ applicantId }: CaseItem) => {
    const { person, keys } = await readPersonWithKeys(table, applicantId);
    const known = await people.identityOf(person, keys);
    return known?.verifiedBy ? known.idNumber : null;
  };
  return {
    async load(once, caseId, isTheirs) {
      let reading: Promise<PersonWithKeys> | undefined;
      const loaded = await changes.load(once, caseId, (of) => {
        reading = isTheirs(of) ? readPersonWithKeys(table, of.applicantId) : undefined;
        // A fault is reported where the person is needed.
        reading?.catch(() => undefined);
      });
      const { person, keys } = (await reading) ?? { person: null, keys: null };
      return { ...loaded, person, keys, known: await people.identityOf(person, keys) };
    },
    async verify(once, loaded, change) {
      const { person, keys, known, situation } = loaded;
      if (!person || !known || !situation) throw new Error('a verification of an identity that is not stored');
      const { applicantId, zoneId } = situation.case;
      const own = await ensurePersonKey(table, applicantId, zoneId, { verified: known.idNumber, keys }, once.now);
      const identity = { ...person.identity, verifiedBy: 'OFFICER' as const, verifiedAt: change.event.at };
      const isSeen = { when: versionIs(person.version), otherwise: STALE } as const;
      // The accounts are read again after the commit, and their cases are shown only then.
      othersOf(situation.case, known.idNumber).catch(() => undefined);
      return changes.commit(once, loaded, change, [
        update<Stale>(person, { set: { identity, version: person.version + 1 } }, isSeen),
        ...own.writes,
      ]);
    },
    async sameIdentity(of, verified) {
      const idNumber = verified ?? (await verifiedNumberOf(of));
      if (idNumber === null) return [];
      const cases = await othersOf(of, idNumber);
      return cases.flat().filter((other) => other.zoneId === of.zoneId);
    },
  };
}
