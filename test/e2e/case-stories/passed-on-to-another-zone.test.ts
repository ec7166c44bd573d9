import type { Viewer } from '../../../src/domain/viewer.ts';
import { createTalentSubgraph } from '../../../src/resolvers/talent/index.ts';
import { erasePerson } from '../../../src/storage/talent/people/erase-person.ts';
import { APPLICANT, applicant, officer, SHA256, type Story, startStory, ZONE } from '../../fixtures/case-story.ts';
import { TALENT_APARTMENT } from '../../fixtures/case-types.ts';

/** The applicant's employer has moved to another zone: the case goes with them, and keeps its history. */

let story: Story;
beforeAll(async () => {
  story = await startStory(TALENT_APARTMENT);
});
afterAll(() => story.end());

const TENANT = applicant();
const BAODI = 'zone_baodi';

test('a case is passed on to another zone, which takes it in anew and decides it', async () => {
  story.at('2026-02-10 09:00:00');
  await story.open(TENANT, { relation: 'SELF', ownsDwelling: false });
  await story.supplies(TENANT, 'employment-contract');
  await story.does(TENANT, 'submitCase');
  await story.does(officer('PARK', 'RECEIVE'), 'acceptCase');
  await story.does(officer('HOUSING', 'REVIEW'), 'startReview');
  await story.does(officer('HOUSING', 'REVIEW'), 'giveOpinion', { verdict: 'DISAGREE' });
  expect(await story.shows(officer('PARK', 'RECEIVE', BAODI), 'id')).toBeNull();

  story.at('2026-02-13 16:00:00');
  const onTo = { toZone: BAODI, reasons: [{ zh: '用人单位已迁至宝坻。', en: 'The employer has moved to Baodi.' }] };
  // Whoever passes it on has nothing to do with it any more.
  expect(await story.does(officer('HOUSING', 'RECEIVE'), 'transferCase', onTo)).toBeUndefined();
  expect(await story.shows(officer('HOUSING', 'REVIEW'), 'id')).toBeNull();
  expect(await story.shows(TENANT, 'state waitingOn deadlines { step }')).toEqual({
    state: 'TRANSFERRED',
    waitingOn: 'OTHER_ZONE',
    // Five working days through the Spring Festival, from 15 to 23 February; 14 and 28 February are worked.
    deadlines: { step: 'TAKE_UP' },
  });
  expect(await story.shows(TENANT, 'deadlines { stepLabel(locale: ZH) promisedBy statutoryBy }')).toEqual({
    deadlines: { stepLabel: '接收移送', promisedBy: '2026-02-27', statutoryBy: '2026-02-27' },
  });
  expect(await story.isRefused(officer('PARK', 'RECEIVE'), 'acceptCase')).toEqual(['There is no such case.']);

  story.at('2026-02-24 09:00:00');
  expect(await story.does(officer('PARK', 'RECEIVE', BAODI), 'acceptCase')).toBe('ACCEPTED');
  await story.does(officer('HOUSING', 'REVIEW', BAODI), 'startReview');
  // Nothing of the first zone's time, and of its opinion, is held against the second.
  expect(await story.shows(TENANT, 'opinions { agency verdict } deadlines { promisedBy statutoryBy elapsed }')).toEqual(
    {
      opinions: [{ agency: 'HOUSING', verdict: null }],
      deadlines: { promisedBy: '2026-03-09', statutoryBy: '2026-03-23', elapsed: 0 },
    },
  );
  await story.does(officer('HOUSING', 'REVIEW', BAODI), 'giveOpinion', { verdict: 'AGREE' });
  await story.does(officer('HOUSING', 'DECIDE', BAODI), 'decideCase', { approved: true });
  const housingOffer = { facilityKind: 'TALENT_APARTMENT' };
  const result = { documentSha256: SHA256, outcome: { housingOffer } };
  expect(await story.does(officer('HOUSING', 'DECIDE', BAODI), 'deliverResult', result)).toBe('DELIVERED');

  // The history goes with it, for its applicant and for the zone that has it now.
  const whole = await story.shows(TENANT, 'timeline { kind agency }');
  expect(whole.timeline).toEqual([
    { kind: 'OPENED', agency: null },
    { kind: 'DOCUMENT_SUPPLIED', agency: null },
    { kind: 'SUBMITTED', agency: null },
    { kind: 'ACCEPTED', agency: 'PARK' },
    { kind: 'REVIEW_STARTED', agency: 'HOUSING' },
    { kind: 'OPINION_GIVEN', agency: 'HOUSING' },
    { kind: 'TRANSFERRED', agency: 'HOUSING' },
    { kind: 'ACCEPTED', agency: 'PARK' },
    { kind: 'REVIEW_STARTED', agency: 'HOUSING' },
    { kind: 'OPINION_GIVEN', agency: 'HOUSING' },
    { kind: 'APPROVED', agency: 'HOUSING' },
    { kind: 'DELIVERED', agency: 'HOUSING' },
  ]);
  expect(await story.shows(officer('HOUSING', 'DECIDE', BAODI), 'timeline { kind agency }')).toEqual(whole);
  expect(await story.shows(officer('HOUSING', 'DECIDE'), 'timeline { kind agency }')).toBeNull();
});

test('a case that is passed on is found by its applicant in the zone that has it, and no longer in the other', async () => {
  story.at('2026-02-26 09:00:00');
  const tenant = applicant('applicant-2');
  await story.open(tenant, { relation: 'SELF', ownsDwelling: false });
  await story.supplies(tenant, 'employment-contract');
  await story.does(tenant, 'submitCase');
  const { id } = await story.shows(tenant, 'id');
  const talent = story.system.serve('talent', createTalentSubgraph);
  const foundIn = async (zone: string) => {
    const by = { idNumber: APPLICANT.idNumber, purpose: 'CASE_HANDLING' };
    const viewer = { ...officer('PARK', 'RECEIVE', zone), roles: ['REVEAL'] } as Viewer;
    const query = 'query ($by: CaseSearchInput!) { searchCases(by: $by) { cases { id } } }';
    const { data } = await talent(query, { by }, { viewer, now: new Date('2026-02-26T02:00:00.000Z') });
    return data.searchCases.cases.some((of: { readonly id: string }) => of.id === id);
  };
  expect([await foundIn(ZONE), await foundIn(BAODI)]).toEqual([true, false]);
  await story.does(officer('PARK', 'RECEIVE'), 'transferCase', {
    toZone: BAODI,
    reasons: [{ zh: '用人单位已迁至宝坻。' }],
  });
  expect([await foundIn(ZONE), await foundIn(BAODI)]).toEqual([false, true]);
  await erasePerson(story.system.talentTable(), 'applicant-2', new Date('2026-02-26T03:00:00.000Z'));
  expect(await foundIn(BAODI)).toBe(false);
});

test('the other zone may pass it on again, or decline it, and the progress says so', async () => {
  story.at('2026-03-02 09:00:00');
  await story.open(TENANT, { relation: 'SELF', ownsDwelling: false });
  await story.supplies(TENANT, 'employment-contract');
  await story.does(TENANT, 'submitCase');
  await story.does(officer('PARK', 'RECEIVE'), 'acceptCase');
  const because = { reasons: [{ zh: '不属于本区。', en: 'It belongs to another zone.' }] };
  await story.does(officer('HOUSING', 'RECEIVE'), 'transferCase', { toZone: BAODI, ...because });
  await story.does(officer('PARK', 'RECEIVE', BAODI), 'transferCase', { toZone: 'zone_third', ...because });
  expect(await story.does(officer('PARK', 'RECEIVE', 'zone_third'), 'declineCase', because)).toBe('NOT_ACCEPTED');
  expect(await story.shows(TENANT, 'progress { label(locale: EN) status }')).toEqual({
    progress: [
      { label: 'Submission', status: 'DONE' },
      { label: 'Not accepted', status: 'DONE' },
    ],
  });
});
