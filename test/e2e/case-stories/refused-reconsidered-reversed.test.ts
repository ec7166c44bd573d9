import { applicant, officer, SHA256, type Story, startStory } from '../../fixtures/case-story.ts';
import { TALENT_APARTMENT } from '../../fixtures/case-types.ts';

/** A talent apartment is refused; the applicant asks for reconsideration, and the decision is reversed. */

let story: Story;
beforeAll(async () => {
  story = await startStory(TALENT_APARTMENT);
});
afterAll(() => story.end());

const TENANT = applicant();
const reason = (zh: string, en: string) => ({ reasons: [{ zh, en }] });

test('a housing case is refused, reconsidered and reversed, and the apartment offered', async () => {
  story.at('2026-03-02 09:00:00');
  await story.open(TENANT, { relation: 'SELF', ownsDwelling: false });
  await story.supplies(TENANT, 'employment-contract');
  await story.does(TENANT, 'submitCase');
  await story.does(officer('PARK', 'RECEIVE'), 'acceptCase');
  await story.does(officer('HOUSING', 'REVIEW'), 'startReview');
  expect(await story.isRefused(officer('HOUSING', 'DECIDE'), 'decideCase', { approved: true })).toEqual([
    'Opinions are awaited from HOUSING.',
  ]);
  await story.does(officer('HOUSING', 'REVIEW'), 'giveOpinion', { verdict: 'DISAGREE' });
  expect(await story.isRefused(officer('HOUSING', 'DECIDE'), 'decideCase', { approved: true })).toEqual([
    'HOUSING disagreed.',
  ]);
  const refused = { approved: false, ...reason('合同期限不足。', 'The contract is too short.') };
  expect(await story.does(officer('HOUSING', 'DECIDE'), 'decideCase', refused)).toBe('REJECTED');

  story.at('2026-03-10 09:00:00');
  expect(await story.does(officer('HOUSING', 'DECIDE'), 'deliverResult', { documentSha256: SHA256 })).toBe('DELIVERED');
  expect(await story.shows(TENANT, 'decision { approved reasons(locale: EN) } outcome { __typename }')).toEqual({
    decision: { approved: false, reasons: ['The contract is too short.'] },
    outcome: null,
  });

  // Sixty days from 10 March end on Saturday, 9 May, which is worked.
  story.at('2026-05-09 23:59:59');
  expect(await story.isRefused(officer('HOUSING', 'DECIDE'), 'closeCase')).toEqual([
    'The applicant may request reconsideration until 2026-05-09.',
  ]);
  expect(await story.does(TENANT, 'requestReconsideration')).toBe('RECONSIDERATION');
  expect(await story.shows(TENANT, 'deadlines { step statutoryBy }')).toEqual({
    deadlines: { step: 'RECONSIDERATION_TAKE_UP', statutoryBy: '2026-05-15' },
  });
  story.at('2026-05-15 16:00:00');
  expect(await story.isRefused(officer('HOUSING', 'DECIDE'), 'extendDeadline', { by: 30 })).toEqual([
    'The reconsideration is not taken up yet.',
  ]);
  expect(await story.does(officer('HOUSING', 'DECIDE'), 'takeUpReconsideration')).toBe('RECONSIDERATION');
  expect(await story.isRefused(officer('HOUSING', 'DECIDE'), 'takeUpReconsideration')).toEqual([
    'The reconsideration is taken up already.',
  ]);
  expect(await story.shows(TENANT, 'deadlines { step statutoryBy }')).toEqual({
    deadlines: { step: 'RECONSIDERATION', statutoryBy: '2026-07-14' },
  });
  expect(await story.isRefused(officer('HOUSING', 'DECIDE'), 'extendDeadline', { by: 31 })).toEqual([
    'The law allows from 1 to 30.',
  ]);
  await story.does(officer('HOUSING', 'DECIDE'), 'extendDeadline', { by: 30 });
  expect(await story.shows(TENANT, 'deadlines { promisedBy statutoryBy }')).toEqual({
    deadlines: { promisedBy: '2026-07-14', statutoryBy: '2026-08-13' },
  });
  expect(await story.isRefused(officer('HOUSING', 'DECIDE'), 'extendDeadline', { by: 1 })).toEqual([
    'The time limit was extended already. It may be extended only once.',
  ]);

  story.at('2026-05-20 09:00:00');
  const reversed = { reversed: true, ...reason('合同已续签。', 'The contract was renewed.') };
  expect(await story.does(officer('HOUSING', 'DECIDE'), 'decideReconsideration', reversed)).toBe('REVERSED');
  expect(await story.shows(TENANT, 'deadlines { step statutoryBy }')).toEqual({
    deadlines: { step: 'DECISION', statutoryBy: '2026-06-17' },
  });
  story.at('2026-05-21 09:00:00');
  expect(await story.does(officer('HOUSING', 'REVIEW'), 'startReview')).toBe('UNDER_REVIEW');
  // A new beginning: the opinion is asked for again, and the time runs since the reversal.
  expect(await story.shows(TENANT, 'opinions { agency verdict } deadlines { statutoryBy elapsed }')).toEqual({
    opinions: [{ agency: 'HOUSING', verdict: null }],
    deadlines: { statutoryBy: '2026-06-17', elapsed: 1 },
  });
  await story.does(officer('HOUSING', 'REVIEW'), 'giveOpinion', { verdict: 'AGREE' });
  expect(await story.does(officer('HOUSING', 'DECIDE'), 'decideCase', { approved: true })).toBe('APPROVED');
  const housingOffer = { facilityKind: 'TALENT_APARTMENT', amount: '120000' };
  await story.does(officer('HOUSING', 'DECIDE'), 'deliverResult', {
    documentSha256: SHA256,
    outcome: { housingOffer },
  });
  expect(
    await story.shows(
      TENANT,
      'state decision { approved } outcome { ... on HousingOffer { amount } } progress { label(locale: EN) status }',
    ),
  ).toEqual({
    state: 'DELIVERED',
    decision: { approved: true },
    outcome: { amount: '120000' },
    progress: ['Submission', 'Acceptance', 'Reconsideration', 'Review', 'Decision', 'Delivery'].map((label) => ({
      label,
      status: 'DONE',
    })),
  });
  expect(await story.does(TENANT, 'rateCase', { rating: 4 })).toBe('DELIVERED');
  expect(await story.isRefused(TENANT, 'rateCase', { rating: 1 })).toEqual(['The case is rated already.']);
  expect(await story.does(officer('HOUSING', 'DECIDE'), 'closeCase')).toBe('CLOSED');
});

test('a day too late, reconsideration is no more, and the case is closed', async () => {
  story.at('2026-03-02 09:00:00');
  await story.open(TENANT, { relation: 'SELF', ownsDwelling: false });
  await story.supplies(TENANT, 'employment-contract');
  await story.does(TENANT, 'submitCase');
  await story.does(officer('PARK', 'RECEIVE'), 'acceptCase');
  await story.does(officer('HOUSING', 'REVIEW'), 'startReview');
  await story.does(officer('HOUSING', 'REVIEW'), 'giveOpinion', { verdict: 'DISAGREE' });
  const refused = { approved: false, ...reason('合同期限不足。', 'The contract is too short.') };
  await story.does(officer('HOUSING', 'DECIDE'), 'decideCase', refused);
  await story.does(officer('HOUSING', 'DECIDE'), 'deliverResult', { documentSha256: SHA256 });
  // Sixty days from 2 March end on Friday, 1 May: a holiday until the 5th.
  story.at('2026-05-07 00:00:00');
  expect(await story.isRefused(TENANT, 'requestReconsideration')).toEqual([
    'The last day to request reconsideration was 2026-05-06.',
  ]);
  expect(await story.does(officer('HOUSING', 'DECIDE'), 'closeCase')).toBe('CLOSED');
});
