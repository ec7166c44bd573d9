import { transact } from '../../dynamodb/transaction.ts';
import { attributeIs, update } from '../../dynamodb/write.ts';
import type { PrimaryKey } from '../../tables.ts';
import type { Migration, MigrationContext } from '../migration.ts';

/** Masked forms of version 3, stored with the person and with each of their cases; null after an erasure. */
type Masked = Readonly<Record<string, string>> | null;
interface PersonOfVersion3 extends PrimaryKey {
  readonly type: 'Person';
  readonly masked?: Masked;
}
interface CaseOfVersion3 extends PrimaryKey {
  readonly type: 'TalentCase';
  readonly applicant?: Masked;
}

/** Shortens masked names from `张*三` to `张*`. The last character narrows a family name down to a few people. */
export const maskNamesToOneCharacter: Migration = {
  version: 4,
  name: 'mask-names-to-one-character',
  async run(context) {
    for await (const page of context.pages<PersonOfVersion3>('talent', ['Person'], 'persons')) {
      for (const item of page) await shorten(context, item, 'masked', item.masked);
    }
    for await (const page of context.pages<CaseOfVersion3>('talent', ['TalentCase'], 'cases')) {
      for (const item of page) await shorten(context, item, 'applicant', item.applicant);
    }
  },
};

async function shorten({ table }: MigrationContext, item: PrimaryKey, attribute: string, masked: Masked | undefined) {
  const name = masked?.name;
  if (!masked || name === undefined) return;
  const [first = '', ...rest] = name;
  const short = rest.length === 0 ? '*' : `${first}*`;
  if (short === name) return;
  const isSame = { when: attributeIs(attribute, masked), otherwise: 'CHANGED' as const };
  const outcome = await transact(table('talent'), [
    update(item, { set: { [attribute]: { ...masked, name: short } } }, isSame),
  ]);
  if (!outcome.committed) throw new Error(`${item.pk} was changed while it was migrated: run the migration again`);
}
