import { configure } from '../../src/config.ts';
import { applicant, type Story, startStory } from '../fixtures/case-story.ts';
import { PLAIN_APARTMENT } from '../fixtures/case-types.ts';

/** The function by which an operator has a person erased: under a role that no other function has. */

const CASE_TYPE = { ...PLAIN_APARTMENT, requiredDocuments: [] };

let story: Story;
let erase: typeof import('../../src/handlers/invoked/erasure.ts').handler;

beforeAll(async () => {
  story = await startStory(CASE_TYPE);
  configure({
    mode: 'local',
    dynamodbEndpoint: story.system.endpoint,
    dataDir: story.system.dataDir,
    localMasterSecret: 'a master key that is for tests only',
  });
  ({ handler: erase } = await import('../../src/handlers/invoked/erasure.ts'));
});
afterAll(() => story.end());

test('erases a person once nothing must be kept, or an order says so', async () => {
  story.at('2026-07-01 10:00:00');
  await story.open(applicant('p-erase'), { relation: 'SELF' });
  await story.does(applicant('p-erase'), 'submitCase');
  expect(await erase({ person: 'p-erase' })).toMatchObject({ kind: 'REFUSED', obstacles: [{ code: 'UNDER_WAY' }] });
  expect(await erase({ person: 'p-erase', despiteRetention: true })).toMatchObject({ kind: 'ERASED', cases: 1 });
  expect(await story.shows(applicant('p-erase'), 'id applicant { name }')).toMatchObject({ applicant: null });
});

test('tells of a person of whom nothing is kept, and takes no other payload', async () => {
  expect(await erase({ person: 'p-nobody' })).toEqual({ kind: 'UNKNOWN' });
  await expect(erase({ persons: ['p-erase'] })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
});
