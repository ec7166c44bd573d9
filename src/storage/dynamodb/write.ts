import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { type PrimaryKey, TTL_ATTRIBUTE } from '../tables.ts';

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

/** A named condition on an item, so that a conditional write reads as its rule. */
export interface Condition {
  readonly expression: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** The key has no item. */
export const isNew: Condition = { expression: 'attribute_not_exists(pk)' };

/** Returns the condition that the key has no item, or an expired one that DynamoDB hasn't deleted yet. */
export function isNewOrExpired(now: Date): Condition {
  return {
    expression: 'attribute_not_exists(pk) OR #c_ttl <= :c_now',
    names: { '#c_ttl': TTL_ATTRIBUTE },
    values: { ':c_now': epochSeconds(now) },
  };
}

/** Returns an instant in the unit of TTL attributes. */
export const epochSeconds = (instant: Date) => Math.floor(instant.getTime() / 1000);

/** The key has an item. */
export const exists: Condition = { expression: 'attribute_exists(pk)' };

/** Returns the condition that the version hasn't changed since the read; 0 stands for no item. */
export function versionIs(seen: number): Condition {
  if (seen === 0) return isNew;
  return attributeIs('version', seen);
}

export function attributeIs(name: string, value: string | number | boolean | object | null): Condition {
  return { expression: `#c_${name} = :c_${name}`, names: { [`#c_${name}`]: name }, values: { [`:c_${name}`]: value } };
}

/** Returns the condition that the case has had no event since the one that was read last. */
export function courseVersionIs(seen: number): Condition {
  return {
    expression: '#c_course.#c_version = :c_version',
    names: { '#c_course': 'course', '#c_version': 'version' },
    values: { ':c_version': seen },
  };
}

/** Returns the condition that an observation is in the revision that was read; 0 stands for no observation. */
export function figureRevisionIs(seen: number): Condition {
  if (seen === 0) return isNew;
  return {
    expression: '#c_figure.#c_revision = :c_revision',
    names: { '#c_figure': 'figure', '#c_revision': 'revision' },
    values: { ':c_revision': seen },
  };
}

/** Returns the condition that the item exists without an attribute. */
export function existsWithout(name: string): Condition {
  return {
    expression: `attribute_exists(pk) AND attribute_not_exists(#c_${name})`,
    names: { [`#c_${name}`]: name },
  };
}

/** Returns the condition that the item exists and one of its numbers is less than another. */
export function attributeIsLess(name: string, than: string): Condition {
  return {
    expression: `#c_${name} < #c_${than}`,
    names: { [`#c_${name}`]: name, [`#c_${than}`]: than },
  };
}

/** Returns the condition that an attribute is absent or less than a value. */
export function missingOrLess(name: string, value: string | number): Condition {
  return {
    expression: `attribute_not_exists(#c_${name}) OR #c_${name} < :c_${name}`,
    names: { [`#c_${name}`]: name },
    values: { [`:c_${name}`]: value },
  };
}

/** Returns the condition that an attribute is a number of at least this. */
export function atLeast(name: string, value: number): Condition {
  return {
    expression: `#c_${name} >= :c_${name}`,
    names: { [`#c_${name}`]: name },
    values: { [`:c_${name}`]: value },
  };
}

/** Returns the condition that a set is absent or has fewer members than this. */
export function hasFewer(name: string, than: number): Condition {
  return {
    expression: `attribute_not_exists(#c_${name}) OR size(#c_${name}) < :c_${name}`,
    names: { [`#c_${name}`]: name },
    values: { [`:c_${name}`]: than },
  };
}

export function and(a: Condition, b: Condition): Condition {
  return {
    expression: `(${a.expression}) AND (${b.expression})`,
    names: { ...a.names, ...b.names },
    values: { ...a.values, ...b.values },
  };
}
