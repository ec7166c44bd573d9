import { CodedError } from '../../errors.ts';
import { isStorable, type PrimaryKey } from '../tables.ts';
import { QueryCommand } from './client/dynamo.ts';
import type { CursorBinding, Position } from './cursor.ts';
import { type KeyRange, rangeInput, sendQuery } from './read.ts';
import type { Table } from './table.ts';

/** The arguments of a connection: forwards by `first` and `after`, backwards by `last` and `before`. */
export interface PageRequest {
  /** From 1 to 100. */
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  /** From 1 to 100. */
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/**
 * A part of a list. It has exactly as many nodes as requested, except at the list's end. Its order is always the
 * list's.
 */
export interface Page<Node> {
  readonly nodes: readonly Node[];
  /** Returns whether the list has entries after the page. Takes one Query for a backward page from a cursor. */
  hasNextPage(): boolean | Promise<boolean>;
  /** Returns whether the list has entries before the page. Takes one Query for a forward page from a cursor. */
  hasPreviousPage(): boolean | Promise<boolean>;
  /** Returns the cursor of a node of this page, by its index in `nodes`. */
  cursorAt(i: number): string;
}

/** A page request: a number of entries from a cursor, or from an end of the list, in one direction. */
export interface Slice {
  readonly size: number;
  readonly isBackward: boolean;
  readonly cursor: string | null;
}

const MAX_NODES = 100;
/** Default page size; `@listSize` in the SDL assumes the same. */
const DEFAULT_NODES = 20;

/** Pairs of arguments that exclude each other, since a page has one direction. */
const EXCLUSIVE = [
  ['first', 'last'],
  ['first', 'before'],
  ['last', 'after'],
  ['after', 'before'],
] as const;

/**
 * Returns the slice of a page request.
 * @throws CodedError BAD_USER_INPUT where the size is out of bounds, or the arguments name both directions
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

/** Entries read for a page, in the direction of its slice. */
interface Found<Entry> {
  readonly slice: Slice;
  readonly entries: readonly Entry[];
  /** Set where more entries follow in the direction of the slice. */
  readonly hasMore: boolean;
  /** Returns whether the list has entries against the direction of the slice. Called only for a slice with a cursor. */
  readonly hasPassed: () => Promise<boolean>;
}

/** Returns the page of read entries. */
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

/** Returns the page of a list that has no entries, without a call. */
export function emptyPage<Node>(request: PageRequest): Page<Node> {
  const found = { slice: sliceOf(request), entries: [], hasMore: false, hasPassed: async () => false };
  return pageOf<Node, Node>(
    found,
    (node) => node,
    () => '',
  );
}

export interface PageOptions<Entry, Node> {
  readonly range: KeyRange;
  /** The identity of the list, without its caller. */
  readonly binding: Omit<CursorBinding, 'owner'>;
  /**
   * Returns the nodes of a Query's items: the items themselves, or the items that their keys name. Null for a deleted
   * one.
   */
  readonly nodes: (entries: readonly Entry[]) => Promise<readonly (Node | null)[]> | readonly (Node | null)[];
}

/**
 * Reads one page of a range. It takes one Query and one call of `nodes`, and more only where entries were deleted.
 * Concurrent pages call `nodes` together, once the Queries of all have returned.
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
      // One more than wanted, which shows whether another page follows.
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
  // For an empty page, all entries of the list are on the other side of the cursor.
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

/** Reads at most `limit` entries of a range after a position: one Query. */
export async function readEntries<Entry>(table: Table, range: KeyRange, from: Position | undefined, limit: number) {
  const command: QueryCommand = new QueryCommand({
    ...rangeInput(table, range),
    Limit: limit,
    ...(from === undefined ? {} : { ExclusiveStartKey: from }),
  });
  const answer = await sendQuery(table, command);
  return { entries: (answer.Items ?? []) as Entry[], end: answer.LastEvaluatedKey as Position | undefined };
}

function positionOf(entry: PrimaryKey, { index }: KeyRange): Position {
  const attributes = ['pk', 'sk', ...(index === undefined ? [] : [`${index}pk`, `${index}sk`])];
  const keys = entry as PrimaryKey & Readonly<Record<string, unknown>>;
  return Object.fromEntries(attributes.map((name) => [name, String(keys[name])]));
}

/** A participant of a gathering. */
export interface Place {
  /** Resolves once all participants have arrived. Each must call it, also after a fault. */
  arrive(): Promise<void>;
}

interface Gathering {
  readonly underWay: Set<object>;
  readonly waiting: (() => void)[];
}

const open = new WeakMap<Table, Gathering>();

/**
 * Joins a gathering of all callers for one table in the same turn of the event loop. The Queries of forty lists return
 * at forty moments, but their items share one BatchGet.
 */
export function gather(table: Table): Place {
  let gathering = open.get(table);
  if (!gathering) {
    gathering = { underWay: new Set(), waiting: [] };
    open.set(table, gathering);
    // As in loaders: by then all sibling resolvers have joined.
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
