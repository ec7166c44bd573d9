import { copyFacilitiesEndsAndStays } from './copy-facilities-ends-and-stays.ts';
import { copyPolicyTerms } from './copy-policy-terms.ts';
import { countPlaces } from './count-places.ts';
import { dropInputHashes } from './drop-input-hashes.ts';
import { boundParkFigures } from './enterprises/bound-park-figures.ts';
import { countDayShares } from './enterprises/count-day-shares.ts';
import { countSizeClasses } from './enterprises/count-size-classes.ts';
import { homeZones } from './enterprises/home-zones.ts';
import { listEnterpriseNames } from './enterprises/list-enterprise-names.ts';
import { settleHistories } from './enterprises/settle-histories.ts';
import { copySizeClasses } from './linkages/copy-size-classes.ts';
import { copySupplyLinks } from './linkages/copy-supply-links.ts';
import { coverageRules } from './linkages/coverage-rules.ts';
import { listRelocationsCopyCards } from './linkages/list-relocations-copy-cards.ts';
import { relocationStatements } from './linkages/relocation-statements.ts';
import type { Migration } from './migration.ts';
import { carryAccessLog } from './talent/carry-access-log.ts';
import { untaggedReceipts } from './talent/list-untagged-receipts.ts';
import { markIdentities } from './talent/mark-identities.ts';
import { maskNamesToOneCharacter } from './talent/mask-names-to-one-character.ts';
import { nameOwnersOfReceipts } from './talent/name-owners-of-receipts.ts';
import { rulesOfCaseTypes } from './talent/rules-of-case-types.ts';

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
  countSizeClasses,
]);

/** The data version that this code reads and writes. Version 1 is that of stores without a stamp. */
export const DATA_VERSION = 1 + MIGRATIONS.length;
