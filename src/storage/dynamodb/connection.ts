import { type Config, type StoreName, SUBGRAPHS, type SubgraphName } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { type Secret, secretOf } from '../../secrets.ts';
import type { PrimaryKey, TableNames } from '../tables.ts';
import type { Command, Dynamo, Operation } from './client/dynamo.ts';
import { openDynamo } from './client/open.ts';
import { type Cursors, rotatingCursors } from './cursor.ts';
import { secretInputKeys } from './idempotency.ts';
import { KeptReads } from './kept-reads.ts';
import type { Scope, Table } from './table.ts';

/** The process-wide connection to the tables. */
export interface Connection {
  readonly dynamo: Dynamo;
  readonly tables: TableNames;
  readonly cursors: Cursors;
  /** The secret of the input keys; undefined in processes that hash no inputs. */
  readonly inputSecret: () => Secret | undefined;
  readonly writes: WriteCounts;
  /** This process's reads of the parks table. */
  readonly kept: KeptReads;
  /** This process's reads of copies of public records, by their store. */
  readonly keptCopies: Readonly<Partial<Record<StoreName, KeptReads>>>;
  /** This process's reads of cards of enterprises, for strangers. */
  readonly keptCards: KeptReads;
}

/** The store whose reads are kept: zones, parks, policies and figures change rarely, and nothing in them is personal. */
const KEPT_STORE = 'parks' satisfies StoreName;
/** The size of the copies that are kept of one store, and of the cards, in characters of JSON. */
const MAX_SMALL_CHARACTERS = 1_000_000;

/**
 * The items that officers publish, of which an old version may mislead, and the copies of parks. Reports, counts, cases
 * and copies of enterprises change all day, and are seen some seconds later.
 */
const IS_PUBLIC_RECORD: Readonly<Record<SubgraphName, (key: PrimaryKey) => boolean>> = {
  parks: () => true,
  /** Published figures, their revisions, and copies of parks. */
  enterprises: ({ sk }) => /^(PUBLICATION$|REVISION#|PARK$)/.test(sk),
  talent: ({ pk }) => pk.startsWith('ctype_'),
  linkages: ({ pk }) => /^(agr|cov|recog|lgrp|zone|policy|park)_/.test(pk),
};

export function connect(config: Config): Connection {
  const dynamo = openDynamo(config);
  const writes = new WriteCounts();
  if (config.keptSeconds > 0) writes.watch(dynamo, countedWrites(config));
  const keptOf = (store: StoreName, maxCharacters?: number) =>
    new KeptReads(config.keptSeconds * 1_000, () => writes.of(config.tables[store]), { maxCharacters });
  return {
    dynamo,
    writes,
    kept: keptOf(KEPT_STORE),
    keptCopies: {
      enterprises: keptOf('enterprises', MAX_SMALL_CHARACTERS),
      linkages: keptOf('linkages', MAX_SMALL_CHARACTERS),
    },
    keptCards: keptOf('enterprises', MAX_SMALL_CHARACTERS),
    tables: config.tables,
    cursors: cursorsOf(config),
    inputSecret: () => secretOf('cursors', config),
  };
}

/** Returns the items whose writes end what is kept at once. Others' writes show when time ends it. */
function countedWrites({ tables }: Config) {
  return new Map(SUBGRAPHS.map((name) => [tables[name], IS_PUBLIC_RECORD[name]]));
}

/** Opens one table for one request. */
export function openTable(connection: Connection, store: StoreName, scope: Scope): Table {
  const { dynamo, tables, cursors, inputSecret, kept, keptCopies, keptCards } = connection;
  const { deadline, signal, owner, person, mayReadKept, isStranger, validatesOnly } = scope;
  const inputKeys = secretInputKeys(inputSecret, owner);
  const common = {
    dynamo,
    cursors,
    inputKeys,
    name: tables[store],
    deadline,
    signal,
    owner,
    ...(mayReadKept && store === KEPT_STORE ? { kept } : {}),
    ...(mayReadKept && keptCopies[store] ? { keptCopies: keptCopies[store] } : {}),
    ...(mayReadKept && isStranger && store === 'enterprises' ? { keptParts: keptCards } : {}),
    ...(validatesOnly ? { validatesOnly } : {}),
  };
  return person === undefined ? common : { ...common, person };
}

function cursorsOf(config: Config): Cursors {
  return rotatingCursors(() => {
    const secret = secretOf('cursors', config);
    if (!secret) throw new CodedError('CONFIGURATION', 'CURSOR_SECRET is not set, but pages need it.');
    return secret;
  });
}

const WRITES: readonly string[] = ['TransactWrite', 'BatchWrite', 'Put', 'Update', 'Delete'] satisfies Operation[];

/** A write of one item. A check of a condition, which changes nothing, has neither a key nor an item here. */
interface ItemWrite {
  readonly TableName?: string;
  readonly Key?: object;
  readonly Item?: object;
}

/** The parts of writes' inputs that name tables and keys. */
interface WriteInput extends ItemWrite {
  readonly RequestItems?: Readonly<Record<string, readonly Readonly<Record<string, ItemWrite>>[]>>;
  readonly TransactItems?: readonly Readonly<Record<string, ItemWrite>>[];
}

/** The items of each table, by its name, whose writes are counted. */
export type Counted = ReadonlyMap<string, (key: PrimaryKey) => boolean>;

/**
 * Counts this process's writes of some items by table, and those that other processes tell of, also those whose outcome
 * isn't known: what was read before one is older than it. A write counts when it ends, so what is read while it runs is
 * taken for older too.
 */
export class WriteCounts {
  readonly #counts = new Map<string, number>();
  /** Tells other processes of the tables that a counted write of this one went to. The write ends when they know. */
  announce: ((tables: readonly string[]) => Promise<void>) | undefined;

  of(table: string): number {
    return this.#counts.get(table) ?? 0;
  }

  /** Counts a write to tables, by this process or another. */
  add(tables: readonly string[]): void {
    for (const table of tables) this.#counts.set(table, this.of(table) + 1);
  }

  /** Counts the writes of a client from now on. */
  watch(dynamo: Dynamo, counted: Counted): void {
    dynamo.intercept('call', async (command, next) => {
      const tables = WRITES.includes(command.operation) ? tablesOf(command, counted) : [];
      if (tables.length === 0) return next(command);
      try {
        return await next(command);
      } finally {
        this.add(tables);
        await this.announce?.(tables);
      }
    });
  }
}

/** Returns the tables in which a call writes an item that counts. */
function tablesOf({ input }: Command, counted: Counted): string[] {
  const { RequestItems = {}, TransactItems = [], ...single }: WriteInput = input;
  const writes = [
    single,
    ...TransactItems.flatMap(({ ConditionCheck: _, ...item }) => Object.values(item)),
    ...Object.entries(RequestItems).flatMap(([TableName, requests]) =>
      requests.flatMap((request) => Object.values(request).map((write) => ({ ...write, TableName }))),
    ),
  ];
  const tables = writes.flatMap(({ TableName, Key, Item }) => {
    const key = (Key ?? Item) as PrimaryKey | undefined;
    return TableName !== undefined && key && counted.get(TableName)?.(key) ? [TableName] : [];
  });
  return [...new Set(tables)];
}

type Openers<Source, Parts> = { readonly [Name in keyof Parts]: (source: Source, parts: Parts) => Parts[Name] };

/**
 * Returns a function that opens a store whose parts are each opened at their first use: most requests use two of twenty.
 * @param openers what opens each part, from the source of the store and from its other parts
 */
export function openOnUse<Source, Parts extends object>(openers: Openers<Source, Parts>): (source: Source) => Parts {
  class Store {
    readonly source: Source;
    constructor(source: Source) {
      this.source = source;
    }
  }
  for (const name of Object.keys(openers) as (keyof Parts)[]) {
    Object.defineProperty(Store.prototype, name, {
      get(this: Store & Parts) {
        const value = openers[name](this.source, this);
        Object.defineProperty(this, name, { value });
        return value;
      },
    });
  }
  return (source) => new Store(source) as Store & Parts;
}
