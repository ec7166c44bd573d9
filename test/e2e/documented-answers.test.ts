import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mock } from 'node:test';
import { parseArgs } from 'node:util';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { createApiKey } from '../../src/auth/api-key-life.ts';
import type { TokenKind } from '../../src/auth/trusted-issuers.ts';
import { configure } from '../../src/config.ts';
import { pagesHandler } from '../../src/handlers/http/pages.ts';
import { openCredentials } from '../../src/handlers/process.ts';
import { buildDevelopers } from '../../src/pages/build.ts';
import { writeUsage } from '../../src/storage/credentials/usage.ts';
import { type Bearer, type DemoSystem, startDemoSystem } from '../demo-system.ts';

/** What README and docs show as answers is what is answered. */

const read = (file: string) => readFileSync(join(import.meta.dirname, '../..', file), 'utf8');
/** The day on which the README asked, as it says under the case. */
const ASKED_ON = '2026-11-24';

const answeredIn = (file: string) =>
  [
    ...read(file).matchAll(
      /(?:```sh\n[^`]*?token -- ([^`]*?)\n```\s+(?:<!-- \/repository -->\s+)?)?```graphql\n(.*?)```\s+```json\n(.*?)```/gs,
    ),
  ].map(
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
      zone: { type: 'string' },
      roles: { type: 'string' },
    },
  });
  const { as: kind, ...choice } = values;
  return { as: kind as TokenKind, ...choice };
}

const [, curl = '', curlAnswer = ''] = /```sh\n(curl .*?)```\s+```json\n(.*?)```/s.exec(read('README.md')) ?? [];

const scope = () => ({ deadline: Date.now() + 60_000, signal: AbortSignal.timeout(60_000) });

/** Makes the key that a system of a zone makes on its page. */
const keyOf = async (zone: string) =>
  createApiKey(openCredentials(system.config, scope()), { zone, label: 'documented', days: 1, now: new Date() });

let system: DemoSystem;
beforeAll(async () => {
  mock.timers.enable({ apis: ['Date'], now: new Date(`${ASKED_ON}T02:00:00Z`) });
  // As deployed: on one's own machine budgets are a hundred times as large.
  configure({ budgetFactor: 1 });
  system = await startDemoSystem(ASKED_ON);
  await writeUsage(openCredentials(system.config, scope()), {
    ...{ zone: 'zone_teda', day: '2026-11-23', instance: 'documented', operations: 3 },
    uses: [{ document: 'ZonesOfTianjin', isTrusted: false, operations: 3, cost: 24 }],
  });
});
afterAll(async () => {
  await system.stop();
  mock.timers.reset();
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
  expect(answeredIn('docs/integrating.md')).toHaveLength(3);
  expect(answeredIn('docs/case-types.md')).toHaveLength(3);
});

test.each(['README.md', 'docs/first-queries.md', 'docs/integrating.md', 'docs/case-types.md'].flatMap(answeredIn))(
  '%s: %s',
  async (_, query, answer, bearer) => {
    expect(await system.answer(query, {}, bearer)).toEqual(answer);
  },
);

/** The commands of a document that ask `/graphql`, as a shell reads them: the words of each. */
function commandsIn(file: string, variables: Readonly<Record<string, string>>): readonly (readonly string[])[] {
  return [...read(file).matchAll(/```sh\n(.*?)```/gs)]
    .flatMap(([, block = '']) => block.replaceAll('\\\n', ' ').match(/^curl .*?\/graphql (?:'[^']*'|[^'\n|])*/gm) ?? [])
    .map((line) => wordsOf(line, variables));
}

/** Returns the words of a command. Variables stand in double quotes or bare, as the documents write them. */
function wordsOf(line: string, variables: Readonly<Record<string, string>>): readonly string[] {
  const filled = (text: string) => text.replaceAll(/\$(\w+)/g, (_, name) => variables[name] ?? '');
  return (line.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? []).map((word) =>
    word.replaceAll(/'([^']*)'|"([^"]*)"|[^'"]+/g, (part, single, double) => single ?? filled(double ?? part)),
  );
}

/** Sends a curl's request to the gateway's handler, and returns the answer. */
async function sent(words: readonly string[]) {
  const after = (...options: string[]) => words.filter((_, i) => options.includes(words[i - 1] ?? ''));
  const isGet = words.some((word) => /^-\w*G/.test(word));
  const data = after('-d', '--data-urlencode');
  const search = new URLSearchParams(
    data.map((text): [string, string] => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]),
  );
  const headers = after('-H').map((text) => text.split(/: (.*)/s, 2) as [string, string]);
  const { handler } = await import('../../src/handlers/gateway/gateway.ts');
  const event = {
    ...{ rawPath: '/graphql', rawQueryString: isGet ? search.toString() : '', headers: Object.fromEntries(headers) },
    requestContext: {
      requestId: 'documented',
      http: { method: isGet ? 'GET' : 'POST', path: '/graphql', sourceIp: '192.0.2.1' },
    },
    ...(isGet ? {} : { body: data[0] ?? '' }),
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
  const { body = '', statusCode, headers: answered } = await handler(event, { getRemainingTimeInMillis: () => 29_000 });
  return { statusCode, headers: answered, ...JSON.parse(body) };
}

const DOCUMENTED = [
  'README.md',
  ...readdirSync('docs').flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
];

/** Runs the command by which a partner finds a document's id: the file comes from the pages' handler, the rest is a shell's. */
async function documentedId(): Promise<string> {
  const [, rawPath = '', script = ''] =
    /^id=\$\(curl -s localhost:4000(\/[\w.-]+) \| node -p '([^']*)'\)$/m.exec(read('docs/integrating.md')) ?? [];
  const pagesDir = mkdtempSync(join(tmpdir(), 'pages-'));
  try {
    await buildDevelopers(pagesDir);
    configure({ pagesDir });
    const http = { method: 'GET', path: rawPath };
    const { body } = await pagesHandler()({ rawPath, headers: {}, requestContext: { http } } as APIGatewayProxyEventV2);
    return execFileSync(process.execPath, ['-p', script], { input: body, encoding: 'utf8' }).trim();
  } finally {
    rmSync(pagesDir, { recursive: true });
  }
}

test('every documented command gets an answer without an error, with the documented key', async () => {
  const [, zone = ''] = /A key that a system of `(\w+)` has made/.exec(read('docs/integrating.md')) ?? [];
  const { text: KEY } = await keyOf(zone);
  const id = await documentedId();
  const commands = DOCUMENTED.flatMap((file) => commandsIn(file, { KEY, TOKEN: KEY, id, URL: 'localhost:4000' }));
  expect(commands).toHaveLength(7);
  for (const words of commands) {
    const answer = await sent(words);
    expect([words.join(' '), answer.statusCode, answer.errors]).toEqual([words.join(' '), 200, undefined]);
    if (!words.includes('graphql-cost: dry-run')) expect(Object.values(answer.data)).not.toContain(null);
  }
});

test('the price under a command is the one that its first answer tells', async () => {
  const [, price] = /\n```\n(graphql-cost: .*)\n```/.exec(read('docs/integrating.md')) ?? [];
  const { text: KEY } = await keyOf('zone_baodi');
  const [priced = []] = commandsIn('docs/integrating.md', { KEY }).filter((words) => words.includes('-si'));
  expect(`graphql-cost: ${(await sent(priced)).headers?.['graphql-cost']}`).toBe(price);
});
