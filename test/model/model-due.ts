/** What comes about in a case though nobody acts, read once more. */
import { SYSTEM } from '../../src/domain/cases/access.ts';
import { type ModelCase, stateOf, supplementUntil, versionOf } from './model-case.ts';
import { modelDeadlines } from './model-clock.ts';
import { attempt } from './model-rules.ts';
import { dayAfter, isWorked, shanghaiDay } from './working-days.ts';

/** What comes next, on which day; both null where the clock goes on and nothing more comes of it. */
export interface ModelDue {
  readonly what: string | null;
  readonly on: string | null;
}

/** The last day that the applicant has, where something is asked of them. */
export function askedUntil(c: ModelCase): string | null {
  if (stateOf(c) === 'DRAFT') return c.type.window?.closesOn ?? null;
  return stateOf(c) === 'SUPPLEMENT_REQUIRED' ? supplementUntil(c) : null;
}

const WARNED_BEFORE = {
  SUPPLEMENT_NOTICE: 1,
  DECISION: 3,
  DELIVERY: 2,
  RECONSIDERATION: 5,
  HAND_OVER: 1,
  TAKE_UP: 1,
  RECONSIDERATION_TAKE_UP: 1,
};

/** So many working days before a day. */
function before(day: string, count: number): string {
  let at = day;
  let left = count;
  while (left > 0) {
    at = dayAfter(at, -1);
    if (isWorked(at)) left -= 1;
  }
  return at;
}

/** Something that comes about on a day, and what is noted of it; nothing where the system acts. */
interface Coming {
  readonly what: string;
  readonly on: string;
  readonly note: string | null;
}

/** What comes about and wasn't noted yet, the first to come first; null where nothing can. */
function coming(c: ModelCase, today: string): readonly Coming[] | null {
  const state = stateOf(c);
  if (state === 'DRAFT' || state === 'SUPPLEMENT_REQUIRED') {
    const until = askedUntil(c);
    return until === null ? null : [{ what: 'LAPSE', on: dayAfter(until, 1), note: null }];
  }
  const clock = modelDeadlines(c, today);
  if (!clock) return null;
  const { step, startedOn, promisedBy, statutoryBy } = clock;
  const comes: Coming[] = [];
  for (const [name, end] of [
    ['PROMISE', promisedBy],
    ['LIMIT', statutoryBy],
  ] as const) {
    // Two ends on one day are told of as the limit.
    if (name === 'PROMISE' && promisedBy === statutoryBy) continue;
    const warned = before(end, WARNED_BEFORE[step]);
    const what = `${name}_NEAR`;
    // A clock that stands comes near no end.
    if (warned > startedOn && today <= end && state !== 'SPECIAL_PROCEDURE') {
      comes.push({ what, on: warned, note: `${step}#${startedOn}#${what}#${end}` });
    }
  }
  const missed = (what: string, end: string) => ({ what, on: dayAfter(end, 1), note: `${step}#${startedOn}#${what}` });
  comes.push(missed('PROMISE_MISSED', promisedBy));
  if (step === 'SUPPLEMENT_NOTICE') comes.push({ what: 'DEEM_ACCEPTED', on: dayAfter(statutoryBy, 1), note: null });
  else if (step === 'RECONSIDERATION_TAKE_UP') {
    comes.push({ what: 'DEEM_TAKEN_UP', on: dayAfter(statutoryBy, 1), note: null });
  } else comes.push(missed('LIMIT_MISSED', statutoryBy));
  return comes
    .filter(({ note }) => note === null || !c.noted.includes(note))
    .filter(({ on }) => state !== 'SPECIAL_PROCEDURE' || on <= today)
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/** What comes about next; null where nothing can. */
export function modelDue(c: ModelCase, today: string): ModelDue | null {
  const comes = coming(c, today);
  if (!comes) return null;
  const [first] = comes;
  if (!first) return { what: null, on: null };
  return { what: first.what, on: first.on > today ? first.on : today };
}

/** The case after all that has come about by now: noted, each once, or done by the system. */
export function afterSchedule(c: ModelCase, now: Date): ModelCase {
  const today = shanghaiDay(now);
  const come = (coming(c, today) ?? []).filter(({ on }) => on <= today);
  const notes = come.flatMap(({ note }) => (note === null ? [] : [note]));
  if (notes.length > 0) return afterSchedule({ ...c, noted: [...c.noted, ...notes], seenTo: today }, now);
  const action = come
    .map(({ what }) => what)
    .find((what) => what === 'DEEM_ACCEPTED' || what === 'DEEM_TAKEN_UP' || what === 'LAPSE');
  if (!action) return { ...c, seenTo: today };
  const { case: next, refused } = attempt(c, { action, version: versionOf(c) }, SYSTEM, now);
  if (refused) throw new Error(`${action} has come about and may not be: ${refused}`);
  return afterSchedule(next, now);
}
