import { type GraphQLSchema, Kind, parse } from 'graphql';
import { fieldsOf } from '../../documents/look-shape.ts';
import { VALUES } from '../../views/answer-tables.ts';
import { type LookTable, lookTables } from '../../views/look/tables.ts';
import type { Answer } from './answer.ts';
import { titleOf } from './titles.ts';
import { locale } from './words.ts';

/** An answer and what is known of its question. */
export interface Answered {
  readonly answer: Answer;
  /** The text in the editor, which may have been changed since. */
  readonly query: string;
  readonly operationName: string | null;
  /** Null until the schema is known. */
  readonly schema: GraphQLSchema | null;
}

/**
 * Returns the tables of an answer as `/look` makes them, lists before values. Fields that the schema or the text doesn't tell
 * of have headings by their names alone.
 */
export function tablesOf({ answer, query, operationName, schema }: Answered): readonly LookTable[] {
  const name = titleOf(operationName ?? '', locale);
  const document = { name, id: '', description: null, variables: [], enums: {} };
  const tables = lookTables(answer.data, { ...document, fields: fieldsIn(query, operationName, schema) }, locale);
  return tables.toSorted((one, two) => Number(one.name === VALUES) - Number(two.name === VALUES));
}

function fieldsIn(query: string, operationName: string | null, schema: GraphQLSchema | null) {
  if (!schema) return {};
  try {
    const document = parse(query);
    const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
    const operation = operations.find(({ name }) => name?.value === operationName) ?? operations[0];
    return operation ? fieldsOf(document, operation, schema) : {};
  } catch {
    // The text was changed since, and can't be parsed.
    return {};
  }
}
