/**
 * Facts of persons from agencies' registers: one item an agency in the person's partition, and its versions, each encrypted
 * with the person's key. They are erased with the person.
 */
import { AGENCIES, type Agency } from '../../../domain/cases/agency.ts';
import type { RecordedFacts } from '../../../domain/people/recorded-facts.ts';
import type { Facts } from '../../../domain/rules/rule.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import {
  commitOnce,
  type Earlier,
  earlierOf,
  type OnceOutcome,
  type OnceRequest,
  onceKey,
  personInputKey,
} from '../../dynamodb/idempotency.ts';
import { keyLoader } from '../../dynamodb/loader.ts';
import { readItem } from '../../dynamodb/read.ts';
import { STALE, type Stale } from '../../dynamodb/transaction.ts';
import { isNew, put, versionIs } from '../../dynamodb/write.ts';
import { recordVersionKey } from '../../tables/key.ts';
import { isStorable, type PrimaryKey, talentKeys } from '../../tables.ts';
import type { CaseItem } from '../items.ts';
import type { SealedFields } from './items.ts';
import type { People } from './people.ts';
import { ensurePersonKey, sealFields, type TalentTable } from './sealing.ts';

/** Facts of a person from an agency's register, in one version. The facts themselves are encrypted. */
export type PersonFactsItem = ReturnType<typeof personFactsItem>;
export function personFactsItem(
  key: PrimaryKey,
  { agency, version, on, recordedAt }: RecordedFacts,
  { personId, officer, sealed }: { personId: string; officer: string; sealed: SealedFields<'facts'> },
) {
  const recorded = { personId, agency, version, on, recordedAt, recordedBy: officer, sealed, sealedAt: recordedAt };
  return { ...recorded, ...key, type: 'PersonFacts' as const };
}

export interface LoadedFacts {
  readonly earlier: Earlier;
  readonly of: CaseItem | null;
  /** The record of the caller's agency; null where it has recorded nothing, and for other callers. */
  readonly before: RecordedFacts | null;
}

export interface PersonFactsStore {
  /** Returns the records of all agencies of a person: one BatchGet for many persons. Empty after an erasure. */
  of(personId: string): Promise<readonly RecordedFacts[]>;
  load(once: OnceRequest, caseId: string, viewer: Viewer): Promise<LoadedFacts>;
  commit(once: OnceRequest, of: CaseItem, recorded: RecordedFacts, viewer: Viewer): Promise<OnceOutcome<Stale>>;
}

export function openPersonFacts(table: TalentTable, people: People): PersonFactsStore {
  const items = keyLoader<PrimaryKey, PersonFactsItem>(table, (key) => key);
  const opened = async (item: PersonFactsItem | null): Promise<RecordedFacts | null> => {
    const facts = item && (await people.openFrom(item.personId, item, 'facts'));
    if (!item || facts == null) return null;
    const { agency, version, on, recordedAt } = item;
    return { agency, version, on, recordedAt, facts: JSON.parse(facts) as Facts };
  };
  return {
    async of(personId) {
      const keys = AGENCIES.map((agency) => talentKeys.personFacts(personId, agency)).filter(isStorable);
      const found = await Promise.all((await items.loadMany(keys)).map(opened));
      return found.filter((each) => each !== null);
    },
    async load(once, caseId, viewer) {
      const keys = [onceKey(table, once), talentKeys.case(caseId)].filter(isStorable);
      const [first = null, of = null] = await batchRead<PrimaryKey>(table, keys, { consistent: true });
      const item = of as CaseItem | null;
      const agency = viewer.kind === 'officer' ? viewer.agency : null;
      const before = item && agency ? await read(table, item.applicantId, agency) : null;
      return { earlier: await earlierOf(table, first, once), of: item, before: await opened(before) };
    },
    async commit(once, { applicantId, zoneId }, recorded, viewer) {
      const own = await ensurePersonKey(table, applicantId, zoneId, {}, once.now);
      const key = talentKeys.personFacts(applicantId, recorded.agency);
      const officer = viewer.kind === 'officer' ? viewer.person : '';
      const itemAt = (at: PrimaryKey) => {
        const sealed = sealFields(own.key, at, { facts: JSON.stringify(recorded.facts) });
        return personFactsItem(at, recorded, { personId: applicantId, officer, sealed });
      };
      // The input tells of the applicant: its hash goes with their key.
      return commitOnce<Stale>(
        { ...table, person: applicantId },
        once,
        [applicantId],
        [
          ...own.writes,
          put<Stale>(itemAt(key), { when: versionIs(recorded.version - 1), otherwise: STALE }),
          put<Stale>(itemAt(recordVersionKey(key, recorded.version)), { when: isNew, otherwise: STALE }),
        ],
        personInputKey(applicantId, own.key),
      );
    },
  };
}

const read = (table: TalentTable, personId: string, agency: Agency) =>
  readItem<PersonFactsItem>(table, talentKeys.personFacts(personId, agency), { consistent: true });
