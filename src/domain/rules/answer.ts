/** The answer to a subject under a rule, with names for people: what a client reads. */
import type { Localized } from '../locale.ts';
import type { Truth } from './evaluate.ts';
import { judge, type TermJudgement } from './judge.ts';
import { type Change, nearest } from './nearest.ts';
import type { Facts, FactValue, Rule } from './rule.ts';
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
  readonly asks: string | null;
  readonly missing: readonly NamedFact[];
}

export interface NamedChange extends Omit<Change, 'fact' | 'from' | 'to'> {
  readonly fact: NamedFact;
  readonly from: string | null;
  readonly to: string;
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
  readonly facts: readonly { readonly fact: NamedFact; readonly value: string; readonly source: FactSource }[];
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
  const namedTerm = (term: TermJudgement): NamedTerm => ({
    ...term,
    saw: textOf(term.saw),
    asks: textOf(term.asks),
    missing: term.missing.map(named),
  });
  return {
    truth,
    on: asked,
    terms: terms.map(namedTerm),
    alternatives: alternatives.map((each) => ({ terms: each.map(namedTerm) })),
    missing: missing.map(named),
    facts: Object.entries(facts).map(([fact, value]) => ({
      fact: named(fact),
      value: textOf(value) ?? '',
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
            to: textOf(to) ?? '',
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
