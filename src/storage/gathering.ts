import type { Table } from './table.ts';

/** One of those who wait for each other. */
export interface Place {
  /** To be called in any case: resolves when all others have arrived too. */
  arrive(): Promise<void>;
}

interface Gathering {
  readonly underWay: Set<object>;
  readonly waiting: (() => void)[];
}

const open = new WeakMap<Table, Gathering>();

/**
 * Joins all those of one table who join within the same turn of the event loop: the Queries of forty lists come back at
 * forty moments, and what they lead to is to be one BatchGet.
 */
export function gather(table: Table): Place {
  let gathering = open.get(table);
  if (!gathering) {
    gathering = { underWay: new Set(), waiting: [] };
    open.set(table, gathering);
    // As loaders do: by then all siblings' resolvers have asked.
    void Promise.resolve().then(() => process.nextTick(() => open.delete(table)));
  }
  const joined = gathering;
  const me = {};
  joined.underWay.add(me);
  return {
    arrive: () =>
      new Promise((resolve) => {
        joined.waiting.push(resolve);
        joined.underWay.delete(me);
        if (joined.underWay.size > 0) return;
        for (const release of joined.waiting.splice(0)) release();
      }),
  };
}
