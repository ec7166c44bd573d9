import { MAX_ENTRIES } from '../../views/look/paging.ts';
import type { PageData } from './ask-gateway.ts';

/** A connection in an answer, as far as paging needs it. */
interface Connection {
  nodes: unknown[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Returns the cursor of the next page of an answer's list; undefined on the last one, and where no list has pages. */
export function nextCursor(data: unknown): string | undefined {
  const info = connectionIn(data)?.pageInfo;
  return info?.hasNextPage ? (info.endCursor ?? undefined) : undefined;
}

/**
 * Fetches the pages of a list one after the other, up to `MAX_ENTRIES`, and returns the first answer with the entries of
 * all. A page that fails ends it: the cursor of the answer then leads to it.
 */
export async function allPages(ask: (after: string | undefined) => Promise<PageData>): Promise<PageData> {
  const whole = await ask(undefined);
  const list = connectionIn(whole.data);
  for (let cursor = nextCursor(whole.data); list && cursor !== undefined && list.nodes.length < MAX_ENTRIES; ) {
    const { data } = await ask(cursor);
    const page = connectionIn(data);
    if (!page) return { ...whole, isWhole: false };
    list.nodes.push(...page.nodes);
    Object.assign(list.pageInfo, page.pageInfo);
    cursor = nextCursor(data);
  }
  return whole;
}

function connectionIn(data: unknown): Connection | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  if ('pageInfo' in data && 'nodes' in data && Array.isArray(data.nodes)) return data as unknown as Connection;
  for (const value of Object.values(data)) {
    const found = Array.isArray(value) ? undefined : connectionIn(value);
    if (found) return found;
  }
  return undefined;
}
