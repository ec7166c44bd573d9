import { randomBytes } from 'node:crypto';
import { LOG_NAME_BYTES } from '../../../domain/access-log/part.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import { and, attributeIs, isNew } from '../../dynamodb/condition.ts';
import type { Table } from '../../dynamodb/table.ts';
import { accessLogKeys } from '../../tables.ts';
import { type PersonLogItem, personLogItem } from './items.ts';
import { forEachOf, putWhere } from './write-new.ts';

/** Returns the names of persons' logs, by person. Persons without a log, or with a closed one, get a new one. */
export async function logsOf(table: Table, persons: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const distinct = [...new Set(persons)];
  const read = () => batchRead<PersonLogItem>(table, distinct.map(accessLogKeys.ofPerson), { consistent: true });
  const found = await read();
  const without = distinct.flatMap((person, i) => {
    const item = found[i] ?? null;
    return item && !item.closed ? [] : [{ person, item }];
  });
  if (without.length === 0) return named(distinct, found);
  await forEachOf(without, ({ person, item }) => {
    const fresh = personLogItem(person, randomBytes(LOG_NAME_BYTES).toString('base64url'));
    return putWhere(table, fresh, item ? and(attributeIs('log', item.log), attributeIs('closed', true)) : isNew);
  });
  return named(distinct, await read());
}

function named(persons: readonly string[], items: readonly (PersonLogItem | null)[]): ReadonlyMap<string, string> {
  return new Map(persons.flatMap((person, i) => (items[i] ? [[person, items[i].log] as const] : [])));
}
