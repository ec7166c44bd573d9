import { FederationError } from './errors.ts';

/** Bounds of planning. They count work, not time, so the same operation always ends the same way. */
export interface PlannerLimits {
  /** Steps of the search for one operation. */
  readonly maxSteps: number;
  /** Characters of all subgraph operations and paths of one plan. */
  readonly maxPlanCharacters: number;
}

export const DEFAULT_LIMITS: PlannerLimits = { maxSteps: 30_000, maxPlanCharacters: 1_000_000 };

/** A counter of the work that one operation costs. */
export class Steps {
  count = 0;
  readonly #limits: PlannerLimits;
  #characters = 0;

  constructor(limits: PlannerLimits = DEFAULT_LIMITS) {
    this.#limits = limits;
  }

  /** Counts work. Throws PLAN_TOO_COMPLEX beyond `maxSteps`. */
  take(steps = 1): void {
    this.count += steps;
    if (this.count > this.#limits.maxSteps) {
      throw new FederationError('PLAN_TOO_COMPLEX', `Planning takes more than ${this.#limits.maxSteps} steps.`);
    }
  }

  /** Counts what a plan holds. Throws PLAN_TOO_COMPLEX beyond `maxPlanCharacters`. */
  write(characters: number): void {
    this.#characters += characters;
    if (this.#characters > this.#limits.maxPlanCharacters) {
      throw new FederationError(
        'PLAN_TOO_COMPLEX',
        `The plan would be longer than ${this.#limits.maxPlanCharacters} characters.`,
      );
    }
  }
}
