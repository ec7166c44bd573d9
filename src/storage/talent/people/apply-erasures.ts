import { scanPages } from '../../dynamodb/read.ts';
import type { ErasureEntry, ErasureRegister } from '../../person-keys/erasures.ts';
import type { ErasureItem, PersonKeysItem } from '../../person-keys/items.ts';
import { scanKeys } from '../../person-keys/scan-keys.ts';
import type { CaseItem } from '../items.ts';
import { erasePerson, reapplyErasures } from './erase-person.ts';
import type { TalentTable } from './sealing.ts';

/**
 * Erases in restored tables everybody whom the registers name and the tables do not know as erased yet. Then removes what
 * the restore brought back of all others who were ever erased. A person who came again after the erasure stays.
 * @param referenceOf returns the name that the registers have for a person
 * @returns the number of persons who were erased now
 */
export async function applyErasures(
  table: TalentTable,
  entries: readonly ErasureEntry[],
  referenceOf: ErasureRegister['referenceOf'],
): Promise<number> {
  const wanted = new Map<string, string>();
  for (const { person, erasedAt } of entries) {
    if (erasedAt > (wanted.get(person) ?? '')) wanted.set(person, erasedAt);
  }
  let erased = 0;
  if (wanted.size > 0) {
    const known = new Map<string, string>();
    for await (const { personId, erasedAt } of scanKeys<ErasureItem>(table.keys, 'Erasure'))
      known.set(personId, erasedAt);
    for (const personId of await personsOf(table)) {
      const erasedAt = wanted.get(referenceOf(personId));
      if (erasedAt === undefined || (known.get(personId) ?? '') >= erasedAt) continue;
      await erasePerson(table, personId, new Date(erasedAt));
      erased += 1;
    }
  }
  await reapplyErasures(table);
  return erased;
}

async function personsOf(table: TalentTable): Promise<ReadonlySet<string>> {
  const persons = new Set<string>();
  for await (const { personId } of scanKeys<PersonKeysItem>(table.keys, 'PersonKeys')) persons.add(personId);
  for await (const cases of scanPages<CaseItem>(table, ['TalentCase'])) {
    for (const { applicantId } of cases) persons.add(applicantId);
  }
  return persons;
}
