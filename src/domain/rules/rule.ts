/**
 * Rules as data: the terms of a policy or the conditions of a case type, as a typed tree with closed operators. An
 * officer publishes a rule; nobody deploys one.
 */
import type { Localized } from '../locale.ts';

/** A constant: yes or no, a whole number (money in fen), a code, or a day as `YYYY-MM-DD`. */
export type Literal = boolean | number | string;

/** A value that a rule computes. */
export type Operand =
  | Literal
  | { readonly fact: string }
  /** The day asked about. */
  | { readonly asked: true }
  /** Whole years from a birth date to a day, the birthday itself counted (周岁). */
  | { readonly ageOn: { readonly born: Operand; readonly on: Operand } }
  /** A day relative to another: years and months are added first, then month and day of the month are set. */
  | { readonly day: RelativeDay }
  /** The value of the first row whose key equals `by`; `otherwise` where none does. */
  | { readonly table: { readonly by: Operand; readonly rows: readonly TableRow[]; readonly otherwise: Literal } }
  /** Points of all rows whose test is met. */
  | { readonly sum: readonly PointsRow[] }
  /** The sum of whole numbers. */
  | { readonly total: readonly Operand[] };

export interface RelativeDay {
  readonly from: Operand;
  readonly years?: number;
  readonly months?: number;
  readonly days?: number;
  /** Replaces the month, 1 to 12. */
  readonly month?: number;
  /** Replaces the day of the month, 1 to 28. */
  readonly dayOfMonth?: number;
}

export interface TableRow {
  readonly is: Literal;
  readonly value: Literal;
}

export interface PointsRow {
  readonly points: number;
  readonly is: Test;
}

export const COMPARATORS = ['=', '!=', '<', '<=', '>', '>='] as const;
export type Comparator = (typeof COMPARATORS)[number];

/** Logic inside of a term. */
export type Test =
  | { readonly l: Operand; readonly op: Comparator; readonly r: Operand }
  /** One of the listed values (`in`), or a list with at least one of them (`has`). */
  | { readonly l: Operand; readonly op: 'in' | 'has'; readonly r: readonly Literal[] }
  | { readonly all: readonly Test[] }
  | { readonly any: readonly Test[] }
  | { readonly not: Test };

/** A requirement that is explained as a whole, with its text and the clause that it comes from. */
export interface Term {
  /** Unique within its rule. */
  readonly term: string;
  readonly text: Localized;
  /** The number of the clause in the policy version. */
  readonly clause?: number;
  readonly is: Test;
}

/** Requirements and alternatives. No negation is possible above a term, so a term that becomes met never harms. */
export type Condition = Term | { readonly all: readonly Condition[] } | { readonly any: readonly Condition[] };

/** Yearly amounts: a share of each amount until a cap, for some years, and longer while the cap isn't reached. */
export interface CappedSeries {
  /** The fact with the amount of each year, in fen. */
  readonly of: string;
  readonly basisPoints: number;
  /** The fact with the sum that all shares together don't exceed, in fen. */
  readonly cap: string;
  readonly years: number;
  readonly extensionYears: number;
}

/** The cost of changing a fact, in units of the rule's own. */
export interface ChangeCost {
  readonly fact: string;
  readonly cost: number;
  /** Added for each unit of a number. */
  readonly perUnit?: number;
  /** Days that each unit of a number takes, or the change as a whole. */
  readonly leadDays?: number;
}

export interface Rule {
  readonly language: 1;
  readonly when: Condition;
  readonly cappedSeries?: CappedSeries;
  /** Facts without an entry cost `DEFAULT_COST`. */
  readonly costs?: readonly ChangeCost[];
}

/** The value of a fact. A list of numbers is the amounts of successive years. */
export type FactValue = Literal | readonly string[] | readonly number[];
/** Facts by name. An absent one isn't known. */
export type Facts = Readonly<Record<string, FactValue>>;
