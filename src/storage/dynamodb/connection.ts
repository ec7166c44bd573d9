import type { Config, StoreName } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { type Secret, secretOf } from '../../secrets.ts';
import type { TableNames } from '../tables.ts';
import type { Dynamo } from './client/dynamo.ts';
import { openDynamo } from './client/open.ts';
import { type Cursors, rotatingCursors } from './cursor.ts';
import { secretInputKeys } from './input-keys.ts';
import type { Scope, Table } from './table.ts';

/** The process-wide connection to the tables. */
export interface Connection {
  readonly dynamo: Dynamo;
  readonly tables: TableNames;
  readonly cursors: Cursors;
  /** The secret of the input keys; undefined in processes that hash no inputs. */
  readonly inputSecret: () => Secret | undefined;
}

export function connect(config: Config): Connection {
  return {
    dynamo: openDynamo(config),
    tables: config.tables,
    cursors: cursorsOf(config),
    inputSecret: () => secretOf('cursors', config),
  };
}

/** Opens one table for one request. */
export function openTable({ dynamo, tables, cursors, inputSecret }: Connection, store: StoreName, scope: Scope): Table {
  const { deadline, signal, owner, person } = scope;
  const inputKeys = secretInputKeys(inputSecret, owner);
  const common = { dynamo, cursors, inputKeys, name: tables[store], deadline, signal, owner };
  return person === undefined ? common : { ...common, person };
}

function cursorsOf(config: Config): Cursors {
  return rotatingCursors(() => {
    const secret = secretOf('cursors', config);
    if (!secret) throw new CodedError('CONFIGURATION', 'CURSOR_SECRET is not set, but pages need it.');
    return secret;
  });
}
