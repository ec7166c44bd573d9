import type { Command, Dynamo } from '../storage/dynamodb/client/dynamo.ts';
import type { Tracing } from './tracing.ts';

/** Makes a span of each call to DynamoDB, its retries included: the operation and its tables, and no key. */
export function traceStore(tracing: Tracing, dynamo: Dynamo): void {
  dynamo.intercept('call', (command, next) =>
    tracing.span(
      {
        name: `DynamoDB ${command.operation}`,
        kind: 'CLIENT',
        facts: {
          'db.system.name': 'aws.dynamodb',
          'db.operation.name': command.operation,
          'aws.dynamodb.table_names': tablesOf(command),
        },
      },
      () => next(command),
    ),
  );
}

function tablesOf({ input }: Command): readonly string[] {
  if ('TableName' in input) return [String(input.TableName)];
  if ('RequestItems' in input) return Object.keys(input.RequestItems as object);
  if (!('TransactItems' in input)) return [];
  const items = input.TransactItems as readonly Record<string, { readonly TableName: string }>[];
  return [...new Set(items.flatMap((item) => Object.values(item).map(({ TableName }) => TableName)))];
}
