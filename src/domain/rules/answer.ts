/** The answer to a subject under a rule, with names for people: what a client reads. */
import type { Localized } from '../locale.ts';
import type { Truth } from './evaluate.ts';
import { judge, type TermJudgement } from './judge.ts';
import { type Change, nearest } from './nearest.ts';
import { termsOf } from './parts.ts';
import type { Facts, FactValue, Rule } from './rule.ts';
import { kindOfComparison, textOfValue, type ValueKind } from './value-text.ts';
import { definitionOf, type Vocabulary, validFacts } from './vocabulary.ts';

/** A fact's place in the vocabulary. */
export interface NamedFact {
  readonly fact: string;
  readonly name: Localized;
}

export const FACT_SOURCES = ['REGISTRY', 'STATED'] as const;
export type FactSource = (typeof FACT_SOURCES)[number];

/** The facts of a subject by where they come from. What the viewer may not read is left out before. */
export type SourcedFacts = Readonly<Record<FactSource, Facts>>;

export interface NamedTerm extends Omit<TermJudgement, 'saw' | 'asks' | 'missing'> {
  readonly saw: string | null;
  readonly sawText: Localized | null;
  readonly asks: string | null;
  readonly asksText: Localized | null;
  readonly missing: readonly NamedFact[];
}

export interface NamedChange extends Omit<Change, 'fact' | 'from' | 'to'> {
  readonly fact: NamedFact;
  readonly from: string | null;
  readonly fromText: Localized | null;
  readonly to: string;
  readonly toText: Localized;
}

export interface NamedValue {
  readonly fact: NamedFact;
  readonly value: string;
  readonly valueText: Localized;
  readonly source: FactSource;
}

export interface NearestAnswer {
  readonly changes: readonly NamedChange[];
  readonly on: string;
  readonly exact: boolean;
}

export interface Answer {
  readonly truth: Truth;
  readonly on: string;
  readonly terms: readonly NamedTerm[];
  readonly alternatives: readonly { readonly terms: readonly NamedTerm[] }[];
  readonly missing: readonly NamedFact[];
  /** The facts that were judged by. */
  readonly facts: readonly NamedValue[];
  /** Computes the nearest change; null where the rule is met, or nothing within bounds meets it. */
  readonly nearest: () => NearestAnswer | null;
}

/** Judges a subject. A fact of the registry goes before the same one as stated. */
export function answerTo(rule: Rule, sources: SourcedFacts, asked: string, vocabulary: Vocabulary): Answer {
  const registry = validFacts(sources.REGISTRY, vocabulary);
  const stated = validFacts(sources.STATED, vocabulary);
  const facts = { ...stated, ...registry };
  const question = { facts, asked, vocabulary };
  const { truth, terms, alternatives, missing } = judge(rule, question);
  const named = (fact: string): NamedFact => ({
    fact,
    name: definitionOf(vocabulary, fact)?.name ?? { zh: fact, ja: fact, en: fact },
  });
  const kinds = new Map(
    termsOf(rule.when).flatMap(({ term, is }) =>
      'op' in is ? [[term, kindOfComparison(is, vocabulary)] as const] : [],
    ),
  );
  const namedTerm = (term: TermJudgement): NamedTerm => ({
    ...term,
    saw: textOf(term.saw),
    sawText: localizedValue(term.saw, kinds.get(term.term)),
    asks: textOf(term.asks),
    asksText: localizedValue(term.asks, kinds.get(term.term)),
    missing: term.missing.map(named),
  });
  const kindOf = (fact: string) => definitionOf(vocabulary, fact) ?? NUMBERS;
  return {
    truth,
    on: asked,
    terms: terms.map(namedTerm),
    alternatives: alternatives.map((each) => ({ terms: each.map(namedTerm) })),
    missing: missing.map(named),
    facts: Object.entries(facts).map(([fact, value]) => ({
      fact: named(fact),
      value: textOf(value) ?? '',
      valueText: textOfValue(value, kindOf(fact)),
      source: Object.hasOwn(registry, fact) ? 'REGISTRY' : 'STATED',
    })),
    nearest: () => {
      const found = nearest(rule, question);
      return (
        found && {
          on: found.on,
          exact: found.isExact,
          changes: found.changes.map(({ fact, from, to, how }) => ({
            fact: named(fact),
            from: textOf(from),
            fromText: localizedValue(from, kindOf(fact)),
            to: textOf(to) ?? '',
            toText: textOfValue(to, kindOf(fact)),
            how,
          })),
        }
      );
    },
  };
}

/** Returns a value as text: `true`, `12`, a day, a code, or codes with commas. */
function textOf(value: FactValue | null): string | null {
  return value === null ? null : String(value);
}

const NUMBERS: ValueKind = { type: 'INTEGER' };

const localizedValue = (value: FactValue | null, kind = NUMBERS): Localized | null =>
  value === null ? null : textOfValue(value, kind);
