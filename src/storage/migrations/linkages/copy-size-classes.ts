import { transactGroups } from '../../dynamodb/transact-groups.ts';
import { attributeIs, update } from '../../dynamodb/write.ts';
import type { PrimaryKey } from '../../tables.ts';
import type { Migration } from '../migration.ts';

/** The attributes of an enterprise of version 15 that this migration reads. */
interface Enterprise extends PrimaryKey {
  readonly type: 'Enterprise';
  readonly id: string;
  readonly uscc: string;
  readonly sizeClass: string;
  readonly sites: readonly { readonly id: string }[];
  readonly version: number;
}

/** Adds the size class to the copies of enterprises by which policies are judged. Later ones follow the stream. */
export const copySizeClasses: Migration = {
  version: 17,
  name: 'copy-size-classes',
  async run({ pages, table }) {
    for await (const page of pages<Enterprise>('enterprises', ['Enterprise'])) {
      await transactGroups<'COPIED'>(
        table('linkages'),
        page.flatMap(({ id, uscc, sites, sizeClass, version }) =>
          [id, uscc, ...sites.map((site) => site.id)].map((name) => [
            // The stream brings a copy of another version with its size class.
            update<'COPIED'>(
              { pk: `SUBJECT#${name}`, sk: 'FACTS' },
              { set: { sizeClass } },
              { when: attributeIs('sourceVersion', version), otherwise: 'COPIED' },
            ),
          ]),
        ),
      );
    }
  },
};
