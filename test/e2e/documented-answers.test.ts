import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { jest } from '@jest/globals';
import type { TokenKind } from '../../src/auth/trusted-issuers.ts';
import { type Bearer, type DemoSystem, startDemoSystem } from '../demo-system.ts';

/** What README and docs show as answers is what is answered. */

const read = (file: string) => readFileSync(join(import.meta.dirname, '../..', file), 'utf8');
/** The day on which the README asked, as it says under the case. */
const ASKED_ON = '2026-11-24';

const answeredIn = (file: string) =>
  [...read(file).matchAll(/(?:```sh\n[^`]*?token -- ([^`]*?)\n```\s+)?```graphql\n(.*?)```\s+```json\n(.*?)```/gs)].map(
    ([, token, query = '', answer = '']) =>
      [file, query.trim().replaceAll(/\s+/g, ' '), JSON.parse(answer), bearerOf(token)] as const,
  );

/** Who asks, by the command that stands before the query: nobody in particular where none does. */
function bearerOf(token: string | undefined): Bearer | undefined {
  if (token === undefined) return undefined;
  const { values } = parseArgs({
    args: token.split(' '),
    options: {
      as: { type: 'string' },
      person: { type: 'string' },
      enterprise: { type: 'string' },
      agency: { type: 'string' },
      roles: { type: 'string' },
    },
  });
  const { as: kind, ...choice } = values;
  return { as: kind as TokenKind, ...choice };
}

const [, curl = '', curlAnswer = ''] = /```sh\n(curl .*?)```\s+```json\n(.*?)```/s.exec(read('README.md')) ?? [];

let system: DemoSystem;
beforeAll(async () => {
  // Time goes on as it does; only what day it is, is said.
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
});
afterAll(async () => {
  await system.stop();
  jest.useRealTimers();
});

test('on the first day the schedule of deadlines finds all noted', async () => {
  const { handler } = await import('../../src/handlers/schedules/deadlines.ts');
  const calls = await system.proxy.during(() => handler({ time: new Date().toISOString() }));
  expect(calls.toSorted()).toEqual(['GetItem', ...Array(9).fill('Query')]);
});

test('the curl of the first screen sends JSON and gets the headline that it shows', async () => {
  const [, body = ''] = /-d '([^']*)'/s.exec(curl) ?? [];
  const { query } = JSON.parse(body);
  expect(await system.answer(query)).toEqual(JSON.parse(curlAnswer));
});

test('there are answers to hold them to', () => {
  expect(answeredIn('README.md')).toHaveLength(3);
  expect(answeredIn('docs/first-queries.md')).toHaveLength(2);
  expect(answeredIn('docs/integrating.md')).toHaveLength(2);
  expect(answeredIn('docs/case-types.md')).toHaveLength(3);
});

test.each(['README.md', 'docs/first-queries.md', 'docs/integrating.md', 'docs/case-types.md'].flatMap(answeredIn))(
  '%s: %s',
  async (_, query, answer, bearer) => {
    expect(await system.answer(query, {}, bearer)).toEqual(answer);
  },
);
