import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { CodedError } from '../../errors.ts';
import { isStorable, type PrimaryKey } from '../tables.ts';
import type { CursorBinding, Position } from './cursor.ts';
import { type KeyRange, rangeInput } from './read.ts';
import { sendRead } from './send.ts';
import type { Table } from './table.ts';

/** The arguments of a connection: forwards by `first` and `after`, backwards by `last` and `before`. */
export interface PageRequest {
  /** 1 to 100. */
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  /** 1 to 100. */
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** A part of a list: exactly as many nodes as were asked for, but at the list's end. Its order is always the list's. */
export interface Page<Node> {
  readonly nodes: readonly Node[];
  /** Whether the list has entries behind the page. One Query where the page was asked for backwards from a cursor. */
  hasNextPage(): boolean | Promise<boolean>;
  /** Whether the list has entries before the page. One Query where the page was asked for forwards from a cursor. */
  hasPreviousPage(): boolean | Promise<boolean>;
  /** The cursor of a node of this page, by its place in `nodes`. */
  cursorAt(i: number): string;
}

/** What a page request asks for: so many entries from a cursor, or from an end of the list, in one direction. */
export interface Slice {
  readonly size: number;
  readonly isBackward: boolean;
  readonly cursor: string | null;
}

const MAX_NODES = 100;
/** The size of a page for which none is given; `@listSize` in the SDL assumes the same. */
const DEFAULT_NODES = 20;

/** Pairs of arguments that can't be given together: a page goes in one direction. */
const EXCLUSIVE = [
  ['first', 'last'],
  ['first', 'before'],
  ['last', 'after'],
  ['after', 'before'],
] as const;

/**
 * Reads a page request.
 * @throws CodedError BAD_USER_INPUT where the size is out of bounds, or arguments of both directions are given
 */
export function sliceOf(request: PageRequest): Slice {
  const both = EXCLUSIVE.find((pair) => pair.every((name) => request[name] != null));
  if (both) {
    const [one, other] = both;
    throw new CodedError(
      'BAD_USER_INPUT',
      `Give \`${one}\` or \`${other}\`, not both: \`first\` goes with \`after\`, \`last\` with \`before\`.`,
      { details: { arguments: both } },
    );
  }
  const { first, after, last, before } = request;
  const isBackward = last != null || before != null;
  const size = (isBackward ? last : first) ?? DEFAULT_NODES;
  if (!Number.isInteger(size) || size < 1 || size > MAX_NODES) {
    const argument = isBackward ? 'last' : 'first';
    throw new CodedError('BAD_USER_INPUT', `\`${argument}\` must be from 1 to ${MAX_NODES}.`, {
      details: { argument },
    });
  }
  return { size, isBackward, cursor: (isBackward ? before : after) ?? null };
}

/** What a page is made of: entries in the direction of its slice. */
interface Found<Entry> {
  readonly slice: Slice;
  readonly entries: readonly Entry[];
  /** Whether there are more in the direction of the slice. */
  readonly hasMore: boolean;
  /** Finds out whether the list has entries against the direction of the slice. Asked only from a cursor. */
  readonly hasPassed: () => Promise<boolean>;
}

/** Makes a page of what was found. */
export function pageOf<Entry, Node>(
  { slice: { isBackward, cursor }, entries, hasMore, hasPassed }: Found<Entry>,
  nodeOf: (entry: Entry) => Node,
  cursorOf: (entry: Entry) => string,
): Page<Node> {
  const inOrder = isBackward ? entries.toReversed() : entries;
  const ahead = () => hasMore;
  const passed = () => cursor !== null && hasPassed();
  return {
    nodes: inOrder.map(nodeOf),
    hasNextPage: isBackward ? passed : ahead,
    hasPreviousPage: isBackward ? ahead : passed,
    cursorAt: (i) => {
      const entry = inOrder[i];
      if (!entry) throw new RangeError(`the page has no node ${i}`);
      return cursorOf(entry);
    },
  };
}

export interface PageOptions<Entry, Node> {
  readonly range: KeyRange;
  /** What the list is, beside its caller. */
  readonly binding: Omit<CursorBinding, 'owner'>;
  /** The nodes of a Query's items: the items themselves, or what their keys lead to. Null for one that is gone by now. */
  readonly nodes: (entries: readonly Entry[]) => Promise<readonly (Node | null)[]> | readonly (Node | null)[];
}

/**
 * Reads one page of a range. It takes one Query and one call of `nodes`, unless entries turned out to be gone. Pages that
 * are asked for at once call `nodes` at once, when the Queries of all of them are back.
 * @throws CodedError BAD_USER_INPUT as `sliceOf` does, INVALID_CURSOR
 */
export async function readPage<Entry extends PrimaryKey, Node>(
  table: Table,
  request: PageRequest,
  { range, binding, nodes }: PageOptions<Entry, Node>,
): Promise<Page<Node>> {
  const slice = sliceOf(request);
  const { size, isBackward, cursor } = slice;
  const owned = { ...binding, owner: table.owner };
  const found: { readonly node: Node; readonly entry: Entry }[] = [];
  let from: Position | undefined = cursor === null ? undefined : table.cursors.read(owned, cursor);
  let hasMore = false;
  const against: KeyRange = { ...range, backwards: isBackward === (range.backwards ?? false) };
  if (isStorable({ pk: range.partition })) {
    const directed: KeyRange = { ...range, backwards: !against.backwards };
    const place = gather(table);
    do {
      const wanted = size - found.length;
      // One more than wanted, to know whether there is a next page.
      const read = await readEntries<Entry>(table, directed, from, wanted + 1).finally(place.arrive);
      const entries = read.entries.slice(0, wanted);
      const loaded = entries.length === 0 ? [] : await nodes(entries);
      for (const [i, entry] of entries.entries()) {
        const node = loaded[i] ?? null;
        if (node !== null) found.push({ node, entry });
      }
      hasMore = read.entries.length > wanted || read.end !== undefined;
      const last = entries.at(-1);
      from = last ? positionOf(last, range) : read.end;
    } while (hasMore && found.length < size);
  }
  const [nearest] = found;
  // Where the page is empty, all that the list has is on the other side of the cursor.
  const edge = nearest && positionOf(nearest.entry, range);
  return pageOf(
    {
      slice,
      entries: found,
      hasMore,
      hasPassed: async () => (await readEntries(table, against, edge, 1)).entries.length > 0,
    },
    ({ node }) => node,
    ({ entry }) => table.cursors.write(owned, positionOf(entry, range)),
  );
}

/** Reads entries of a range behind a position: one Query. */
async function readEntries<Entry>(table: Table, range: KeyRange, from: Position | undefined, limit: number) {
  const command: QueryCommand = new QueryCommand({
    ...rangeInput(table, range),
    Limit: limit,
    ...(from === undefined ? {} : { ExclusiveStartKey: from }),
  });
  const answer = await sendRead(table, (send) => table.dynamo.send(command, send));
  return { entries: (answer.Items ?? []) as Entry[], end: answer.LastEvaluatedKey as Position | undefined };
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
