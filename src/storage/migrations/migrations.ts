import { boundParkFigures } from './bound-park-figures.ts';
import { carryAccessLog } from './carry-access-log.ts';
import { copyFacilitiesEndsAndStays } from './copy-facilities-ends-and-stays.ts';
import { copyPolicyTerms } from './copy-policy-terms.ts';
import { copySizeClasses } from './copy-size-classes.ts';
import { copySupplyLinks } from './copy-supply-links.ts';
import { countDayShares } from './count-day-shares.ts';
import { countPlaces } from './count-places.ts';
import { coverageRules } from './coverage-rules.ts';
import { dropInputHashes } from './drop-input-hashes.ts';
import { homeZones } from './home-zones.ts';
import { listEnterpriseNames } from './list-enterprise-names.ts';
import { listRelocationsCopyCards } from './list-relocations-copy-cards.ts';
import { untaggedReceipts } from './list-untagged-receipts.ts';
import { markIdentities } from './mark-identities.ts';
import { maskNamesToOneCharacter } from './mask-names-to-one-character.ts';
import type { Migration } from './migration.ts';
import { nameOwnersOfReceipts } from './name-owners-of-receipts.ts';
import { relocationStatements } from './relocation-statements.ts';
import { rulesOfCaseTypes } from './rules-of-case-types.ts';
import { settleHistories } from './settle-histories.ts';

/** All migrations in the order of their versions. New ones are appended; none is ever changed or removed. */
export const MIGRATIONS: readonly Migration[] = Object.freeze([
  carryAccessLog,
  dropInputHashes,
  maskNamesToOneCharacter,
  nameOwnersOfReceipts,
  homeZones,
  untaggedReceipts,
  markIdentities,
  countPlaces,
  boundParkFigures,
  rulesOfCaseTypes,
  copySupplyLinks,
  coverageRules,
  copyPolicyTerms,
  settleHistories,
  relocationStatements,
  copySizeClasses,
  copyFacilitiesEndsAndStays,
  listRelocationsCopyCards,
  listEnterpriseNames,
  countDayShares,
]);

/** The data version that this code reads and writes. Version 1 is that of stores without a stamp. */
export const DATA_VERSION = 1 + MIGRATIONS.length;
