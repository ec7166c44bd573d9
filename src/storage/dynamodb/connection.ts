import { type Config, type StoreName, SUBGRAPHS } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { type Secret, secretOf } from '../../secrets.ts';
import { IS_PUBLIC_RECORD, type TableNames } from '../tables.ts';
import type { Dynamo } from './client/dynamo.ts';
import { openDynamo } from './client/open.ts';
import { type Cursors, rotatingCursors } from './cursor.ts';
import { secretInputKeys } from './input-keys.ts';
import { KeptReads } from './kept-reads.ts';
import type { Scope, Table } from './table.ts';
import { WriteCounts } from './write-counts.ts';

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
