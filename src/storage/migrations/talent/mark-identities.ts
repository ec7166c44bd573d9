import { readItem } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { transact } from '../../dynamodb/transaction.ts';
import { attributeIs, existsWithout, remove, update } from '../../dynamodb/write.ts';
import type { PrimaryKey } from '../../tables.ts';
import type { Migration } from '../migration.ts';

/** Masked forms of version 7; null for an erased person. */
type Masked = Readonly<Record<string, string>> | null;
interface PersonOfVersion7 extends PrimaryKey {
  readonly type: 'Person';
  readonly personId: string;
  readonly masked: Masked;
  readonly identity?: object;
}
interface CaseOfVersion7 extends PrimaryKey {
  readonly type: 'TalentCase';
  readonly applicantId: string;
  readonly applicant: Masked;
  readonly identity?: object;
}
interface IdNumberOfVersion7 extends PrimaryKey {
  readonly type: 'IdNumber';
  readonly personId: string;
}
interface PersonKeysOfVersion7 extends PrimaryKey {
  readonly type: 'PersonKeys';
  readonly lookUps: readonly { readonly zoneId: string; readonly keyId: string; readonly hash: string }[];
}

const NOT_VERIFIED = { verifiedBy: null, verifiedAt: null };
const otherwise = 'CHANGED' as const;

/**
 * Marks every person's number and every case as not verified, and removes the look-up entries of typed numbers. If a
 * case's masked number is no longer the person's, the case was opened with another number, which can't be verified.
 */
export const markIdentities: Migration = {
  version: 8,
  name: 'mark-identities',
  async run({ pages, table }) {
    const [talent, keys] = [table('talent'), table('personKeys')];
    for await (const page of pages<PersonOfVersion7>('talent', ['Person'], 'persons')) {
      for (const item of page) {
        const set = { identity: { number: 1, ...NOT_VERIFIED } };
        await transact(talent, [update(item, { set }, { when: existsWithout('identity'), otherwise })]);
      }
    }
    for await (const page of pages<CaseOfVersion7>('talent', ['TalentCase'], 'cases')) {
      for (const item of page) {
        const person = await readItem<PersonOfVersion7>(talent, { pk: `PERSON#${item.applicantId}`, sk: 'PERSON' });
        const isSame = item.applicant !== null && person?.masked?.idNumber === item.applicant.idNumber;
        const set = { identity: { number: isSame ? 1 : 0, ...NOT_VERIFIED } };
        await transact(talent, [update(item, { set }, { when: existsWithout('identity'), otherwise })]);
      }
    }
    for await (const page of pages<IdNumberOfVersion7>('personKeys', ['IdNumber'])) {
      for (const item of page) if (item.sk === 'PERSON') await forgetLookUp(keys, item);
    }
  },
};

/** Removes an entry that finds a person by a typed number, unless the number has been verified since. */
async function forgetLookUp(keys: Table, item: IdNumberOfVersion7): Promise<void> {
  const sk = `PERSON#${item.personId}`;
  const verified = await readItem(keys, { pk: item.pk, sk }, { consistent: true });
  const person = await readItem<PersonKeysOfVersion7>(keys, { pk: sk, sk: 'KEYS' }, { consistent: true });
  if (person && !verified) {
    const lookUps = person.lookUps.filter(
      ({ zoneId, keyId, hash }) => `${zoneId}#ID_NUMBER#${keyId}#${hash}` !== item.pk,
    );
    const isSame = { when: attributeIs('lookUps', person.lookUps), otherwise };
    const outcome = await transact(keys, [
      update(person, { set: { lookUps } }, isSame),
      remove<typeof otherwise>(item),
    ]);
    if (!outcome.committed) throw new Error('a person was changed while they were migrated: run the migration again');
  } else {
    await transact(keys, [remove(item)]);
  }
}
