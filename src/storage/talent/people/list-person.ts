import { transact } from '../../dynamodb/transaction.ts';
import type { PersonKeysItem } from '../../person-keys/items.ts';
import { zoneKeysOf } from '../../person-keys/zone-keys.ts';
import type { PersonItem } from './items.ts';
import { type PersonWithKeys, readPersonWithKeys } from './person-with-keys.ts';
import { ensurePersonKey, findPersonKey, openField, type TalentTable } from './sealing.ts';

/** Attempts to list a person whose data change meanwhile. */
const MAX_ATTEMPTS = 3;

/**
 * Lists a person for the searches of a zone that has received a case of theirs. A repeated call changes nothing.
 * @param read the person, as read before; read again where they have changed since
 */
export async function listPersonIn(
  table: TalentTable,
  { personId, read }: { readonly personId: string; readonly read: PersonWithKeys },
  zoneId: string,
  now: Date,
): Promise<void> {
  let { person, keys: item } = read;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    if (!item || !person || isListedIn(item, zoneId)) return;
    if (await listPerson(table, { item, person, zones: [zoneId] }, now)) return;
    ({ person, keys: item } = await readPersonWithKeys(table, personId));
  }
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
  }: {
    readonly item: PersonKeysItem;
    readonly person: PersonItem;
    readonly zones: readonly string[] | ReadonlySet<string>;
  },
  now: Date,
): Promise<boolean> {
  const { name, idNumber } = person.sealed;
  const [nameKey, numberKey] = await Promise.all([
    findPersonKey(table, item, name.key),
    findPersonKey(table, item, idNumber.key),
    // The zones' keys, which are kept for what follows.
    Promise.all(Array.from(zones, (zone) => zoneKeysOf(table.keys, table.keyring, zone, now))),
  ]);
  if (!nameKey || !numberKey) return false;
  const stated = { name: openField(nameKey, person, 'name'), idNumber: openField(numberKey, person, 'idNumber') };
  let keys: PersonKeysItem | undefined = item;
  for (const zone of zones) {
    const { writes } = await ensurePersonKey(table, item.personId, zone, { stated, ...(keys && { keys }) }, now);
    const { committed } = await transact(table.keys, writes);
    if (!committed) return false;
    // The next zone is added to what is written now.
    keys = undefined;
  }
  return true;
}
