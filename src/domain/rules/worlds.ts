/**
 * Search over worlds that the known facts allow. Every unknown fact takes representative values, one or more for each
 * part of its range between which no comparison of the rule distinguishes.
 */
import { addDays, addMonths } from '../calendar/day.ts';
import { evaluate, readOperand, type Truth, type World } from './evaluate.ts';
import { type Comparison, comparisonsOf, factsOfCondition, operandsIn, termsOf } from './parts.ts';
import type { Condition, FactValue, Literal, Operand } from './rule.ts';
import { definitionOf, type FactDefinition, isValueOf, type Vocabulary } from './vocabulary.ts';

/** Representative values of a fact. */
export interface Cells {
  readonly values: readonly FactValue[];
  /** False where another value might decide otherwise; then a search finds examples and proves nothing. */
  readonly isComplete: boolean;
}

/** The day asked about, as a variable of the search. */
const ASKED = Symbol('asked');
type Variable = string | typeof ASKED;

const mentions = (operand: Operand, variable: Variable) =>
  operandsIn(operand).some(
    (each) =>
      typeof each === 'object' && (variable === ASKED ? 'asked' in each : 'fact' in each && each.fact === variable),
  );

const sidesOf = ({ l, r }: Comparison) => [l, ...(Array.isArray(r) ? [] : [r as Operand])];

/** Returns all comparisons of a condition. */
export function comparisonsIn(condition: Condition): readonly Comparison[] {
  return termsOf(condition).flatMap(({ is }) => comparisonsOf(is));
}

/** Lists with more codes than this are not combined. */
const MAX_COMBINED_CODES = 5;

/** Returns representative values of a fact in a world where others are known. */
export function cellsOf(fact: string, comparisons: readonly Comparison[], world: World, vocabulary: Vocabulary): Cells {
  const definition = definitionOf(vocabulary, fact);
  if (!definition) return { values: [], isComplete: false };
  const reading = comparisons.filter((each) => sidesOf(each).some((side) => mentions(side, fact)));
  switch (definition.type) {
    case 'BOOLEAN':
      return { values: [true, false], isComplete: true };
    case 'CODE':
      return {
        values: definition.codes ?? [...codesIn(reading, fact), OTHER_CODE],
        isComplete: isAmongNamed(definition, reading),
      };
    case 'CODES': {
      const codes = [...new Set(reading.flatMap(({ r }) => (Array.isArray(r) ? (r as string[]) : [])))];
      const isComplete = codes.length <= MAX_COMBINED_CODES;
      return { values: isComplete ? subsets(codes) : [[], ...codes.map((code) => [code])], isComplete };
    }
    case 'AMOUNTS':
      return { values: [], isComplete: false };
  }
  const edges = reading.map((each) => edgesOf(each, fact, world));
  // Values at an edge come first: they are the nearest ones to propose.
  const values = [...edges.flatMap((each) => [...each.values]), definition.min, definition.max]
    .filter((value) => value !== undefined)
    .filter((value) => isValueOf(definition, value));
  const anyValue = definition.type === 'DAY' ? '2000-01-01' : 0;
  return {
    values: values.length > 0 ? [...new Set(values)] : [anyValue],
    isComplete: edges.every(({ isComplete }) => isComplete),
  };
}

/** Stands for every code of an open fact that no comparison names. */
export const OTHER_CODE = '*';

/** Returns whether comparisons name every code that matters: an open fact may equal another fact by a code of its own. */
const isAmongNamed = ({ codes }: FactDefinition, comparisons: readonly Comparison[]) =>
  codes !== undefined ||
  comparisons.every((each) =>
    sidesOf(each).every((side) => typeof side !== 'object' || !('fact' in side) || isAgainstConstants(each)),
  );

const isAgainstConstants = (each: Comparison) =>
  Array.isArray(each.r) || sidesOf(each).some((side) => typeof side !== 'object');

/** Returns the codes with which comparisons and tables compare a fact. */
function codesIn(comparisons: readonly Comparison[], fact: string): readonly string[] {
  const codes = comparisons.flatMap((each) => {
    const sides = sidesOf(each);
    const keys = sides
      .flatMap(operandsIn)
      .flatMap((side) => (typeof side === 'object' && 'table' in side && mentions(side.table.by, fact) ? [side] : []))
      .flatMap(({ table }) => table.rows.map(({ is }) => is));
    const constants = Array.isArray(each.r) ? (each.r as readonly Literal[]) : sides;
    return sides.some((side) => isDirectly(side, fact)) ? [...keys, ...constants] : keys;
  });
  return [...new Set(codes.filter((code) => typeof code === 'string'))];
}

function subsets(codes: readonly string[]): readonly string[][] {
  return Array.from({ length: 2 ** codes.length }, (_, bits) => codes.filter((_code, i) => (bits >> i) % 2 === 1));
}

interface Edges {
  readonly values: readonly Literal[];
  readonly isComplete: boolean;
}

const UNBOUNDED: Edges = { values: [], isComplete: false };

/** Returns a number or a day with its two neighbours. */
const around = (value: Literal): readonly Literal[] =>
  typeof value === 'number'
    ? [value, value - 1, value + 1]
    : [`${value}`, addDays(`${value}`, -1), addDays(`${value}`, 1)];

/** Returns the values around which a comparison changes its truth, as far as the other side is known. */
function edgesOf(comparison: Comparison, variable: Variable, world: World): Edges {
  const [left, right] = sidesOf(comparison) as [Operand, Operand | undefined];
  const isLeft = mentions(left, variable);
  if (right !== undefined && isLeft && mentions(right, variable)) return UNBOUNDED;
  const side = isLeft ? left : (right as Operand);
  const other = isLeft ? right : left;
  const constants =
    other === undefined
      ? (comparison.r as readonly Literal[])
      : [readOperand(other, world)].filter((each) => each !== null);
  if (typeof side === 'object' && 'table' in side) return edgesOfTable(side.table, variable);
  if (constants.length === 0) return UNBOUNDED;
  const found = constants.map((constant) => edgesAt(side, constant as Literal, variable, world));
  return { values: found.flatMap(({ values }) => values), isComplete: found.every(({ isComplete }) => isComplete) };
}

function edgesOfTable({ by, rows }: Extract<Operand, { table: unknown }>['table'], variable: Variable): Edges {
  const isDirect = typeof by === 'object' && 'fact' in by && by.fact === variable;
  return { values: rows.flatMap(({ is }) => around(is)), isComplete: isDirect };
}

/** Returns the values around which `side` passes a constant. */
function edgesAt(side: Operand, constant: Literal, variable: Variable, world: World): Edges {
  if (typeof side !== 'object') return UNBOUNDED;
  if ('fact' in side || 'asked' in side) return { values: around(constant), isComplete: true };
  if ('ageOn' in side && typeof constant === 'number') {
    const [born, on] = [readOperand(side.ageOn.born, world), readOperand(side.ageOn.on, world)];
    const isBirthAsked = isDirectly(side.ageOn.born, variable);
    const known = isBirthAsked ? on : born;
    if (typeof known !== 'string') return UNBOUNDED;
    const years = isBirthAsked ? [-constant, -constant - 1] : [constant, constant + 1];
    const isComplete = isBirthAsked || isDirectly(side.ageOn.on, variable);
    return { values: years.flatMap((each) => around(addMonths(known, 12 * each))), isComplete };
  }
  if ('total' in side && typeof constant === 'number') {
    const others = side.total.filter((each) => !mentions(each, variable)).map((each) => readOperand(each, world));
    const isKnown = others.every((each) => typeof each === 'number');
    const rest = others.reduce<number>((sum, each) => sum + (typeof each === 'number' ? each : 0), 0);
    const own = side.total.find((each) => mentions(each, variable));
    const isComplete =
      isKnown && others.length === side.total.length - 1 && own !== undefined && isDirectly(own, variable);
    return { values: around(constant - rest), isComplete };
  }
  if ('day' in side && typeof constant === 'string') {
    const { years = 0, months = 0, days = 0 } = side.day;
    return { values: around(addDays(addMonths(constant, -12 * years - months), -days)), isComplete: false };
  }
  return UNBOUNDED;
}

const isDirectly = (operand: Operand, variable: Variable) =>
  typeof operand === 'object' &&
  (variable === ASKED ? 'asked' in operand : 'fact' in operand && operand.fact === variable);

/** Returns representative days to ask about. */
export function daysToAsk(
  comparisons: readonly Comparison[],
  world: World,
): { days: readonly string[]; isComplete: boolean } {
  const reading = comparisons.filter((each) => sidesOf(each).some((side) => mentions(side, ASKED)));
  const edges = reading.map((each) => {
    // Every age is possible on any day, so an unknown birth date is no edge of the day.
    const aged = sidesOf(each).find((side) => typeof side === 'object' && 'ageOn' in side) as
      | Extract<Operand, { ageOn: unknown }>
      | undefined;
    const isBirthUnknown = aged !== undefined && readOperand(aged.ageOn.born, world) === null;
    if (!isBirthUnknown) return edgesOf(each, ASKED, world);
    const on = JSON.stringify(aged.ageOn.on);
    const isOnlyUse = comparisons
      .filter((one) => factsOf(one).some((fact) => mentions(aged.ageOn.born, fact)))
      .every((one) =>
        sidesOf(one).some(
          (side) => typeof side === 'object' && 'ageOn' in side && JSON.stringify(side.ageOn.on) === on,
        ),
      );
    return { values: [], isComplete: isOnlyUse };
  });
  const days = edges.flatMap(({ values }) => values).filter((value) => typeof value === 'string');
  return { days: [...new Set(days)].sort(), isComplete: edges.every(({ isComplete }) => isComplete) };
}

const factsOf = (comparison: Comparison) =>
  sidesOf(comparison)
    .flatMap(operandsIn)
    .flatMap((each) => (typeof each === 'object' && 'fact' in each ? [each.fact] : []));

/** An example of a world for each truth that is possible, and whether no other truth is. */
export interface Possible {
  readonly met: World | null;
  readonly unmet: World | null;
  readonly isComplete: boolean;
}

/** Worlds that one search evaluates at most. */
export const MAX_WORLDS = 4000;
const ANY_DAY = '2026-01-01';

/**
 * Finds out which truths of a condition the unknown facts allow.
 * @param wanted the search ends once it has an example of each
 */
export function possibleTruths(
  condition: Condition,
  world: World,
  vocabulary: Vocabulary,
  wanted: readonly Exclude<Truth, 'UNKNOWN'>[] = ['MET', 'NOT_MET'],
  maxWorlds = MAX_WORLDS,
): Possible {
  const comparisons = comparisonsIn(condition);
  const names = factsOfCondition(condition);
  const found: { MET: World | null; NOT_MET: World | null } = { MET: null, NOT_MET: null };
  let left = maxWorlds;
  let isComplete = true;
  const isDone = () => wanted.every((truth) => found[truth] !== null);
  const visit = (current: World): void => {
    if (isDone()) return;
    left -= 1;
    if (left < 0) {
      isComplete = false;
      return;
    }
    const truth = evaluate(condition, current);
    if (truth !== 'UNKNOWN') {
      found[truth] ??= current;
      return;
    }
    if (current.asked === null) {
      const { days, isComplete: isEvery } = daysToAsk(comparisons, current);
      isComplete &&= isEvery;
      for (const asked of days.length > 0 ? days : [ANY_DAY]) visit({ ...current, asked });
      return;
    }
    const fact = names.find((each) => !Object.hasOwn(current.facts, each));
    if (fact === undefined) {
      isComplete = false;
      return;
    }
    const cells = cellsOf(fact, comparisons, current, vocabulary);
    isComplete &&= cells.isComplete;
    for (const value of cells.values) visit({ ...current, facts: { ...current.facts, [fact]: value } });
  };
  visit(world);
  return { met: found.MET, unmet: found.NOT_MET, isComplete };
}
