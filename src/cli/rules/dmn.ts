/**
 * Rules as DMN 1.3 decision tables, and decision tables as rules. A row is an alternative, and a cell of it is a term. A
 * table says what the language of rules can say without computed values; everything else is refused and never left out.
 */
import { type DmnElement, DmnModdle } from 'dmn-moddle';
import { parseRule } from '../../domain/rules/parse.ts';
import { factsOfCondition } from '../../domain/rules/parts.ts';
import type { Condition, Rule, Term } from '../../domain/rules/rule.ts';
import { typeFaults } from '../../domain/rules/types.ts';
import { definitionOf, type FactType, type Vocabulary } from '../../domain/rules/vocabulary.ts';
import { ANY_VALUE, entryOf, testOf } from './entries.ts';

export type DmnRefusalCode =
  | 'NO_XML'
  | 'NO_TABLE'
  | 'HIT_POLICY'
  | 'OUTPUT'
  | 'INPUT'
  | 'ENTRY'
  | 'NESTED'
  | 'TERM'
  | 'SERIES'
  | 'INVALID_RULE';

/** A rule or a table that has no counterpart. */
export class DmnRefusal extends Error {
  readonly code: DmnRefusalCode;

  constructor(code: DmnRefusalCode, message: string) {
    super(message);
    this.code = code;
  }
}

const TYPE_OF = {
  BOOLEAN: 'boolean',
  INTEGER: 'number',
  FEN: 'number',
  DAY: 'date',
  CODE: 'string',
  CODES: 'string',
  AMOUNTS: 'number',
} as const satisfies Record<FactType, string>;

/** Hit policies under which a table of yeses says that one row is enough. */
const HIT_POLICIES = ['UNIQUE', 'ANY', 'FIRST'];

const moddle = new DmnModdle();

/** Returns a rule as a decision table. Throws DmnRefusal for a rule that no table can say. */
export async function toDmn({ when, cappedSeries, costs }: Rule, vocabulary: Vocabulary): Promise<string> {
  if (cappedSeries) throw new DmnRefusal('SERIES', 'A table has no yearly amounts.');
  const rows = alternativesIn(when).map(rowOf);
  const facts = factsOfCondition(when);
  const create = (type: string, attributes: object) => moddle.create(`dmn:${type}`, attributes);
  const table = create('DecisionTable', {
    id: 'terms',
    hitPolicy: 'ANY',
    input: facts.map((fact) => {
      const definition = definitionOf(vocabulary, fact);
      const expression = create('LiteralExpression', {
        id: `expression-${fact}`,
        text: fact,
        ...(definition && { typeRef: TYPE_OF[definition.type] }),
      });
      return create('InputClause', {
        id: `input-${fact}`,
        label: definition?.name.zh ?? fact,
        inputExpression: expression,
      });
    }),
    output: [create('OutputClause', { id: 'met', name: 'met', typeRef: 'boolean' })],
    rule: rows.map((row, i) =>
      create('DecisionRule', {
        id: `row-${i + 1}`,
        inputEntry: facts.map((fact) => {
          const cell = row.get(fact);
          return create('UnaryTests', {
            id: `row-${i + 1}-${fact}`,
            ...(cell && { description: JSON.stringify(cell.said) }),
            text: cell?.entry ?? ANY_VALUE,
          });
        }),
        outputEntry: [create('LiteralExpression', { id: `row-${i + 1}-met`, text: 'true' })],
      }),
    ),
  });
  const decision = create('Decision', {
    id: 'decision',
    name: 'Terms',
    ...(costs && { description: JSON.stringify({ costs }) }),
    decisionLogic: table,
  });
  const definitions = create('Definitions', {
    id: 'definitions',
    name: 'Terms',
    namespace: 'https://bridgehead.example/rules',
    drgElement: [decision],
  });
  return (await moddle.toXML(definitions, { format: true })).xml;
}

/** Returns the alternatives of a rule, each a list of terms. */
function alternativesIn(when: Condition): readonly (readonly Term[])[] {
  const requirementsIn = (condition: Condition): readonly Term[] => {
    const all = 'all' in condition ? condition.all : [condition];
    return all.map((each) => {
      if ('term' in each) return each;
      throw new DmnRefusal('NESTED', 'A table has alternatives of terms: nothing is nested deeper.');
    });
  };
  return 'any' in when ? when.any.map(requirementsIn) : [requirementsIn(when)];
}

/** Returns the cells of an alternative by fact. */
function rowOf(terms: readonly Term[]) {
  const row = new Map(terms.map(cellOf));
  if (row.size === terms.length) return row;
  throw new DmnRefusal('TERM', 'Two terms of an alternative read one fact, for which a row has one cell.');
}

function cellOf({ term, text, clause, is }: Term) {
  const found = entryOf(is);
  if (!found) throw new DmnRefusal('TERM', `Term ${term} is no comparison of one fact with constants.`);
  return [
    found.fact,
    { entry: found.entry, said: { term, text, ...(clause === undefined ? {} : { clause }) } },
  ] as const;
}

/** Returns the rule of a document's one decision table. Throws DmnRefusal for a table that is no rule. */
export async function fromDmn(xml: string, vocabulary: Vocabulary): Promise<Rule> {
  const { decision, table } = tableIn(await definitionsOf(xml));
  const facts = listOf(table.input).map((input) =>
    String((input.inputExpression as DmnElement | undefined)?.text ?? ''),
  );
  for (const fact of facts) {
    if (!definitionOf(vocabulary, fact)) throw new DmnRefusal('INPUT', `The input "${fact}" is no fact.`);
  }
  const labels = listOf(table.input).map(({ label }, i) => String(label ?? facts[i]));
  const rows = listOf(table.rule).map((row, i) => {
    const terms = listOf(row.inputEntry).flatMap((cell, place) => {
      const [fact = '', label = ''] = [facts[place], labels[place]];
      return termIn(cell, { name: `row-${i + 1}-${fact}`, fact, label });
    });
    if (terms.length === 0) throw new DmnRefusal('ENTRY', `Row ${i + 1} has no entry, so everybody meets it.`);
    return terms.length === 1 ? (terms[0] as Term) : { all: terms };
  });
  const when: Condition = rows.length === 1 ? (rows[0] as Condition) : { any: rows };
  const rule = parseRule({ language: 1, when, ...saidIn(decision.description) });
  const faults = rule ? typeFaults(rule, vocabulary) : ['It is no rule, or too large.'];
  if (!rule || faults.length > 0) throw new DmnRefusal('INVALID_RULE', faults.join(' '));
  return rule;
}

async function definitionsOf(xml: string): Promise<DmnElement> {
  try {
    return (await moddle.fromXML(xml, 'dmn:Definitions')).rootElement;
  } catch {
    throw new DmnRefusal('NO_XML', 'The file is no DMN 1.3 document.');
  }
}

function tableIn(definitions: DmnElement) {
  const [decision, ...others] = listOf(definitions.drgElement).filter(({ $type }) => $type === 'dmn:Decision');
  const table = decision?.decisionLogic as DmnElement | undefined;
  if (!decision || others.length > 0 || table?.$type !== 'dmn:DecisionTable' || listOf(table.rule).length === 0) {
    throw new DmnRefusal('NO_TABLE', 'A document has one decision, which is a table with rows.');
  }
  const hitPolicy = String(table.hitPolicy ?? 'UNIQUE');
  if (!HIT_POLICIES.includes(hitPolicy)) {
    throw new DmnRefusal('HIT_POLICY', `The hit policy ${hitPolicy} is none of ${HIT_POLICIES.join(', ')}.`);
  }
  const isYes = listOf(table.rule).every((row) => {
    const [entry, ...more] = listOf(row.outputEntry);
    return more.length === 0 && String(entry?.text).trim() === 'true';
  });
  if (!isYes) throw new DmnRefusal('OUTPUT', 'A table has one output, which is true in every row.');
  return { decision, table };
}

function termIn(cell: DmnElement, { name, fact, label }: Readonly<Record<'name' | 'fact' | 'label', string>>): Term[] {
  const entry = String(cell.text ?? '').trim();
  if (entry === '' || entry === ANY_VALUE) return [];
  const is = testOf(fact, entry);
  if (!is) throw new DmnRefusal('ENTRY', `The entry "${entry}" of ${fact} is no comparison with constants.`);
  const words = `${label} ${entry}`;
  // A table of another program names no terms: they are named by their place, and say their entry.
  return [{ term: name, text: { zh: words, ja: words, en: words }, ...saidIn(cell.description), is }];
}

/** Returns what `toDmn` wrote beside an element; nothing where somebody else described it. */
function saidIn(description: unknown): object {
  try {
    const said: unknown = JSON.parse(String(description));
    return typeof said === 'object' && said !== null ? said : {};
  } catch {
    return {};
  }
}

const listOf = (elements: unknown): readonly DmnElement[] => (Array.isArray(elements) ? elements : []);
