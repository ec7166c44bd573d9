import { readItem } from '../../dynamodb/read.ts';
import type { PersonKeysItem } from '../../person-keys/items.ts';
import { scanKeys } from '../../person-keys/scan-keys.ts';
import { talentKeys } from '../../tables.ts';
import { casesOfPerson } from './erase-person.ts';
import type { PersonItem } from './items.ts';
import { isListedIn, listPerson } from './list-person.ts';
import type { TalentTable } from './sealing.ts';

/**
 * Lists persons for searches in each zone of their cases where they aren't found: their data are older than the search,
 * or a transfer was interrupted. For a command: it reads all persons, and a repeated call continues an interrupted one.
 * @returns the number of persons that are listed now and weren't before
 */
export async function indexPersons(table: TalentTable, now: Date): Promise<number> {
  let indexed = 0;
  for await (const item of scanKeys<PersonKeysItem>(table.keys, 'PersonKeys')) {
    const person = await readItem<PersonItem>(table, talentKeys.person(item.personId));
    if (!person) continue;
    const cases = await casesOfPerson(table, item.personId);
    const home = item.searched ? [] : [item.zoneId];
    const zones = [...new Set([...home, ...cases.map((of) => of.zoneId)])].filter((zone) => !isListedIn(item, zone));
    if (zones.length > 0 && (await listPerson(table, { item, person, zones }, now))) indexed += 1;
  }
  return indexed;
}
