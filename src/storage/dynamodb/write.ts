import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { PrimaryKey } from '../tables.ts';
import type { Condition } from './condition.ts';

/**
 * One write of a transaction: what it does, under which condition, and what it means when that doesn't hold: a refusal
 * for the caller (`domain/refusal.ts`), or a sign of the store's own.
 */
export interface Write<Refusal = never> {
  readonly action: (tableName: string) => NonNullable<TransactWriteCommandInput['TransactItems']>[number];
  readonly refusal?: Refusal;
  /** Several groups of one transaction that have a write of this name share it: DynamoDB takes one write an item. */
  readonly sharedAs?: string;
}

interface Guard<Refusal> {
  readonly when: Condition;
  readonly otherwise: Refusal;
}

/** Puts the whole item in its place. */
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

/** Writes nothing: the transaction happens only if this holds. */
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
  /** Attributes that get a value. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Counters that are added to, from 0 where there is none, and sets that get members. */
  readonly add?: Readonly<Record<string, number | ReadonlySet<string>>>;
  /** Attributes that go. */
  readonly remove?: readonly string[];
}

/** Changes attributes of an item, or makes one of them. */
export function update<Refusal = never>(key: PrimaryKey, change: Change, guard?: Guard<Refusal>): Write<Refusal> {
  return {
    action: (TableName) => ({ Update: { TableName, Key: keyOf(key), ...updateExpression(change, guard?.when) } }),
    ...refusalOf(guard),
  };
}

/** The expressions of an update, for a transaction's or for one of its own. */
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
  const clauses = [...clause('SET', change.set ?? {}, ' = ', 's'), ...clause('ADD', change.add ?? {}, ' ', 'a')];
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
