import type { StoreName } from '../../config.ts';
import { log } from '../../log.ts';
import { type Connection, openTable } from '../../storage/dynamodb/connection.ts';
import { readItem } from '../../storage/dynamodb/read.ts';
import { READY_KEY } from '../../storage/tables.ts';

/** How long an answer is cached, so that checks cost each store at most one read a second per instance. */
const STANDS_MS = 1_000;
const CHECK_TIMEOUT_MS = 2_500;

export interface Readiness {
  readonly isReady: boolean;
  readonly stores: Readonly<Partial<Record<StoreName, 'ok' | 'unavailable'>>>;
}

export type CheckReadiness = (now: Date) => Promise<Readiness>;

/** Makes the check of these stores. It reads one key that holds no item. */
export function readinessOf(connection: Connection, stores: readonly StoreName[]): CheckReadiness {
  let latest: { readonly at: number; readonly answer: Promise<Readiness> } | undefined;

  async function answers(store: StoreName): Promise<boolean> {
    const signal = AbortSignal.timeout(CHECK_TIMEOUT_MS);
    const table = openTable(connection, store, { deadline: Date.now() + CHECK_TIMEOUT_MS, signal, owner: 'readiness' });
    try {
      await readItem(table, READY_KEY);
      return true;
    } catch (error) {
      log.error('a store does not answer', { store }, error);
      return false;
    }
  }

  async function check(): Promise<Readiness> {
    const checked = await Promise.all(stores.map(async (store) => [store, await answers(store)] as const));
    return {
      isReady: checked.every(([, isThere]) => isThere),
      stores: Object.fromEntries(checked.map(([store, isThere]) => [store, isThere ? 'ok' : 'unavailable'])),
    };
  }

  return (now) => {
    const at = now.getTime();
    if (!latest || Math.abs(at - latest.at) >= STANDS_MS) latest = { at, answer: check() };
    return latest.answer;
  };
}
