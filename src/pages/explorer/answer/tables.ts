import { type GraphQLSchema, Kind, parse } from 'graphql';
import { fieldsOf } from '../../../documents/look-shape.ts';
import type { LookDocument } from '../../../domain/questions/look-document.ts';
import { VALUES } from '../../../views/answer-tables.ts';
import { type Provenance, provenanceOf, provenanceOfFile } from '../../../views/look/provenance.ts';
import { type LookTable, lookTables } from '../../../views/look/tables.ts';
import { LOOK_WORDS } from '../../../views/look/words.ts';
import { titleOf } from '../titles.ts';
import { locale } from '../words.ts';
import type { Answer } from './answer.ts';

/** An answer and what is known of its question. */
export interface Answered {
  readonly answer: Answer;
  /** The text in the editor when the answer came. */
  readonly query: string;
  readonly operationName: string | null;
  /** Null until the schema is known. */
  readonly schema: GraphQLSchema | null;
  /** The text of the variables, in JSON. */
  readonly variables: string;
}

/**
 * Returns the tables of an answer as `/look` makes them, lists before values. Fields that the schema or the text doesn't tell
 * of have headings by their names alone.
 */
export function tablesOf(answered: Answered): readonly LookTable[] {
  const tables = lookTables(answered.answer.data, documentOf(answered), locale);
  return tables.toSorted((one, two) => Number(one.name === VALUES) - Number(two.name === VALUES));
}

function documentOf({ query, operationName, schema }: Answered): LookDocument {
  const name = titleOf(operationName ?? '', locale);
  const fields = fieldsIn(query, operationName, schema);
  return { name, id: '', description: null, variables: [], enums: {}, fields };
}

/** Returns where a table of an answer comes from, as files of `/look` tell it, with the text of the query. */
export function originOf(answered: Answered, table: LookTable, now: Date): Provenance {
  const means = { locale, now, tables: [table], isAll: false, parks: [], more: [] };
  const origin = provenanceOf(documentOf(answered), scalarsOf(answered.variables), answered.answer.data, means);
  const { variables, facts } = provenanceOfFile(origin, [table], locale);
  return { variables, facts: [...facts.slice(0, -1), { label: LOOK_WORDS[locale].document, value: answered.query }] };
}

/** Reads variables. An input object is its JSON. */
function scalarsOf(text: string): Provenance['variables'] {
  try {
    const given: Readonly<Record<string, unknown>> = text.trim() === '' ? {} : JSON.parse(text);
    return Object.fromEntries(
      Object.entries(given).flatMap(([name, value]) =>
        value === null ? [] : [[name, typeof value === 'object' ? JSON.stringify(value) : String(value)]],
      ),
    );
  } catch {
    // The variables were changed while it was asked, and are no JSON.
    return {};
  }
}

function fieldsIn(query: string, operationName: string | null, schema: GraphQLSchema | null) {
  if (!schema) return {};
  try {
    const document = parse(query);
    const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
    const operation = operations.find(({ name }) => name?.value === operationName) ?? operations[0];
    return operation ? fieldsOf(document, operation, schema) : {};
  } catch {
    // The text was changed while it was asked, and can't be parsed.
    return {};
  }
}
