/** Operands as FEEL expressions of DMN tables, and back. */
import { isDay } from '../../domain/calendar/day.ts';
import type { Literal, Operand } from '../../domain/rules/rule.ts';

/** Names the decision that computes an operand: a table by a key, or points. Null for operands that no decision computes. */
export type NameOf = (operand: Operand) => string | null;
/** Returns the fact or the decision of a name; null for a name that is neither. */
export type OperandNamed = (name: string) => Operand | null;

/** Returns a constant as FEEL writes it. */
export function textOfLiteral(literal: Literal): string {
  if (typeof literal !== 'string') return String(literal);
  return isDay(literal) ? `date("${literal}")` : JSON.stringify(literal);
}

/** Returns an operand as a FEEL expression; null where it has none. */
export function textOfOperand(operand: Operand, nameOf: NameOf): string | null {
  if (typeof operand !== 'object') return textOfLiteral(operand);
  if ('fact' in operand) return operand.fact;
  if ('asked' in operand) return 'asked';
  if ('ageOn' in operand) {
    const [born, on] = [operand.ageOn.born, operand.ageOn.on].map((each) => textOfOperand(each, nameOf));
    return born && on ? `years and months duration(${born}, ${on}).years` : null;
  }
  if ('total' in operand) {
    const parts = operand.total.map((each) => textOfOperand(each, nameOf));
    return parts.length > 1 && parts.every((part) => part !== null && !part.includes(' + ')) ? parts.join(' + ') : null;
  }
  return nameOf(operand);
}

const LITERAL = /^(?:(true|false)|(-?\d+)|date\("(\d{4}-\d{2}-\d{2})"\)|("(?:[^"\\]|\\.)*"))$/;

/** Returns the constant of a text; null where it is none. */
export function literalOf(text: string): Literal | null {
  const [, boolean, number, day, code] = LITERAL.exec(text.trim()) ?? [];
  if (boolean !== undefined) return boolean === 'true';
  if (number !== undefined) return Number(number);
  if (day !== undefined) return day;
  return code === undefined ? null : String(JSON.parse(code));
}

/** Returns the operand of a FEEL expression; null where the language of rules has none for it. */
export function operandOf(text: string, named: OperandNamed): Operand | null {
  const trimmed = text.trim();
  const literal = literalOf(trimmed);
  if (literal !== null) return literal;
  const age = /^years and months duration\(([^,()]+(?:\("[^"]*"\))?),([^,()]+(?:\("[^"]*"\))?)\)\.years$/.exec(trimmed);
  if (age) {
    const [born, on] = [age[1] ?? '', age[2] ?? ''].map((each) => operandOf(each, named));
    return born == null || on == null ? null : { ageOn: { born, on } };
  }
  const parts = trimmed.split(' + ');
  if (parts.length > 1) {
    const total = parts.map((part) => operandOf(part, named));
    return total.every((part) => part !== null) ? { total } : null;
  }
  return trimmed === 'asked' ? { asked: true } : named(trimmed);
}
