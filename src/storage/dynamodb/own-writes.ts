import type { KeptReads } from './kept-reads.ts';
import type { Table } from './table.ts';

/** The number of writes of each request, by its opened table. */
const writes = new WeakMap<Table, number>();

export function ownWrites(table: Table): number {
  return writes.get(table) ?? 0;
}

/** Records a write of the request. Later reads are consistent, and earlier reads are repeated. */
export function recordWrite(table: Table): void {
  writes.set(table, ownWrites(table) + 1);
}

/** Returns what this process has read of a table, where the request may see it: not after a write of its own. */
export function keptOf(table: Table): KeptReads | undefined {
  return ownWrites(table) === 0 ? table.kept : undefined;
}

/** Returns what this process has read of parts of a table's items, likewise. */
export function keptPartsOf(table: Table): KeptReads | undefined {
  return ownWrites(table) === 0 ? table.keptParts : undefined;
}
