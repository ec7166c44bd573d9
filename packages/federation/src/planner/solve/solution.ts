import type { SubgraphField, Target } from '../model/model.ts';
import type { Field, Selection } from '../selection.ts';
import type { View } from './view.ts';

/** How a selection on a position of the answer is asked for. Positions that are alike share one. */
export type Node = ObjectNode | AbstractNode;

/** A selection on objects of one type, or on an interface whose types make no difference. */
export interface ObjectNode {
  readonly kind: 'object';
  readonly id: number;
  readonly type: string;
  /** Views 0 to `viewCount - 1` are those that the position has; each jump is one more. */
  readonly viewCount: number;
  readonly jumps: readonly Jump[];
  readonly asks: readonly Ask[];
  /** The views that are asked for `__typename` besides, because representations are made of these objects. */
  readonly tellers: readonly number[];
}

/** A selection on an abstract type, of which some is asked by object type. */
export interface AbstractNode {
  readonly kind: 'abstract';
  readonly id: number;
  readonly type: string;
  /** The selection that every object is asked for alike. */
  readonly common: ObjectNode;
  readonly byType: readonly TypedNode[];
}

export interface TypedNode {
  readonly node: ObjectNode;
  /** The view of the common node that each of the typed node's own views narrows. */
  readonly views: readonly number[];
}

/** An entity fetch. Its level counts from the node's lowest view. */
export interface Jump {
  readonly target: Target;
  readonly level: number;
  /** The fields of a representation. */
  readonly inputs: readonly Field[];
}

export interface Ask {
  readonly field: Field;
  readonly views: readonly number[];
  /** The field as each view's subgraph has it; undefined for `__typename`. */
  readonly there: readonly (SubgraphField | undefined)[];
  readonly child: Node | undefined;
}

/** Requests by `requestCode`: parts of one subgraph and level travel in one. */
export type Requests = ReadonlySet<number>;

export const NO_REQUESTS: Requests = new Set();

const MAX_SUBGRAPHS = 4096;

export function requestCode(level: number, subgraph: number): number {
  return level * MAX_SUBGRAPHS + subgraph;
}

/** Returns requests with their levels counted from a base that is `by` lower. */
export function shifted(requests: Requests, by: number): Requests {
  if (requests.size === 0 || by === 0) return requests;
  return new Set(Array.from(requests, (code) => code + by * MAX_SUBGRAPHS));
}

/** An answer of the search. Levels count from the lowest view that it was given. */
export interface Solution {
  readonly node: Node;
  readonly requests: Requests;
  /** Decides between solutions with as many requests. */
  readonly extra: number;
  /** The highest level of a fetch that it needs. */
  readonly depth: number;
  /** The views that it makes use of. */
  readonly used: ReadonlySet<number>;
}

export const REQUEST_COST = 100;

export function costOf({ requests, extra }: Pick<Solution, 'requests' | 'extra'>): number {
  return requests.size * REQUEST_COST + extra;
}

/** One way to answer a field. */
export interface Option {
  readonly views: readonly number[];
  readonly there: readonly (SubgraphField | undefined)[];
  readonly child: Node | undefined;
  readonly requests: Requests;
  readonly extra: number;
  /** The level at which all of it has arrived. */
  readonly level: number;
}

/** A jump that is possible at a position, as one more view. */
export interface JumpView {
  readonly view: View;
  readonly target: Target;
  readonly key: Selection;
}
