import type { Viewer } from '../../../src/domain/viewer.ts';
import { recipientZones } from '../../../src/domain/webhooks/webhook.ts';
import { createTalentSubgraph } from '../../../src/resolvers/talent/index.ts';
import { readRange } from '../../../src/storage/dynamodb/read.ts';
import type { PrimaryKey } from '../../../src/storage/tables/key.ts';
import { talentPartitions } from '../../../src/storage/tables/talent.ts';
import { batchWaiting } from '../../../src/storage/talent/access-log/batch-waiting.ts';
import { caseAgreementItems } from '../../../src/storage/talent/agreements/case-agreements.ts';
import { entryOf } from '../../../src/storage/talent/webhooks/outbox.ts';
import { AGREEMENT, agreementOnCases, caseAgreementsOf } from '../../fixtures/case-agreements.ts';
import { applicant, officer, SHA256, type Story, startStory, ZONE } from '../../fixtures/case-story.ts';
import { TALENT_APARTMENT } from '../../fixtures/case-types.ts';

/**
 * A talent hands an application for an apartment in Binhai in at the counter of Zhongguancun, in Beijing. The counter checks
 * its form, takes what is missing, hands it over within five working days and delivers the result. Binhai decides.
 */

const ZHONGGUANCUN = 'zone_zhongguancun';
const TALENT = applicant('talent-of-beijing');
const COUNTER = officer('PARK', 'RECEIVE', ZHONGGUANCUN);
const park = officer('PARK', 'RECEIVE');
const housing = (role: 'REVIEW' | 'DECIDE' | 'RECEIVE') => officer('HOUSING', role);
const CONTRACT = 'employment-contract';
const ASKED = {
  documents: [CONTRACT],
  until: '2026-04-01',
  reasons: [{ document: CONTRACT, reason: 'ILLEGIBLE' }],
};
const NOT_THEIRS = 'The agreement of the two zones leaves this to the deciding zone.';
const NOT_HANDED_OVER = 'The counter that received the application has not handed it over.';

let story: Story;

beforeAll(async () => {
  story = await startStory(TALENT_APARTMENT);
  await story.system.write('talent', caseAgreementsOf(ZONE, ZHONGGUANCUN));
});
afterAll(() => story.end());

async function handsIn(counterZone = ZHONGGUANCUN) {
  story.at('2026-03-02 09:00:00');
  await story.open(TALENT, { counterZone, park: null, relation: 'SELF', ownsDwelling: false });
  await story.supplies(TALENT, CONTRACT);
  await story.does(TALENT, 'submitCase');
}

/** Has the two zones agree on other duties. */
const agreeOn = (...duties: ('CHECK_FORM' | 'TAKE_DOCUMENTS' | 'DELIVER')[]) =>
  story.system.write(
    'talent',
    caseAgreementItems(agreementOnCases([ZONE, ZHONGGUANCUN], { caseTerms: { ...AGREEMENT.terms, duties } })),
  );

async function worklistOf(viewer: Viewer, zone: string) {
  const ask = story.system.serve('talent', createTalentSubgraph);
  const { data, errors } = await ask(
    `query ($zone: ID!) { worklist(zone: $zone, agency: PARK) { nodes { case { id } dueOn } } }`,
    { zone },
    { viewer, now: new Date('2026-03-02T02:00:00Z') },
  );
  expect(errors).toBeUndefined();
  const { id } = await story.shows(TALENT, 'id');
  return data.worklist.nodes.filter((node: { case: { id: string } }) => node.case.id === id);
}

/** Returns what zones' systems are told of the case, and the zones that are told all of it. */
async function toldOf() {
  const { id } = await story.shows(TALENT, 'id');
  const items = await readRange<PrimaryKey>(story.system.table('talent'), { partition: talentPartitions.outbox(id) });
  const told = items.flatMap((item) => entryOf(item) ?? []).filter(({ isDraft }) => !isDraft);
  const zones = [...new Set(told.flatMap(recipientZones))];
  return {
    kinds: told.map(({ kind }) => kind).sort(),
    zones: zones.filter((zone) => told.every((entry) => recipientZones(entry).includes(zone))),
  };
}

test('a counter in Beijing receives, Binhai decides, and the counter delivers', async () => {
  await handsIn();
  const clock = 'decidingZone { id } counterZone { id } deadlines { step statutoryBy }';
  const zones = { decidingZone: { id: ZONE }, counterZone: { id: ZHONGGUANCUN } };
  // Five working days from Monday, 2 March.
  const handOver = { ...zones, deadlines: { step: 'HAND_OVER', statutoryBy: '2026-03-09' } };
  expect(await story.shows(TALENT, clock)).toEqual(handOver);
  expect(await worklistOf(COUNTER, ZHONGGUANCUN)).toEqual([expect.objectContaining({ dueOn: '2026-03-09' })]);
  expect(await worklistOf(park, ZONE)).toEqual([]);
  for (const mutation of ['acceptCase', 'requestSupplement', 'declineCase', 'transferCase']) {
    const input = { requestSupplement: ASKED, declineCase: { reasons: [{ zh: '理由' }] }, acceptCase: {} };
    const transfer = { toZone: 'zone_baodi', reasons: [{ zh: '理由' }] };
    const refusals = await story.isRefused(park, mutation, input[mutation as keyof typeof input] ?? transfer);
    expect(refusals).toContain(NOT_HANDED_OVER);
  }

  // The counter checks the form and takes what is missing.
  expect(await story.does(COUNTER, 'requestSupplement', ASKED)).toBe('SUPPLEMENT_REQUIRED');
  await story.supplies(COUNTER, CONTRACT);
  expect(await story.does(TALENT, 'submitCase')).toBe('SUBMITTED');
  story.at('2026-03-05 09:00:00');
  expect(await story.does(COUNTER, 'handOverCase')).toBe('SUBMITTED');
  expect(await worklistOf(park, ZONE)).toHaveLength(1);
  expect(await worklistOf(COUNTER, ZHONGGUANCUN)).toEqual([]);
  // The deciding zone's clock runs since it has the application.
  expect(await story.shows(COUNTER, clock)).toEqual({
    ...zones,
    deadlines: { step: 'SUPPLEMENT_NOTICE', statutoryBy: '2026-03-12' },
  });
  expect(await story.shows(COUNTER, 'state documents { code } applicant { name }')).toEqual({
    state: 'SUBMITTED',
    documents: null,
    applicant: null,
  });
  expect(await story.isRefused(COUNTER, 'handOverCase')).toHaveLength(1);

  expect(await story.does(park, 'acceptCase')).toBe('ACCEPTED');
  const atCounter = (role: 'REVIEW' | 'DECIDE') => officer('PARK', role, ZHONGGUANCUN);
  expect(await story.isRefused(atCounter('REVIEW'), 'startReview')).toHaveLength(1);
  expect(await story.isRefused(COUNTER, 'deliverResult', { documentSha256: SHA256 })).not.toEqual([]);
  await story.does(housing('REVIEW'), 'startReview');
  await story.does(housing('REVIEW'), 'giveOpinion', { verdict: 'AGREE' });
  expect(await story.isRefused(atCounter('DECIDE'), 'decideCase', { approved: true })).toHaveLength(1);
  await story.does(housing('DECIDE'), 'decideCase', { approved: true });
  const result = { documentSha256: SHA256, outcome: { housingOffer: { facilityKind: 'TALENT_APARTMENT' } } };
  expect(await story.does(COUNTER, 'deliverResult', result)).toBe('DELIVERED');
  const { timeline } = await story.shows(TALENT, 'timeline { kind agency }');
  expect(timeline.map(({ kind }: { kind: string }) => kind)).toEqual([
    ...['OPENED', 'DOCUMENT_SUPPLIED', 'SUBMITTED', 'SUPPLEMENT_REQUESTED', 'DOCUMENT_SUPPLIED', 'SUPPLEMENTED'],
    ...['HANDED_OVER', 'ACCEPTED', 'REVIEW_STARTED', 'OPINION_GIVEN', 'APPROVED', 'DELIVERED'],
  ]);
});

test("the applicant's access log shows the accesses of both zones", async () => {
  await handsIn();
  await story.shows(COUNTER, 'applicant { name }');
  await story.does(COUNTER, 'handOverCase');
  await story.shows(park, 'applicant { name }');
  const ask = story.system.serve('talent', createTalentSubgraph);
  const { data, errors } = await ask(
    '{ myAccessLog(first: 20) { nodes { zone { id } agency cases { case { id } } } } }',
    {},
    { viewer: TALENT, now: new Date() },
  );
  expect(errors).toBeUndefined();
  const { id } = await story.shows(TALENT, 'id');
  type Entry = { zone: { id: string }; cases: { case: { id: string } }[] };
  const zones = (data.myAccessLog.nodes as Entry[])
    .filter(({ cases }) => cases.some((one) => one.case.id === id))
    .map(({ zone }) => zone.id);
  expect(new Set(zones)).toEqual(new Set([ZONE, ZHONGGUANCUN]));
});

const LOG = 'accessLog { nodes { by agency zone { id } maskedFields } pageInfo { hasNextPage } }';

/** Returns the zones whose officers were shown the applicant's name, as a viewer reads it in the log of the case. */
async function namedTo(viewer: Viewer) {
  const { accessLog } = await story.shows(viewer, LOG);
  type Node = { by: string; agency: string; zone: { id: string } | null; maskedFields: string[] };
  return accessLog?.nodes
    .filter(({ maskedFields }: Node) => maskedFields.includes('Applicant.name'))
    .map(({ by, agency, zone }: Node) => [by, agency, zone?.id]);
}

test('both zones read one access log of the case, while the agreement gives them a part', async () => {
  await handsIn();
  await story.shows(COUNTER, 'applicant { name }');
  const [ofCounter, ofPark] = [ZHONGGUANCUN, ZONE].map((zone) => ['OFFICER', 'PARK', zone]);
  expect(await namedTo(COUNTER)).toEqual([ofCounter]);
  await story.does(COUNTER, 'handOverCase');
  story.at('2026-03-03 09:00:00');
  await story.shows(park, 'applicant { name }');
  for (const viewer of [park, TALENT]) expect(await namedTo(viewer)).toEqual([ofPark, ofCounter]);
  expect(await namedTo(COUNTER)).toBeUndefined();
  expect(await namedTo(housing('REVIEW'))).toBeUndefined();
  expect(await story.shows(officer('PARK', 'RECEIVE', 'zone_baodi'), LOG)).toBeNull();
  // Batched entries read the same, and other cases of the applicant are left out.
  const { id } = await story.shows(TALENT, 'id');
  await batchWaiting(story.system.table('talent'), null);
  expect(await namedTo(park)).toEqual([ofPark, ofCounter]);
  await story.does(park, 'requestSupplement', ASKED);
  expect(await namedTo(COUNTER)).toEqual([ofPark, ofCounter]);
  await handsIn();
  expect(await story.shows(TALENT, 'id')).not.toEqual({ id });
  expect(await namedTo(TALENT)).toEqual([]);
});

test('officers read no access log of a case of one zone', async () => {
  await story.open(TALENT, { relation: 'SELF', ownsDwelling: false });
  await story.supplies(TALENT, CONTRACT);
  await story.does(TALENT, 'submitCase');
  await story.shows(park, 'applicant { name }');
  expect(await namedTo(park)).toBeUndefined();
  expect(await namedTo(TALENT)).toEqual([['OFFICER', 'PARK', ZONE]]);
});

test('a counter that hands over too late is told of, and so is the deciding zone', async () => {
  await handsIn();
  story.at('2026-03-10 02:00:00');
  await story.looksAfterDeadlines();
  expect(await story.shows(COUNTER, 'deadlines { breached } deadlineNotices { kind step }')).toEqual({
    deadlines: { breached: true },
    deadlineNotices: ['LIMIT_MISSED', 'PROMISE_MISSED'].map((kind) => ({ kind, step: 'HAND_OVER' })),
  });
  expect(await story.does(COUNTER, 'handOverCase')).toBe('SUBMITTED');
  expect(await toldOf()).toEqual({
    kinds: ['HANDED_OVER', 'LIMIT_MISSED', 'PROMISE_MISSED', 'SUBMITTED'],
    zones: [ZONE, ZHONGGUANCUN],
  });
  // Not told by then what is missing: accepted since the day on which the deciding zone received it.
  story.at('2026-03-18 02:00:00');
  await story.looksAfterDeadlines();
  expect(await story.shows(TALENT, 'state deadlines { step elapsed }')).toEqual({
    state: 'ACCEPTED',
    deadlines: { step: 'DECISION', elapsed: 6 },
  });
});

test('a counter does nothing beyond the duties of the agreement', async () => {
  await agreeOn();
  await handsIn();
  expect(await story.isRefused(COUNTER, 'requestSupplement', ASKED)).toEqual([NOT_THEIRS]);
  expect(await story.does(COUNTER, 'handOverCase')).toBe('SUBMITTED');
  expect(await story.does(park, 'requestSupplement', ASKED)).toBe('SUPPLEMENT_REQUIRED');
  await expect(story.supplies(COUNTER, CONTRACT)).rejects.toThrow();
  await agreeOn('CHECK_FORM', 'TAKE_DOCUMENTS', 'DELIVER');
});

test.each([
  ['zone_eco-city', 'The two zones have no agreement on cases across zones in force.'],
  [ZONE, 'This zone decides the case itself.'],
])('refuses the counter of %s', async (counterZone, message) => {
  const ask = story.system.serve('talent', createTalentSubgraph);
  const person = { name: '张某某', idNumber: '999999198802030128', phone: '10012345678' };
  const input = { caseType: TALENT_APARTMENT.id, zone: ZONE, counterZone, applicant: person, relation: 'SELF' };
  const { data } = await ask(
    `mutation ($input: OpenCaseInput!) { openCase(input: $input) { case { id } userErrors { field message } } }`,
    { input: { ...input, idempotencyKey: `counter-of-${counterZone}` } },
    { viewer: TALENT, now: new Date('2026-03-02T01:00:00Z') },
  );
  expect(data.openCase.case).toBeNull();
  expect(data.openCase.userErrors).toContainEqual({ field: ['counterZone'], message });
});
