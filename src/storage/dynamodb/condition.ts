import { TTL_ATTRIBUTE } from '../tables.ts';

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
