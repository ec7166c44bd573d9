import { CodedError } from '../../errors.ts';
import { batchRead } from '../batch-read.ts';
import type { Condition } from '../condition.ts';
import { type ErasureItem, erasureItem, type PersonKeysItem } from '../person-keys/items.ts';
import { scanKeys } from '../person-keys/scan-keys.ts';
import { readItem, readRange } from '../read.ts';
import { answersTo, credentialKeys, type PrimaryKey, personKeyKeys, talentIndexes, talentKeys } from '../tables.ts';
import { STALE, type Stale, transact } from '../transaction.ts';
import { put, remove, update, type Write } from '../write.ts';
import type { CaseItem } from './items.ts';
import type { ChildItem, PersonItem } from './person-items.ts';
import type { TalentTable } from './sealing.ts';

/** What was taken away. */
export interface Erased {
  readonly children: number;
  readonly cases: number;
  readonly answers: number;
}

/** What a case says of its people: null once they are erased. Its course, its agencies and its result's hash stay. */
const PERSONAL = ['applicant', 'beneficiary', 'declared'] as const;

/** The cases of a person, as far as the index knows. */
export async function casesOfPerson(table: TalentTable, personId: string): Promise<readonly CaseItem[]> {
  const keys = await readRange<PrimaryKey>(table, {
    index: 'gsi1',
    partition: talentIndexes.casesOfApplicant(personId, '').gsi1pk,
  });
  const cases = await batchRead<CaseItem>(
    table,
    keys.map(({ pk }) => talentKeys.case(pk)),
    { consistent: true },
  );
  return cases.filter((item) => item !== null);
}

/**
 * Destroys a person's key first: from then on nothing that was encrypted by it can be read again, wherever a copy is. Then
 * takes away the masked forms, theirs and their cases', their children, and what was answered to them. The same again does
 * what is left of it.
 * @throws CodedError CONFLICT where somebody else changes the same; nothing of a later time is touched
 */
export async function erasePerson(table: TalentTable, personId: string, now: Date): Promise<Erased> {
  const erasedAt = await destroyKeys(table, personId, now.toISOString());
  return removeTraces(table, personId, erasedAt);
}

/**
 * Takes away again what a restored table brought back of those who were erased: their keys were never restored.
 * @returns how many persons were gone through
 */
export async function reapplyErasures(table: TalentTable): Promise<number> {
  let persons = 0;
  for await (const { personId, erasedAt } of scanKeys<ErasureItem>(table.keys, 'Erasure')) {
    await removeTraces(table, personId, erasedAt);
    persons += 1;
  }
  return persons;
}

/** @returns when they were destroyed: now, or once before */
async function destroyKeys({ keys }: TalentTable, personId: string, now: string): Promise<string> {
  const [known, before] = await Promise.all([
    readItem<PersonKeysItem>(keys, personKeyKeys.person(personId), { consistent: true }),
    readItem<ErasureItem>(keys, personKeyKeys.erasure(personId), { consistent: true }),
  ]);
  if (!known && before) return before.erasedAt;
  const lookUps = (known?.lookUps ?? []).map(({ zoneId, keyId, hash }) => personKeyKeys.idNumber(zoneId, keyId, hash));
  await all(keys, [
    ...(known ? [remove(known, { when: foundBy(known), otherwise: STALE } as const)] : []),
    ...lookUps.map((key) => remove<Stale>(key)),
    put<Stale>(erasureItem(personId, now)),
  ]);
  return now;
}

/** Nobody has made the person known by another number meanwhile. */
function foundBy({ lookUps }: PersonKeysItem): Condition {
  return {
    expression: '#c_lookUps = :c_lookUps',
    names: { '#c_lookUps': 'lookUps' },
    values: { ':c_lookUps': lookUps },
  };
}

async function removeTraces(table: TalentTable, personId: string, erasedAt: string): Promise<Erased> {
  const own = await readRange<PersonItem | ChildItem>(table, { partition: talentKeys.person(personId).pk });
  const old = own.filter(({ sealedAt }) => sealedAt <= erasedAt);
  const children = old.filter((item) => item.type === 'Child');
  for (const { childId } of children) await destroyKeys(table, childId, erasedAt);
  const answers = await readRange<PrimaryKey>(table, {
    index: 'gsi1',
    partition: answersTo(personId, { pk: '', sk: '' }).gsi1pk,
  });
  for (const item of [...old, ...answers]) await all(table, [remove(item)]);
  const cases = (await casesOfPerson(table, personId)).filter(({ openedAt }) => openedAt <= erasedAt);
  for (const item of cases) {
    await clearFiles(table, item);
    await clearCase(table, item);
  }
  return { children: children.length, cases: cases.length, answers: answers.length };
}

/** Its files, those that were announced, and the secret by which who has the receipt looks at what is left. */
async function clearFiles(table: TalentTable, { id, receiptNumber }: CaseItem): Promise<void> {
  await table.uploads.removeAll(id);
  const announced = await readRange<PrimaryKey>(table, { partition: talentKeys.upload(id, '').pk });
  for (const item of announced) await all(table, [remove(item)]);
  await all(table.credentials, [remove(credentialKeys.caseSecret(receiptNumber))]);
}

async function clearCase(table: TalentTable, item: CaseItem): Promise<void> {
  const file = await readRange<PrimaryKey & { readonly type?: string; readonly sealed?: object }>(table, {
    partition: item.pk,
  });
  const { outcome } = item;
  const set = {
    ...Object.fromEntries(PERSONAL.filter((name) => name in item).map((name) => [name, null])),
    ...(outcome?.kind === 'HukouPermit' ? { outcome: { ...outcome, permitNumber: null } } : {}),
  };
  const isUnchanged = { when: versionOfCase(item.course.version), otherwise: STALE } as const;
  await all(table, [
    update(item, { set }, isUnchanged),
    ...file.filter(({ type }) => type === 'CaseChild').map((child) => remove<Stale>(child)),
    ...file.filter(({ sealed }) => sealed).map((holder) => update<Stale>(holder, { set: { sealed: null } })),
  ]);
}

function versionOfCase(version: number): Condition {
  return {
    expression: '#c_course.#c_version = :c_version',
    names: { '#c_course': 'course', '#c_version': 'version' },
    values: { ':c_version': version },
  };
}

async function all(table: Parameters<typeof transact>[0], writes: readonly Write<Stale>[]): Promise<void> {
  const outcome = await transact(table, writes);
  if (!outcome.committed) {
    throw new CodedError('CONFLICT', 'Others are changing the same just now. Try again in a moment.');
  }
}
