/** What comes about in a case though nobody acts, read once more. */
import { type ModelCase, stateOf, supplementUntil } from './model-case.ts';
import { modelDeadlines } from './model-clock.ts';
import { dayAfter, isWorked } from './working-days.ts';

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

const WARNED_BEFORE = { SUPPLEMENT_NOTICE: 1, DECISION: 3, DELIVERY: 2, RECONSIDERATION: 5 };

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

/** Where nothing has come about yet; null where nothing can. */
export function modelDue(c: ModelCase, today: string): ModelDue | null {
  const state = stateOf(c);
  if (state === 'DRAFT' || state === 'SUPPLEMENT_REQUIRED') {
    const until = askedUntil(c);
    if (until === null) return null;
    const lapses = dayAfter(until, 1);
    return { what: 'LAPSE', on: lapses > today ? lapses : today };
  }
  const clock = modelDeadlines(c, today);
  if (!clock) return null;
  const { step, startedOn, promisedBy, statutoryBy } = clock;
  const comes: { what: string; on: string }[] = [];
  for (const [name, end] of [
    ['PROMISE', promisedBy],
    ['LIMIT', statutoryBy],
  ] as const) {
    // Two ends on one day are told of as the limit.
    if (name === 'PROMISE' && promisedBy === statutoryBy) continue;
    const warned = before(end, WARNED_BEFORE[step]);
    // A clock that stands comes near no end.
    if (warned > startedOn && today <= end && state !== 'SPECIAL_PROCEDURE')
      comes.push({ what: `${name}_NEAR`, on: warned });
  }
  comes.push({ what: 'PROMISE_MISSED', on: dayAfter(promisedBy, 1) });
  comes.push({ what: step === 'SUPPLEMENT_NOTICE' ? 'DEEM_ACCEPTED' : 'LIMIT_MISSED', on: dayAfter(statutoryBy, 1) });
  const possible = comes.filter(({ on }) => state !== 'SPECIAL_PROCEDURE' || on <= today);
  const first = possible.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))[0];
  if (!first) return { what: null, on: null };
  return { what: first.what, on: first.on > today ? first.on : today };
}
