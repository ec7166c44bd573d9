/** The types of a rule: every fact is in the vocabulary, every code exists, and both sides of a comparison agree. */
import { isDay } from '../calendar/day.ts';
import { type Comparison, comparisonsOf, operandsIn, termsOf } from './parts.ts';
import type { Literal, Operand, Rule } from './rule.ts';
import { definitionOf, type FactDefinition, isValueOf, type Vocabulary } from './vocabulary.ts';

type Kind = 'BOOLEAN' | 'NUMBER' | 'DAY' | 'CODE' | 'CODES' | 'AMOUNTS';

const KIND_OF = {
  BOOLEAN: 'BOOLEAN',
  INTEGER: 'NUMBER',
  FEN: 'NUMBER',
  DAY: 'DAY',
  CODE: 'CODE',
  CODES: 'CODES',
  AMOUNTS: 'AMOUNTS',
} as const satisfies Record<FactDefinition['type'], Kind>;

function kindOfLiteral(literal: Literal): Kind {
  if (typeof literal === 'boolean') return 'BOOLEAN';
  if (typeof literal === 'number') return 'NUMBER';
  return isDay(literal) ? 'DAY' : 'CODE';
}

/** Returns the kind of an operand's value; null for an unknown fact and for a table of several kinds. */
function kindOf(operand: Operand, vocabulary: Vocabulary): Kind | null {
  if (typeof operand !== 'object') return kindOfLiteral(operand);
  if ('fact' in operand) {
    const definition = definitionOf(vocabulary, operand.fact);
    return definition ? KIND_OF[definition.type] : null;
  }
  if ('asked' in operand || 'day' in operand) return 'DAY';
  if ('table' in operand) {
    const { rows, otherwise } = operand.table;
    const kinds = new Set([otherwise, ...rows.map(({ value }) => value)].map(kindOfLiteral));
    return kinds.size === 1 ? kindOfLiteral(otherwise) : null;
  }
  return 'NUMBER';
}

/** Returns what is wrong with the types of a rule, one sentence each. */
export function typeFaults({ when, cappedSeries, costs = [] }: Rule, vocabulary: Vocabulary): readonly string[] {
  const inTerms = termsOf(when).flatMap(({ term, is }) =>
    comparisonsOf(is).flatMap((each) => faultsOf(each, vocabulary).map((fault) => `Term ${term}: ${fault}`)),
  );
  const wantsType = (fact: string, type: FactDefinition['type']) =>
    definitionOf(vocabulary, fact)?.type === type
      ? []
      : [`The series needs a fact of type ${type} in ${fact}'s place.`];
  return [
    ...inTerms,
    ...(cappedSeries ? [...wantsType(cappedSeries.of, 'AMOUNTS'), ...wantsType(cappedSeries.cap, 'FEN')] : []),
    ...costs.flatMap(({ fact }) => (definitionOf(vocabulary, fact) ? [] : [`A cost names the unknown fact ${fact}.`])),
  ];
}

function faultsOf(comparison: Comparison, vocabulary: Vocabulary): readonly string[] {
  const { l, op, r } = comparison;
  const sides = Array.isArray(r) ? [l] : [l, r as Operand];
  const inner = sides.flatMap(operandsIn).flatMap((each) => operandFaults(each, vocabulary));
  if (inner.length > 0) return inner;
  const left = kindOf(l, vocabulary);
  if (op === 'in' || op === 'has') {
    const isList = left === 'CODES';
    if (isList !== (op === 'has')) return [`"${op}" needs ${op === 'has' ? 'a list' : 'a single value'} on its left.`];
    return (r as readonly Literal[]).flatMap((each) => valueFaults(l, each, vocabulary));
  }
  const right = kindOf(r as Operand, vocabulary);
  if (left === null || left !== right || left === 'CODES' || left === 'AMOUNTS') {
    return [`The two sides of "${op}" are not of one type.`];
  }
  if ((left === 'CODE' || left === 'BOOLEAN') && op !== '=' && op !== '!=') return [`"${op}" needs numbers or days.`];
  return [
    ...(typeof r !== 'object' ? valueFaults(l, r as Literal, vocabulary) : []),
    ...(typeof l !== 'object' ? valueFaults(r as Operand, l, vocabulary) : []),
  ];
}

/** Returns a fault where an operand is a fact that never has a value. */
function valueFaults(operand: Operand, value: Literal, vocabulary: Vocabulary): readonly string[] {
  if (typeof operand !== 'object' || !('fact' in operand)) return [];
  const definition = definitionOf(vocabulary, operand.fact);
  const isPossible = definition && isValueOf(definition, definition.type === 'CODES' ? [value] : value);
  return isPossible ? [] : [`The fact ${operand.fact} is never ${JSON.stringify(value)}.`];
}

function operandFaults(operand: Operand, vocabulary: Vocabulary): readonly string[] {
  if (typeof operand !== 'object') return [];
  const wants = (each: Operand, kind: Kind) =>
    kindOf(each, vocabulary) === kind ? [] : [`A ${kind} is needed in place of ${JSON.stringify(each)}.`];
  if ('fact' in operand) {
    return definitionOf(vocabulary, operand.fact) ? [] : [`There is no fact named ${operand.fact}.`];
  }
  if ('ageOn' in operand) return [...wants(operand.ageOn.born, 'DAY'), ...wants(operand.ageOn.on, 'DAY')];
  if ('day' in operand) return wants(operand.day.from, 'DAY');
  if ('total' in operand) return operand.total.flatMap((each) => wants(each, 'NUMBER'));
  if (!('table' in operand)) return [];
  const { by, rows } = operand.table;
  const kind = kindOf(by, vocabulary);
  return rows.flatMap(({ is }) =>
    kind === kindOfLiteral(is)
      ? valueFaults(by, is, vocabulary)
      : ['A row of a table is of another type than its key.'],
  );
}
