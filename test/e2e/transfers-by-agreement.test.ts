import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { configure } from '../../src/config.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createLinkagesSubgraph } from '../../src/resolvers/linkages/index.ts';
import { readRange } from '../../src/storage/dynamodb/read.ts';
import { type AgreementItem, agreementItem, zoneFactsItem } from '../../src/storage/linkages/items.ts';
import type { CaseAgreementItem } from '../../src/storage/talent/agreements/case-agreements.ts';
import { agreementOnCases, type OtherTerms } from '../fixtures/case-agreements.ts';
import { applicant, officer, type Story, startStory, ZONE } from '../fixtures/case-story.ts';
import { TALENT_APARTMENT } from '../fixtures/case-types.ts';
import type { Execute } from '../harness.ts';

/** TEDA transfers a case to the eco-city only while the two zones have an agreement on cases in force. */

const ECO_CITY = 'zone_eco-city';
const TENANT = applicant();
const RECEIVER = officer('PARK', 'RECEIVE');
const ON = { toZone: ECO_CITY, reasons: [{ zh: '由生态城办理。', en: 'The eco-city handles it.' }] };

let story: Story;
let linkages: Execute;
let handler: typeof import('../../src/handlers/streams/linkage-news.ts').handler;
let keys = 0;

beforeAll(async () => {
  story = await startStory(TALENT_APARTMENT);
  configure({
    mode: 'local',
    dynamodbEndpoint: story.system.endpoint,
    localMasterSecret: 'a master key that is for tests only',
  });
  ({ handler } = await import('../../src/handlers/streams/linkage-news.ts'));
  linkages = story.system.serve('linkages', createLinkagesSubgraph);
  await story.system.write(
    'linkages',
    [ZONE, ECO_CITY].map((zoneId) => zoneFactsItem({ zoneId, sourceVersion: 1 })),
  );
});
afterAll(() => story.end());

/** Has the stream of linkages tell a version of an agreement. */
const tells = (...items: readonly AgreementItem[]) =>
  handler({
    Records: items.map((item, i) => ({
      eventName: 'MODIFY',
      dynamodb: { NewImage: marshall(item, { removeUndefinedValues: true }), SequenceNumber: `${i + 1}` },
    })),
  } as DynamoDBStreamEvent);

/** Has the stream tell the agreement between the two zones as it is in a version. */
const agreed = (more: OtherTerms = {}) =>
  tells(agreementItem(agreementOnCases([ZONE, ECO_CITY], { id: 'agr_eco-city', ...more })));

const copies = () =>
  readRange<CaseAgreementItem>(story.system.table('talent'), {
    partition: ECO_CITY,
    sort: { beginsWith: 'CASE_AGREEMENT#' },
  });

async function change(mutation: string, input: object, viewer: Viewer) {
  const type = mutation === 'signAgreement' ? 'AgreementVersionInput' : 'ProposeAgreementInput';
  const { data, errors } = await linkages(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) {
      agreement { id version caseTerms { duties handOverDays takeUpDays sharesVerified } terms { caseTerms { takeUpDays } } }
      userErrors { code field message }
    } }`,
    { input: { idempotencyKey: `transfers-${keys++}`, ...input } },
    { viewer, now: new Date('2026-02-02T01:00:00.000Z') },
  );
  expect(errors).toBeUndefined();
  return data[mutation];
}

const PROPOSAL = {
  title: { zh: '跨省通办协议' },
  kind: 'JOINT_DEVELOPMENT',
  parties: [ZONE, ECO_CITY].map((zone) => ({ zone, role: 'DESTINATION' })),
  validFrom: '2026-01-01',
};
const TERMS = { duties: ['CHECK_FORM'], handOverDays: 5, takeUpDays: 3, sharesVerified: false };

async function submittedCase() {
  story.at('2026-02-10 09:00:00');
  await story.open(TENANT, { relation: 'SELF', ownsDwelling: false });
  await story.supplies(TENANT, 'employment-contract');
  await story.does(TENANT, 'submitCase');
}

test('two zones sign terms on cases, and a case is transferred under them', async () => {
  await submittedCase();
  const refused = ['The two zones have no agreement on cases across zones in force.'];
  expect(await story.isRefused(RECEIVER, 'transferCase', ON)).toEqual(refused);

  const proposal = { ...PROPOSAL, purposes: ['CROSS_ZONE_CASES'], caseTerms: TERMS };
  const { agreement } = await change('proposeAgreement', proposal, officer('PARK', 'PUBLISH'));
  expect(agreement).toMatchObject({ caseTerms: TERMS, terms: null });
  const item = async () => {
    const items = await readRange<AgreementItem>(story.system.table('linkages'), { partition: agreement.id });
    return items.filter(({ type }) => type === 'Agreement');
  };
  await tells(...(await item()));
  expect(await story.isRefused(RECEIVER, 'transferCase', ON)).toEqual(refused);
  const signed = await change(
    'signAgreement',
    { agreement: agreement.id, version: 1 },
    officer('PARK', 'PUBLISH', ECO_CITY),
  );
  expect(signed.agreement).toMatchObject({ terms: { caseTerms: { takeUpDays: 3 } } });
  await tells(...(await item()));

  await story.does(RECEIVER, 'transferCase', ON);
  // Three working days from Tuesday, 10 February.
  expect(await story.shows(TENANT, 'deadlines { step statutoryBy }')).toEqual({
    deadlines: { step: 'TAKE_UP', statutoryBy: '2026-02-13' },
  });
  story.at('2026-02-12 02:00:00');
  await story.looksAfterDeadlines();
  story.at('2026-02-14 02:00:00');
  await story.looksAfterDeadlines();
  expect(
    await story.shows(officer('PARK', 'RECEIVE', ECO_CITY), 'deadlines { breached } deadlineNotices { kind step }'),
  ).toEqual({
    deadlines: { breached: true },
    deadlineNotices: ['LIMIT_NEAR', 'LIMIT_MISSED', 'PROMISE_MISSED'].map((kind) => ({ kind, step: 'TAKE_UP' })),
  });
  // The case is taken up all the same.
  expect(await story.does(officer('PARK', 'RECEIVE', ECO_CITY), 'acceptCase')).toBe('ACCEPTED');
});

test.each([
  ['without the purpose', { purposes: [], caseTerms: TERMS }, ['caseTerms']],
  ['the purpose without terms', { purposes: ['CROSS_ZONE_CASES'] }, ['caseTerms']],
  [
    'a limit of no day',
    { purposes: ['CROSS_ZONE_CASES'], caseTerms: { ...TERMS, handOverDays: 0 } },
    ['caseTerms', 'handOverDays'],
  ],
  [
    'a limit of six days',
    { purposes: ['CROSS_ZONE_CASES'], caseTerms: { ...TERMS, takeUpDays: 6 } },
    ['caseTerms', 'takeUpDays'],
  ],
  [
    'a duty twice',
    { purposes: ['CROSS_ZONE_CASES'], caseTerms: { ...TERMS, duties: ['DELIVER', 'DELIVER'] } },
    ['caseTerms', 'duties'],
  ],
])('refuses terms on cases with %s', async (_, terms, field) => {
  const { userErrors } = await change('proposeAgreement', { ...PROPOSAL, ...terms }, officer('PARK', 'PUBLISH'));
  expect(userErrors).toEqual([expect.objectContaining({ code: 'INVALID', field })]);
});

test.each<[string, OtherTerms]>([
  ['begins tomorrow', { validFrom: '2026-02-11', version: 11 }],
  ['ended yesterday', { validTo: '2026-02-09', version: 12 }],
  ['was ended by a party yesterday', { status: 'TERMINATED', terminatedOn: '2026-02-09', version: 13 }],
  ['a party has yet to sign', { signedOn: null, version: 14 }],
  ['has lost its terms on cases', { purposes: [], caseTerms: undefined, version: 15 }],
])('refuses a transfer under an agreement that %s', async (_, more) => {
  // The signed agreement of the first story would do.
  await Promise.all((await copies()).map(({ agreementId }) => agreed({ id: agreementId, ...more })));
  await agreed(more);
  await submittedCase();
  expect(await story.isRefused(RECEIVER, 'transferCase', ON)).toHaveLength(1);
});

test('a late record of the stream replaces no newer copy', async () => {
  await agreed({ version: 21 });
  await agreed({ version: 20, purposes: [], caseTerms: undefined });
  await agreed({ version: 19, validTo: '2026-01-31' });
  expect((await copies()).map(({ sourceVersion, to }) => ({ sourceVersion, to }))).toContainEqual({
    sourceVersion: 21,
    to: null,
  });
});

test('a reconsideration that no agency answers counts as taken up', async () => {
  const lead = (role: 'REVIEW' | 'DECIDE') => officer('HOUSING', role);
  await submittedCase();
  await story.does(RECEIVER, 'acceptCase');
  await story.does(lead('REVIEW'), 'startReview');
  await story.does(lead('REVIEW'), 'giveOpinion', { verdict: 'DISAGREE' });
  await story.does(lead('DECIDE'), 'decideCase', { approved: false, reasons: [{ zh: '理由' }] });
  await story.does(TENANT, 'requestReconsideration');
  // Five working days from 10 February, through the Spring Festival; 14 February is worked.
  expect(await story.shows(TENANT, 'deadlines { step statutoryBy }')).toEqual({
    deadlines: { step: 'RECONSIDERATION_TAKE_UP', statutoryBy: '2026-02-24' },
  });
  story.at('2026-02-24 23:00:00');
  await story.looksAfterDeadlines();
  expect(await story.shows(TENANT, 'deadlines { step }')).toEqual({ deadlines: { step: 'RECONSIDERATION_TAKE_UP' } });
  story.at('2026-02-26 02:00:00');
  await story.looksAfterDeadlines();
  const { timeline, deadlines } = await story.shows(TENANT, 'timeline { kind } deadlines { step statutoryBy }');
  expect(timeline.at(-1)).toEqual({ kind: 'RECONSIDERATION_DEEMED_TAKEN_UP' });
  // Sixty days from 24 February, the last day for an answer, end on Saturday, 25 April.
  expect(deadlines).toEqual({ step: 'RECONSIDERATION', statutoryBy: '2026-04-27' });
});
