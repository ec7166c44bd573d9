/** Orders in which requests that came at once may have been done: it must be as if they had come one after the other. */
import type { Deed } from './likely.ts';
import type { ModelCase } from './model-case.ts';
import { attempt } from './model-rules.ts';

/** A request, and what was answered: codes where nothing was done, null where it was. */
export interface Answered<Codes> {
  readonly deed: Deed;
  readonly key: string;
  readonly told: Codes | null;
}

export interface Step {
  readonly before: ModelCase;
  readonly after: ModelCase;
  readonly refused: readonly string[] | null;
}

export interface Order {
  readonly case: ModelCase;
  readonly steps: readonly Step[];
}

/**
 * Every order in which the model answers the same. What comes again with a key that was done is answered the same, and
 * nothing happens.
 * @param toldOf how codes are told
 */
export function* ordersOf(
  c: ModelCase,
  requests: readonly Answered<readonly string[]>[],
  toldOf: (codes: readonly string[] | null, deed: Deed) => readonly string[] | null,
  done: readonly string[] = [],
): Generator<Order> {
  if (requests.length === 0) yield { case: c, steps: [] };
  for (const [i, { deed, key, told }] of requests.entries()) {
    const rest = requests.toSpliced(i, 1);
    if (done.includes(key)) {
      if (told === null) yield* ordersOf(c, rest, toldOf, done);
      continue;
    }
    const { case: after, refused } = attempt(c, deed.command, deed.actor, deed.now);
    if (JSON.stringify(toldOf(refused, deed)) !== JSON.stringify(told)) continue;
    const step = { before: c, after, refused };
    for (const order of ordersOf(after, rest, toldOf, refused ? done : [...done, key])) {
      yield { case: order.case, steps: [step, ...order.steps] };
    }
  }
}
