/** The facts that rules may read. */
import { isDay } from '../calendar/day.ts';
import type { Localized } from '../locale.ts';
import type { Facts, FactValue, Literal } from './rule.ts';

/** The type of a fact. `CODES` is a list of codes, `AMOUNTS` a list of fen, one for each year. */
export type FactType = 'BOOLEAN' | 'INTEGER' | 'FEN' | 'DAY' | 'CODE' | 'CODES' | 'AMOUNTS';

export interface FactDefinition {
  readonly type: FactType;
  readonly name: Localized;
  /** The values of a `CODE` or of the members of `CODES`. */
  readonly codes?: readonly string[];
  /** The codes' names for people. */
  readonly codeNames?: Readonly<Record<string, Localized>>;
  /** The bounds of an `INTEGER`, a `FEN` or a `DAY`. */
  readonly min?: Literal;
  readonly max?: Literal;
  /** False for a fact that its subject can't change, e.g. a birth date. An unknown one may still be shown. */
  readonly canChange: boolean;
}

/** The facts that rules may read, by name. */
export type Vocabulary = Readonly<Record<string, FactDefinition>>;

/** Returns the definition of a fact. */
export function definitionOf(vocabulary: Vocabulary, fact: string): FactDefinition | undefined {
  return Object.hasOwn(vocabulary, fact) ? vocabulary[fact] : undefined;
}

/** Returns whether a value is one that a fact may have. */
export function isValueOf({ type, codes, min, max }: FactDefinition, value: unknown): value is FactValue {
  const isCode = (each: unknown) => typeof each === 'string' && (codes === undefined || codes.includes(each));
  const isBetween = (each: Literal) => (min === undefined || each >= min) && (max === undefined || each <= max);
  switch (type) {
    case 'BOOLEAN':
      return typeof value === 'boolean';
    case 'INTEGER':
    case 'FEN':
      return Number.isSafeInteger(value) && isBetween(value as number);
    case 'DAY':
      return typeof value === 'string' && isDay(value) && isBetween(value);
    case 'CODE':
      return isCode(value);
    case 'CODES':
      return Array.isArray(value) && value.every(isCode);
    case 'AMOUNTS':
      return Array.isArray(value) && value.every((each) => Number.isSafeInteger(each) && each >= 0);
  }
}

/** Returns only the facts that the vocabulary knows and whose values are of their type. */
export function validFacts(facts: Readonly<Record<string, unknown>>, vocabulary: Vocabulary): Facts {
  const valid = Object.entries(facts).filter(([fact, value]) => {
    const definition = definitionOf(vocabulary, fact);
    return definition !== undefined && isValueOf(definition, value);
  });
  return Object.fromEntries(valid) as Facts;
}
