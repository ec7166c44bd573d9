import { applicant, officer, SHA256, type Story, startStory } from '../../fixtures/case-story.ts';
import { primarySchool } from '../../fixtures/case-types.ts';

/** A place in a primary school is applied for from 16 to 30 June 2026, for a child of six, in the last minute. */

let story: Story;
beforeAll(async () => {
  story = await startStory(primarySchool({ opensOn: '2026-06-16', closesOn: '2026-06-30' }, '2026-08-31'));
});
afterAll(() => story.end());

const PARENT = applicant('parent-1');
const CHILD = { relation: 'CHILD', child: { bornOn: '2020-08-31' } };

test('a child under fourteen is applied for in the last minute of the window, and gets its place', async () => {
  story.at('2026-06-30 23:40:00');
  await story.open(PARENT, CHILD);
  await story.supplies(PARENT, 'residence-permit');
  await story.supplies(PARENT, 'household-book');

  story.at('2026-06-30 23:58:00');
  expect(await story.isRefused(PARENT, 'submitCase', {}, { locale: 'ZH' })).toEqual([
    '未满十四周岁子女的信息须经监护人同意。',
  ]);
  await story.does(PARENT, 'giveConsent');

  story.at('2026-06-30 23:59:59.999');
  expect(await story.does(PARENT, 'submitCase')).toBe('SUBMITTED');

  // Received on 30 June: five working days are over with 7 July.
  story.at('2026-07-01 09:00:00');
  expect(await story.shows(PARENT, 'deadlines { step statutoryBy }')).toEqual({
    deadlines: { step: 'SUPPLEMENT_NOTICE', statutoryBy: '2026-07-07' },
  });
  // The window has closed since: who applied in time is taken in all the same.
  story.at('2026-07-03 10:00:00');
  await story.does(officer('PARK', 'RECEIVE'), 'acceptCase');
  await story.does(officer('EDU', 'REVIEW'), 'startReview');
  await story.does(officer('PSB', 'REVIEW'), 'giveOpinion', { verdict: 'AGREE' });
  await story.does(officer('EDU', 'REVIEW'), 'giveOpinion', { verdict: 'AGREE' });
  await story.does(officer('EDU', 'DECIDE'), 'decideCase', { approved: true });
  const schoolPlace = { schoolName: { zh: '示例小学' }, schoolYear: 2026 };
  await story.does(officer('EDU', 'DECIDE'), 'deliverResult', { documentSha256: SHA256, outcome: { schoolPlace } });
  expect(await story.shows(PARENT, 'state outcome { ... on SchoolPlace { schoolName(locale: ZH) } }')).toEqual({
    state: 'DELIVERED',
    outcome: { schoolName: '示例小学' },
  });
});

test('a minute later it is too late, and what was not handed in lapses', async () => {
  story.at('2026-06-30 23:30:00');
  await story.open(PARENT, CHILD);
  await story.does(PARENT, 'giveConsent');
  await story.supplies(PARENT, 'residence-permit');
  await story.supplies(PARENT, 'household-book');

  story.at('2026-07-01 00:00:00');
  expect(await story.isRefused(PARENT, 'submitCase')).toEqual(['Applications were taken until 2026-06-30.']);
  await story.looksAfterDeadlines();
  expect(await story.shows(PARENT, 'state waitingOn')).toEqual({ state: 'LAPSED', waitingOn: 'NOBODY' });
});

test('nobody but the parent is told of a draft, and nobody at all of the birth date', async () => {
  story.at('2026-06-20 09:00:00');
  await story.open(PARENT, CHILD);
  expect(await story.shows(officer('PARK', 'RECEIVE'), 'id')).toBeNull();
  expect(await story.shows(applicant('parent-2'), 'id')).toBeNull();
  const stored = await story.stored();
  expect(stored.length).toBeGreaterThan(3);
  expect(JSON.stringify(stored)).not.toContain(CHILD.child.bornOn);
});
