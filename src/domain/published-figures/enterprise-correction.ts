/** The part of a correction that changes one enterprise: its stays in the park and its reports. */

import { addDays, type DayInterval, dayInShanghai, isDay, laterDay } from '../calendar/day.ts';
import { type HasHistory, isSettledOn } from '../enterprises/history.ts';
import {
  changeOfSteps,
  countingResidency,
  type Residency,
  type ResidencyStep,
  residencySteps,
} from '../enterprises/residency.ts';
import { homeZoneOn } from '../register/record.ts';
import { decideOperationReport, isHeadcount } from '../reports/operation-report.ts';
import {
  type CorrectedEnterprise,
  type CorrectedReport,
  type CorrectedStays,
  type Correction,
  type CorrectionSituation,
  closedDay,
  type EnterpriseCorrection,
  type KnownReport,
  type NewVersion,
  Refused,
  type SettledDays,
  type WithdrawnReport,
  wrongNumber,
} from './correction.ts';
import { countedFigures, type Tally, tallyChange } from './resumption.ts';
import { touchedBySteps } from './touched-days.ts';

/** Upper bounds of one enterprise's change, which is one transaction. */
const MAX_REPORTS_AN_ENTERPRISE = 40;

const MAX_STAYS_AN_ENTERPRISE = 20;

/** The change of one enterprise, and its effect on the park's sums. */
export interface Moved {
  readonly change: EnterpriseCorrection;
  readonly steps: readonly ResidencyStep[];
  readonly tallies: ReadonlyMap<string, Tally>;
}

export function correctEnterprise(id: string, correction: Correction, situation: CorrectionSituation): Moved {
  const place = correction.stays.findIndex(({ enterpriseId }) => enterpriseId === id);
  const stated = correction.stays[place];
  const ofEnterprise = ({ enterpriseId }: { readonly enterpriseId: string }) => enterpriseId === id;
  const first = correction.reports.findIndex(ofEnterprise);
  const withdrawn = (correction.withdrawals ?? []).findIndex(ofEnterprise);
  const field = stated
    ? ['stays', String(place)]
    : first >= 0
      ? ['reports', String(first)]
      : ['withdrawals', String(withdrawn)];
  const enterprise = situation.enterpriseOf(id);
  if (!enterprise) throw new Refused('UNKNOWN_ENTERPRISE', [...field, 'enterprise'], 'There is no such enterprise.');
  if ((first >= 0 || withdrawn >= 0) && enterprise.registration !== 'CONFIRMED') throw notConfirmed(field);
  if (stated && !mayRestate(enterprise, stated, correction.parkId, situation)) {
    throw new Refused('OTHER_ZONE', [...field, 'enterprise'], 'The home of this enterprise is another zone.');
  }
  if (stated && stated.version !== enterprise.version) {
    const message = `You read version ${stated.version}; the newest is ${enterprise.version}.`;
    throw new Refused('OTHER_VERSION', [...field, 'version'], message);
  }
  const { parkId } = correction;
  const stays = stated ? statedStays(stated, parkId, field) : null;
  const settledDays = stated?.settledDays;
  if (stays && settledDays) refuseSettledDays(enterprise, parkId, { stays, settledDays }, field);
  const residencies = stays ? withStays(enterprise, parkId, stays, settledDays) : enterprise.residencies;
  const steps = changeOfSteps(residencySteps(enterprise.residencies), residencySteps(residencies));
  if (!settledDays && steps.some(({ on }) => isSettledOn(enterprise, on))) {
    const message = `The stays up to ${enterprise.settledTo} are settled. Correct them with settledDays.`;
    throw new Refused('STAYS_SETTLED', [...field, 'stays'], message);
  }
  refuseOtherParks(steps, parkId, field, situation);
  const own = [
    ...correction.reports.flatMap((report, i) =>
      report.enterpriseId === id ? [newVersion(report, i, residencies, correction, situation)] : [],
    ),
    ...(correction.withdrawals ?? []).flatMap((report, i) =>
      report.enterpriseId === id ? [withdrawnVersion(report, i, correction, situation)] : [],
    ),
  ];
  const changed = stays ? situation.reportsOf(id).filter(({ day }) => isChangedOn(day, enterprise, settledDays)) : [];
  const restated = restatedReports(changed, residencies, new Set(own.map(({ day }) => day)));
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
  const maxReports = MAX_REPORTS_AN_ENTERPRISE - (settledDays ? MAX_STAYS_AN_ENTERPRISE : 0);
  if (reports.length > maxReports) {
    throw wrongNumber('reports', `At most ${maxReports} reports of one enterprise change at once.`);
  }
  const tallies = new Map(
    reports.map(({ day, before, ...after }) => [day, tallyChange(before, countedFigures(after))]),
  );
  return {
    change: { enterpriseId: id, stays, ...(settledDays && { settledDays }), reports },
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
  return stays.every((stay) => isCovered(stay, here));
}

/** Returns whether each day of an interval lies in one of the others. */
function isCovered({ from, to }: DayInterval, others: readonly DayInterval[]): boolean {
  let open = from;
  for (const other of others.toSorted((a, b) => a.from.localeCompare(b.from))) {
    if (other.from > open) break;
    if (other.to === null) return true;
    open = laterDay(open, addDays(other.to, 1));
  }
  return to !== null && to < open;
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

/**
 * Refuses settled days that aren't settled, and stays that are only partly within them. So the days before and after keep
 * their stays, and no stay of the park overlaps another.
 */
function refuseSettledDays(
  { residencies, settledTo = '' }: CorrectedEnterprise,
  parkId: string,
  { stays, settledDays: days }: { readonly stays: readonly Residency[]; readonly settledDays: SettledDays },
  field: readonly string[],
): void {
  const refused = (message: string) => new Refused('INVALID_STAY', [...field, 'settledDays'], message);
  if (!isDay(days.from) || !isDay(days.to) || days.from > days.to) throw refused('The days are in order.');
  if (days.to > settledTo) {
    const message = settledTo === '' ? 'No stay is settled.' : `Only days up to ${settledTo} are settled.`;
    throw refused(`${message} Correct later stays without settledDays.`);
  }
  const here = residencies.filter((stay) => stay.parkId === parkId && overlaps(stay, days));
  const beyond = [...here, ...stays].find((stay) => !isWhollyIn(stay, days));
  if (beyond) throw refused(`A stay lasts from ${beyond.from} to ${beyond.to ?? 'now'}: name the days of whole stays.`);
  if (here.length > MAX_STAYS_AN_ENTERPRISE) {
    throw wrongNumber('stays', `At most ${MAX_STAYS_AN_ENTERPRISE} stays are replaced at once: name fewer days.`);
  }
}

const overlaps = ({ from, to }: DayInterval, days: SettledDays) => from <= days.to && (to === null || to >= days.from);
const isWhollyIn = ({ from, to }: DayInterval, days: SettledDays) => from >= days.from && to !== null && to <= days.to;

/** Returns whether a correction of stays may change those of a day. */
export function isChangedOn(
  day: string,
  enterprise: Pick<HasHistory, 'settledTo'>,
  settledDays: SettledDays | undefined,
): boolean {
  return settledDays ? settledDays.from <= day && day <= settledDays.to : !isSettledOn(enterprise, day);
}

/** Returns an enterprise's stays with those in one park replaced, newest first: all that aren't settled, or some that are. */
export function withStays(
  of: Pick<HasHistory, 'residencies' | 'settledTo'>,
  parkId: string,
  stays: readonly Residency[],
  settledDays?: SettledDays,
): readonly Residency[] {
  const isKept = (stay: Residency) =>
    settledDays ? !isWhollyIn(stay, settledDays) : stay.to !== null && isSettledOn(of, stay.to);
  const others = of.residencies.filter((stay) => stay.parkId !== parkId || isKept(stay));
  return [...stays, ...others].toSorted((a, b) => b.from.localeCompare(a.from));
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
  const counted = known?.isWithdrawn ? null : known;
  if (countsFor !== parkId || (counted && counted.parkId !== parkId)) {
    throw new Refused('OTHER_PARK', [...field, 'day'], 'On that day the enterprise counts for another park.');
  }
  if ((report.corrects ?? (counted ? 0 : known?.version) ?? 0) !== (known?.version ?? 0)) {
    const message = known ? `The newest version is ${known.version}.` : 'The day is not reported yet.';
    throw new Refused('OTHER_VERSION', [...field, 'corrects'], message);
  }
  if (!closedDay(day, situation)) {
    throw new Refused('DAY_NOT_CLOSED', [...field, 'day'], 'The day is not closed: report it without a correction.');
  }
  return { ...figures, day, parkId, version: (known?.version ?? 0) + 1, before: countedFigures(known) };
}

/** Returns the version that withdraws a report of a closed day. */
function withdrawnVersion(
  { enterpriseId, day, version }: WithdrawnReport,
  place: number,
  { parkId }: Correction,
  situation: CorrectionSituation,
): NewVersion {
  const field = ['withdrawals', String(place)];
  const known = situation.reportsOf(enterpriseId).find((one) => one.day === day) ?? null;
  if (known && known.parkId !== parkId) {
    throw new Refused('OTHER_PARK', [...field, 'day'], 'On that day the enterprise counts for another park.');
  }
  if (!known || known.isWithdrawn) {
    throw new Refused('INVALID_REPORT', [...field, 'day'], 'The enterprise has no report of that day.');
  }
  if (known.version !== version) {
    throw new Refused('OTHER_VERSION', [...field, 'version'], `The newest version is ${known.version}.`);
  }
  if (!closedDay(day, situation)) {
    const message = 'The day is not closed: withdraw its report without a correction.';
    throw new Refused('DAY_NOT_CLOSED', [...field, 'day'], message);
  }
  return { ...known, version: version + 1, isWithdrawn: true, before: countedFigures(known) };
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
    if (stated.has(report.day) || report.isWithdrawn) continue;
    const stay = countingResidency(residencies, report.day);
    if (stay?.parkId !== report.parkId) return null;
    const { registeredStaff } = stay;
    if (registeredStaff === report.registeredStaff) continue;
    restated.push({ ...report, registeredStaff, version: report.version + 1, before: countedFigures(report) });
  }
  return restated;
}

function notConfirmed(field: readonly string[]): Refused {
  const message = 'The registration of this enterprise is not confirmed: its reports are its own.';
  return new Refused('NOT_CONFIRMED', [...field, 'enterprise'], message);
}
