import type { Model } from '../model/model.ts';
import type { Field, Selection, Selections } from '../selection.ts';
import type { Steps } from '../steps.ts';
import type { JumpView, ObjectNode, Requests, Solution } from './solution.ts';
import type { View, Views } from './view.ts';

/** A solved object, with levels that aren't yet counted from its lowest view. */
export interface SolvedObject {
  readonly node: ObjectNode;
  readonly requests: Requests;
  readonly extra: number;
  readonly depth: number;
  readonly used: ReadonlySet<number>;
  /** The views of its jumps. */
  readonly jumpViews: readonly View[];
}

export interface ObjectOptions {
  /** Jumps have a higher level than this. */
  readonly after?: number;
  readonly mayJump?: boolean;
  /** The position tells the types of its objects already. */
  readonly isTypeTold?: boolean;
}

/** The search of one operation, as its steps call it: each step solves the parts of its goal by the search again. */
export interface Search {
  readonly model: Model;
  readonly selections: Selections;
  readonly views: Views;
  readonly steps: Steps;
  /** The indices of subgraphs that are preferred where others cost the same. */
  readonly preferred: ReadonlySet<number>;
  newNodeId(): number;
  rememberReach(name: string, find: () => readonly JumpView[]): readonly JumpView[];
  asInput<T>(search: () => T): T;
  solve(selection: Selection, typeName: string, views: readonly View[]): Solution | undefined;
  solveObject(
    type: string,
    fields: readonly Field[],
    views: readonly View[],
    options?: ObjectOptions,
  ): SolvedObject | undefined;
}
