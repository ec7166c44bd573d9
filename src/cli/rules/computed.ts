/** Tables by a key and sums of points as decisions of a DMN document, and back. */
import type { Operand, PointsRow, TableRow, Test } from '../../domain/rules/rule.ts';
import { definitionOf, type FactType, type Vocabulary } from '../../domain/rules/vocabulary.ts';
import { type Column, DmnRefusal, type Row, type TableDecision } from './document.ts';
import { ANY_VALUE, entryOf, testOf } from './entries.ts';
import { literalOf, type NameOf, type OperandNamed, textOfLiteral, textOfOperand } from './expressions.ts';

const TYPE_OF = {
  BOOLEAN: 'boolean',
  INTEGER: 'number',
  FEN: 'number',
  DAY: 'date',
  CODE: 'string',
  CODES: 'string',
  AMOUNTS: 'number',
} as const satisfies Record<FactType, string>;

/** Returns the column of an operand. */
export function columnOf(operand: Operand, expression: string, vocabulary: Vocabulary): Column {
  const definition =
    typeof operand === 'object' && 'fact' in operand ? definitionOf(vocabulary, operand.fact) : undefined;
  if (definition) return { expression, label: definition.name.zh, type: TYPE_OF[definition.type] };
  const isNumber = typeof operand === 'object' && ('ageOn' in operand || 'sum' in operand || 'total' in operand);
  return { expression, label: expression, ...(isNumber && { type: 'number' }) };
}

/** A test of a row, with what its cell says beside the entry. */
export interface RowTest {
  readonly is: Test;
  readonly description?: string;
}

/**
 * Lays tests out in columns, one for each expression and once more for each further test of it in one row.
 * @returns null where a test has no entry; `failed` is its place
 */
export function layOut(
  rows: readonly (readonly RowTest[])[],
  nameOf: NameOf,
  vocabulary: Vocabulary,
):
  | { readonly columns: readonly Column[]; readonly cells: readonly Row['cells'][] }
  | { readonly failed: { readonly row: number; readonly test: number } } {
  const columns: Column[] = [];
  const places: Map<number, Row['cells'][number]>[] = [];
  for (const [row, tests] of rows.entries()) {
    const cells = new Map<number, Row['cells'][number]>();
    for (const [test, { is, description }] of tests.entries()) {
      const found = entryOf(is, nameOf);
      if (!found) return { failed: { row, test } };
      let place = columns.findIndex(({ expression }, i) => expression === found.column && !cells.has(i));
      if (place < 0) place = columns.push(columnOf(found.operand, found.column, vocabulary)) - 1;
      cells.set(place, { entry: found.entry, ...(description && { description }) });
    }
    places.push(cells);
  }
  return { columns, cells: places.map((cells) => columns.map((_, i) => cells.get(i) ?? { entry: ANY_VALUE })) };
}

/** Collects the decisions that compute the operands of a rule. */
export function newDecisions(vocabulary: Vocabulary): { readonly made: TableDecision[]; readonly nameOf: NameOf } {
  const made: TableDecision[] = [];
  const names = new Map<string, string>();
  const nameOf: NameOf = (operand) => {
    if (typeof operand !== 'object' || !('table' in operand || 'sum' in operand)) return null;
    const text = JSON.stringify(operand);
    const known = names.get(text);
    if (known !== undefined) return known;
    const kind = 'table' in operand ? 'table' : 'points';
    const decision = 'table' in operand ? byKey(operand.table, nameOf) : bySum(operand.sum, nameOf, vocabulary);
    if (!decision) return null;
    const name = `${kind}${made.length + 1}`;
    made.push({ ...decision, name });
    names.set(text, name);
    return name;
  };
  return { made, nameOf };
}

type Unnamed = Omit<TableDecision, 'name'>;

function byKey({ by, rows, otherwise }: Extract<Operand, { table: unknown }>['table'], nameOf: NameOf): Unnamed | null {
  const expression = textOfOperand(by, nameOf);
  if (expression === null) return null;
  const written = rows.map(({ is, value }) => ({
    cells: [{ entry: textOfLiteral(is) }],
    output: textOfLiteral(value),
  }));
  return {
    hitPolicy: 'FIRST',
    columns: [{ expression, label: expression }],
    outputType: typeof otherwise === 'string' ? 'string' : typeof otherwise,
    rows: [...written, { cells: [{ entry: ANY_VALUE }], output: textOfLiteral(otherwise) }],
  };
}

/** A row that always counts 0 makes the sum a number where no other row counts. */
function bySum(sum: readonly PointsRow[], nameOf: NameOf, vocabulary: Vocabulary): Unnamed | null {
  const tests = sum.map(({ is }) =>
    ('all' in is && entryOf(is, nameOf) === null ? is.all : [is]).map((each) => ({ is: each })),
  );
  const laid = layOut([...tests, []], nameOf, vocabulary);
  if ('failed' in laid) return null;
  return {
    hitPolicy: 'COLLECT',
    aggregation: 'SUM',
    columns: laid.columns,
    outputType: 'number',
    rows: laid.cells.map((cells, i) => ({ cells, output: String(sum[i]?.points ?? 0) })),
  };
}

/** Returns the operands of names: facts, and the decisions of a document. */
export function operandsNamed(needed: ReadonlyMap<string, TableDecision>, vocabulary: Vocabulary): OperandNamed {
  const open = new Set<string>();
  const named: OperandNamed = (name) => {
    if (definitionOf(vocabulary, name)) return { fact: name };
    const decision = needed.get(name);
    if (!decision) return null;
    if (open.has(name)) throw new DmnRefusal('NO_TABLE', `The decision ${name} needs itself.`);
    open.add(name);
    const operand = decision.hitPolicy === 'COLLECT' ? sumIn(decision, named) : tableIn(decision, named);
    open.delete(name);
    return operand;
  };
  return named;
}

/** Returns the operand of a column. */
export function operandOfColumn({ expression }: Column, operand: (text: string) => Operand | null): Operand {
  const found = operand(expression);
  if (found === null || typeof found !== 'object') {
    throw new DmnRefusal('INPUT', `The input "${expression}" is no fact, and nothing that rules compute.`);
  }
  return found;
}

function tableIn({ name, hitPolicy, columns, rows }: TableDecision, named: OperandNamed): Operand {
  const [column, ...more] = columns;
  const last = rows.at(-1);
  const otherwise = last?.cells[0]?.entry === ANY_VALUE ? literalOf(last.output) : null;
  const keyed = rows.slice(0, -1).map(({ cells, output }): TableRow | null => {
    const [is, value] = [literalOf(cells[0]?.entry ?? ''), literalOf(output)];
    return is === null || value === null ? null : { is, value };
  });
  const isByKey = (hitPolicy === 'FIRST' || hitPolicy === 'UNIQUE') && more.length === 0;
  if (!column || !isByKey || otherwise === null || !keyed.every((row) => row !== null)) {
    throw new DmnRefusal('NO_TABLE', `The decision ${name} is no table by one key whose last row takes any other.`);
  }
  return { table: { by: operandOfColumn(column, named), rows: keyed, otherwise } };
}

function sumIn({ name, aggregation, columns, rows }: TableDecision, named: OperandNamed): Operand {
  if (aggregation !== 'SUM') throw new DmnRefusal('HIT_POLICY', `The decision ${name} collects no sum.`);
  const operands = columns.map((column) => operandOfColumn(column, named));
  const sum = rows.flatMap(({ cells, output }): PointsRow[] => {
    const points = literalOf(output);
    if (typeof points !== 'number') throw new DmnRefusal('OUTPUT', `A row of ${name} counts no whole points.`);
    const tests = cells.flatMap(({ entry }, i) => {
      if (entry === '' || entry === ANY_VALUE) return [];
      const test = testOf(operands[i] ?? '', entry, named);
      if (!test) throw new DmnRefusal('ENTRY', `The entry "${entry}" of ${name} is no comparison.`);
      return [test];
    });
    if (tests.length === 0 && points === 0) return [];
    if (tests.length === 0) throw new DmnRefusal('ENTRY', `A row of ${name} counts for everybody.`);
    return [{ points, is: tests.length === 1 ? (tests[0] as Test) : { all: tests } }];
  });
  return { sum };
}
