import { policies } from '../../../src/local/demo-data/parks/policies.ts';
import { caseTypeVersions } from '../../../src/local/demo-data/talent/case-types.ts';
import { createTalentSubgraph } from '../../../src/resolvers/talent/index.ts';
import { policyItem } from '../../../src/storage/parks/items.ts';
import { copyCasePolicies } from '../../../src/storage/talent/case-types/case-policies.ts';
import { applicant, officer, type Story, startStory } from '../../fixtures/case-story.ts';
import type { Execute } from '../../harness.ts';

/**
 * A child without a hukou of the city, registered for the school year of 2026 in last November's window: TEDA takes
 * applications from 1 to 30 November 2025, the bonded zone from 24 to 28 November.
 */

const SCHOOL = caseTypeVersions('2025-11-20').findLast(({ id }) => id === 'ctype_schooling-primary')!;
const PARENT = applicant('parent-1');
const CHILD = { bornOn: '2020-08-31' };
const STATED = { child: CHILD, residenceZone: 'zone_teda', localHukou: false };
const DOCUMENTS = ['household-book', 'dwelling-proof', 'employment-proof', 'residence-permit'];

let story: Story;
let ask: Execute;

beforeAll(async () => {
  story = await startStory(SCHOOL);
  ask = story.system.serve('talent', createTalentSubgraph);
  const items = policies().map(({ facts }) => policyItem(facts));
  await copyCasePolicies(story.system.table('talent'), items);
});
afterAll(() => story.end());

async function check(zone: string, on: string, more: object = {}) {
  const application = { zone, on, documents: DOCUMENTS, consented: true, ...STATED, ...more };
  const { data, errors } = await ask(
    `query ($caseType: ID!, $application: ApplicationInput!) {
      checkEligibility(caseType: $caseType, application: $application) {
        truth arrangement { code window { closesOn } } unmet { code }
      }
    }`,
    { caseType: SCHOOL.id, application },
  );
  expect(errors).toBeUndefined();
  return data.checkEligibility;
}

test('the same application is in time in one zone and late in another', async () => {
  expect(await check('zone_teda', '2025-11-29')).toEqual({
    truth: 'UNKNOWN',
    arrangement: { code: 'without-hukou', window: { closesOn: '2025-11-30' } },
    unmet: [],
  });
  expect(await check('zone_bonded', '2025-11-29', { residenceZone: 'zone_bonded' })).toEqual({
    truth: 'NOT_MET',
    arrangement: { code: 'without-hukou-bonded-zone', window: { closesOn: '2025-11-28' } },
    unmet: [{ code: 'WINDOW_CLOSED' }],
  });
  // With a year of insurance, all is met.
  const insured = { facts: [{ fact: 'insuranceMonths', count: 12 }] };
  expect(await check('zone_teda', '2025-11-29', insured)).toMatchObject({ truth: 'MET' });
  // A child with a hukou applies with all others, and brings the vaccination record.
  expect(await check('zone_teda', '2025-11-29', { localHukou: true })).toMatchObject({
    arrangement: null,
    unmet: [{ code: 'DOCUMENT_MISSING' }],
  });
});

test('the case is submitted in the last minute of the window, and accepted after it', async () => {
  story.at('2025-11-20 10:00:00');
  await story.open(PARENT, { relation: 'CHILD', ...STATED });
  expect(await story.shows(PARENT, 'documents { code }')).toEqual({
    documents: DOCUMENTS.toSorted().map((code) => ({ code })),
  });
  await story.does(PARENT, 'giveConsent');
  for (const document of DOCUMENTS) await story.supplies(PARENT, document);
  story.at('2025-11-30 23:59:59');
  expect(await story.does(PARENT, 'submitCase')).toBe('SUBMITTED');
  story.at('2025-12-01 09:00:00');
  expect(await story.does(officer('PARK', 'RECEIVE'), 'acceptCase')).toBe('ACCEPTED');
});

test('a draft of a day later is refused, and so is a family of another zone', async () => {
  story.at('2025-11-20 10:00:00');
  await story.open(PARENT, { relation: 'CHILD', ...STATED, residenceZone: 'zone_baodi' });
  await story.does(PARENT, 'giveConsent');
  for (const document of DOCUMENTS) await story.supplies(PARENT, document);
  expect(await story.isRefused(PARENT, 'submitCase')).toEqual(['The applicant lives in the zone.']);
  story.at('2025-12-01 00:00:00');
  expect(await story.isRefused(PARENT, 'submitCase')).toEqual([
    'Applications were taken until 2025-11-30.',
    'The applicant lives in the zone.',
  ]);
});
