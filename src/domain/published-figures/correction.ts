/** A correction of closed days: the changed reports and stays, and the figures that follow. */
import { dayInShanghai, isDay } from '../calendar/day.ts';
import {
  changeOfSteps,
  countingResidency,
  type Residency,
  type ResidencyStep,
  residencySteps,
} from '../enterprises/residency.ts';
import type { Decision, Refusal } from '../refusal.ts';
import { homeZoneOn, type RegisterRecord } from '../register/record.ts';
import { decideOperationReport, isHeadcount, type OperationReportInput } from '../reports/operation-report.ts';
import { changedFigures, type DayFigures, sameFigures } from './figures.ts';
import { currentRevision, isClosed, type PublishedDay } from './published-day.ts';
import { addTallies, EMPTY_TALLY, type ReportFigures, type Tally, tallyChange } from './resumption.ts';
import { touchedBySteps } from './touched-days.ts';

const MAX_CORRECTED_ENTERPRISES = 50;
const MAX_CORRECTED_REPORTS = 200;
/** Upper bounds of one enterprise's change, which is one transaction. */
const MAX_REPORTS_AN_ENTERPRISE = 40;
const MAX_STAYS_AN_ENTERPRISE = 20;
/** Upper bound of a proposal's days. One item stores the figures of each day before and after. */
export const MAX_PROPOSED_DAYS = 800;

/** The corrected report of a closed day. */
export interface CorrectedReport extends OperationReportInput {
  readonly enterpriseId: string;
  /** The version that it corrects; null for the first report of the day. */
  readonly corrects: number | null;
}

export type StatedStay = Omit<Residency, 'parkId'>;

/** All stays of an enterprise in the park, as corrected. */
export interface CorrectedStays {
  readonly enterpriseId: string;
  /** The version of the enterprise that the officer read. */
  readonly version: number;
  readonly stays: readonly StatedStay[];
}

export interface Correction {
  readonly parkId: string;
  readonly reports: readonly CorrectedReport[];
  readonly stays: readonly CorrectedStays[];
  /** Closed days whose figures are counted again from reports and stays. */
  readonly recount: readonly string[];
}

/** The newest report of an enterprise and day, as it counts. */
export interface KnownReport extends ReportFigures {
  readonly day: string;
  readonly parkId: string;
  readonly version: number;
}

/** The facts of an enterprise that corrections read. */
export interface CorrectedEnterprise
  extends Pick<RegisterRecord, 'homeZoneId' | 'move' | 'registration' | 'residencies'> {
  readonly version: number;
}

/** The facts that decide a correction. */
export interface CorrectionSituation {
  enterpriseOf(id: string): CorrectedEnterprise | null;
  /** The zone of the park. */
  readonly zoneId: string;
  reportsOf(id: string): readonly KnownReport[];
  /** The published days of the park. */
  readonly days: readonly PublishedDay[];
  readonly applied: number;
  /** Returns the figures counted from reports and stays. */
  computedOf(day: string): DayFigures;
  /** Returns the last published day of any park; null where it has none. */
  lastPublishedOn(parkId: string): string | null;
  readonly now: Date;
}

/** A new version of a day's report, which replaces the newest one. */
export interface NewVersion extends KnownReport {
  /** The replaced figures; null for the first report of the day. */
  readonly before: ReportFigures | null;
}

/** The change of one enterprise, applied by one transaction. */
export interface EnterpriseCorrection {
  readonly enterpriseId: string;
  /** All its stays in the park; null where they don't change. */
  readonly stays: readonly Residency[] | null;
  readonly reports: readonly NewVersion[];
}

/** The change of one day's figures. */
export interface DayChange {
  readonly on: string;
  /** The revision that the officer read; 0 where the day isn't published. */
  readonly revision: number;
  readonly before: DayFigures | null;
  readonly after: DayFigures;
}

export interface DecidedCorrection {
  readonly changes: readonly EnterpriseCorrection[];
  readonly days: readonly DayChange[];
}

export type CorrectionRefusal =
  | 'WRONG_NUMBER'
  | 'TWICE_IN_ONE_CALL'
  | 'UNKNOWN_ENTERPRISE'
  | 'OTHER_ZONE'
  | 'NOT_CONFIRMED'
  | 'OTHER_VERSION'
  | 'INVALID_STAY'
  | 'INVALID_REPORT'
  | 'OTHER_PARK'
  | 'DAYS_REPORTED'
  | 'DAY_NOT_CLOSED'
  | 'NOTHING_CHANGED';

class Refused extends Error {
  readonly refusal: Refusal<CorrectionRefusal>;
  constructor(code: CorrectionRefusal, field: readonly string[], message: string) {
    super(message);
    this.refusal = { code, field, message };
  }
}

/** Decides a correction: every change of an enterprise, and the new figures of each closed day. */
export function decideCorrection(
  correction: Correction,
  situation: CorrectionSituation,
): Decision<DecidedCorrection, CorrectionRefusal> {
  try {
    checkNumbers(correction);
    const ids = [...new Set([...correction.stays, ...correction.reports].map(({ enterpriseId }) => enterpriseId))];
    const moved = ids.map((id) => correctEnterprise(id, correction, situation));
    const days = changedDays(correction, moved, situation);
    if (days.length > MAX_PROPOSED_DAYS)
      throw wrongNumber('stays', `The correction changes more than ${MAX_PROPOSED_DAYS} days.`);
    const changes = moved.map(({ change }) => change).filter(({ stays, reports }) => stays || reports.length > 0);
    if (days.length === 0 && !moved.some((one) => touchesClosed(one, correction.parkId, situation))) {
      throw new Refused('NOTHING_CHANGED', [], 'This changes no closed day.');
    }
    return { ok: true, value: { changes, days } };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusals: [error.refusal] };
    throw error;
  }
}

/** The change of one enterprise, and its effect on the park's sums. */
interface Moved {
  readonly change: EnterpriseCorrection;
  readonly steps: readonly ResidencyStep[];
  readonly tallies: ReadonlyMap<string, Tally>;
}

function checkNumbers({ reports, stays, recount }: Correction): void {
  if (reports.length > MAX_CORRECTED_REPORTS) throw wrongNumber('reports', `At most ${MAX_CORRECTED_REPORTS} at once.`);
  const ids = new Set([...stays, ...reports].map(({ enterpriseId }) => enterpriseId));
  if (ids.size > MAX_CORRECTED_ENTERPRISES) {
    throw wrongNumber('stays', `At most ${MAX_CORRECTED_ENTERPRISES} enterprises at once.`);
  }
  if (recount.length > MAX_PROPOSED_DAYS) throw wrongNumber('recount', `At most ${MAX_PROPOSED_DAYS} at once.`);
  refuseTwins(
    'stays',
    stays.map(({ enterpriseId }) => enterpriseId),
  );
  refuseTwins(
    'reports',
    reports.map(({ enterpriseId, day }) => `${enterpriseId} ${day}`),
  );
}

function refuseTwins(field: string, names: readonly string[]): void {
  const place = names.findIndex((name, i) => names.indexOf(name) < i);
  if (place >= 0) throw new Refused('TWICE_IN_ONE_CALL', [field, String(place)], 'This is in the correction twice.');
}

function correctEnterprise(id: string, correction: Correction, situation: CorrectionSituation): Moved {
  const place = correction.stays.findIndex(({ enterpriseId }) => enterpriseId === id);
  const stated = correction.stays[place];
  const first = correction.reports.findIndex(({ enterpriseId }) => enterpriseId === id);
  const field = stated ? ['stays', String(place)] : ['reports', String(first)];
  const enterprise = situation.enterpriseOf(id);
  if (!enterprise) throw new Refused('UNKNOWN_ENTERPRISE', [...field, 'enterprise'], 'There is no such enterprise.');
  if (first >= 0 && enterprise.registration !== 'CONFIRMED') throw notConfirmed(field);
  if (stated && !mayRestate(enterprise, stated, correction.parkId, situation)) {
    throw new Refused('OTHER_ZONE', [...field, 'enterprise'], 'The home of this enterprise is another zone.');
  }
  if (stated && stated.version !== enterprise.version) {
    const message = `You read version ${stated.version}; the newest is ${enterprise.version}.`;
    throw new Refused('OTHER_VERSION', [...field, 'version'], message);
  }
  const { parkId } = correction;
  const stays = stated ? statedStays(stated, parkId, field) : null;
  const residencies = stays ? withStays(enterprise.residencies, parkId, stays) : enterprise.residencies;
  const steps = changeOfSteps(residencySteps(enterprise.residencies), residencySteps(residencies));
  refuseOtherParks(steps, parkId, field, situation);
  const own = correction.reports.flatMap((report, i) =>
    report.enterpriseId === id ? [newVersion(report, i, residencies, correction, situation)] : [],
  );
  const restated = restatedReports(situation.reportsOf(id), residencies, new Set(own.map(({ day }) => day)));
  if (!restated) {
    throw new Refused(
      'DAYS_REPORTED',
      field,
      'The enterprise has reported days on which it would not be resident here.',
    );
  }
  // A proposal shows the reports that it restates.
  if (restated.length > 0 && enterprise.registration !== 'CONFIRMED') throw notConfirmed(field);
  const reports = [...own, ...restated];
  if (reports.length > MAX_REPORTS_AN_ENTERPRISE) {
    throw wrongNumber('reports', `At most ${MAX_REPORTS_AN_ENTERPRISE} reports of one enterprise change at once.`);
  }
  const tallies = new Map(reports.map(({ day, before, ...after }) => [day, tallyChange(before, after)]));
  return {
    change: { enterpriseId: id, stays, reports },
    steps: steps.filter((step) => step.parkId === parkId),
    tallies,
  };
}

/**
 * Returns whether a park may restate an enterprise's stays. It may for an enterprise at home in its zone. For others,
 * it may only within the days of their stays there: new stays are admissions, which need the enterprise's agreement.
 */
function mayRestate(
  enterprise: CorrectedEnterprise,
  { stays }: CorrectedStays,
  parkId: string,
  { zoneId, now }: CorrectionSituation,
): boolean {
  if (homeZoneOn(enterprise, dayInShanghai(now)) === zoneId) return true;
  const here = enterprise.residencies.filter((stay) => stay.parkId === parkId);
  return stays.every((stay) => {
    const begins = here.some(({ from }) => from <= stay.from);
    const ends = here.some(({ to }) => to === null || (stay.to !== null && stay.to <= to));
    return begins && ends;
  });
}

function statedStays({ stays }: CorrectedStays, parkId: string, field: readonly string[]): readonly Residency[] {
  if (stays.length > MAX_STAYS_AN_ENTERPRISE) throw wrongNumber('stays', `At most ${MAX_STAYS_AN_ENTERPRISE} stays.`);
  const sorted = stays.toSorted((a, b) => (a.from < b.from ? 1 : -1));
  for (const [i, { from, to, registeredStaff }] of sorted.entries()) {
    const later = sorted[i - 1];
    const isInOrder = isDay(from) && (to === null || (isDay(to) && from <= to));
    const overlaps = later !== undefined && (to === null || later.from <= to);
    if (isInOrder && !overlaps && isHeadcount(registeredStaff)) continue;
    throw new Refused(
      'INVALID_STAY',
      [...field, 'stays'],
      'Stays have days in order, no overlap, and a number of staff.',
    );
  }
  return sorted.map((stay) => ({ ...stay, parkId }));
}

/** Returns an enterprise's stays with those in one park replaced, newest first. */
export function withStays(
  residencies: readonly Residency[],
  parkId: string,
  stays: readonly Residency[],
): readonly Residency[] {
  const others = residencies.filter((stay) => stay.parkId !== parkId);
  return [...stays, ...others].sort((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : 0));
}

/** Refuses changes of another park's published days, which only that park corrects. */
function refuseOtherParks(
  steps: readonly ResidencyStep[],
  parkId: string,
  field: readonly string[],
  { lastPublishedOn }: CorrectionSituation,
): void {
  const isPublished = (touched: { parkId: string; from: string }) =>
    touched.parkId !== parkId && touched.from <= (lastPublishedOn(touched.parkId) ?? '');
  if (!touchedBySteps(steps).some(isPublished)) return;
  throw new Refused('OTHER_PARK', field, 'The figures of another park would change on days that it has published.');
}

function newVersion(
  report: CorrectedReport,
  place: number,
  residencies: readonly Residency[],
  { parkId }: Correction,
  situation: CorrectionSituation,
): NewVersion {
  const field = ['reports', String(place)];
  const decision = decideOperationReport(report, residencies, dayInShanghai(situation.now));
  if (!decision.ok) {
    const [refusal] = decision.refusals;
    throw new Refused('INVALID_REPORT', [...field, ...(refusal?.field ?? [])], refusal?.message ?? '');
  }
  const { day, parkId: countsFor, ...figures } = decision.value;
  const known = situation.reportsOf(report.enterpriseId).find((one) => one.day === day) ?? null;
  if (countsFor !== parkId || (known && known.parkId !== parkId)) {
    throw new Refused('OTHER_PARK', [...field, 'day'], 'On that day the enterprise counts for another park.');
  }
  if ((report.corrects ?? 0) !== (known?.version ?? 0)) {
    const message = known ? `The newest version is ${known.version}.` : 'The day is not reported yet.';
    throw new Refused('OTHER_VERSION', [...field, 'corrects'], message);
  }
  if (!closedDay(day, situation)) {
    throw new Refused('DAY_NOT_CLOSED', [...field, 'day'], 'The day is not closed: report it without a correction.');
  }
  return { ...figures, day, parkId, version: (known?.version ?? 0) + 1, before: known && figuresOf(known) };
}

/**
 * Returns new versions of the reports whose day has another stay's staff than before.
 * @param stated days whose reports are restated anyway
 * @returns null where a reported day would count for another park or none
 */
export function restatedReports(
  reports: readonly KnownReport[],
  residencies: readonly Residency[],
  stated: ReadonlySet<string>,
): readonly NewVersion[] | null {
  const restated: NewVersion[] = [];
  for (const report of reports) {
    if (stated.has(report.day)) continue;
    const stay = countingResidency(residencies, report.day);
    if (stay?.parkId !== report.parkId) return null;
    const { registeredStaff } = stay;
    if (registeredStaff === report.registeredStaff) continue;
    restated.push({ ...report, registeredStaff, version: report.version + 1, before: figuresOf(report) });
  }
  return restated;
}

function changedDays(
  { parkId, recount }: Correction,
  moved: readonly Moved[],
  situation: CorrectionSituation,
): readonly DayChange[] {
  for (const [i, day] of recount.entries()) {
    if (!closedDay(day, situation))
      throw new Refused('DAY_NOT_CLOSED', ['recount', String(i)], 'The day is not closed.');
  }
  return situation.days.flatMap((day): DayChange[] => {
    const revision = closedDay(day.on, situation);
    if (!revision) return [];
    const base = recount.includes(day.on) ? situation.computedOf(day.on) : revision.figures;
    const after = changedFigures(base, {
      tally: moved.reduce((sum, { tallies }) => addTallies(sum, tallies.get(day.on) ?? EMPTY_TALLY), EMPTY_TALLY),
      level: levelChange(moved, day.on),
    });
    if (sameFigures(revision.figures, after)) return [];
    return [{ on: day.on, revision: revision.revision, before: revision.figures, after }];
  });

  function levelChange(all: readonly Moved[], on: string) {
    const steps = all.flatMap((one) => one.steps).filter((step) => step.parkId === parkId && step.on <= on);
    return {
      residents: steps.reduce((sum, step) => sum + step.residents, 0),
      registeredStaff: steps.reduce((sum, step) => sum + step.registeredStaff, 0),
    };
  }
}

/** Returns the current revision of a closed day; null for any other day. */
function closedDay(on: string, { days, applied, now }: CorrectionSituation) {
  const day = days.find((one) => one.on === on) ?? null;
  return isClosed(day, applied, now) ? currentRevision(day, applied) : null;
}

/** Returns whether an enterprise's change touches a closed day, even if the figures stay the same. */
function touchesClosed({ change, steps }: Moved, parkId: string, situation: CorrectionSituation): boolean {
  const touched = touchedBySteps(steps).filter((one) => one.parkId === parkId);
  return situation.days.some(
    ({ on }) =>
      closedDay(on, situation) !== null &&
      (change.reports.some(({ day }) => day === on) ||
        touched.some(({ from, to }) => from <= on && (to === null || on <= to))),
  );
}

function figuresOf({ mode, staffTotal, staffReturned, registeredStaff }: ReportFigures): ReportFigures {
  return { mode, staffTotal, staffReturned, registeredStaff };
}

function notConfirmed(field: readonly string[]): Refused {
  const message = 'The registration of this enterprise is not confirmed: its reports are its own.';
  return new Refused('NOT_CONFIRMED', [...field, 'enterprise'], message);
}

function wrongNumber(field: string, message: string): Refused {
  return new Refused('WRONG_NUMBER', [field], message);
}
