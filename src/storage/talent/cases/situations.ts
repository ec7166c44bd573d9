import type { Calendar } from '../../../domain/calendar/calendar.ts';
import { dayInShanghai } from '../../../domain/calendar/day.ts';
import { arrangementFor, onPolicy, withArrangement } from '../../../domain/case-types/arrangement.ts';
import type { CaseTypeFacts } from '../../../domain/case-types/case-type.ts';
import { ACTION_RULES } from '../../../domain/cases/action.ts';
import { type CaseSituation, lastAskedFor } from '../../../domain/cases/file.ts';
import { calendarInForce } from '../../calendar/calendar-in-force.ts';
import { readItem } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { type PrimaryKey, talentKeys } from '../../tables.ts';
import type { CasePolicyItem } from '../case-types/case-policies.ts';
import type { ApplicationPlace } from '../case-types/case-types.ts';
import type { CaseItem, CaseTypeItem, CaseTypeVersionItem } from '../items.ts';
import { type CaseFile, readFile } from './cases.ts';

/** Reads of the facts that decide actions on a case, without an action. */
export interface Situations {
  /** Returns the facts of a case; null where there is none. */
  of(caseId: string, now: Date): Promise<CaseSituation | null>;
}

export function openSituations(table: Table): Situations {
  return { of: (caseId, now) => readSituation(table, caseId, { now, calendarOf: calendarsAt(table, now) }) };
}

/** Finds the calendar in force. It is at least as new as the version by which stored days were computed. */
export type FindCalendar = (seen: string | undefined) => Promise<Calendar> | Calendar;

/** Returns the calendar that requests of a moment count by. */
export function calendarsAt(table: Table, now: Date): FindCalendar {
  return (seen) => calendarInForce(table, now, seen);
}

/** The needs of a reading of a case. */
interface Reading {
  /** The instant of the change: a draft is judged by the policy version of its day. */
  readonly now: Date;
  readonly calendarOf: FindCalendar;
  /** Reads the version of a case type, or the copy of a policy; many changes share one. */
  readonly readShared?: ReadShared;
  /** Called with the case when it is read, before what it refers to. */
  readonly found?: (of: CaseItem) => void;
}

/** Returns a case type as an application that is opened now meets it. */
export async function arrangedAnew(table: Table, caseType: CaseTypeItem, where: ApplicationPlace, on: string) {
  const arranged = withArrangement(caseType, arrangementFor(caseType, where)?.code ?? null);
  const policy = await readPolicy((key) => readItem(table, key), arranged);
  return onPolicy(arranged, policy, { zoneId: where.zoneId, on });
}

type ReadShared = <Item extends PrimaryKey>(key: PrimaryKey) => Promise<Item | null>;

const readPolicy = async (read: ReadShared, { policyId }: Pick<CaseTypeFacts, 'policyId'>) =>
  policyId === null ? null : read<CasePolicyItem>(talentKeys.casePolicy(policyId));

/** Reads the facts that decide a change of a case; null where there is none. */
export async function readSituation(
  table: Table,
  caseId: string,
  { now, calendarOf, found, readShared = (key) => readItem(table, key) }: Reading,
): Promise<(CaseSituation & CaseFile) | null> {
  const file = await readFile(table, caseId, { consistent: true });
  const lastEvent = file?.events.at(-1);
  if (!file || !lastEvent) return null;
  found?.(file.case);
  const { caseTypeId, caseTypeVersion, enterpriseId, arrangement = null, course } = file.case;
  // Employers recommend only until the application is complete.
  const mayBeRecommended = enterpriseId !== null && ACTION_RULES.RECOMMEND.event[course.state] !== undefined;
  const [caseType, ended] = await Promise.all([
    readShared<CaseTypeVersionItem>(talentKeys.caseTypeVersion(caseTypeId, caseTypeVersion)),
    mayBeRecommended ? readShared(talentKeys.endedEmployer(enterpriseId)) : null,
  ]);
  if (!caseType) throw new Error('the case-type version of a case does not exist');
  const calendar = await calendarOf(file.due?.ends?.calendarVersion);
  const arranged = withArrangement(caseType, arrangement);
  // An application that is made keeps its zone and its day, and needs the policy for terms alone.
  const needsPolicy = course.appliedOn == null || arranged.rule === undefined;
  const policy = needsPolicy ? await readPolicy(readShared, arranged) : null;
  const zoneId = file.events.find(({ fromZone }) => fromZone !== undefined)?.fromZone ?? file.case.zoneId;
  const on = course.appliedOn ?? dayInShanghai(now);
  return {
    ...file,
    caseType: onPolicy(arranged, policy, { zoneId, on }),
    isEmployerEnded: ended !== null,
    lastEvent,
    askedFor: lastAskedFor(file.events),
    calendar,
  };
}
