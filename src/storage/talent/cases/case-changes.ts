import { randomBytes } from 'node:crypto';
import { CALENDAR } from '../../../domain/calendar/calendar.ts';
import { dayInShanghai } from '../../../domain/calendar/day.ts';
import type { CaseTypeFacts } from '../../../domain/case-types/case-type.ts';
import type { Agency } from '../../../domain/cases/agency.ts';
import type { CaseChange } from '../../../domain/cases/decide.ts';
import { dueOf } from '../../../domain/cases/due.ts';
import { type CaseSituation, lastAskedFor } from '../../../domain/cases/file.ts';
import type { CaseEvent } from '../../../domain/cases/fold.ts';
import type { DeadlineNotice } from '../../../domain/cases/notice.ts';
import type { CaseBeginning, OpeningNames } from '../../../domain/cases/open.ts';
import { isIdOf } from '../../../domain/ids.ts';
import type { KnownIdentity } from '../../../domain/people/identity.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { ulidOf } from '../../../domain/ulid.ts';
import { agenciesInCharge, workOf } from '../../../domain/work-list/work-item.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import { and, attributeIs, type Condition, courseVersionIs, isNew } from '../../dynamodb/condition.ts';
import {
  commitOnce,
  type Earlier,
  earlierAnswer,
  earlierOf,
  type OnceOutcome,
  type OnceRequest,
  onceKey,
} from '../../dynamodb/idempotency.ts';
import { newId } from '../../dynamodb/new-id.ts';
import { readItem } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { STALE, type Stale } from '../../dynamodb/transaction.ts';
import { check, put, remove, type Write } from '../../dynamodb/write.ts';
import { type PrimaryKey, talentKeys } from '../../tables.ts';
import { movedEnds, noticeWrites } from '../deadlines/note-deadlines.ts';
import {
  applicantCaseItem,
  type CaseFacts,
  type CaseItem,
  type CaseTypeItem,
  type CaseTypeVersionItem,
  caseChildItem,
  caseDocumentItem,
  caseEventItem,
  caseItem,
  dueItem,
  opinionItem,
  outboxItem,
  receiptItem,
} from '../items.ts';
import type { PersonItem } from '../people/items.ts';
import type { People } from '../people/people.ts';
import type { TalentTable } from '../people/sealing.ts';
import { writeWork } from '../work-list/work-writes.ts';
import { type CaseFile, readFile } from './cases.ts';

/** What an action on a case is decided by, and what came of its key before. */
export interface LoadedCase {
  readonly earlier: Earlier;
  /** Null where there is no such case. */
  readonly situation: (CaseSituation & CaseFile) | null;
}

/** What a case is opened by. */
export interface LoadedOpening {
  readonly earlier: Earlier;
  /** Its current version; null where there is no such case type. */
  readonly caseType: CaseTypeItem | null;
  readonly names: OpeningNames;
  /** The applicant's own number of before, and the version of their record. */
  readonly known: KnownIdentity | null;
  readonly personVersion: number;
}

/** The writes to cases. Each is one transaction: the case, its event, the event's outbox entry, the lists, the key's record. */
export interface CaseChanges {
  load(once: OnceRequest, caseId: string): Promise<LoadedCase>;
  /** As `commitChange`; a zone that takes no cases is given none. */
  commit(
    once: OnceRequest,
    loaded: LoadedCase,
    change: CaseChange,
    more?: readonly Write<Stale>[],
  ): Promise<OnceOutcome<ZoneNotServed | Stale>>;
  /** The case as `commit` writes it. */
  changed(loaded: LoadedCase, change: CaseChange): CaseItem;
  /** Changes nothing, and holds only if nothing has changed: for what is done once beside a case. */
  keepAsLoaded(once: OnceRequest, loaded: LoadedCase): Promise<OnceOutcome<Stale>>;
  loadOpening(once: OnceRequest, caseTypeId: string): Promise<LoadedOpening>;
  open(once: OnceRequest, loaded: LoadedOpening, beginning: CaseBeginning): Promise<OnceOutcome<ZoneNotServed | Stale>>;
  /** The case as `open` writes it. */
  opened(beginning: CaseBeginning): CaseItem;
  /** The case that was answered to a key before. */
  answered(answer: readonly string[]): Promise<CaseItem>;
}

export function openCaseChanges(table: TalentTable, people: People): CaseChanges {
  return {
    load: (once, caseId) => loadCase(table, once, caseId),
    async commit(once, loaded, change, more) {
      const situation = loadedSituation(loaded);
      const { zoneId } = change.head;
      if (zoneId !== situation.case.zoneId && !table.keyring.has(zoneId)) return notServed('toZone');
      return commitChange(table, once, situation, change, more);
    },
    changed: (loaded, { head }) => caseItem({ ...loadedSituation(loaded).case, ...head }),
    keepAsLoaded: (once, loaded) => {
      const { case: of } = loadedSituation(loaded);
      return commitOnce<Stale>(table, once, [of.id], [check(of, { when: isAsLoaded(of), otherwise: STALE })]);
    },
    async loadOpening(once, caseTypeId) {
      const record = onceKey(table, once);
      const keys = [record, talentKeys.person(table.person ?? '')];
      if (isIdOf('ctype', caseTypeId)) keys.push(talentKeys.caseType(caseTypeId));
      const found = await batchRead<PrimaryKey>(table, keys, { consistent: true });
      const [earlier = null, person = null, caseType = null] = found;
      return {
        earlier: await earlierOf(table, earlier, once),
        known: await people.identityOf(person as PersonItem | null),
        personVersion: (person as PersonItem | null)?.version ?? 0,
        caseType: caseType as CaseTypeItem | null,
        names: { id: newId('case', once.now), receiptNumber: newReceiptNumber() },
      };
    },
    open: async (once, { caseType, personVersion }, beginning) => {
      if (!caseType) throw new Error('a case was opened without its type');
      const { id, applicantId, zoneId } = beginning.case;
      if (!table.keyring.has(zoneId)) return notServed('zone');
      const stated = { identity: beginning.case.identity, seen: personVersion };
      const sealed = await people.seal(applicantId, zoneId, beginning.applicant, once.now, stated);
      const writes = openingWrites(beginning, caseType, once.now);
      return commitOnce<Stale>(table, once, [id], [...writes, ...sealed.writes], sealed.inputKey);
    },
    opened: (beginning) => caseItem(beginning.case),
    async answered([id = '']) {
      const item = await readItem<CaseItem>(table, talentKeys.case(id), { consistent: true });
      if (!item) throw new Error('a case that was answered is not there');
      return item;
    },
  };
}

export type ZoneNotServed = Refusal<'INVALID_ZONE'>;

/** Cases rest under their zones' keys: to a zone that has none nobody applies, and no officer of it would find a case. */
function notServed(field: string): OnceOutcome<ZoneNotServed> {
  const refusal: ZoneNotServed = { code: 'INVALID_ZONE', field: [field], message: 'That zone takes no cases here.' };
  return { committed: false, refusals: [{ write: 0, refusal }] };
}

async function loadCase(table: Table, once: OnceRequest, caseId: string): Promise<LoadedCase> {
  const [earlier, situation] = await Promise.all([earlierAnswer(table, once), readSituation(table, caseId)]);
  return { earlier, situation };
}

/** Commits a change to a case as it was loaded. @param more what comes with the change, in the same transaction */
export function commitChange(
  table: Table,
  once: OnceRequest,
  loaded: CaseSituation & CaseFile,
  change: CaseChange,
  more: readonly Write<Stale>[] = [],
): Promise<OnceOutcome<Stale>> {
  return commitOnce(table, once, [loaded.case.id], [...changeWrites(loaded, change, once.now), ...more]);
}

function loadedSituation({ situation }: LoadedCase): CaseSituation & CaseFile {
  if (!situation) throw new Error('a case was changed that was not there');
  return situation;
}

/** All that a change to a case is decided by, as it is now; null where there is none. */
export async function readSituation(
  table: Table,
  caseId: string,
  readType = (key: PrimaryKey) => readItem<CaseTypeVersionItem>(table, key),
): Promise<LoadedCase['situation']> {
  const file = await readFile(table, caseId, { consistent: true });
  const lastEvent = file?.events.at(-1);
  if (!file || !lastEvent) return null;
  const { caseTypeId, caseTypeVersion } = file.case;
  const caseType = await readType(talentKeys.caseTypeVersion(caseTypeId, caseTypeVersion));
  if (!caseType) throw new Error('the version of a case type that a case keeps is not there');
  return { ...file, caseType, lastEvent, askedFor: lastAskedFor(file.events) };
}

/** What all writes to a case have in common: its event, the outbox, and what falls due next. */
function writesAfter(
  after: CaseFacts,
  event: CaseEvent,
  { caseType, noted, now }: { caseType: CaseTypeFacts; noted: readonly DeadlineNotice[]; now: Date },
): Write<Stale>[] {
  const { id, zoneId, course } = after;
  const { sequence, kind, at } = event;
  const isDraft = course.submittedOn === null;
  const today = dayInShanghai(now);
  const due = dueOf({ case: after, caseType, noted }, today);
  return [
    put<Stale>(caseEventItem(id, event), { when: isNew, otherwise: STALE }),
    put(outboxItem({ caseId: id, sequence, kind, zoneId, fromZoneId: event.fromZone, isDraft, at })),
    due ? put(dueItem(due)) : remove(talentKeys.due(id)),
  ];
}

function changeWrites(loaded: CaseSituation & CaseFile, change: CaseChange, now: Date): Write<Stale>[] {
  const { case: before, caseType } = loaded;
  // The first change after the calendar has changed may come before the schedule that looks for it.
  const moved = movedEnds(loaded, { now, calendar: CALENDAR });
  const after = caseItem({ ...before, ...change.head });
  const inCharge = agenciesInCharge(after, caseType);
  const wereInCharge = agenciesInCharge(before, caseType);
  const released = wereInCharge.filter((agency) => !inCharge.includes(agency));
  const isStored = (agency: Agency) => before.zoneId === after.zoneId && wereInCharge.includes(agency);
  return [
    put<Stale>(after, { when: isAsLoaded(before), otherwise: STALE }),
    ...writesAfter(after, change.event, { caseType, noted: [...loaded.notices, ...moved], now }),
    ...noticeWrites(loaded, moved),
    ...workOf(after, caseType, dayInShanghai(now)).map((work) => writeWork(work, isStored(work.agency))),
    ...released.map((agency) => remove<Stale>(talentKeys.work(after.id, agency))),
    ...change.documents.map((document) => put<Stale>(caseDocumentItem(after.id, document))),
    ...change.opinions.map((opinion) => put<Stale>(opinionItem(after.id, opinion))),
  ];
}

/** No event since, and nobody erased: that takes the applicant's masked forms away and is no event. */
function isAsLoaded({ course, applicant }: CaseItem): Condition {
  return and(courseVersionIs(course.version), attributeIs('applicant', applicant));
}

function openingWrites(beginning: CaseBeginning, caseType: CaseTypeFacts, now: Date): Write<Stale>[] {
  const { case: opened, event, documents, child } = beginning;
  return [
    put<Stale>(caseItem(opened), { when: isNew, otherwise: STALE }),
    // Another case has the number: with another one it is tried again.
    put<Stale>(receiptItem(opened.receiptNumber, opened.id), { when: isNew, otherwise: STALE }),
    put(applicantCaseItem(opened)),
    ...writesAfter(opened, event, { caseType, noted: [], now }),
    ...workOf(opened, caseType, dayInShanghai(now)).map((work) => writeWork(work, false)),
    ...documents.map((document) => put<Stale>(caseDocumentItem(opened.id, document))),
    ...(child ? [put<Stale>(caseChildItem(opened.id, child))] : []),
  ];
}

/** A receipt number: 60 random bits as twelve digits of Crockford's base 32 in groups of four, so that none follows from another. */
export function newReceiptNumber(): string {
  const digits = ulidOf(0, BigInt(`0x${randomBytes(10).toString('hex')}`)).slice(-12);
  return `BHZ-${digits.replaceAll(/(.{4})(?=.)/g, '$1-')}`;
}
