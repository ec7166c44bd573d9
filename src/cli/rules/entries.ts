/** Entries of DMN decision tables (unary tests), as tests of one operand. */
import type { Comparator, Literal, Operand, Test } from '../../domain/rules/rule.ts';
import { literalOf, type NameOf, type OperandNamed, operandOf, textOfLiteral, textOfOperand } from './expressions.ts';

/** The entry of an input that a row does not read. */
export const ANY_VALUE = '-';

/** A test as a table has it: the operand that heads the column, and the entry of the row. */
export interface Entry {
  readonly operand: Operand;
  /** The operand as an expression. */
  readonly column: string;
  readonly entry: string;
}

/** Returns the column and the entry of a test; null where a table has no entry for it. */
export function entryOf(test: Test, nameOf: NameOf): Entry | null {
  if ('not' in test) return negatedEntry(test.not, nameOf);
  if ('all' in test) return rangeEntry(test.all, nameOf);
  if ('any' in test) {
    const entries = test.any.map((each) => entryOf(each, nameOf));
    return joined(entries, ', ', ({ entry }) => !entry.includes(' or '));
  }
  const column = textOfOperand(test.l, nameOf);
  if (column === null || typeof test.l !== 'object') return null;
  const of = { operand: test.l, column };
  if (test.op === 'in') return { ...of, entry: (test.r as readonly Literal[]).map(textOfLiteral).join(', ') };
  if (test.op === 'has') {
    const contained = (test.r as readonly Literal[]).map((each) => `list contains(?, ${textOfLiteral(each)})`);
    return { ...of, entry: contained.join(' or ') };
  }
  const right = test.r as Operand;
  // An endpoint is a constant or a name.
  const isEndpoint = typeof right !== 'object' || !('ageOn' in right || 'total' in right);
  const value = isEndpoint ? textOfOperand(right, nameOf) : null;
  if (value === null) return null;
  if (test.op === '=') return { ...of, entry: value };
  return { ...of, entry: test.op === '!=' ? `not(${value})` : `${test.op} ${value}` };
}

function negatedEntry(test: Test, nameOf: NameOf): Entry | null {
  if (!('op' in test) || test.op !== 'in') return null;
  const found = entryOf(test, nameOf);
  return found && (test.r as readonly Literal[]).length > 1 ? { ...found, entry: `not(${found.entry})` } : null;
}

/** Returns the entry of a lower and an upper bound of one operand. */
function rangeEntry(tests: readonly Test[], nameOf: NameOf): Entry | null {
  const [low, high, ...others] = tests.map((each) => entryOf(each, nameOf));
  if (!low || !high || others.length > 0 || low.column !== high.column) return null;
  const [from, to] = [/^(>=?) (.+)$/.exec(low.entry), /^(<=?) (.+)$/.exec(high.entry)];
  if (!from || !to) return null;
  return { ...low, entry: `${from[1] === '>=' ? '[' : '('}${from[2]}..${to[2]}${to[1] === '<=' ? ']' : ')'}` };
}

function joined(entries: readonly (Entry | null)[], by: string, fits: (entry: Entry) => boolean): Entry | null {
  const [first] = entries;
  const areOne = first && entries.every((each) => each && each.column === first.column && fits(each));
  return areOne ? { ...first, entry: entries.map((each) => each?.entry).join(by) } : null;
}

/** Returns the test of an entry under a column; null where the language of rules has none for it. */
export function testOf(l: Operand, entry: string, named: OperandNamed): Test | null {
  const text = entry.trim();
  const negated = /^not\((.*)\)$/s.exec(text);
  if (negated) {
    const test = testOf(l, negated[1] ?? '', named);
    if (test && 'op' in test && test.op === '=') return { ...test, op: '!=' };
    return test && 'op' in test && test.op === 'in' ? { not: test } : null;
  }
  const pieces = piecesOf(text);
  const literals = pieces.map(literalOf);
  if (pieces.length > 1 && literals.every((each) => each !== null)) return { l, op: 'in', r: literals };
  const tests = pieces.map((piece) => pieceOf(l, piece, named));
  if (!tests.every((test) => test !== null)) return null;
  return tests.length === 1 ? (tests[0] as Test) : { any: tests };
}

function pieceOf(l: Operand, piece: string, named: OperandNamed): Test | null {
  const compared = /^(<=|>=|<|>)(.*)$/s.exec(piece);
  if (compared) return comparison(l, compared[1] as Comparator, compared[2] ?? '', named);
  const range = /^([[(\]])(.+)\.\.(.+)([\])[])$/s.exec(piece);
  if (range) {
    const low = comparison(l, range[1] === '[' ? '>=' : '>', range[2] ?? '', named);
    const high = comparison(l, range[4] === ']' ? '<=' : '<', range[3] ?? '', named);
    return low && high ? { all: [low, high] } : null;
  }
  const contained = piece.split(' or ').map((each) => /^list contains\(\?, (.+)\)$/.exec(each.trim())?.[1]);
  if (contained.every((each) => each !== undefined)) {
    const r = contained.map((each) => literalOf(each ?? ''));
    return r.every((each) => each !== null) ? { l, op: 'has', r } : null;
  }
  return comparison(l, '=', piece, named);
}

function comparison(l: Operand, op: Comparator, text: string, named: OperandNamed): Test | null {
  const r = operandOf(text, named);
  return r === null || (typeof r === 'object' && ('ageOn' in r || 'total' in r)) ? null : { l, op, r };
}

/** Splits a list at its commas, but for those in quotes and parentheses. */
function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  let [piece, depth, isQuoted] = ['', 0, false];
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i] ?? '';
    if (isQuoted && character === '\\') {
      piece += character + (text[i + 1] ?? '');
      i += 1;
      continue;
    }
    if (character === '"') isQuoted = !isQuoted;
    if (!isQuoted && character === '(') depth += 1;
    if (!isQuoted && character === ')') depth -= 1;
    if (character === ',' && !isQuoted && depth <= 0) {
      pieces.push(piece.trim());
      piece = '';
    } else piece += character;
  }
  return [...pieces, piece.trim()];
}
