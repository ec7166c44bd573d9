import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { type DemoSystem, startDemoSystem } from '../demo-system.ts';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
/** The day on which the README asked, as it says under the case. */
const ASKED_ON = '2026-11-24';

const answered = [...readme.matchAll(/```graphql\n(.*?)```\s+```json\n(.*?)```/gs)].map(
  ([, query = '', answer = '']) => [query.trim().replaceAll(/\s+/g, ' '), query, JSON.parse(answer)] as const,
);
const [, curl = '', curlAnswer = ''] = /```sh\n(curl .*?)```\s+```json\n(.*?)```/s.exec(readme) ?? [];

let system: DemoSystem;
beforeAll(async () => {
  jest.useFakeTimers({
    now: new Date(`${ASKED_ON}T02:00:00Z`),
    doNotFake: [
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
      'setTimeout',
      'clearTimeout',
    ],
  });
  system = await startDemoSystem(ASKED_ON);
}, 60_000);
afterAll(async () => {
  await system.stop();
  jest.useRealTimers();
});

test('the curl of its first screen sends JSON and gets the headline that it shows', async () => {
  const [, body = ''] = /-d '([^']*)'/s.exec(curl) ?? [];
  const { query } = JSON.parse(body);
  expect(await system.answer(query)).toEqual(JSON.parse(curlAnswer));
});

test('it shows a query of each kind of caller, and a mutation', () => expect(answered).toHaveLength(4));

test.each(answered)('%s is answered as it shows', async (_, query, answer) => {
  expect(await system.answer(query)).toEqual(answer);
});
