/** Judgements by rules in the schema: what every subgraph that gives one resolves alike. */
import type { Answer, NamedChange, NamedFact, NamedTerm, NamedValue } from '../domain/rules/answer.ts';
import type { SampleCase } from '../domain/rules/check.ts';
import type { Truth } from '../domain/rules/evaluate.ts';
import type { Facts, FactValue } from '../domain/rules/rule.ts';
import { CodedError } from '../errors.ts';
import { localizedField } from './context.ts';

export const judgementResolvers = { nearest: (answer: Answer) => answer.nearest() };
export const ruleFactResolvers = { name: localizedField(({ name }: NamedFact) => name) };
export const termJudgementResolvers = {
  text: localizedField(({ text }: NamedTerm) => text),
  sawText: localizedField(({ sawText }: NamedTerm) => sawText),
  asksText: localizedField(({ asksText }: NamedTerm) => asksText),
};
export const knownFactResolvers = { valueText: localizedField(({ valueText }: NamedValue) => valueText) };
export const factChangeResolvers = {
  fromText: localizedField(({ fromText }: NamedChange) => fromText),
  toText: localizedField(({ toText }: NamedChange) => toText),
};

/** A fact as a client states it. */
interface StatedFact {
  readonly fact: string;
  readonly yes?: boolean | null;
  readonly count?: number | null;
  readonly amount?: bigint | null;
  readonly amounts?: readonly bigint[] | null;
  readonly code?: string | null;
  readonly codes?: readonly string[] | null;
  readonly day?: string | null;
}

interface StatedSample {
  readonly name: string;
  readonly on: string;
  readonly facts: readonly StatedFact[];
  readonly truth: Truth;
  readonly lacks?: readonly string[] | null;
}

/** Returns a sample case as rules are checked by it. */
export function statedSample({ name, on, facts, truth, lacks }: StatedSample): SampleCase {
  return { name, asked: on, facts: statedFacts(facts), truth, ...(lacks && { lacks }) };
}

const MAX_FACTS = 40;
const MAX_VALUES = 20;

/**
 * Returns stated facts by name. Money beyond what a rule can count becomes no number, which no fact may be.
 * @throws CodedError BAD_USER_INPUT for too many facts, one stated twice, or one without exactly one value
 */
export function statedFacts(stated: readonly StatedFact[]): Facts {
  if (stated.length > MAX_FACTS) {
    throw new CodedError('BAD_USER_INPUT', `State at most ${MAX_FACTS} facts.`);
  }
  const facts = stated.map(({ fact, yes, count, amount, amounts, code, codes, day }): [string, FactValue] => {
    const values = [yes, count, amount == null ? null : Number(amount), amounts?.map(Number), code, codes, day].filter(
      (value) => value !== null && value !== undefined,
    );
    const [value] = values;
    if (values.length !== 1 || value === undefined || (Array.isArray(value) && value.length > MAX_VALUES)) {
      throw new CodedError('BAD_USER_INPUT', `The fact ${JSON.stringify(fact.slice(0, 40))} needs exactly one value.`);
    }
    return [fact, value];
  });
  if (new Set(facts.map(([fact]) => fact)).size < facts.length) {
    throw new CodedError('BAD_USER_INPUT', 'State each fact once.');
  }
  return Object.fromEntries(facts);
}
