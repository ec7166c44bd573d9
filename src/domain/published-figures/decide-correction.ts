/** Decides a correction of closed days: the changed reports and stays, and the figures that follow. */

import type { Decision } from '../refusal.ts';
import {
  type Correction,
  type CorrectionRefusal,
  type CorrectionSituation,
  closedDay,
  type DayChange,
  type DecidedCorrection,
  MAX_PROPOSED_DAYS,
  Refused,
  wrongNumber,
} from './correction.ts';
import { correctEnterprise, type Moved } from './enterprise-correction.ts';
import { changedFigures, sameFigures } from './published-day.ts';
import { addTallies, EMPTY_TALLY } from './resumption.ts';
import { touchedBySteps } from './touched-days.ts';

const MAX_CORRECTED_ENTERPRISES = 50;

const MAX_CORRECTED_REPORTS = 200;

/** Returns the ids of the enterprises that a correction names, each once. */
export function enterprisesOf({ stays, reports, withdrawals = [] }: Correction): readonly string[] {
  return [...new Set([...stays, ...reports, ...withdrawals].map(({ enterpriseId }) => enterpriseId))];
}

/** Decides a correction: every change of an enterprise, and the new figures of each closed day. */
export function decideCorrection(
  correction: Correction,
  situation: CorrectionSituation,
): Decision<DecidedCorrection, CorrectionRefusal> {
  try {
    checkNumbers(correction);
    const moved = enterprisesOf(correction).map((id) => correctEnterprise(id, correction, situation));
    const days = changedDays(correction, moved, situation);
    if (days.length > MAX_PROPOSED_DAYS)
      throw wrongNumber('stays', `The correction changes more than ${MAX_PROPOSED_DAYS} days.`);
    const changes = moved.map(({ change }) => change).filter(({ stays, reports }) => stays || reports.length > 0);
    // Settled stays of open days are corrected too: no other command changes them.
    const isOfSettled = changes.some(({ settledDays }) => settledDays !== undefined);
    if (days.length === 0 && !isOfSettled && !moved.some((one) => touchesClosed(one, correction.parkId, situation))) {
      throw new Refused('NOTHING_CHANGED', [], 'This changes no closed day.');
    }
    return { ok: true, value: { changes, days } };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusals: [error.refusal] };
    throw error;
  }
}

function checkNumbers(correction: Correction): void {
  const { reports, withdrawals = [], stays, recount } = correction;
  if (reports.length + withdrawals.length > MAX_CORRECTED_REPORTS)
    throw wrongNumber('reports', `At most ${MAX_CORRECTED_REPORTS} at once, withdrawn ones included.`);
  if (enterprisesOf(correction).length > MAX_CORRECTED_ENTERPRISES) {
    throw wrongNumber('stays', `At most ${MAX_CORRECTED_ENTERPRISES} enterprises at once.`);
  }
  if (recount.length > MAX_PROPOSED_DAYS) throw wrongNumber('recount', `At most ${MAX_PROPOSED_DAYS} at once.`);
  refuseTwins(
    'stays',
    stays.map(({ enterpriseId }) => enterpriseId),
  );
  refuseTwins(
    'reports',
    [...reports, ...withdrawals].map(({ enterpriseId, day }) => `${enterpriseId} ${day}`),
  );
}

function refuseTwins(field: string, names: readonly string[]): void {
  const place = names.findIndex((name, i) => names.indexOf(name) < i);
  if (place >= 0) throw new Refused('TWICE_IN_ONE_CALL', [field, String(place)], 'This is in the correction twice.');
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
