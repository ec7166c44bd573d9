import { type ChangedEmployer, copyEndedEmployers } from '../../src/storage/talent/employers/ended-employers.ts';
import { applicant, clerk, EMPLOYER, type Story, startStory } from '../fixtures/case-story.ts';
import { URGENT_HUKOU } from '../fixtures/case-types.ts';

/** An applicant's employer merges into another enterprise: it recommends nobody, and nobody names it any more. */

type Ending = ChangedEmployer['after'];

const GOING: Ending = { id: EMPLOYER, version: 1, registration: 'CONFIRMED' };
const MERGED: Ending = {
  ...GOING,
  version: 2,
  successors: [{ enterpriseId: 'ent_01HB0000000000000000000002', kind: 'ABSORPTION', on: '2026-03-02' }],
};

let story: Story;

beforeAll(async () => {
  story = await startStory(URGENT_HUKOU);
  story.at('2026-03-02 10:00:00');
});
afterAll(() => story.end());

const opening = { enterprise: EMPLOYER, relation: 'SELF' };
const copy = (before: Ending | null, after: Ending) =>
  copyEndedEmployers(story.system.table('talent'), [{ before, after }]);

test('an employer that has ended recommends nobody, and no case is opened with it', async () => {
  await copy(null, GOING);
  await story.open(applicant(), opening);
  await copy(GOING, MERGED);
  // An older record of the stream comes late.
  await copy(null, GOING);
  expect(await story.isRefused(clerk, 'recommendTalent')).toEqual(['The employer has ended.']);
  await expect(story.open(applicant('applicant-2'), opening)).rejects.toThrow();
});

test('an enterprise that is registered anew is an employer again', async () => {
  const VOID: Ending = { ...GOING, version: 3, registration: 'VOID' };
  await copy(GOING, VOID);
  await copy(VOID, { ...GOING, version: 4 });
  await story.open(applicant('applicant-3'), opening);
  expect(await story.does(clerk, 'recommendTalent')).toBe('DRAFT');
});
