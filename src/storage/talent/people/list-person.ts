import { readItem } from '../../dynamodb/read.ts';
import { transact } from '../../dynamodb/transaction.ts';
import type { PersonKeysItem } from '../../person-keys/items.ts';
import { personKeyKeys, talentKeys } from '../../tables.ts';
import type { PersonItem } from './items.ts';
import { ensurePersonKey, findPersonKey, openField, type TalentTable } from './sealing.ts';

/** Lists a person for the searches of a zone that has received a case of theirs. A repeated call changes nothing. */
export async function listPersonIn(table: TalentTable, personId: string, zoneId: string, now: Date): Promise<void> {
  const [item, person] = await Promise.all([
    readItem<PersonKeysItem>(table.keys, personKeyKeys.person(personId), { consistent: true }),
    readItem<PersonItem>(table, talentKeys.person(personId), { consistent: true }),
  ]);
  if (item && person && !isListedIn(item, zoneId)) await listPerson(table, { item, person, zones: [zoneId] }, now);
}

export function isListedIn({ searched }: PersonKeysItem, zoneId: string): boolean {
  return searched?.some((entry) => entry.zoneId === zoneId) === true;
}

/**
 * Lists a person for the searches of zones, with the values that are stored now.
 * @returns false where the person was changed or erased meanwhile
 */
export async function listPerson(
  table: TalentTable,
  {
    item,
    person,
    zones,
  }: { readonly item: PersonKeysItem; readonly person: PersonItem; readonly zones: Iterable<string> },
  now: Date,
): Promise<boolean> {
  const { name, idNumber } = person.sealed;
  const nameKey = await findPersonKey(table, item, name.key);
  const numberKey = await findPersonKey(table, item, idNumber.key);
  if (!nameKey || !numberKey) return false;
  const stated = { name: openField(nameKey, person, 'name'), idNumber: openField(numberKey, person, 'idNumber') };
  for (const zone of zones) {
    const { writes } = await ensurePersonKey(table, item.personId, zone, { stated }, now);
    const { committed } = await transact(table.keys, writes);
    if (!committed) return false;
  }
  return true;
}
