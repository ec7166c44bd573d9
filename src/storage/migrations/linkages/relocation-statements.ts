import { transactGroups } from '../../dynamodb/transact-groups.ts';
import { existsWithout, isNew, put, update } from '../../dynamodb/write.ts';
import type { PrimaryKey } from '../../tables.ts';
import type { Migration } from '../migration.ts';

/** A relocation of version 15, of which no zone could state anything; later, one with a version. */
interface OldRelocation extends PrimaryKey {
  readonly type: 'Relocation';
  readonly id: string;
  readonly enterpriseId: string;
  readonly toZoneId: string;
  readonly registeredOn: string | null;
  readonly version?: number;
}

/**
 * Gives relocations a version and no statements: a migration claims nothing for a zone. Copies them to where drafts of
 * policies are judged by them; later ones follow the stream of linkages.
 */
export const relocationStatements: Migration = {
  version: 16,
  name: 'relocation-statements',
  async run({ pages, table }) {
    const set = { version: 1, toParkId: null, confirmedOn: null, withdrawnOn: null, statements: [] };
    for await (const page of pages<OldRelocation>('linkages', ['Relocation'])) {
      const old = page.filter(({ version }) => version === undefined);
      await transactGroups<'CHANGED'>(
        table('linkages'),
        old.map((item) => [update(item, { set }, { when: existsWithout('version'), otherwise: 'CHANGED' })]),
      );
      await transactGroups<'COPIED'>(
        table('enterprises'),
        page
          .filter(({ registeredOn }) => registeredOn !== null)
          .map((item) => [put(copyOf(item), { when: isNew, otherwise: 'COPIED' })]),
      );
    }
  },
};

const copyOf = ({ id, enterpriseId, toZoneId, registeredOn, version = 1 }: OldRelocation) => ({
  ...{ pk: `RELOCATED#${toZoneId}`, sk: id, type: 'RelocatedEnterprise', relocationId: id, enterpriseId, registeredOn },
  ...{ agreed: {}, sourceVersion: version },
});
