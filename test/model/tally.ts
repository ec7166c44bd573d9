/** What a run has covered. */
import { TRANSITIONS } from '../../src/domain/cases/state.ts';
import type { Happening } from './model-case.ts';

export interface Tally {
  commands: number;
  opened: number;
  accepted: number;
  /** Tried by several at once. */
  together: number;
  /** Done with a fault of the store on the way. */
  faulty: number;
  readonly refused: Map<string, number>;
  /** `STATE EVENT`. */
  readonly transitions: Map<string, number>;
}

export const newTally = (): Tally => ({
  commands: 0,
  opened: 0,
  accepted: 0,
  together: 0,
  faulty: 0,
  refused: new Map(),
  transitions: new Map(),
});

const count = (of: Map<string, number>, key: string) => of.set(key, (of.get(key) ?? 0) + 1);

export function noteRefused(tally: Tally, codes: readonly string[]): void {
  for (const code of codes) count(tally.refused, code);
}

export function noteHappened(tally: Tally, { before, what }: Happening): void {
  tally.accepted += 1;
  count(tally.transitions, `${before} ${what}`);
}

/** All transitions but that of counters in other zones: no case of the model comes by one, and stories show it. */
export const ALL_TRANSITIONS: readonly string[] = Object.entries(TRANSITIONS).flatMap(([state, moves]) =>
  Object.keys(moves).flatMap((event) => (event === 'HANDED_OVER' ? [] : `${state} ${event}`)),
);

/** Those of the table that were never taken. */
export const neverTaken = (tally: Tally): readonly string[] =>
  ALL_TRANSITIONS.filter((transition) => !tally.transitions.has(transition));
