import { caseStatistics } from './case-statistics.ts';
import {
  calendarYears,
  caseAgreements,
  casePolicies,
  endedEmployers,
  knownFacilities,
  knownParks,
  parkFacts,
  policyFacts,
  policyNotices,
  policyTerms,
  relocatedEnterprises,
  settledStays,
  subjectFacts,
  zoneFacts,
} from './copies.ts';
import { coursePlaces } from './course-places.ts';
import { directiveCounts } from './directive-counts.ts';
import { facilityPlaces } from './facility-places.ts';
import { agreementCopies, cardRecognitions, zoneRelocations } from './linkage-copies.ts';
import { enterpriseNames, parkNeeds, policiesInForce, residents } from './lists.ts';
import type { ReadModel } from './read-model.ts';
import { parkFigures, workCounts } from './sums.ts';
import { enterpriseSupply, fillingSites, goodsNeeds, goodsSuppliers, goodsSupplies } from './supply-chains.ts';
import { zoneEntries } from './zone-entries.ts';

/** All read models, in the order in which they are rebuilt. */
export const READ_MODELS: readonly ReadModel[] = Object.freeze([
  knownParks,
  knownFacilities,
  residents,
  parkNeeds,
  enterpriseNames,
  policiesInForce,
  zoneFacts,
  parkFacts,
  policyFacts,
  subjectFacts,
  settledStays,
  enterpriseSupply,
  goodsNeeds,
  fillingSites,
  goodsSupplies,
  goodsSuppliers,
  policyNotices,
  casePolicies,
  caseAgreements,
  cardRecognitions,
  agreementCopies,
  endedEmployers,
  parkFigures,
  directiveCounts,
  coursePlaces,
  zoneEntries,
  workCounts,
  caseStatistics,
  facilityPlaces,
  calendarYears,
  policyTerms,
  relocatedEnterprises,
  zoneRelocations,
]);
