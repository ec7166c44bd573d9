import type { Calendar } from '../../../domain/calendar/calendar.ts';
import { dayInShanghai } from '../../../domain/calendar/day.ts';
import type { ArrangedCaseType } from '../../../domain/case-types/arrangement.ts';
import type { CaseChange } from '../../../domain/cases/decide.ts';
import type { CaseSituation } from '../../../domain/cases/file.ts';
import type { CaseBeginning, OpeningNames } from '../../../domain/cases/open.ts';
import type { CasePlaceFacts } from '../../../domain/cases/place.ts';
import { isIdOf, ulidOf } from '../../../domain/ids.ts';
import type { KnownIdentity } from '../../../domain/people/identity.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { calendarInForce } from '../../calendar/calendar-in-force.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import {
  commitOnce,
  type Earlier,
  earlierAnswer,
  earlierOf,
  type OnceOutcome,
  type OnceRequest,
  onceKey,
} from '../../dynamodb/idempotency.ts';
import { newId, randomBits } from '../../dynamodb/new-id.ts';
import { readItem } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { STALE, type Stale } from '../../dynamodb/transaction.ts';
import { check, type Write } from '../../dynamodb/write.ts';
import { type PrimaryKey, talentKeys } from '../../tables.ts';
import type { ApplicationPlace } from '../case-types/case-types.ts';
import { sealNotes } from '../documents/notes.ts';
import { type CaseItem, type CaseTypeItem, caseItem } from '../items.ts';
import type { PersonItem } from '../people/items.ts';
import type { People } from '../people/people.ts';
import type { TalentTable } from '../people/sealing.ts';
import { changeWrites, type FacilityFull, isAsLoaded, openingWrites, placeWrites } from './case-writes.ts';
import type { CaseFile } from './cases.ts';
import { arrangedAnew, calendarsAt, readSituation } from './situations.ts';

/** The facts that decide an action on a case, and the earlier outcome of its key. */
export interface LoadedCase {
  readonly earlier: Earlier;
  /** Null where there is no such case. */
  readonly situation: (CaseSituation & CaseFile) | null;
}

/** The place of an application, and its employer. */
export interface OpeningPlace extends ApplicationPlace {
  /** Null for an applicant without an employer in the park. */
  readonly enterpriseId: string | null;
}

/** The facts that decide the opening of a case. */
export interface LoadedOpening {
  readonly earlier: Earlier;
  /** The current version in its arrangement; null where there is no such case type. */
  readonly caseType: ArrangedCaseType | null;
  readonly names: OpeningNames;
  /** The applicant's earlier number, and the version of their record. */
  readonly known: KnownIdentity | null;
  readonly personVersion: number;
  readonly isEmployerEnded: boolean;
  readonly calendar: Calendar;
}

/**
 * Writes changes of cases. Each is one transaction: the case, its event, the outbox entry, the lists, and the key's
 * record.
 */
export interface CaseChanges {
  /** @param found called when the case is read: begins reads that need it, beside those of its type */
  load(once: OnceRequest, caseId: string, found?: (of: CaseItem) => void): Promise<LoadedCase>;
  /** Commits a change as `commitChange`. A zone that accepts no cases is refused. */
  commit(
    once: OnceRequest,
    loaded: LoadedCase,
    change: CaseChange,
    more?: readonly Write<Stale>[],
  ): Promise<ChangeOutcome>;
  /** Returns the case as `commit` writes it. */
  changed(loaded: LoadedCase, change: CaseChange): CaseItem;
  /** Commits the end of a case's place, if the case is unchanged since it was loaded. */
  endPlace(once: OnceRequest, loaded: LoadedCase, ended: CasePlaceFacts): Promise<OnceOutcome<FacilityFull | Stale>>;
  /**
   * Commits only the key's record, if the case is unchanged since it was loaded. For one-time steps beside a case.
   * @param more further writes of the same transaction
   */
  commitUnchanged(once: OnceRequest, loaded: LoadedCase, more?: readonly Write<Stale>[]): Promise<OnceOutcome<Stale>>;
  loadOpening(once: OnceRequest, caseTypeId: string, where: OpeningPlace): Promise<LoadedOpening>;
  open(once: OnceRequest, loaded: LoadedOpening, beginning: CaseBeginning): Promise<OnceOutcome<ZoneNotServed | Stale>>;
  /** Returns the case as `open` writes it. */
  opened(beginning: CaseBeginning): CaseItem;
  /** Returns the case of a recorded answer. */
  answered(answer: readonly string[]): Promise<CaseItem>;
}

export function openCaseChanges(table: TalentTable, people: People): CaseChanges {
  return {
    load: (once, caseId, found) => loadCase(table, once, caseId, found),
    async commit(once, loaded, change, more = []) {
      const situation = loadedSituation(loaded);
      const { zoneId } = change.head;
      if (zoneId !== situation.case.zoneId && !table.keyring.has(zoneId)) return notServed('toZone');
      const documents = await sealNotes(people, situation.case, change);
      // The applicant's key is gone, so the decision is outdated.
      if (!documents) return { committed: false, refusals: [{ write: 0, refusal: STALE }] };
      // The input with a note belongs to the applicant: its hash goes with their key.
      const owner = change.notes.length > 0 ? { ...table, person: situation.case.applicantId } : table;
      return commitChange<Stale | FacilityFull>(owner, once, situation, { ...change, documents }, [
        ...more,
        ...placeWrites(situation.case.id, situation.place, change.place),
      ]);
    },
    changed: (loaded, { head }) => caseItem({ ...loadedSituation(loaded).case, ...head }),
    endPlace: (once, loaded, ended) => {
      const { case: of, place } = loadedSituation(loaded);
      return commitOnce<FacilityFull | Stale>(
        table,
        once,
        [of.id],
        [check(of, { when: isAsLoaded(of), otherwise: STALE }), ...placeWrites(of.id, place, ended)],
      );
    },
    commitUnchanged: (once, loaded, more = []) => {
      const { case: of } = loadedSituation(loaded);
      return commitOnce<Stale>(table, once, [of.id], [check(of, { when: isAsLoaded(of), otherwise: STALE }), ...more]);
    },
    async loadOpening(once, caseTypeId, where) {
      const record = onceKey(table, once);
      const { enterpriseId } = where;
      const keys = [record, talentKeys.person(table.person ?? '')];
      if (isIdOf('ctype', caseTypeId)) keys.push(talentKeys.caseType(caseTypeId));
      if (enterpriseId !== null && isIdOf('ent', enterpriseId)) keys.push(talentKeys.endedEmployer(enterpriseId));
      const found = await batchRead<PrimaryKey & { readonly type?: string }>(table, keys, { consistent: true });
      const [earlier = null, person = null, ...others] = found;
      const caseType = others.find((item) => item?.type === 'CaseType') ?? null;
      return {
        earlier: await earlierOf(table, earlier, once),
        known: await people.identityOf(person as PersonItem | null),
        personVersion: (person as PersonItem | null)?.version ?? 0,
        isEmployerEnded: others.some((item) => item?.type === 'EndedEmployer'),
        caseType: caseType && (await arrangedAnew(table, caseType as CaseTypeItem, where, dayInShanghai(once.now))),
        calendar: await calendarInForce(table, once.now),
        names: { id: newId('case', once.now), receiptNumber: newReceiptNumber() },
      };
    },
    open: async (once, { caseType, personVersion, calendar }, beginning) => {
      if (!caseType) throw new Error('a case was opened without its type');
      const { id, applicantId, zoneId } = beginning.case;
      if (!table.keyring.has(zoneId)) return notServed('zone');
      const stated = { identity: beginning.case.identity, seen: personVersion };
      const sealed = await people.seal(applicantId, zoneId, beginning.applicant, once.now, stated);
      const writes = openingWrites(beginning, { caseType, calendar, now: once.now });
      return commitOnce<Stale>(table, once, [id], [...writes, ...sealed.writes], sealed.inputKey);
    },
    opened: (beginning) => caseItem(beginning.case),
    async answered([id = '']) {
      const item = await readItem<CaseItem>(table, talentKeys.case(id), { consistent: true });
      if (!item) throw new Error('the case of a recorded answer does not exist');
      return item;
    },
  };
}

export type ZoneNotServed = Refusal<'INVALID_ZONE'>;
export type ChangeOutcome = OnceOutcome<ZoneNotServed | FacilityFull | Stale>;

/**
 * The refusal for a zone without a master key. Its cases can't be encrypted, and none of its officers would find them.
 */
function notServed(field: string): OnceOutcome<ZoneNotServed> {
  const refusal: ZoneNotServed = { code: 'INVALID_ZONE', field: [field], message: 'That zone accepts no cases here.' };
  return { committed: false, refusals: [{ write: 0, refusal }] };
}

async function loadCase(
  table: Table,
  once: OnceRequest,
  caseId: string,
  found?: (of: CaseItem) => void,
): Promise<LoadedCase> {
  const [earlier, situation] = await Promise.all([
    earlierAnswer(table, once),
    readSituation(table, caseId, {
      now: once.now,
      calendarOf: calendarsAt(table, once.now),
      ...(found && { found }),
    }),
  ]);
  return { earlier, situation };
}

/**
 * Commits a change of a case as loaded.
 * @param more further writes of the same transaction
 */
export function commitChange<Refused = Stale>(
  table: Table,
  once: OnceRequest,
  loaded: CaseSituation & CaseFile,
  change: CaseChange,
  more: readonly Write<Stale | Refused>[] = [],
): Promise<OnceOutcome<Stale | Refused>> {
  return commitOnce<Stale | Refused>(
    table,
    once,
    [loaded.case.id],
    [...changeWrites(loaded, change, once.now), ...more],
  );
}

function loadedSituation({ situation }: LoadedCase): CaseSituation & CaseFile {
  if (!situation) throw new Error('a change of a case that does not exist');
  return situation;
}

/**
 * Returns a receipt number: 60 random bits as twelve digits of Crockford's base 32 in groups of four, so that none can
 * be guessed from another.
 */
export function newReceiptNumber(): string {
  const digits = ulidOf(0, randomBits()).slice(-12);
  return `BHZ-${digits.replaceAll(/(.{4})(?=.)/g, '$1-')}`;
}
