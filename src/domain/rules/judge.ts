/** The judgement of a subject under a rule, explained term by term. */
import type { Localized } from '../locale.ts';
import { evaluate, readOperand, type Truth, type World } from './evaluate.ts';
import { factsIn, termsOf } from './parts.ts';
import type { CappedSeries, Condition, Facts, FactValue, Operand, Rule, Term } from './rule.ts';
import { type Vocabulary, validFacts } from './vocabulary.ts';
import { possibleTruths } from './worlds.ts';

/** A subject's known facts, and the day asked about. */
export interface Question {
  readonly facts: Facts;
  readonly asked: string;
  readonly vocabulary: Vocabulary;
}

/** One term of a rule as it was judged. */
export interface TermJudgement {
  readonly term: string;
  readonly text: Localized;
  readonly clause: number | null;
  readonly truth: Truth;
  /** The left side of the term's comparison; null where it isn't known, or the term has several comparisons. */
  readonly saw: FactValue | null;
  /** The right side. */
  readonly asks: FactValue | null;
  /** The facts that are missing here. */
  readonly missing: readonly string[];
}

export interface Judgement {
  readonly truth: Truth;
  readonly asked: string;
  /** Every term in the rule's order: the trace. */
  readonly terms: readonly TermJudgement[];
  /**
   * Each list is one way to meet the rule: the terms that are unmet or unknown there. The shortest comes first. Empty
   * where the rule is met.
   */
  readonly alternatives: readonly (readonly TermJudgement[])[];
  /** The facts that aren't known and stand in a term of an alternative. */
  readonly missing: readonly string[];
}

/** Longer lists of alternatives are cut: the shortest are kept. */
export const MAX_ALTERNATIVES = 12;

/**
 * Judges a subject. The truth is exact within the bounds of a search: it is unknown only where the missing facts may
 * decide either way, or where the search ends without a proof.
 */
export function judge({ when }: Rule, { facts, asked, vocabulary }: Question): Judgement {
  const world: World = { facts: validFacts(facts, vocabulary), asked };
  const truth = exactTruth(when, world, vocabulary);
  const terms = termsOf(when).map((term) => judgeTerm(term, world, vocabulary));
  const byName = new Map(terms.map((each) => [each.term, each]));
  const alternatives = truth === 'MET' ? [] : alternativesOf(when, byName);
  const missing = [...new Set(alternatives.flat().flatMap((each) => each.missing))];
  return { truth, asked, terms, alternatives, missing };
}

/** Returns the truth by all values that the unknown facts may have. */
export function exactTruth(when: Condition, world: World, vocabulary: Vocabulary): Truth {
  const truth = evaluate(when, world);
  if (truth !== 'UNKNOWN') return truth;
  const { met, unmet, isComplete } = possibleTruths(when, world, vocabulary);
  if (!isComplete || (met && unmet)) return 'UNKNOWN';
  return met ? 'MET' : unmet ? 'NOT_MET' : 'UNKNOWN';
}

function judgeTerm(term: Term, world: World, vocabulary: Vocabulary): TermJudgement {
  const truth = exactTruth(term, world, vocabulary);
  const { is, text, clause = null } = term;
  const isComparison = 'op' in is;
  return {
    term: term.term,
    text,
    clause,
    truth,
    saw: isComparison ? readOperand(is.l, world) : null,
    asks: isComparison
      ? Array.isArray(is.r)
        ? (is.r as readonly string[])
        : readOperand(is.r as Operand, world)
      : null,
    missing: truth === 'UNKNOWN' ? factsIn(is).filter((fact) => !Object.hasOwn(world.facts, fact)) : [],
  };
}

type Alternatives = readonly (readonly TermJudgement[])[];

const bySize = (a: readonly unknown[], b: readonly unknown[]) => a.length - b.length;

/** Returns the smallest sets of terms that meet a condition where they become met, none of them part of another. */
function alternativesOf(condition: Condition, judged: ReadonlyMap<string, TermJudgement>): Alternatives {
  if ('term' in condition) {
    const own = judged.get(condition.term);
    return own === undefined || own.truth === 'MET' ? [[]] : [[own]];
  }
  if ('any' in condition) return smallest(condition.any.flatMap((each) => alternativesOf(each, judged)));
  return condition.all
    .map((each) => alternativesOf(each, judged))
    .reduce<Alternatives>(
      (ways, more) => smallest(ways.flatMap((way) => more.map((each) => [...new Set([...way, ...each])]))),
      [[]],
    );
}

function smallest(ways: Alternatives): Alternatives {
  const kept: (readonly TermJudgement[])[] = [];
  for (const way of [...ways].sort(bySize)) {
    if (kept.length === MAX_ALTERNATIVES) break;
    if (!kept.some((each) => each.every((term) => way.includes(term)))) kept.push(way);
  }
  return kept;
}

/** Worlds that a search for a counterexample evaluates at most. */
const MAX_COUNTEREXAMPLES = 300;

/**
 * Returns whether a condition is met whatever the unknown facts are; null where the search ends without a proof. It ends
 * with the first world that speaks against it.
 */
export function isMet(when: Condition, world: World, vocabulary: Vocabulary): boolean | null {
  const truth = evaluate(when, world);
  if (truth !== 'UNKNOWN') return truth === 'MET';
  const { unmet, isComplete } = possibleTruths(when, world, vocabulary, ['NOT_MET'], MAX_COUNTEREXAMPLES);
  if (unmet !== null) return false;
  return isComplete ? true : null;
}

/** Returns the yearly shares of a series in fen, truncated; null where a fact isn't known. */
export function sharesOf({ of, cap, basisPoints, years, extensionYears }: CappedSeries, facts: Facts) {
  const world: World = { facts, asked: null };
  const [amounts, limit] = [readOperand({ fact: of }, world), readOperand({ fact: cap }, world)];
  if (!Array.isArray(amounts) || typeof limit !== 'number') return null;
  let left = BigInt(limit);
  return (amounts as readonly number[]).map((amount, year) => {
    // The extension begins only where the cap is not reached, which an empty rest tells.
    const share = year < years + extensionYears ? (BigInt(amount) * BigInt(basisPoints)) / 10_000n : 0n;
    const paid = share < left ? share : left;
    left -= paid;
    return Number(paid);
  });
}
