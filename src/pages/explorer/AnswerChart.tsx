import { type GraphQLSchema, Kind, parse } from 'graphql';
import { useMemo } from 'react';
import { fieldsOf } from '../../documents/look-shape.ts';
import { graph } from '../../views/charts/graph.ts';
import { wordsOf } from '../../views/look/labels.ts';
import { chartsMarkup, chartsOf, networkOf } from '../../views/look/pictures.ts';
import { lookTables } from '../../views/look/tables.ts';
import type { Answer } from './answer.ts';
import { locale, words } from './words.ts';

interface Props {
  readonly answer: Answer;
  readonly operationName: string | null;
  readonly schema: GraphQLSchema | null;
  readonly query: string;
}

/** Shows the picture that fits an answer, as `/look` draws it. The table under it says the same to screen readers. */
export function AnswerChart({ answer, operationName, schema, query }: Props) {
  const picture = useMemo(
    () => pictureOf(answer.data, query, operationName, schema),
    [answer, query, operationName, schema],
  );
  if (picture === undefined) return <p className="hint">{words.noChart}</p>;
  // biome-ignore lint/security/noDangerouslySetInnerHtml: `html` of the views escapes every text
  return <div className="answer-chart" dangerouslySetInnerHTML={{ __html: picture }} />;
}

/** Returns the picture of an answer as markup; undefined where none fits, or the schema isn't known yet. */
function pictureOf(
  data: unknown,
  query: string,
  operationName: string | null,
  schema: GraphQLSchema | null,
): string | undefined {
  const title = wordsOf(operationName ?? words.chart);
  const network = networkOf(data);
  if (network) return graph({ id: 'answer-picture', title, ...network }).text;
  try {
    const document = parse(query);
    const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
    const operation = operations.find(({ name }) => name?.value === operationName) ?? operations[0];
    if (!schema || !operation) return undefined;
    const shape = { variables: [], fields: fieldsOf(document, operation, schema), enums: {} };
    const tables = lookTables(data, { name: title, id: '', description: null, ...shape }, locale);
    const charts = chartsOf(tables);
    return charts.length > 0 ? chartsMarkup(charts, { id: 'answer-picture', title, locale }).text : undefined;
  } catch {
    // The text was changed since, and can't be parsed.
    return undefined;
  }
}
