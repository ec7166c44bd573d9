import { applicant, clerk, EMPLOYER, officer, SHA256, type Story, startStory } from '../../fixtures/case-story.ts';
import { URGENT_HUKOU } from '../../fixtures/case-types.ts';

/** An urgently needed talent, recommended by the employer, settles; more is asked for, and the National Day comes in between. */

let story: Story;
beforeAll(async () => {
  story = await startStory(URGENT_HUKOU);
});
afterAll(() => story.end());

const TALENT = applicant();
const DEADLINES = 'deadlines { step promisedBy statutoryBy elapsed breached provisional }';

test('a hukou case with a supplement, and holidays in between', async () => {
  story.at('2026-09-22 10:00:00');
  await story.open(TALENT, { relation: 'SELF', enterprise: EMPLOYER });
  expect(await story.shows(TALENT, 'waitingOn')).toEqual({ waitingOn: 'EMPLOYER' });
  await story.does(clerk, 'recommendTalent');
  await story.supplies(TALENT, 'identity-card');
  await story.supplies(TALENT, 'degree');
  expect(await story.does(TALENT, 'submitCase')).toBe('SUBMITTED');

  // 23, 24, 28, 29, 30 September: the Mid-Autumn days from 25 to 27 are free.
  expect(await story.shows(TALENT, DEADLINES)).toEqual({
    deadlines: {
      step: 'SUPPLEMENT_NOTICE',
      promisedBy: '2026-09-28',
      statutoryBy: '2026-09-30',
      elapsed: 0,
      breached: false,
      provisional: false,
    },
  });

  story.at('2026-09-30 17:59:00');
  const reasons = [{ document: 'degree', reason: 'ILLEGIBLE' }];
  const asked = { documents: ['degree'], until: '2026-10-20', reasons };
  expect(await story.does(officer('PARK', 'RECEIVE'), 'requestSupplement', asked)).toBe('SUPPLEMENT_REQUIRED');
  // No clock runs for an agency while the applicant is asked.
  expect(await story.shows(TALENT, 'waitingOn deadlines { step } documents { code status }')).toEqual({
    waitingOn: 'APPLICANT',
    deadlines: null,
    documents: [
      { code: 'degree', status: 'REFUSED' },
      { code: 'identity-card', status: 'RECEIVED' },
    ],
  });
  expect(await story.isRefused(TALENT, 'submitCase')).toEqual(['A document is missing: degree.']);

  // Handed in on a holiday: it counts from the first day after, and the Saturday of 10 October is worked.
  story.at('2026-10-05 20:00:00');
  await story.supplies(TALENT, 'degree');
  expect(await story.does(TALENT, 'submitCase')).toBe('SUBMITTED');
  expect(await story.shows(TALENT, DEADLINES)).toMatchObject({ deadlines: { statutoryBy: '2026-10-13', elapsed: 0 } });

  story.at('2026-10-09 10:00:00');
  await story.does(officer('PARK', 'RECEIVE'), 'acceptCase');
  await story.does(officer('PSB', 'REVIEW'), 'startReview');
  // Twenty working days from 9 October: 10, 12 to 16, 19 to 23, 26 to 30 October, 2 to 5 November.
  expect(await story.shows(TALENT, DEADLINES)).toMatchObject({
    deadlines: { step: 'DECISION', promisedBy: '2026-10-22', statutoryBy: '2026-11-05' },
  });

  // Three working days with experts don't count.
  story.at('2026-10-14 09:00:00');
  await story.does(officer('PSB', 'REVIEW'), 'startSpecialProcedure', { reason: 'EXPERT_REVIEW' });
  story.at('2026-10-16 16:00:00');
  await story.does(officer('PSB', 'REVIEW'), 'endSpecialProcedure');
  expect(await story.shows(TALENT, DEADLINES)).toMatchObject({
    deadlines: { promisedBy: '2026-10-27', statutoryBy: '2026-11-10' },
  });

  await story.does(officer('HRSS', 'REVIEW'), 'giveOpinion', { verdict: 'AGREE' });
  await story.does(officer('PSB', 'REVIEW'), 'giveOpinion', { verdict: 'AGREE' });
  story.at('2026-10-20 11:00:00');
  expect(await story.does(officer('PSB', 'DECIDE'), 'decideCase', { approved: true })).toBe('APPROVED');
  const hukouPermit = { permitNumber: 'SYNTHETIC-1', validTo: '2027-04-20' };
  const result = { documentSha256: SHA256, outcome: { hukouPermit } };
  expect(await story.does(officer('PSB', 'DECIDE'), 'deliverResult', result)).toBe('DELIVERED');
  expect(await story.does(TALENT, 'rateCase', { rating: 5 })).toBe('DELIVERED');
  expect(await story.does(officer('PSB', 'DECIDE'), 'closeCase')).toBe('CLOSED');
});

test('where the notice of what is missing is forgotten over the holidays, the case is accepted since the day received', async () => {
  story.at('2026-09-30 16:00:00');
  await story.open(TALENT, { relation: 'SELF', enterprise: EMPLOYER });
  await story.does(clerk, 'recommendTalent');
  await story.supplies(TALENT, 'identity-card');
  await story.supplies(TALENT, 'degree');
  await story.does(TALENT, 'submitCase');

  story.at('2026-10-13 23:59:00');
  await story.looksAfterDeadlines();
  expect(await story.shows(TALENT, 'state')).toEqual({ state: 'SUBMITTED' });

  story.at('2026-10-14 00:30:00');
  const over = ['The time for the supplement notice is over. The application counts as accepted.'];
  const reasons = [{ document: 'degree', reason: 'ILLEGIBLE' }];
  const asked = { documents: ['degree'], until: '2026-10-20', reasons };
  expect(await story.isRefused(officer('PARK', 'RECEIVE'), 'requestSupplement', asked)).toEqual(over);
  expect(await story.isRefused(officer('PARK', 'RECEIVE'), 'acceptCase')).toEqual(over);
  await story.looksAfterDeadlines();
  // Twenty working days from 30 September.
  expect(await story.shows(TALENT, `state ${DEADLINES}`)).toMatchObject({
    state: 'ACCEPTED',
    deadlines: { step: 'DECISION', statutoryBy: '2026-11-03' },
  });
});
