import { addDays, isWithin } from '../../src/domain/calendar/day.ts';
import type { PolicyFacts } from '../../src/domain/policies/policy.ts';
import { inForceIntervals } from '../../src/domain/policies/policy-version.ts';
import { createParksSubgraph } from '../../src/resolvers/parks/index.ts';
import { policyInForceItems, policyItem } from '../../src/storage/parks/items.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

let system: TestSystem;
let parks: Execute;

const text = (word: string) => ({ zh: word, ja: word, en: word });
const ISSUERS = ['teda', 'baodi', 'binhai'];
const SUBJECTS = ['ENTERPRISE', 'PERSON', 'SITE'] as const;

/** Sixty policies whose one or two versions begin and end here and there over three years. */
const POLICIES = Array.from({ length: 60 }, (_, i): PolicyFacts => {
  const validFrom = addDays('2018-06-01', (i * 37) % 700);
  const validTo = i % 4 === 0 ? null : addDays(validFrom, (i * 53) % 500);
  const first = { number: 1, status: 'PUBLISHED' as const, documentNumber: null, validFrom, validTo };
  const second = { ...first, number: 2, validFrom: addDays(validFrom, 90), validTo: addDays(validFrom, 400) };
  return {
    version: 1,
    code: `sample-${i}`,
    title: text(`Sample ${i}`),
    issuer: { code: ISSUERS[i % 3] ?? '', name: text('Issuer'), level: 'ZONE', zoneId: null },
    homeZoneIds: ['zone_teda'],
    subject: SUBJECTS[i % 2] ?? 'SITE',
    packages: [],
    versions: i % 5 === 0 ? [second, first] : [first],
  };
});

beforeAll(async () => {
  system = await startTestSystem();
  parks = system.serve('parks', createParksSubgraph);
  const items = POLICIES.map(policyItem);
  await system.write('parks', [...items, ...items.flatMap(policyInForceItems)]);
});
afterAll(() => system.stop());

/** What an index may never get wrong: all are looked at, one by one. */
function inForce(on: string, choice: { issuer?: string; subject?: string }): string[] {
  return POLICIES.flatMap((policy) => {
    const interval = inForceIntervals(policy.versions).find((candidate) => isWithin(on, candidate));
    const chosen =
      (!choice.issuer || policy.issuer.code === choice.issuer) &&
      (!choice.subject || policy.subject === choice.subject);
    return interval && chosen ? [{ code: policy.code, order: `${interval.from}#policy_${policy.code}` }] : [];
  })
    .sort((a, b) => (a.order < b.order ? 1 : -1))
    .map(({ code }) => code);
}

const PAGE = `query ($on: Date, $issuer: String, $subject: SubjectKind, $first: Int!, $after: String) {
  policies(inForceOn: $on, issuer: $issuer, subject: $subject, first: $first, after: $after) {
    nodes { code inForceOn(date: $on) { number } }
    pageInfo { hasNextPage endCursor }
  }
}`;

async function pagesOf(variables: Record<string, unknown>): Promise<string[][]> {
  const pages: string[][] = [];
  for (let after: string | null = null, more = true; more; ) {
    const { data, errors } = await parks(PAGE, { ...variables, after });
    expect(errors).toBeUndefined();
    pages.push(data.policies.nodes.map(({ code }: { code: string }) => code));
    more = data.policies.pageInfo.hasNextPage;
    after = data.policies.pageInfo.endCursor;
  }
  return pages;
}

test.each([
  ['2018-01-01', {}],
  ['2019-03-16', {}],
  ['2019-12-31', {}],
  ['2020-01-01', { issuer: 'teda' }],
  ['2020-02-29', { subject: 'PERSON' }],
  ['2021-05-05', { issuer: 'baodi' }],
])(
  'those in force on %s, chosen by %j, come whole, newest first, in pages that are full but for the last',
  async (on, choice) => {
    const expected = inForce(on, choice);
    for (const first of [1, 7, 100]) {
      const pages = await pagesOf({ on, first, ...choice });
      expect(pages.flat()).toEqual(expected);
      expect(pages.slice(0, -1).every((page) => page.length === first)).toBe(true);
    }
  },
);

test('a page is four Queries and one BatchGet, and never a Scan', async () => {
  const calls = await system.dynamo.during(() => parks(PAGE, { on: '2020-01-01', first: 10 }));
  expect(calls.map(({ command }) => command).sort()).toEqual(['BatchGet', 'Query', 'Query', 'Query', 'Query']);
});

test('without a day all come, by the first day of their newest version, in one Query a page', async () => {
  const newest = POLICIES.map(({ code, versions }) => ({ code, order: `${versions[0]?.validFrom}#policy_${code}` }))
    .sort((a, b) => (a.order < b.order ? 1 : -1))
    .map(({ code }) => code);
  expect((await pagesOf({ first: 25 })).flat()).toEqual(newest);
  const calls = await system.dynamo.during(() => parks(PAGE, { first: 10, issuer: 'teda' }));
  expect(calls.map(({ command }) => command)).toEqual(['Query']);
});

test('a cursor is of no use on another day or for another choice', async () => {
  const { data } = await parks(PAGE, { on: '2020-01-01', first: 2 });
  const after = data.policies.pageInfo.endCursor;
  for (const other of [{ on: '2020-01-02' }, { on: '2020-01-01', issuer: 'teda' }, {}]) {
    const { errors } = await parks(PAGE, { first: 2, after, ...other });
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_CURSOR' } }]);
  }
});

test('an issuer and a subject at once are refused', async () => {
  const { errors } = await parks(PAGE, { first: 2, issuer: 'teda', subject: 'PERSON' });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});
