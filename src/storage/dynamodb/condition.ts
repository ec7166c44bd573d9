import { TTL_ATTRIBUTE } from '../tables.ts';

/** What must hold of an item for a write to it to happen: named, so that a write reads like its rule. */
export interface Condition {
  readonly expression: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** There is no item with this key. */
export const isNew: Condition = { expression: 'attribute_not_exists(pk)' };

/** There is none, or one whose time is up and which DynamoDB hasn't deleted yet. */
export function isNewOrExpired(now: Date): Condition {
  return {
    expression: 'attribute_not_exists(pk) OR #c_ttl <= :c_now',
    names: { '#c_ttl': TTL_ATTRIBUTE },
    values: { ':c_now': epochSeconds(now) },
  };
}

/** The unit of TTL. */
export const epochSeconds = (instant: Date) => Math.floor(instant.getTime() / 1000);

/** There is an item with this key. */
export const exists: Condition = { expression: 'attribute_exists(pk)' };

/** Nobody has written since the version that was seen; 0 where there was none. */
export function versionIs(seen: number): Condition {
  if (seen === 0) return isNew;
  return attributeIs('version', seen);
}

export function attributeIs(name: string, value: string | number | boolean | object | null): Condition {
  return { expression: `#c_${name} = :c_${name}`, names: { [`#c_${name}`]: name }, values: { [`:c_${name}`]: value } };
}

/** Nothing has happened to the case since the event that was seen last. */
export function courseVersionIs(seen: number): Condition {
  return {
    expression: '#c_course.#c_version = :c_version',
    names: { '#c_course': 'course', '#c_version': 'version' },
    values: { ':c_version': seen },
  };
}

/** The item is there and has no such attribute. */
export function existsWithout(name: string): Condition {
  return {
    expression: `attribute_exists(pk) AND attribute_not_exists(#c_${name})`,
    names: { [`#c_${name}`]: name },
  };
}

/** The attribute, where there is one, comes before the value. */
export function missingOrLess(name: string, value: string | number): Condition {
  return {
    expression: `attribute_not_exists(#c_${name}) OR #c_${name} < :c_${name}`,
    names: { [`#c_${name}`]: name },
    values: { [`:c_${name}`]: value },
  };
}

export function and(a: Condition, b: Condition): Condition {
  return {
    expression: `(${a.expression}) AND (${b.expression})`,
    names: { ...a.names, ...b.names },
    values: { ...a.values, ...b.values },
  };
}
