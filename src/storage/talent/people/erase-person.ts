import { CodedError } from '../../../errors.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import { readItem, readRange } from '../../dynamodb/read.ts';
import { transactGroups } from '../../dynamodb/transact-groups.ts';
import { STALE, type Stale, transact } from '../../dynamodb/transaction.ts';
import { courseVersionIs, put, remove, update, type Write } from '../../dynamodb/write.ts';
import { type ErasureItem, erasureItem, type PersonKeysItem } from '../../person-keys/items.ts';
import { scanKeys } from '../../person-keys/scan-keys.ts';
import { answersTo, credentialKeys, type PrimaryKey, personKeyKeys, talentIndexes, talentKeys } from '../../tables.ts';
import { eraseAccessLog } from '../access-log/erase.ts';
import type { CaseItem } from '../items.ts';
import type { ChildItem, PersonItem } from './items.ts';
import type { PersonFactsItem } from './recorded-facts.ts';
import { isFoundAs, type TalentTable } from './sealing.ts';

/** Numbers of erased items. */
export interface Erased {
  readonly children: number;
  readonly cases: number;
  readonly answers: number;
  /** Entries of their access log. */
  readonly entries: number;
}

/**
 * Personal attributes of a case, which an erasure sets to null. Its course, its agencies and its result's hash stay.
 */
const PERSONAL = ['applicant', 'beneficiary', 'declared'] as const;

/** Returns the cases of a person, by the index. */
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

/** Returns whether anything about a person is stored, or was until their erasure. */
export async function isKnown(table: TalentTable, personId: string): Promise<boolean> {
  const [keys, erasure, cases] = await Promise.all([
    readItem(table.keys, personKeyKeys.person(personId), { consistent: true }),
    readItem(table.keys, personKeyKeys.erasure(personId), { consistent: true }),
    casesOfPerson(table, personId),
  ]);
  return Boolean(keys) || Boolean(erasure) || cases.length > 0;
}

/** Returns the ids of a person's stored children, whose keys an erasure of the person destroys too. */
export async function childrenOf(table: TalentTable, personId: string): Promise<readonly string[]> {
  const own = await readRange<PersonItem | ChildItem | PersonFactsItem>(table, {
    partition: talentKeys.person(personId).pk,
    consistent: true,
  });
  return own.flatMap((item) => (item.type === 'Child' ? [item.childId] : []));
}

/**
 * Erases a person. Their key is destroyed first, so that no copy of data that it encrypted can be read again. Then the
 * masked forms of the person and their cases, facts of registers, their children, recorded answers and their access log are erased. A
 * repeated call continues an interrupted one.
 * @throws CodedError CONFLICT where other requests change the same items. Later data are not touched.
 */
export async function erasePerson(table: TalentTable, personId: string, now: Date): Promise<Erased> {
  const erasedAt = await destroyKeys(table, personId, now.toISOString());
  return removeTraces(table, personId, erasedAt);
}

/**
 * Erases again what a restored table has brought back of erased persons. Their keys are never restored.
 * @returns the number of persons
 */
export async function reapplyErasures(table: TalentTable): Promise<number> {
  let persons = 0;
  for await (const { personId, erasedAt } of scanKeys<ErasureItem>(table.keys, 'Erasure')) {
    await removeTraces(table, personId, erasedAt);
    persons += 1;
  }
  return persons;
}

/** @returns the instant of the destruction, which may be an earlier one */
async function destroyKeys({ keys }: TalentTable, personId: string, now: string): Promise<string> {
  const [known, before] = await Promise.all([
    readItem<PersonKeysItem>(keys, personKeyKeys.person(personId), { consistent: true }),
    readItem<ErasureItem>(keys, personKeyKeys.erasure(personId), { consistent: true }),
  ]);
  if (!known && before) return before.erasedAt;
  const lookUps = (known?.lookUps ?? []).map(({ zoneId, keyId, hash }) =>
    personKeyKeys.idNumber(zoneId, keyId, hash, personId),
  );
  const searched = (known?.searched ?? []).map(({ zoneId, keyId, hash }) =>
    personKeyKeys.search(zoneId, keyId, hash, personId),
  );
  await all(keys, [
    // Fails if the person can be found by another value meanwhile.
    ...(known ? [remove(known, { when: isFoundAs(known), otherwise: STALE } as const)] : []),
    ...[...lookUps, ...searched].map((key) => remove<Stale>(key)),
    put<Stale>(erasureItem(personId, now)),
  ]);
  return now;
}

async function removeTraces(table: TalentTable, personId: string, erasedAt: string): Promise<Erased> {
  const own = await readRange<PersonItem | ChildItem | PersonFactsItem>(table, {
    partition: talentKeys.person(personId).pk,
  });
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
    await clearCase(table, item);
    await clearFile(table, item);
  }
  const entries = await eraseAccessLog(table, personId, new Date(erasedAt));
  return { children: children.length, cases: cases.length, answers: answers.length, entries };
}

/**
 * Erases the case's own attributes. Later changes of the applicant's data are refused, since they check the masked
 * forms.
 */
async function clearCase(table: TalentTable, item: CaseItem): Promise<void> {
  const { outcome, course } = item;
  const set = {
    ...Object.fromEntries(PERSONAL.filter((name) => name in item).map((name) => [name, null])),
    ...(outcome?.kind === 'HukouPermit' ? { outcome: { ...outcome, permitNumber: null } } : {}),
  };
  await all(table, [update(item, { set }, { when: courseVersionIs(course.version), otherwise: STALE })]);
}

/**
 * Erases the rest of the case's partition, which may exceed one transaction: encrypted fields, the child, and uploads.
 * Deletes the files, the secret of the receipt number, and the contact for news.
 */
async function clearFile(table: TalentTable, { pk, id, receiptNumber }: CaseItem): Promise<void> {
  const read = (partition: string) =>
    readRange<PrimaryKey & { readonly type?: string; readonly sealed?: object }>(table, {
      partition,
      consistent: true,
    });
  const [file, announced] = [await read(pk), await read(talentKeys.upload(id, '').pk)];
  const removed = [...file.filter(({ type }) => type === 'CaseChild'), ...announced];
  await transactGroups(table, [
    ...removed.map((item) => [remove(item)]),
    ...file.filter(({ sealed }) => sealed).map((holder) => [update(holder, { set: { sealed: null } })]),
  ]);
  await table.uploads.removeAll(id);
  await all(table.credentials, [remove(credentialKeys.caseSecret(receiptNumber))]);
  await all(table.keys, [remove(personKeyKeys.contact(id))]);
}

async function all(table: Parameters<typeof transact>[0], writes: readonly Write<Stale>[]): Promise<void> {
  const outcome = await transact(table, writes);
  if (!outcome.committed) {
    throw new CodedError('CONFLICT', 'Other requests are changing the same data. Try again in a moment.');
  }
}
