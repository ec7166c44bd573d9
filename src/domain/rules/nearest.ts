/** The nearest change: the cheapest facts, and the first day, that would turn an answer to met. */
import { addDays, daysBetween } from '../calendar/day.ts';
import { evaluate, evaluateTest, type World } from './evaluate.ts';
import { exactTruth, isMet, type Question } from './judge.ts';
import { factsIn, factsOfCondition, termsOf } from './parts.ts';
import type { ChangeCost, Condition, Facts, FactValue, Rule } from './rule.ts';
import { definitionOf, type Vocabulary, validFacts } from './vocabulary.ts';
import { cellsOf, comparisonsIn, daysToAsk, OTHER_CODE, possibleTruths } from './worlds.ts';

/** The change of one fact. */
export interface Change {
  readonly fact: string;
  /** Null where the fact isn't known. */
  readonly from: FactValue | null;
  readonly to: FactValue;
  /** To show an unknown fact, or to change a known one. */
  readonly how: 'SHOW' | 'CHANGE';
}

export interface Nearest {
  readonly changes: readonly Change[];
  /** The first day on which the rule is met after the changes. It is the day asked where nothing takes time. */
  readonly on: string;
  readonly cost: number;
  /** False where a cheaper way may exist; none of the changes can be left out even then. */
  readonly isExact: boolean;
}

const DEFAULT_COST = 10;
/** Days of waiting that cost one unit, a started period included. */
const DAYS_A_UNIT = 30;
const MAX_DAYS = 12;
const MAX_WAIT_DAYS = 3660;
/** States that the search opens on all days together. */
const MAX_STATES = 600;

const waitingCost = (days: number) => Math.ceil(days / DAYS_A_UNIT);

interface Option {
  readonly change: Change | null;
  readonly cost: number;
  readonly leadDays: number;
}

interface Search {
  readonly when: Condition;
  readonly world: World;
  readonly vocabulary: Vocabulary;
  /** The options of each fact, the cheapest first: the first leaves it as it is. */
  readonly options: readonly (readonly Option[])[];
}

/** Finds the nearest change. Returns null where the rule is met already, or no change within the bounds meets it. */
export function nearest({ when, costs = [] }: Rule, { facts, asked, vocabulary }: Question): Nearest | null {
  const world: World = { facts: validFacts(facts, vocabulary), asked };
  if (exactTruth(when, world, vocabulary) === 'MET') return null;
  const { options, isComplete } = optionsOf(when, world, vocabulary, costs);
  const { days, isEvery } = daysToTry(when, world.facts, asked, options.flat());
  let states = MAX_STATES;
  let best: Nearest | null = null;
  let isExact = isComplete && isEvery;
  for (const on of days) {
    const waited = daysBetween(asked, on);
    const base = waitingCost(waited);
    if (best && best.cost <= base) break;
    const search: Search = {
      when,
      world: { ...world, asked: on },
      vocabulary,
      options: worthwhile(when, { ...world, asked: on }, options).map((each) =>
        each.filter(({ leadDays }) => leadDays <= waited),
      ),
    };
    const found = cheapest(search, base, best?.cost ?? Number.POSITIVE_INFINITY, states);
    states -= found.states;
    isExact &&= found.isProven;
    if (found.changes) best = { changes: found.changes, on, cost: found.cost, isExact };
    if (states <= 0) {
      isExact = false;
      best ??= irredundant(search, base, on);
      break;
    }
  }
  return best && { ...best, isExact };
}

/** Returns the options of the facts that a term reads which is not met. Others could only turn a met term. */
function worthwhile(when: Condition, world: World, options: readonly (readonly Option[])[]) {
  const open = termsOf(when).filter(({ is }) => evaluateTest(is, world) !== 'MET');
  const names = new Set(open.flatMap(({ is }) => factsIn(is)));
  return options.filter((each) => names.has(each[1]?.change?.fact ?? ''));
}

/** Returns what each fact may become, with the cost and the time that it takes. */
function optionsOf(when: Condition, world: World, vocabulary: Vocabulary, costs: readonly ChangeCost[]) {
  const comparisons = comparisonsIn(when);
  const names = factsOfCondition(when).filter(
    (fact) => definitionOf(vocabulary, fact)?.canChange || !Object.hasOwn(world.facts, fact),
  );
  // A side that may change too gives no edge, so such a comparison makes the search inexact.
  const fixed = { ...world, facts: without(world.facts, names) };
  let isComplete = true;
  const options = names.map((fact): readonly Option[] => {
    const cells = cellsOf(fact, comparisons, fixed, vocabulary);
    const proposed = cellsOf(fact, comparisons, world, vocabulary);
    isComplete &&= cells.isComplete;
    const from = Object.hasOwn(world.facts, fact) ? (world.facts[fact] ?? null) : null;
    // Nobody is told to have a code that stands for all others.
    const isNamed = !cells.values.includes(OTHER_CODE);
    isComplete &&= isNamed;
    const values = [...new Set([...cells.values, ...proposed.values])].filter(
      (to) => !isSame(from, to) && (isNamed || to !== OTHER_CODE),
    );
    const cost = costs.find((each) => each.fact === fact);
    const changed = values.map((to) => optionOf({ fact, from, to, how: from === null ? 'SHOW' : 'CHANGE' }, cost));
    return [KEPT, ...changed.sort((a, b) => a.cost - b.cost)];
  });
  return { options, isComplete };
}

const KEPT: Option = { change: null, cost: 0, leadDays: 0 };

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

function optionOf(change: Change, cost: ChangeCost | undefined): Option {
  const { from, to, how } = change;
  const units = typeof from === 'number' && typeof to === 'number' ? Math.abs(to - from) : 1;
  return {
    change,
    cost: (cost?.cost ?? DEFAULT_COST) + units * (cost?.perUnit ?? 0),
    // A fact that is only shown is there already.
    leadDays: how === 'SHOW' ? 0 : units * (cost?.leadDays ?? 0),
  };
}

function without(facts: Facts, names: readonly string[]): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([fact]) => !names.includes(fact)));
}

/** Returns the days on which waiting or a change that takes time may have turned the answer, the first one first. */
function daysToTry(when: Condition, facts: Facts, asked: string, options: readonly Option[]) {
  const { days: edges, isComplete } = daysToAsk(comparisonsIn(when), { facts, asked: null });
  const year = Number(asked.slice(0, 4));
  // A day that is set in the year of the day asked moves with the turn of the year.
  const turns = isComplete ? [] : Array.from({ length: MAX_DAYS }, (_, i) => `${year + 1 + i}-01-01`);
  const ready = options
    .filter(({ leadDays }) => leadDays <= MAX_WAIT_DAYS)
    .map(({ leadDays }) => addDays(asked, leadDays));
  const last = addDays(asked, MAX_WAIT_DAYS);
  const later = [...new Set([...edges, ...turns, ...ready])].filter((day) => day > asked && day <= last).sort();
  return { days: [asked, ...later.slice(0, MAX_DAYS)], isEvery: isComplete && later.length <= MAX_DAYS };
}

interface State {
  readonly cost: number;
  /** How many facts are decided. */
  readonly depth: number;
  readonly facts: Facts;
  readonly changes: readonly Change[];
}

/** Opens states in the order of their cost, so that the first whole one is the cheapest on this day. */
function cheapest({ when, world, vocabulary, options }: Search, base: number, below: number, maxStates: number) {
  const changeable = options.map((each) => each[1]?.change?.fact ?? null);
  const queue: State[] = [{ cost: base, depth: 0, facts: world.facts, changes: [] }];
  let states = 0;
  let isProven = true;
  while (queue.length > 0 && states < maxStates) {
    const state = queue.shift() as State;
    states += 1;
    if (state.cost >= below) break;
    const own = options[state.depth];
    if (own === undefined) {
      const met = isMet(when, { ...world, facts: state.facts }, vocabulary);
      if (met) return { ...state, states, isProven };
      isProven &&= met !== null;
      continue;
    }
    const open = changeable.slice(state.depth).filter((fact) => fact !== null);
    if (evaluate(when, { ...world, facts: without(state.facts, open) }) === 'NOT_MET') continue;
    for (const { change, cost } of own) {
      const depth = state.depth + 1;
      if (change === null) insert(queue, { ...state, depth });
      else {
        const facts = { ...state.facts, [change.fact]: change.to };
        insert(queue, { cost: state.cost + cost, depth, facts, changes: [...state.changes, change] });
      }
    }
  }
  return { changes: null, cost: Number.POSITIVE_INFINITY, states, isProven };
}

/** Inserts a state by its cost; among equals, the deeper one comes first. */
function insert(queue: State[], state: State): void {
  const isBehind = (other: State) =>
    other.cost < state.cost || (other.cost === state.cost && other.depth >= state.depth);
  let [low, high] = [0, queue.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBehind(queue[middle] as State)) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, state);
}

/** Finds any change that meets the rule, and takes away what is not needed, the dearest first. */
function irredundant({ when, world, vocabulary, options }: Search, base: number, on: string): Nearest | null {
  const possible = options.flat().filter(({ change }) => change !== null);
  const open = [...new Set(possible.map(({ change }) => change?.fact ?? ''))];
  const { met } = possibleTruths(when, { ...world, facts: without(world.facts, open) }, vocabulary, ['MET']);
  if (!met) return null;
  const wanted = open.filter((fact) => Object.hasOwn(met.facts, fact) && !isSame(met.facts[fact], world.facts[fact]));
  const found = wanted.map((fact) =>
    possible.find(({ change }) => change?.fact === fact && isSame(change.to, met.facts[fact])),
  );
  // A value that takes longer than until this day is no way out.
  if (found.includes(undefined)) return null;
  let kept = found.filter((each) => each !== undefined).sort((a, b) => b.cost - a.cost);
  for (const option of kept) {
    const fewer = kept.filter((each) => each !== option);
    if (isMet(when, { ...world, facts: applied(world.facts, fewer) }, vocabulary)) kept = fewer;
  }
  return {
    changes: kept.flatMap(({ change }) => (change ? [change] : [])),
    on,
    cost: kept.reduce((sum, { cost }) => sum + cost, base),
    isExact: false,
  };
}

function applied(facts: Facts, options: readonly Option[]): Facts {
  return {
    ...facts,
    ...Object.fromEntries(options.flatMap(({ change }) => (change ? [[change.fact, change.to]] : []))),
  };
}
