import type { BatchGetCommandInput } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { SECTORS, SIZE_CLASSES } from '../../src/domain/enterprises/industry.ts';
import { ulidOfName } from '../../src/domain/ids.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createEnterprisesSubgraph } from '../../src/resolvers/enterprises/index.ts';
import {
  enterpriseChanges,
  knownParkItem,
  projectItem,
  supportRequestItem,
} from '../../src/storage/enterprises/make-items.ts';
import { countEvents } from '../../src/storage/enterprises/published-figures/count-events.ts';
import { enterpriseOf, itemsOf } from '../fixtures/enterprise.ts';
import { callOf, type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** Lists come in pages, whole and in order; many entities at once take few calls. */

const PARK = 'park_of-lists';
const RESIDENTS = 236;

const OFFICE: Viewer = { kind: 'officer', person: 'officer-1', agency: 'PARK', zone: 'zone_teda', roles: [] };

let system: TestSystem;
let execute: Execute;
const residentOf = (number: number) =>
  enterpriseOf(number, {
    sector: SECTORS[number % SECTORS.length]!,
    sizeClass: SIZE_CLASSES[number % SIZE_CLASSES.length]!,
    residencies: [{ parkId: PARK, kind: 'OPERATING', from: '2020-01-01', to: null, registeredStaff: 10 }],
  });
const enterprises = Array.from({ length: RESIDENTS }, (_, i) => residentOf(i));
const idsInOrder = enterprises.map(({ id }) => id).sort();

beforeAll(async () => {
  system = await startTestSystem();
  execute = system.serve('enterprises', createEnterprisesSubgraph);
  await system.write('enterprises', [knownParkItem(PARK, 'zone_teda'), ...enterprises.flatMap(itemsOf)]);
  const events = enterprises.flatMap((enterprise) => enterpriseChanges(null, enterprise, '2020-01-01T00:00:00.000Z'));
  await countEvents(system.table('enterprises'), events, callOf().now);
});
afterAll(() => system.stop());

const LIST = `query ($park: ID, $sector: Sector, $first: Int!, $after: String) {
  enterprises(park: $park, sector: $sector, first: $first, after: $after) {
    totalCount
    nodes { id }
    edges { cursor node { id } }
    pageInfo { hasNextPage endCursor }
  }
}`;

interface List {
  totalCount: number | null;
  nodes: { id: string }[];
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

async function page(variables: object): Promise<List> {
  const { data, errors } = await execute(LIST, { park: PARK, ...variables });
  expect(errors).toBeUndefined();
  return data.enterprises;
}

async function walk(first: number, variables: object = {}): Promise<List[]> {
  const pages: List[] = [];
  let after: string | null = null;
  do {
    const next: List = await page({ ...variables, first, after });
    pages.push(next);
    after = next.pageInfo.hasNextPage ? next.pageInfo.endCursor : null;
  } while (after !== null);
  return pages;
}

const idsOf = (pages: readonly List[]) => pages.flatMap(({ nodes }) => nodes.map(({ id }) => id));

test('pages of any size have everyone once, in order, and are full but for the last one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 20, max: 100 }), async (first) => {
      const pages = await walk(first);
      expect(idsOf(pages)).toEqual(idsInOrder);
      expect(pages.slice(0, -1).every(({ nodes }) => nodes.length === first)).toBe(true);
      expect(pages.map(({ totalCount }) => totalCount)).toEqual(pages.map(() => RESIDENTS));
    }),
    { numRuns: 8, examples: [[59], [100], [236 / 4]] },
  );
});

test('a page is the same again, cursors included, and one may go on from any of its edges', async () => {
  const [one, again] = [await page({ first: 50 }), await page({ first: 50 })];
  expect(again).toEqual(one);
  const { cursor } = one.edges[12]!;
  expect(idsOf([await page({ first: 5, after: cursor })])).toEqual(idsInOrder.slice(13, 18));
});

test('a list that shows cards alone reads no more of its enterprises, and shows the same', async () => {
  const card = 'id uscc name industryCode sector sizeClass';
  const ask = (nodes: string) =>
    execute(
      `query ($park: ID) { enterprises(park: $park, first: 20) { totalCount ${nodes} pageInfo { endCursor } } }`,
      { park: PARK },
    );
  const shown = (nodes: readonly object[]) =>
    nodes.map((node) => ({ ...node, residencies: undefined })) as readonly object[];
  let cards: Awaited<ReturnType<typeof ask>> | undefined;
  const calls = await system.dynamo.during(async () => (cards = await ask(`nodes { ${card} }`)));
  const reads = calls.flatMap(({ input }) => Object.values((input as BatchGetCommandInput).RequestItems ?? {}));
  expect(reads.map(({ ExpressionAttributeNames = {} }) => Object.values(ExpressionAttributeNames))).toEqual([
    ['pk', 'sk', 'id', 'uscc', 'name', 'industryCode', 'sector', 'sizeClass'],
    [],
  ]);
  const whole = await ask(`nodes { ${card} residencies { from } }`);
  expect(whole.data.enterprises.nodes[0].residencies).toEqual([{ from: '2020-01-01' }]);
  expect(shown(cards?.data.enterprises.nodes)).toEqual(shown(whole.data.enterprises.nodes));

  // Both kinds in one question, and fields behind a fragment.
  const both = `{ cards: enterprises(park: "${PARK}", first: 20) { nodes { ${card} } }
    whole: enterprises(park: "${PARK}", first: 20) { nodes { id ... on Enterprise { residencies { from } } } } }`;
  const { data, errors } = await execute(both);
  expect(errors).toBeUndefined();
  expect(shown(data.cards.nodes)).toEqual(shown(cards?.data.enterprises.nodes));
  expect(data.whole.nodes[19]).toMatchObject({ residencies: [{ from: '2020-01-01' }] });
});

test('a sector and a size class have lists of their own, as long as their counts', async () => {
  const bySector = (await Promise.all(SECTORS.map((sector) => walk(50, { sector })))).flat();
  expect(idsOf(bySector).sort()).toEqual(idsInOrder);
  const [materials] = await walk(100, { sector: 'NEW_MATERIALS' });
  expect(materials?.totalCount).toBe(materials?.nodes.length);
  const { data } = await execute(`{
    _entities(representations: [{ __typename: "Park", id: "${PARK}" }]) {
      ... on Park { enterprises(size: MICRO, first: 100) { totalCount nodes { sizeClass } } }
    }
  }`);
  const { totalCount, nodes } = data._entities[0].enterprises;
  expect(nodes).toHaveLength(totalCount);
  expect(new Set(nodes.map(({ sizeClass }: { sizeClass: string }) => sizeClass))).toEqual(new Set(['MICRO']));
});

test('a sector without a park has all of its enterprises, and nobody has counted them', async () => {
  const pages = await walk(100, { park: null, sector: 'OTHER' });
  expect(idsOf(pages).length).toBe(enterprises.filter(({ sector }) => sector === 'OTHER').length);
  expect(pages[0]?.totalCount).toBeNull();
});

test.each([
  ['first of 0', { first: 0 }, 'BAD_USER_INPUT'],
  ['first of 101', { first: 101 }, 'BAD_USER_INPUT'],
  ['neither park nor sector', { first: 1, park: null }, 'BAD_USER_INPUT'],
  ['a cursor that is none', { first: 1, after: 'AAAA' }, 'INVALID_CURSOR'],
])('is refused: %s', async (_, variables, code) => {
  const { errors } = await execute(LIST, { park: PARK, ...variables });
  expect(errors).toMatchObject([{ path: ['enterprises'], extensions: { code } }]);
});

test('a cursor is of no use for another list', async () => {
  const { pageInfo } = await page({ first: 5 });
  for (const variables of [{ park: 'park_another' }, { sector: 'OTHER' }]) {
    const { errors } = await execute(LIST, { park: PARK, first: 5, after: pageInfo.endCursor, ...variables });
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_CURSOR' } }]);
  }
});

const commandsOf = async (query: string, variables: object = {}) => {
  const calls = await system.dynamo.during(async () => {
    const { errors } = await execute(query, { ...variables }, { viewer: OFFICE });
    expect(errors).toBeUndefined();
  });
  return calls.map(({ command }) => command).sort();
};

describe('many at once take few calls', () => {
  const representations = (typeName: string, keys: readonly object[]) =>
    JSON.stringify(keys.map((key) => ({ __typename: typeName, ...key }))).replace(/"(\w+)":/g, '$1:');

  test('236 enterprises by id, and by code', async () => {
    const byId = representations(
      'Enterprise',
      enterprises.map(({ id }) => ({ id })),
    );
    const byUscc = representations(
      'Enterprise',
      enterprises.map(({ uscc }) => ({ uscc })),
    );
    const ask = (keys: string) =>
      `{ _entities(representations: ${keys}) { ... on Enterprise { id uscc tracking { officer } } } }`;
    expect(await commandsOf(ask(byId))).toEqual(Array(6).fill('BatchGet'));
    expect(await commandsOf(ask(byUscc))).toEqual(Array(9).fill('BatchGet'));
  });

  test('a page with its count', async () => {
    expect(await commandsOf(LIST, { park: PARK, first: 100 })).toEqual(['BatchGet', 'BatchGet', 'Query']);
  });

  test('the resumption of 150 parks, on a day or on the last one', async () => {
    const parks = representations(
      'Park',
      Array.from({ length: 150 }, (_, i) => ({ id: `park_${i}` })),
    );
    const ask = (argument: string) =>
      `{ _entities(representations: ${parks}) { ... on Park { enterpriseCount resumption${argument} { reported } } } }`;
    // All kinds of items are asked for at once: eight keys per park, of which the two fields share five.
    expect(await commandsOf(ask('(on: "2020-03-16")'))).toEqual(Array(12).fill('BatchGet'));
    expect(await commandsOf(ask(''))).toEqual(Array(9).fill('BatchGet'));
  });
});

test('support requests come newest first, projects by park and stage', async () => {
  const { id } = enterprises[0]!;
  const opened = ['2020-02-01', '2020-02-20', '2020-03-01'];
  const requests = opened.map((openedOn) =>
    supportRequestItem({
      version: 1,
      id: `sreq_${ulidOfName(openedOn, Date.parse(openedOn))}`,
      enterpriseId: id,
      kind: 'FINANCING',
      channel: 'ONLINE',
      status: 'OPEN',
      openedOn,
      visits: [],
    }),
  );
  const projects = (['CONTACT', 'SIGNED', 'SIGNED'] as const).map((stage, i) =>
    projectItem({
      version: 1,
      id: `proj_number-${i}`,
      parkId: PARK,
      name: { zh: '项目', ja: '事業', en: 'Project' },
      stage,
      sector: 'OTHER',
      originZoneId: 'zone_teda',
      amount: '15000000',
      enterpriseId: id,
    }),
  );
  await system.write('enterprises', [...requests, ...projects]);
  const { data, errors } = await execute(
    `{
    enterprise(id: "${id}") { supportRequests(first: 2) { nodes { openedOn enterprise { id } } pageInfo { hasNextPage } } }
    _entities(representations: [{ __typename: "Park", id: "${PARK}" }]) {
      ... on Park {
        projects(first: 10) { nodes { id originZone { id } amount enterprise { id } } }
        signed: projects(stage: SIGNED, first: 10) { nodes { id } }
      }
    }
  }`,
    {},
    { viewer: OFFICE },
  );
  expect(errors).toBeUndefined();
  expect(data.enterprise.supportRequests).toEqual({
    nodes: [
      { openedOn: '2020-03-01', enterprise: { id } },
      { openedOn: '2020-02-20', enterprise: { id } },
    ],
    pageInfo: { hasNextPage: true },
  });
  const [park] = data._entities;
  expect(park.projects.nodes).toHaveLength(3);
  expect(park.projects.nodes[0]).toEqual({
    id: 'proj_number-0',
    originZone: { id: 'zone_teda' },
    amount: '15000000',
    enterprise: { id },
  });
  expect(park.signed.nodes).toEqual([{ id: 'proj_number-1' }, { id: 'proj_number-2' }]);
});

test('whoever comes while one turns pages is on a later page or on none, and nobody is missed or comes twice', async () => {
  const first = await page({ first: 100 });
  const comers = [5_000, 5_001, 5_002, 5_003].map((number) => residentOf(number));
  await system.write('enterprises', comers.flatMap(itemsOf));
  const second = await page({ first: 100, after: first.pageInfo.endCursor });
  const third = await page({ first: 100, after: second.pageInfo.endCursor });
  const seen = idsOf([first, second, third]);
  const late = comers.map(({ id }) => id).filter((id) => id > (first.nodes.at(-1)?.id ?? ''));
  expect(late.length).toBeGreaterThan(0);
  expect(seen).toEqual([...idsInOrder, ...late].sort());
});

test('no question is answered by reading a whole table', () => {
  expect(system.dynamo.calls.map(({ command }) => command)).not.toContain('Scan');
});
