/**
 * The files of `examples/binhai-zhongguancun` as inputs of the public API's mutations. Demo data that come from them are
 * decided by the mutations' own rules, so they hold nothing that the API refuses.
 */
import { readFileSync } from 'node:fs';
import type { Decision } from '../../../domain/refusal.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { readCsvRows } from '../../csv-rows.ts';

/** Columns of the files whose cells are whole numbers. */
const INTEGERS: readonly string[] = ['capacity', 'reserved', 'free', 'decimals'];

/** Reads a file, one input a row. A CSV's first line names the fields, nested ones as `name.zh`; an empty cell is left out. */
export function storyInputs<Input>(name: string): Input[] {
  const text = readFileSync(new URL(`../../../../examples/binhai-zhongguancun/${name}`, import.meta.url), 'utf8');
  if (name.endsWith('.jsonl'))
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  const [header, ...rows] = readCsvRows(text);
  return rows.map(({ cells }) => {
    const input: Record<string, unknown> = {};
    for (const [i, column] of (header?.cells ?? []).entries()) {
      const cell = cells[i];
      if (cell) setAt(input, column.split('.'), INTEGERS.includes(column) ? Number(cell) : cell);
    }
    return input as Input;
  });
}

function setAt(object: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) object[name] = value;
  else {
    object[name] ??= {};
    setAt(object[name] as Record<string, unknown>, rest, value);
  }
}

/** Returns the facts of an accepted decision. Throws for a refusal. */
export function accepted<Facts>(decision: Decision<Facts, string>): Facts {
  if (decision.ok) return decision.value;
  throw new RangeError(decision.refusals.map(({ field, message }) => `${field?.join('.')}: ${message}`).join(' '));
}

/** Makes a value at its first use, and keeps it. */
export function atFirstUse<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

export const ADMIN: Viewer = { kind: 'admin', person: 'demo' };

/** Returns an officer who publishes the records of a zone. */
export const publisherOf = (zone: string, person = 'demo'): Viewer => ({
  kind: 'officer',
  person,
  agency: 'PARK',
  zone,
  roles: ['PUBLISH'],
});
