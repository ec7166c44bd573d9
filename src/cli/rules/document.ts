/** Documents of DMN 1.3: tables of decisions, written and read. */
import { type DmnElement, DmnModdle } from 'dmn-moddle';

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

export interface Column {
  readonly expression: string;
  readonly label: string;
  /** The type in FEEL; absent where it isn't known. */
  readonly type?: string;
}

export interface Cell {
  readonly entry: string;
  readonly description?: string;
}

export interface Row {
  /** One for each column. */
  readonly cells: readonly Cell[];
  readonly output: string;
}

/** A decision of a document, which is a table with one output. */
export interface TableDecision {
  readonly name: string;
  readonly description?: string;
  readonly hitPolicy: string;
  readonly aggregation?: string;
  readonly columns: readonly Column[];
  readonly outputType: string;
  readonly rows: readonly Row[];
}

const moddle = new DmnModdle();
const create = (type: string, attributes: object) => moddle.create(`dmn:${type}`, attributes);

/** Writes a decision with those that it needs. */
export async function writeDocument(main: TableDecision, needed: readonly TableDecision[]): Promise<string> {
  const requirements = needed.map(({ name }) =>
    create('InformationRequirement', {
      id: `requires-${name}`,
      requiredDecision: create('DMNElementReference', { href: `#${name}` }),
    }),
  );
  const definitions = create('Definitions', {
    id: 'definitions',
    name: 'Terms',
    namespace: 'https://bridgehead.example/rules',
    drgElement: [...needed.map((each) => elementOf(each, [])), elementOf(main, requirements)],
  });
  return (await moddle.toXML(definitions, { format: true })).xml;
}

function elementOf(decision: TableDecision, informationRequirement: readonly DmnElement[]): DmnElement {
  const { name, description, hitPolicy, aggregation, columns, outputType, rows } = decision;
  const table = create('DecisionTable', {
    id: `${name}-table`,
    hitPolicy,
    ...(aggregation && { aggregation }),
    input: columns.map(({ expression: text, label, type }, i) =>
      create('InputClause', {
        id: `${name}-input-${i + 1}`,
        label,
        inputExpression: create('LiteralExpression', {
          id: `${name}-expression-${i + 1}`,
          text,
          ...(type && { typeRef: type }),
        }),
      }),
    ),
    output: [create('OutputClause', { id: `${name}-output`, name: 'value', typeRef: outputType })],
    rule: rows.map(({ cells, output }, i) =>
      create('DecisionRule', {
        id: `${name}-row-${i + 1}`,
        inputEntry: cells.map((cell, j) =>
          create('UnaryTests', {
            id: `${name}-row-${i + 1}-${j + 1}`,
            ...(cell.description && { description: cell.description }),
            text: cell.entry,
          }),
        ),
        outputEntry: [create('LiteralExpression', { id: `${name}-row-${i + 1}-output`, text: output })],
      }),
    ),
  });
  return create('Decision', {
    id: name,
    name,
    ...(description && { description }),
    variable: create('InformationItem', { id: `${name}-variable`, name, typeRef: outputType }),
    ...(informationRequirement.length > 0 && { informationRequirement }),
    decisionLogic: table,
  });
}

/**
 * Reads a document: the decision that no other one needs, and the others by name.
 * @throws DmnRefusal NO_XML; NO_TABLE where no decision or several are left, or one is no table with rows
 */
export async function readDocument(
  xml: string,
): Promise<{ readonly main: TableDecision; readonly needed: ReadonlyMap<string, TableDecision> }> {
  const definitions = await definitionsOf(xml);
  const elements = listOf(definitions.drgElement).filter(({ $type }) => $type === 'dmn:Decision');
  const required = new Set(
    elements
      .flatMap(({ informationRequirement }) => listOf(informationRequirement))
      .map(({ requiredDecision }) => String((requiredDecision as DmnElement | undefined)?.href ?? '')),
  );
  const [main, ...others] = elements.filter(({ id }) => !required.has(`#${id}`));
  const needed = elements.filter(({ id }) => required.has(`#${id}`)).map(decisionOf);
  if (!main || others.length > 0) throw new DmnRefusal('NO_TABLE', 'A document has one decision that no other needs.');
  return { main: decisionOf(main), needed: new Map(needed.map((each) => [each.name, each])) };
}

async function definitionsOf(xml: string): Promise<DmnElement> {
  try {
    return (await moddle.fromXML(xml, 'dmn:Definitions')).rootElement;
  } catch {
    throw new DmnRefusal('NO_XML', 'The file is no DMN 1.3 document.');
  }
}

function decisionOf({ name, description, decisionLogic }: DmnElement): TableDecision {
  const table = decisionLogic as DmnElement | undefined;
  if (table?.$type !== 'dmn:DecisionTable' || listOf(table.rule).length === 0) {
    throw new DmnRefusal('NO_TABLE', 'A decision is a table with rows.');
  }
  const columns = listOf(table.input).map(({ label, inputExpression }) => {
    const expression = String((inputExpression as DmnElement | undefined)?.text ?? '').trim();
    return { expression, label: String(label ?? expression) };
  });
  return {
    name: String(name ?? ''),
    ...(description !== undefined && { description: String(description) }),
    hitPolicy: String(table.hitPolicy ?? 'UNIQUE'),
    ...(table.aggregation !== undefined && { aggregation: String(table.aggregation) }),
    columns,
    outputType: '',
    rows: listOf(table.rule).map(({ inputEntry, outputEntry }) => {
      const [output, ...more] = listOf(outputEntry);
      if (!output || more.length > 0) throw new DmnRefusal('OUTPUT', 'A table has one output.');
      return {
        cells: listOf(inputEntry).map(({ text, description: said }) => ({
          entry: String(text ?? '').trim(),
          ...(said !== undefined && { description: String(said) }),
        })),
        output: String(output.text).trim(),
      };
    }),
  };
}

const listOf = (elements: unknown): readonly DmnElement[] => (Array.isArray(elements) ? elements : []);
