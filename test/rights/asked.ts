/** What a call of DynamoDB asks of IAM: one question for each action, table and index. */

/** A question as IAM answers it, from a call or from one write of a transaction. */
export interface Asked {
  /** For example `dynamodb:GetItem`. */
  readonly action: string;
  /** The table's physical name. */
  readonly table: string;
  readonly index: string | null;
  /** `dynamodb:LeadingKeys`: the partitions that the call touches. */
  readonly partitions: readonly string[];
  /** `dynamodb:Attributes`: the attributes that a write or a projection names; none of a read of whole items. */
  readonly attributes: readonly string[];
  /** `dynamodb:ReturnValues`, where the call says one. */
  readonly returnValues: string | null;
}

export interface DynamoCall {
  /** The command's name without `Command`, e.g. `Get`, `TransactWrite`. */
  readonly command: string;
  readonly input: unknown;
}

type Fields = Readonly<Record<string, unknown>>;
const fields = (value: unknown) => (value ?? {}) as Fields;
const partitionOf = (key: unknown) => String(fields(key).pk);

export function askedBy({ command, input }: DynamoCall): Asked[] {
  const call = fields(input);
  switch (command) {
    case 'BatchGet':
      return Object.entries(fields(call.RequestItems)).map(([table, request]) =>
        question('BatchGetItem', table, (fields(request).Keys as unknown[]).map(partitionOf)),
      );
    case 'BatchWrite':
      return Object.entries(fields(call.RequestItems)).map(([table, requests]) =>
        question('BatchWriteItem', table, (requests as Fields[]).map(partitionOfRequest)),
      );
    case 'TransactWrite':
      return (call.TransactItems as Fields[]).flatMap((item) =>
        Object.entries(item).map(([kind, write]) =>
          writeQuestion(kind === 'ConditionCheck' ? 'ConditionCheckItem' : `${kind}Item`, fields(write)),
        ),
      );
    case 'Query':
      return [
        { ...question('Query', call.TableName, [queriedPartition(call)]), index: (call.IndexName as string) ?? null },
      ];
    case 'Scan':
      return [question('Scan', call.TableName, [])];
    default:
      return [writeQuestion(`${command}Item`, call)];
  }
}

function question(action: string, table: unknown, partitions: readonly string[]): Asked {
  const none = { index: null, attributes: [], returnValues: null };
  return { action: `dynamodb:${action}`, table: String(table), partitions, ...none };
}

function writeQuestion(action: string, call: Fields): Asked {
  const names = Object.values(fields(call.ExpressionAttributeNames)).map(String);
  const projected = String(call.ProjectionExpression ?? '').match(/(?<![#\w])[A-Za-z]\w*/g) ?? [];
  const attributes = [...new Set(['pk', 'sk', ...names, ...projected, ...Object.keys(fields(call.Item))])].sort();
  return {
    ...question(action, call.TableName, [partitionOf(call.Key ?? call.Item)]),
    attributes: action === 'GetItem' && call.ProjectionExpression === undefined ? [] : attributes,
    returnValues: (call.ReturnValues as string) ?? null,
  };
}

function partitionOfRequest(request: Fields): string {
  return partitionOf(fields(request.PutRequest).Item ?? fields(request.DeleteRequest).Key);
}

function queriedPartition(call: Fields): string {
  const [, name = ':pk'] = /=\s*(:\w+)/.exec(String(call.KeyConditionExpression)) ?? [];
  return String(fields(call.ExpressionAttributeValues)[name]);
}
