/**
 * Rules as DMN 1.3 decision tables, and decision tables as rules. A row is an alternative, and a cell of it is a term.
 * Whatever one of them can't say is refused and never left out.
 */
import { parseRule } from '../../domain/rules/parse.ts';
import type { Condition, Rule, Term } from '../../domain/rules/rule.ts';
import { typeFaults } from '../../domain/rules/types.ts';
import type { Vocabulary } from '../../domain/rules/vocabulary.ts';
import { layOut, newDecisions, operandOfColumn, operandsNamed } from './computed.ts';
import { type Cell, DmnRefusal, readDocument, type TableDecision, writeDocument } from './document.ts';
import { ANY_VALUE, testOf } from './entries.ts';
import { operandOf } from './expressions.ts';
import { conditionOf, isFlat, MAX_ROWS, rowsOf, shapeOf } from './shape.ts';

/** Hit policies under which a table of yeses says that one row is enough. */
const HIT_POLICIES = ['UNIQUE', 'ANY', 'FIRST'];

/** Returns a rule as a decision table. Throws DmnRefusal for a rule that no table can say. */
export async function toDmn({ when, cappedSeries, costs }: Rule, vocabulary: Vocabulary): Promise<string> {
  if (cappedSeries) throw new DmnRefusal('SERIES', 'A table has no yearly amounts.');
  const rows = rowsOf(when);
  if (!rows) throw new DmnRefusal('NESTED', `The alternatives make more than ${MAX_ROWS} rows.`);
  const { made, nameOf } = newDecisions(vocabulary);
  const tests = rows.map((row) =>
    row.map(({ term, text, clause, is }) => ({
      is,
      description: JSON.stringify({ term, text, ...(clause && { clause }) }),
    })),
  );
  const laid = layOut(tests, nameOf, vocabulary);
  if ('failed' in laid) {
    const { row, test } = laid.failed;
    throw new DmnRefusal('TERM', `Term ${rows[row]?.[test]?.term} has no entry in a table.`);
  }
  const said = { ...(costs && { costs }), ...(!isFlat(when) && { shape: shapeOf(when) }) };
  const main: TableDecision = {
    name: 'terms',
    ...(Object.keys(said).length > 0 && { description: JSON.stringify(said) }),
    hitPolicy: 'ANY',
    columns: laid.columns,
    outputType: 'boolean',
    rows: laid.cells.map((cells) => ({ cells, output: 'true' })),
  };
  return await writeDocument(main, made);
}

/** Returns the rule of a document's decision. Throws DmnRefusal for a table that is no rule. */
export async function fromDmn(xml: string, vocabulary: Vocabulary): Promise<Rule> {
  const { main, needed } = await readDocument(xml);
  const { hitPolicy, columns } = main;
  if (!HIT_POLICIES.includes(hitPolicy)) {
    throw new DmnRefusal('HIT_POLICY', `The hit policy ${hitPolicy} is none of ${HIT_POLICIES.join(', ')}.`);
  }
  if (main.rows.some(({ output }) => output !== 'true')) {
    throw new DmnRefusal('OUTPUT', 'A table has one output, which is true in every row.');
  }
  const named = operandsNamed(needed, vocabulary);
  const operands = columns.map((column) => operandOfColumn(column, (text) => operandOf(text, named)));
  const rows = main.rows.map(({ cells }, i) => {
    const terms = cells.flatMap((cell, place): Term[] => {
      const [operand = '', { expression = '', label = '' } = {}] = [operands[place], columns[place]];
      const of = typeof operand === 'object' && 'fact' in operand ? operand.fact : String(place + 1);
      return termIn(cell, { name: `row-${i + 1}-${of}`, label }, (entry) => {
        const is = testOf(operand, entry, named);
        if (!is)
          throw new DmnRefusal('ENTRY', `The entry "${entry}" of ${expression} is no comparison with constants.`);
        return is;
      });
    });
    if (terms.length === 0) throw new DmnRefusal('ENTRY', `Row ${i + 1} has no entry, so everybody meets it.`);
    return terms;
  });
  const { shape, ...said } = saidIn(main.description) as { readonly shape?: unknown };
  const when = (shape === undefined ? null : conditionOf(shape, rows)) ?? flatCondition(rows);
  const rule = parseRule({ language: 1, when, ...said });
  const faults = rule ? typeFaults(rule, vocabulary) : ['It is no rule, or too large.'];
  if (!rule || faults.length > 0) throw new DmnRefusal('INVALID_RULE', faults.join(' '));
  return rule;
}

/** Returns the alternatives of rows. A term that several rows have gets a name in each. */
function flatCondition(rows: readonly (readonly Term[])[]): Condition {
  const seen = new Set<string>();
  const alternatives = rows.map((row, i): Condition => {
    const terms = row.map((term): Term => {
      const name = seen.has(term.term) ? `${term.term}-${i + 1}` : term.term;
      seen.add(name);
      return { ...term, term: name };
    });
    return terms.length === 1 ? (terms[0] as Term) : { all: terms };
  });
  return alternatives.length === 1 ? (alternatives[0] as Condition) : { any: alternatives };
}

function termIn(
  { entry, description }: Cell,
  { name, label }: Readonly<Record<'name' | 'label', string>>,
  read: (entry: string) => Term['is'],
): Term[] {
  if (entry === '' || entry === ANY_VALUE) return [];
  const words = `${label} ${entry}`;
  // A table of another program names no terms: they are named by their place, and say their entry.
  return [{ term: name, text: { zh: words, ja: words, en: words }, ...saidIn(description), is: read(entry) }];
}

/** Returns what `toDmn` wrote beside an element; nothing where somebody else described it. */
function saidIn(description: string | undefined): object {
  try {
    const said: unknown = JSON.parse(description ?? '');
    return typeof said === 'object' && said !== null ? said : {};
  } catch {
    return {};
  }
}
