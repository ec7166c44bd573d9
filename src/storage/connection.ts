import type { Config, StoreName } from '../config.ts';
import { CodedError } from '../errors.ts';
import { type Secret, secretOf } from '../secrets.ts';
import { createDynamo, type Dynamo } from './client.ts';
import { type Cursors, rotatingCursors } from './cursor.ts';
import { secretInputKeys } from './input-keys.ts';
import type { Scope, Table } from './table.ts';
import type { TableNames } from './tables.ts';

/** What a process keeps between requests to reach its tables. */
export interface Connection {
  readonly dynamo: Dynamo;
  readonly tables: TableNames;
  readonly cursors: Cursors;
  /** What the keys of inputs are made of; undefined where none is hashed. */
  readonly inputSecret: () => Secret | undefined;
}

export function connect(config: Config): Connection {
  return {
    dynamo: createDynamo(config),
    tables: config.tables,
    cursors: cursorsOf(config),
    inputSecret: () => secretOf('cursors', config),
  };
}

/** One table for one request. */
export function openTable({ dynamo, tables, cursors, inputSecret }: Connection, store: StoreName, scope: Scope): Table {
  const { deadline, signal, owner, person } = scope;
  const inputKeys = secretInputKeys(inputSecret, owner);
  const common = { dynamo, cursors, inputKeys, name: tables[store], deadline, signal, owner };
  return person === undefined ? common : { ...common, person };
}

function cursorsOf(config: Config): Cursors {
  return rotatingCursors(() => {
    const secret = secretOf('cursors', config);
    if (!secret) throw new CodedError('CONFIGURATION', 'CURSOR_SECRET is not set, and a page needs it.');
    return secret;
  });
}
