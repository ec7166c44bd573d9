/** An object of the answer in the making. */
export type Rec = Record<string, unknown>;

/**
 * Makes an empty object that inherits nothing, so that no key that a subgraph or a client chooses means anything,
 * `__proto__` included. An instance of an empty class is as quick as a literal; `Object.create(null)` is a hash table.
 */
export const Rec: new () => Rec = function emptyRecord() {} as unknown as new () => Rec;
Rec.prototype = Object.create(null);

/** A JSON object: not null, not a list. */
export function isRecord(value: unknown): value is Rec {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
