import { readItem } from '../../dynamodb/read.ts';
import type { PersonKeysItem } from '../../person-keys/items.ts';
import { personKeyKeys, talentKeys } from '../../tables.ts';
import type { PersonItem } from './items.ts';
import type { TalentTable } from './sealing.ts';

/** A person's record and keys; null where they aren't stored. */
export interface PersonWithKeys {
  readonly person: PersonItem | null;
  readonly keys: PersonKeysItem | null;
}

/** Reads a person's record and keys at once, for a write that is decided on both. */
export async function readPersonWithKeys(table: TalentTable, personId: string): Promise<PersonWithKeys> {
  const [person, keys] = await Promise.all([
    readItem<PersonItem>(table, talentKeys.person(personId), { consistent: true }),
    readItem<PersonKeysItem>(table.keys, personKeyKeys.person(personId), { consistent: true }),
  ]);
  return { person, keys };
}
