import type { Table } from './table.ts';

/** A table is opened for one request: how often that request has written to it. */
const writes = new WeakMap<Table, number>();

export function ownWrites(table: Table): number {
  return writes.get(table) ?? 0;
}

/** From now on the request sees what it has written: reads are consistent, and what was read before is read again. */
export function noteWrite(table: Table): void {
  writes.set(table, ownWrites(table) + 1);
}
