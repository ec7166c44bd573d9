import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { PrimaryKey } from '../tables.ts';
import type { Condition } from './condition.ts';

/**
 * One write of a transaction with its condition. A failed condition returns the refusal: one for the caller
 * (`domain/refusal.ts`), or a sign of the store's own.
 */
export interface Write<Refusal = never> {
  readonly action: (tableName: string) => NonNullable<TransactWriteCommandInput['TransactItems']>[number];
  readonly refusal?: Refusal;
  /** Groups of one transaction share a write of this name, since DynamoDB accepts one write per item. */
  readonly sharedAs?: string;
}

interface Guard<Refusal> {
  readonly when: Condition;
  readonly otherwise: Refusal;
}

/** Puts the whole item. */
export function put<Refusal = never>(item: PrimaryKey, guard?: Guard<Refusal>): Write<Refusal> {
  return {
    action: (TableName) => ({ Put: { TableName, Item: { ...item }, ...conditionOf(guard?.when) } }),
    ...refusalOf(guard),
  };
}

export function remove<Refusal = never>(key: PrimaryKey, guard?: Guard<Refusal>): Write<Refusal> {
  return {
    action: (TableName) => ({ Delete: { TableName, Key: keyOf(key), ...conditionOf(guard?.when) } }),
    ...refusalOf(guard),
  };
}

/** Writes nothing, but commits the transaction only under this condition. */
export function check<Refusal>(key: PrimaryKey, guard: Guard<Refusal>): Write<Refusal> {
  return {
    action: (TableName) => ({
      ConditionCheck: {
        TableName,
        Key: keyOf(key),
        ConditionExpression: guard.when.expression,
        ...attributesOf(guard.when),
      },
    }),
    refusal: guard.otherwise,
  };
}

export interface Change {
  /** Attributes to set. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Counters to add to, starting at 0, and sets to add members to. */
  readonly add?: Readonly<Record<string, number | ReadonlySet<string>>>;
  /** Members to take out of sets. */
  readonly take?: Readonly<Record<string, ReadonlySet<string>>>;
  /** Attributes to remove. */
  readonly remove?: readonly string[];
}

/** Changes attributes of an item, or creates it with them. */
export function update<Refusal = never>(key: PrimaryKey, change: Change, guard?: Guard<Refusal>): Write<Refusal> {
  return {
    action: (TableName) => ({ Update: { TableName, Key: keyOf(key), ...updateExpression(change, guard?.when) } }),
    ...refusalOf(guard),
  };
}

/** Returns the expressions of an update, for a transaction or for a single write. */
export function updateExpression(change: Change, condition?: Condition) {
  const names: Record<string, string> = { ...condition?.names };
  const values: Record<string, unknown> = { ...condition?.values };
  const clause = (keyword: string, attributes: Readonly<Record<string, unknown>>, join: string, mark: string) => {
    const parts = Object.entries(attributes).map(([name, value], i) => {
      names[`#${mark}${i}`] = name;
      values[`:${mark}${i}`] = value;
      return `#${mark}${i}${join}:${mark}${i}`;
    });
    return parts.length === 0 ? [] : [`${keyword} ${parts.join(', ')}`];
  };
  const clauses = [
    ...clause('SET', change.set ?? {}, ' = ', 's'),
    ...clause('ADD', change.add ?? {}, ' ', 'a'),
    ...clause('DELETE', change.take ?? {}, ' ', 't'),
  ];
  const removed = (change.remove ?? []).map((name, i) => {
    names[`#r${i}`] = name;
    return `#r${i}`;
  });
  if (removed.length > 0) clauses.push(`REMOVE ${removed.join(', ')}`);
  return {
    UpdateExpression: clauses.join(' '),
    ExpressionAttributeNames: names,
    ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
    ...(condition === undefined ? {} : { ConditionExpression: condition.expression }),
  };
}

const keyOf = ({ pk, sk }: PrimaryKey) => ({ pk, sk });

function refusalOf<Refusal>(guard: Guard<Refusal> | undefined): { refusal?: Refusal } {
  return guard ? { refusal: guard.otherwise } : {};
}

function conditionOf(condition: Condition | undefined) {
  return condition ? { ConditionExpression: condition.expression, ...attributesOf(condition) } : {};
}

function attributesOf({ names, values }: Condition) {
  return {
    ...(names ? { ExpressionAttributeNames: { ...names } } : {}),
    ...(values ? { ExpressionAttributeValues: { ...values } } : {}),
  };
}
