/** The check of a rule at its publication. A search proves the faults, so a rule that is too large for it has none. */
import { isDay } from '../calendar/day.ts';
import type { Truth } from './evaluate.ts';
import { judge } from './judge.ts';
import { termsOf } from './parts.ts';
import type { Condition, Facts, Rule } from './rule.ts';
import { typeFaults } from './types.ts';
import { type Vocabulary, validFacts } from './vocabulary.ts';
import { possibleTruths } from './worlds.ts';

/** A case with the answer that the publishing officer expects. */
export interface SampleCase {
  readonly name: string;
  readonly asked: string;
  readonly facts: Facts;
  readonly truth: Truth;
  /** The terms that the answer names as unmet or unknown in its shortest alternative. Not checked where absent. */
  readonly lacks?: readonly string[];
}

export type RuleFaultCode =
  | 'INVALID_TYPE'
  | 'DUPLICATE_TERM'
  | 'UNKNOWN_CLAUSE'
  | 'NEVER_MET'
  | 'ALWAYS_MET'
  | 'TERM_NEVER_MET'
  | 'TERM_ALWAYS_MET'
  | 'REDUNDANT_ALTERNATIVE'
  | 'SAMPLE_MISSING'
  | 'INVALID_SAMPLE'
  | 'SAMPLE_FAILS';

export interface RuleFault {
  readonly code: RuleFaultCode;
  readonly message: string;
}

export const MAX_SAMPLES = 20;

interface CheckedBy {
  readonly samples: readonly SampleCase[];
  /** The number of clauses that terms may rest on. */
  readonly clauses: number;
  readonly vocabulary: Vocabulary;
}

/** Checks terms that may have no rule, and then have no samples. Returns every fault with the input field that has it. */
export function checkTerms(
  rule: Rule | null,
  by: CheckedBy,
): readonly { readonly field: 'rule' | 'samples'; readonly message: string }[] {
  const { length } = by.samples;
  if (length > MAX_SAMPLES) return [{ field: 'samples', message: `A rule has at most ${MAX_SAMPLES} sample cases.` }];
  if (rule === null) return length === 0 ? [] : [{ field: 'samples', message: 'Samples need a rule.' }];
  return checkRule(rule, by).map(({ code, message }) => ({
    field: code.includes('SAMPLE') ? 'samples' : 'rule',
    message,
  }));
}

/** Checks a rule and the sample cases that must hold. Returns every fault. */
export function checkRule(rule: Rule, { samples, clauses, vocabulary }: CheckedBy): readonly RuleFault[] {
  const ill = [
    ...typeFaults(rule, vocabulary).map((message) => fault('INVALID_TYPE', message)),
    ...nameFaults(rule, clauses),
  ];
  // A search needs types, and a sample needs terms of its own.
  if (ill.length > 0) return ill;
  return [...reachFaults(rule.when, vocabulary), ...sampleFaults(rule, samples, vocabulary)];
}

const fault = (code: RuleFaultCode, message: string): RuleFault => ({ code, message });

function nameFaults({ when }: Rule, clauses: number): readonly RuleFault[] {
  const terms = termsOf(when);
  return terms.flatMap(({ term, clause }, i) => [
    ...(terms.findIndex((each) => each.term === term) === i
      ? []
      : [fault('DUPLICATE_TERM', `Two terms are named ${term}.`)]),
    ...(clause === undefined || clause <= clauses
      ? []
      : [fault('UNKNOWN_CLAUSE', `Term ${term} rests on clause ${clause}, which the version does not have.`)]),
  ]);
}

/** Returns faults of terms and alternatives that decide nothing, on any day and for any facts. */
function reachFaults(when: Condition, vocabulary: Vocabulary): readonly RuleFault[] {
  const possible = (condition: Condition) => {
    const { met, unmet, isComplete } = possibleTruths(condition, { facts: {}, asked: null }, vocabulary);
    return { isNeverMet: isComplete && !met, isAlwaysMet: isComplete && !unmet };
  };
  const terms = termsOf(when).map((term) => ({ term: term.term, ...possible(term) }));
  const faults = terms.flatMap(({ term, isNeverMet, isAlwaysMet }) => [
    ...(isNeverMet ? [fault('TERM_NEVER_MET', `Nobody can meet term ${term}.`)] : []),
    ...(isAlwaysMet ? [fault('TERM_ALWAYS_MET', `Everybody meets term ${term}.`)] : []),
  ]);
  if (faults.length > 0) return faults;
  const whole = possible(when);
  return [
    ...(whole.isNeverMet ? [fault('NEVER_MET', 'Nobody can meet the rule: its terms contradict each other.')] : []),
    ...(whole.isAlwaysMet ? [fault('ALWAYS_MET', 'Everybody meets the rule.')] : []),
    ...redundantIn(when, vocabulary),
  ];
}

/** Returns a fault for each alternative that only those meet who meet another one. */
function redundantIn(condition: Condition, vocabulary: Vocabulary): readonly RuleFault[] {
  if ('term' in condition) return [];
  const inner = 'all' in condition ? condition.all : condition.any;
  const nested = inner.flatMap((each) => redundantIn(each, vocabulary));
  if ('all' in condition) return nested;
  const kept = [...inner];
  const redundant = inner.filter((each) => {
    const others = kept.filter((other) => other !== each);
    if (others.length === 0 || !isImplied(each, others, vocabulary)) return false;
    kept.splice(kept.indexOf(each), 1);
    return true;
  });
  return [
    ...nested,
    ...redundant.map((each) => {
      const terms = termsOf(each).map(({ term }) => term);
      return fault('REDUNDANT_ALTERNATIVE', `Who meets ${terms.join(', ')} meets another alternative already.`);
    }),
  ];
}

/** Returns whether nobody meets one alternative and none of the others. */
function isImplied(each: Condition, others: readonly Condition[], vocabulary: Vocabulary): boolean {
  const only = { all: [each, ...others.map(negated)] };
  const { met, isComplete } = possibleTruths(only, { facts: {}, asked: null }, vocabulary, ['MET']);
  return isComplete && met === null;
}

const NO_TEXT = { zh: '', ja: '', en: '' };

/** Returns a condition that is met where another is not, for a search alone. */
function negated(condition: Condition): Condition {
  if ('term' in condition) return { ...condition, text: NO_TEXT, is: { not: condition.is } };
  if ('all' in condition) return { any: condition.all.map(negated) };
  return { all: condition.any.map(negated) };
}

function sampleFaults(rule: Rule, samples: readonly SampleCase[], vocabulary: Vocabulary): readonly RuleFault[] {
  const missing = (['MET', 'NOT_MET'] as const).filter((truth) => !samples.some((each) => each.truth === truth));
  return [
    ...missing.map((truth) => fault('SAMPLE_MISSING', `A sample case with the answer ${truth} is needed.`)),
    ...samples.flatMap((sample) => sampleFault(rule, sample, vocabulary)),
  ];
}

function sampleFault(rule: Rule, { name, asked, facts, truth, lacks }: SampleCase, vocabulary: Vocabulary) {
  const valid = validFacts(facts, vocabulary);
  const invalid = Object.keys(facts).filter((fact) => !Object.hasOwn(valid, fact));
  if (!isDay(asked)) return [fault('INVALID_SAMPLE', `Sample case ${name} is asked on a day that does not exist.`)];
  if (invalid.length > 0) {
    return [fault('INVALID_SAMPLE', `Sample case ${name} has no valid value for ${invalid.join(', ')}.`)];
  }
  const answer = judge(rule, { facts, asked, vocabulary });
  if (answer.truth !== truth) return [fault('SAMPLE_FAILS', `Sample case ${name} is ${answer.truth}, not ${truth}.`)];
  const named = (answer.alternatives[0] ?? []).map(({ term }) => term);
  const isSame = lacks === undefined || (named.length === lacks.length && lacks.every((term) => named.includes(term)));
  return isSame ? [] : [fault('SAMPLE_FAILS', `Sample case ${name} lacks ${named.join(', ')}.`)];
}
