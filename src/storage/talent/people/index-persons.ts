import { readItem } from '../../dynamodb/read.ts';
import { transact } from '../../dynamodb/transaction.ts';
import type { PersonKeysItem } from '../../person-keys/items.ts';
import { scanKeys } from '../../person-keys/scan-keys.ts';
import { talentKeys } from '../../tables.ts';
import { casesOfPerson } from './erase-person.ts';
import type { PersonItem } from './items.ts';
import { ensurePersonKey, findPersonKey, openField, type TalentTable } from './sealing.ts';

/**
 * Lists persons for searches whose data are older than the search. For a command: it reads all persons, and a repeated
 * call continues an interrupted one.
 * @returns the number of persons that are listed now
 */
export async function indexPersons(table: TalentTable, now: Date): Promise<number> {
  let indexed = 0;
  for await (const item of scanKeys<PersonKeysItem>(table.keys, 'PersonKeys')) {
    const person = item.searched ? null : await readItem<PersonItem>(table, talentKeys.person(item.personId));
    if (person && (await indexPerson(table, item, person, now))) indexed += 1;
  }
  return indexed;
}

/** @returns false where the person was changed or erased meanwhile */
async function indexPerson(table: TalentTable, item: PersonKeysItem, person: PersonItem, now: Date): Promise<boolean> {
  const { personId, zoneId } = item;
  const { name, idNumber } = person.sealed;
  const [nameKey, numberKey] = [
    await findPersonKey(table, item, name.key),
    await findPersonKey(table, item, idNumber.key),
  ];
  if (!nameKey || !numberKey) return false;
  const stated = { name: openField(nameKey, person, 'name'), idNumber: openField(numberKey, person, 'idNumber') };
  const cases = await casesOfPerson(table, personId);
  for (const zone of new Set([zoneId, ...cases.map((of) => of.zoneId)])) {
    const { writes } = await ensurePersonKey(table, personId, zone, { stated }, now);
    const { committed } = await transact(table.keys, writes);
    if (!committed) return false;
  }
  return true;
}
