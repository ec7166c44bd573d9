import type { Config } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { connect, openTable } from '../../storage/dynamodb/connection.ts';
import { migrate } from '../../storage/migrations/migrate.ts';
import type { Migration } from '../../storage/migrations/migration.ts';
import { openErasureRegister, personReference, readErasures } from '../../storage/person-keys/erasure-register.ts';
import type { ZoneKeysItem } from '../../storage/person-keys/items.ts';
import { keyringOf } from '../../storage/person-keys/keyring.ts';
import { scanKeys } from '../../storage/person-keys/scan-keys.ts';
import { openZoneKeys } from '../../storage/person-keys/zone-keys.ts';
import { READ_MODELS } from '../../storage/read-models/read-models.ts';
import { applyErasures } from '../../storage/talent/people/apply-erasures.ts';
import { openTalentTable, type TalentTable } from '../../storage/talent/people/sealing.ts';
import { openUploads } from '../../storage/uploads/open.ts';

export interface Completed {
  /** The data version of the backup. */
  readonly from: number;
  /** Persons who were erased after the backup was made, and now again. */
  readonly erased: number;
}

interface CompleteOptions {
  /** Files of registers of erasures; a missing one is empty. */
  readonly registers: readonly string[];
  readonly now: Date;
  readonly onMigration?: (migration: Migration) => void;
}

/**
 * Makes restored items fit to be served: migrates them, erases whom the registers name, and rebuilds all read models,
 * which an import feeds from no stream. Repeating it changes nothing.
 * @throws CodedError CONFIGURATION where the master keys are not those of the backup
 */
export async function completeRestore(
  settings: Config,
  { registers, now, onMigration = () => {} }: CompleteOptions,
): Promise<Completed> {
  const connection = connect(settings);
  const scope = { deadline: Number.POSITIVE_INFINITY, signal: new AbortController().signal, owner: 'restore' };
  const keyring = keyringOf(settings);
  const talent = openTalentTable(openTable(connection, 'talent', scope), {
    tables: settings.tables,
    keyring,
    uploads: openUploads(settings),
  });
  try {
    await requireMasterKeys(talent);
    const from = await migrate(connection, { keyring, now, onMigration });
    const register = openErasureRegister(settings);
    const entries = [...registers.flatMap(readErasures), ...((await register?.entries()) ?? [])];
    const secret = settings.localMasterSecret ?? '';
    const erased = await applyErasures(talent, entries, register?.referenceOf ?? ((id) => personReference(secret, id)));
    for (const model of READ_MODELS) await model.rebuild((store) => openTable(connection, store, scope));
    return { from, erased };
  } finally {
    connection.dynamo.destroy();
  }
}

async function requireMasterKeys({ keys, keyring }: TalentTable): Promise<void> {
  for await (const item of scanKeys<ZoneKeysItem>(keys, 'ZoneKeys')) {
    await openZoneKeys(item, keyring)
      .current()
      .catch((cause) => {
        throw new CodedError(
          'CONFIGURATION',
          `The master keys are not those that wrapped the keys of ${item.zoneId}: name those of the backed-up system.`,
          { cause },
        );
      });
  }
}
