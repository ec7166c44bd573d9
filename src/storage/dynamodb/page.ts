import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { CodedError } from '../../errors.ts';
import { isStorable, type PrimaryKey } from '../tables.ts';
import type { CursorBinding, Position } from './cursor.ts';
import { type KeyRange, rangeInput } from './read.ts';
import { sendRead } from './send.ts';
import type { Table } from './table.ts';

export interface PageRequest {
  /** 1 to 100. */
  readonly first: number;
  readonly after?: string | null | undefined;
}

/** A part of a list: exactly as many nodes as were asked for, but at the list's end. */
export interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly hasNextPage: boolean;
  /** The cursor of a node of this page, by its place in `nodes`. */
  cursorAt(i: number): string;
}

const MAX_NODES = 100;

/** @throws CodedError BAD_USER_INPUT where a page of so many isn't given */
export function checkFirst(first: number): void {
  if (Number.isInteger(first) && first >= 1 && first <= MAX_NODES) return;
  throw new CodedError('BAD_USER_INPUT', `\`first\` must be from 1 to ${MAX_NODES}.`, {
    details: { argument: 'first' },
  });
}

export interface PageOptions<Entry, Node> {
  readonly range: KeyRange;
  /** What the list is, beside its caller. */
  readonly binding: Omit<CursorBinding, 'owner'>;
  /** The nodes of a Query's items: the items themselves, or what their keys lead to. Null for one that is gone by now. */
  readonly nodes: (entries: readonly Entry[]) => Promise<readonly (Node | null)[]> | readonly (Node | null)[];
}

/**
 * One page of a range. It takes one Query and one call of `nodes`, unless entries turned out to be gone. Pages that are
 * asked for at once call `nodes` at once, when the Queries of all of them are back.
 * @throws CodedError BAD_USER_INPUT where `first` is out of bounds, INVALID_CURSOR
 */
export async function readPage<Entry extends PrimaryKey, Node>(
  table: Table,
  { first, after }: PageRequest,
  { range, binding, nodes }: PageOptions<Entry, Node>,
): Promise<Page<Node>> {
  checkFirst(first);
  const owned = { ...binding, owner: table.owner };
  const found: { readonly node: Node; readonly entry: Entry }[] = [];
  let from: Position | undefined = after == null ? undefined : table.cursors.read(owned, after);
  if (!isStorable({ pk: range.partition })) return pageOf(found, false, () => '');
  let hasNextPage: boolean;
  const place = gather(table);
  do {
    const wanted = first - found.length;
    // One more than wanted, to know whether there is a next page.
    const command: QueryCommand = new QueryCommand({
      ...rangeInput(table, range),
      Limit: wanted + 1,
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
    });
    const answer = await sendRead(table, (send) => table.dynamo.send(command, send)).finally(place.arrive);
    const entries = ((answer.Items ?? []) as Entry[]).slice(0, wanted);
    const loaded = entries.length === 0 ? [] : await nodes(entries);
    for (const [i, entry] of entries.entries()) {
      const node = loaded[i] ?? null;
      if (node !== null) found.push({ node, entry });
    }
    hasNextPage = (answer.Items ?? []).length > wanted || answer.LastEvaluatedKey !== undefined;
    const last = entries.at(-1);
    from = last ? positionOf(last, range) : (answer.LastEvaluatedKey as Position | undefined);
  } while (hasNextPage && found.length < first);

  return pageOf(found, hasNextPage, (entry) => table.cursors.write(owned, positionOf(entry, range)));
}

function pageOf<Entry, Node>(
  found: readonly { readonly node: Node; readonly entry: Entry }[],
  hasNextPage: boolean,
  cursorOf: (entry: Entry) => string,
): Page<Node> {
  return {
    nodes: found.map(({ node }) => node),
    hasNextPage,
    cursorAt: (i) => {
      const entry = found[i]?.entry;
      if (!entry) throw new RangeError(`the page has no node ${i}`);
      return cursorOf(entry);
    },
  };
}

function positionOf(entry: PrimaryKey, { index }: KeyRange): Position {
  const attributes = ['pk', 'sk', ...(index === undefined ? [] : [`${index}pk`, `${index}sk`])];
  const keys = entry as PrimaryKey & Readonly<Record<string, unknown>>;
  return Object.fromEntries(attributes.map((name) => [name, String(keys[name])]));
}

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
