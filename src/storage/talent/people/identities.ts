import type { CaseChange } from '../../../domain/cases/decide.ts';
import type { KnownIdentity } from '../../../domain/people/identity.ts';
import type { OnceRequest } from '../../dynamodb/idempotency.ts';
import { readItem } from '../../dynamodb/read.ts';
import { STALE, type Stale } from '../../dynamodb/transaction.ts';
import { update, versionIs } from '../../dynamodb/write.ts';
import { talentKeys } from '../../tables.ts';
import type { CaseChanges, ChangeOutcome, LoadedCase } from '../cases/case-changes.ts';
import type { CaseItem } from '../items.ts';
import { casesOfPerson } from './erase-person.ts';
import type { PersonItem } from './items.ts';
import type { People } from './people.ts';
import { ensurePersonKey, type TalentTable } from './sealing.ts';

export interface LoadedIdentity extends LoadedCase {
  readonly person: PersonItem | null;
  /** The applicant's last stated number, unmasked; null where none is stored. */
  readonly known: KnownIdentity | null;
}

/** Stores officers' verifications of identity numbers. */
export interface Identities {
  /**
   * @param isTheirs returns whether the caller may verify the applicant of this case; only then is the number decrypted
   */
  load(once: OnceRequest, caseId: string, isTheirs: (of: CaseItem) => boolean): Promise<LoadedIdentity>;
  /** Commits the case's change, marks the person's number as verified, and adds its look-up hash in the case's zone. */
  verify(once: OnceRequest, loaded: LoadedIdentity, change: CaseChange): Promise<ChangeOutcome>;
  /** Returns the cases of a case's zone whose applicant is another account with the same verified number. */
  sameIdentity(of: CaseItem): Promise<readonly CaseItem[]>;
}

/** Upper bound of one person's accounts that are read. */
const MAX_ACCOUNTS = 10;

export function openIdentities(table: TalentTable, people: People, changes: CaseChanges): Identities {
  const personOf = (personId: string) => readItem<PersonItem>(table, talentKeys.person(personId), { consistent: true });
  return {
    async load(once, caseId, isTheirs) {
      const loaded = await changes.load(once, caseId);
      const of = loaded.situation?.case;
      const person = of && isTheirs(of) ? await personOf(of.applicantId) : null;
      return { ...loaded, person, known: await people.identityOf(person) };
    },
    async verify(once, loaded, change) {
      const { person, known, situation } = loaded;
      if (!person || !known || !situation) throw new Error('a verification of an identity that is not stored');
      const { applicantId, zoneId } = situation.case;
      const own = await ensurePersonKey(table, applicantId, zoneId, { verified: known.idNumber }, once.now);
      const identity = { ...person.identity, verifiedBy: 'OFFICER' as const, verifiedAt: change.event.at };
      const isSeen = { when: versionIs(person.version), otherwise: STALE } as const;
      return changes.commit(once, loaded, change, [
        update<Stale>(person, { set: { identity, version: person.version + 1 } }, isSeen),
        ...own.writes,
      ]);
    },
    async sameIdentity({ applicantId, zoneId }) {
      const known = await people.identityOf(await personOf(applicantId));
      if (!known?.verifiedBy) return [];
      const accounts = (await people.accountsOf(zoneId, known.idNumber)).filter((account) => account !== applicantId);
      const cases = await Promise.all(accounts.slice(0, MAX_ACCOUNTS).map((account) => casesOfPerson(table, account)));
      return cases.flat().filter((other) => other.zoneId === zoneId);
    },
  };
}
