/**
 * What functions do beside their handlers, by file and export: where a test calls one of these itself, it is held against
 * the role of the function that calls it when deployed.
 */
export const USE_CASES = {
  'src/notify/news/send-digests.ts': { sendDigests: 'digests' },
  'src/notify/deliver.ts': { deliverEntries: 'deliverOutbox', deliverDue: 'sweepOutbox' },
  'src/storage/enterprises/published-figures/count-events.ts': { countEvents: 'tallies' },
  'src/storage/enterprises/register/hand-over-due.ts': { handOverDue: 'moves' },
  'src/storage/linkages/store-facts.ts': {
    storeParkFacts: 'parksChanges',
    storePolicyFacts: 'parksChanges',
    storeSubjectFacts: 'subjectFacts',
  },
  'src/storage/linkages/settled-stays.ts': { copySettledStays: 'subjectFacts' },
  'src/storage/talent/agreements/card-recognitions.ts': { copyCardRecognitions: 'linkageNews' },
  'src/storage/talent/employers/ended-employers.ts': { copyEndedEmployers: 'subjectFacts' },
  'src/storage/enterprises/known-facilities.ts': { copyKnownFacilities: 'parksChanges' },
  'src/storage/linkages/supply-chains/store-supply.ts': { storeSupply: 'subjectFacts' },
  'src/storage/talent/access-log/batch-entries.ts': { batchEntries: 'accessLogBatch' },
  'src/storage/talent/access-log/batch-waiting.ts': { batchWaiting: 'accessLogUpkeep' },
  'src/storage/talent/access-log/cut.ts': { cutAccessLog: 'accessLogUpkeep' },
  'src/storage/talent/access-log/seal.ts': { sealAccessLog: 'accessLogSeal' },
  'src/storage/talent/access-log/erase.ts': { eraseAccessLog: 'erasure' },
  'src/storage/talent/people/erase-person.ts': { erasePerson: 'erasure', isKnown: 'erasure', casesOfPerson: 'erasure' },
  'src/storage/enterprises/simulations/policy-terms.ts': { copyPolicyTerms: 'parksChanges' },
  'src/storage/calendar/calendar-years.ts': { copyCalendarYears: 'parksChanges' },
  'src/storage/talent/case-types/case-policies.ts': { copyCasePolicies: 'parksChanges' },
  'src/storage/talent/places/copy-facilities.ts': { copyFacilities: 'parksChanges' },
  'src/storage/talent/statistics/count-cases.ts': { countCases: 'caseChanges' },
  'src/storage/talent/work-list/count-work.ts': { countEntries: 'caseChanges' },
  'src/storage/talent/statistics/publish.ts': { publishStatistics: 'publishStatistics' },
  'src/storage/talent/deadlines/process-due-deadlines.ts': { processDueDeadlines: 'deadlines' },
};
