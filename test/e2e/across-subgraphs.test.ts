import { ID_PREFIXES } from '../../src/domain/ids.ts';
import { type DemoSystem, startDemoSystem } from '../demo-system.ts';

/** Of the park's office. */
const OFFICER = { as: 'officer' } as const;

let system: DemoSystem;

beforeAll(async () => {
  system = await startDemoSystem('2026-09-10');
});
afterAll(() => system.stop());

const WAY = `query ($enterprises: Int!) {
  park(code: "binhai-zhongguancun") {
    enterprises(first: $enterprises) { nodes {
      name
      cases(first: 2) { nodes {
        state
        park { code }
        policy {
          code
          issuer { level }
          coverage(on: "2020-03-16") {
            agreement { title parties { zone { code } } }
            toZone { code parks(first: 5) { nodes { code resumption(on: "2020-03-16") { reported } } } }
          }
        }
      } }
    } }
  }
}`;

interface Way {
  readonly park: {
    readonly enterprises: {
      readonly nodes: readonly {
        readonly name: string;
        readonly cases: { readonly nodes: readonly { readonly policy: { readonly code: string } | null }[] };
      }[];
    };
  };
}

test('one question goes from a park over its enterprises, their cases and policies to the zones that these cover', async () => {
  const { park }: Way = await system.ask(WAY, { enterprises: 100 }, OFFICER);
  expect(park.enterprises.nodes).toHaveLength(100);
  const cases = park.enterprises.nodes.flatMap((enterprise) => enterprise.cases.nodes);
  expect(cases.find(({ policy }) => policy?.code === 'sample-talent-hukou')).toEqual({
    state: expect.stringMatching(/^[A-Z_]+$/),
    park: { code: 'binhai-zhongguancun' },
    policy: {
      code: 'sample-talent-hukou',
      issuer: { level: 'DISTRICT' },
      coverage: [
        {
          agreement: {
            title: expect.any(String),
            parties: [{ zone: { code: 'teda' } }, { zone: { code: 'baodi' } }],
          },
          toZone: { code: 'baodi', parks: { nodes: expect.any(Array) } },
        },
      ],
    },
  });
});

test('nothing on the way is asked once an item, but a list once a parent', async () => {
  const lists = (calls: readonly string[]) => calls.filter((call) => call === 'Query').length;
  const others = (calls: readonly string[]) => calls.filter((call) => call !== 'Query');
  const few = await system.proxy.during(() => system.ask(WAY, { enterprises: 10 }, OFFICER));
  const many = await system.proxy.during(() => system.ask(WAY, { enterprises: 40 }, OFFICER));
  // The list of enterprises, the cases of each, and the parks of the zones.
  expect(lists(few)).toBeLessThanOrEqual(1 + 10 + 2);
  expect(lists(many)).toBeLessThanOrEqual(1 + 40 + 2);
  // The write is the record of who looks at the cases.
  expect(others(many).filter((call) => call !== 'BatchGetItem')).toEqual(['PutItem']);
  expect(others(many).length).toBeLessThanOrEqual(others(few).length + 2);
});

test('and from a case back to its park and zone, and to what else applies there', async () => {
  const calls = await system.proxy.during(async () => {
    const data = await system.ask(
      `query ($receipt: String) { case(receiptNumber: $receipt) {
        timeline { kind } documents { code }
        park { code zone { code linkedZones(within: 2) { steps zone { code } } groups { code } } }
        enterprise { uscc applicablePolicies(on: "2020-03-16") { applies policy { code } chain { coverage { fromZone { code } } } } }
      } }`,
      { receipt: 'BHZ-000001' },
      OFFICER,
    );
    expect(data.case.park).toMatchObject({ code: 'binhai-zhongguancun', zone: { groups: [{ code: '1-plus-4' }] } });
    expect(data.case.park.zone.linkedZones).toContainEqual({ steps: 1, zone: { code: 'zhongguancun' } });
    expect(data.case.enterprise.applicablePolicies).toContainEqual({
      applies: true,
      policy: { code: 'tianjin-16-measures' },
      chain: [],
    });
    expect(data.case.enterprise.applicablePolicies).toContainEqual({
      applies: true,
      policy: { code: 'sample-innovation-voucher' },
      chain: [{ coverage: { fromZone: { code: 'zhongguancun' } } }],
    });
  });
  expect(calls).not.toContain('Scan');
  expect(calls.length).toBeLessThanOrEqual(15);
});

test('a case alone is one call once its receipt number is known, and one that records who looks', async () => {
  const ask = () =>
    system.ask(
      '{ case(receiptNumber: "BHZ-000001") { state timeline { kind } documents { status } opinions { verdict } } }',
      {},
      OFFICER,
    );
  await ask();
  expect(await system.proxy.during(ask)).toEqual(['Query', 'PutItem']);
});

test('what subgraphs mask is listed by the gateway, by coordinates; and nothing where nothing is masked', async () => {
  const asked =
    '{ case(receiptNumber: "BHZ-000001") { state applicant { called: name } } park(code: "binhai-zhongguancun") { code } }';
  const { data, extensions } = await system.answer(asked, {}, OFFICER);
  expect(data).toMatchObject({ case: { applicant: { called: expect.stringMatching(/^.\*+/) } } });
  expect(extensions).toEqual({ masked: ['Applicant.name'] });
  expect(
    (await system.answer('{ park(code: "binhai-zhongguancun") { code } }', {}, OFFICER)).extensions,
  ).toBeUndefined();
});

/** Ids of nothing: one for each type, in the form of its ids. */
const MISSING = {
  ULID: '01HB0000000000000000000000',
  SLUG: 'not-there',
  SLUG_OR_ULID: 'not-there',
  SLUG_OF_PARK: 'binhai-zhongguancun--not-there',
};
const MISSING_IDS = Object.entries(ID_PREFIXES).map(([prefix, { suffix }]) => `${prefix}_${MISSING[suffix]}`);

/** Fields of several subgraphs: some of them answer a reference to any id. */
const OF_SEVERAL = `id __typename ... on Park { code enterpriseCount } ... on Zone { linkages(first: 1) { nodes { id } } }
  ... on Policy { coverage(on: "2020-03-16") { id } } ... on Enterprise { applicablePolicies(on: "2020-03-16") { policy { id } } }`;

describe('a node that does not exist', () => {
  test.each(['__typename', 'id', OF_SEVERAL])('is null when %s is asked', async (fields) => {
    const { nodes } = await system.ask(
      `query ($ids: [ID!]!) { nodes(ids: $ids) { ${fields} } }`,
      { ids: MISSING_IDS },
      OFFICER,
    );
    expect(nodes).toEqual(MISSING_IDS.map(() => null));
  });

  test('costs one read for each subgraph that owns any', async () => {
    // Nobody has asked for these, so that nothing of them is kept.
    const ids = ['park_sample-baodi', 'zone_bonded', 'park_nowhere-at-all', 'zone_nowhere-at-all', 'moon_a'];
    const calls = await system.proxy.during(async () => {
      const asked = ids.map((id, i) => `n${i}: node(id: "${id}") { __typename id }`).join(' ');
      expect(Object.values(await system.ask(`{ ${asked} }`))).toEqual([
        { __typename: 'Park', id: ids[0] },
        { __typename: 'Zone', id: ids[1] },
        null,
        null,
        null,
      ]);
    });
    expect(calls).toEqual(['BatchGetItem']);
  });
});

test("a foreign case is as one that doesn't exist, also as a node", async () => {
  const { case: own } = await system.ask('{ case(receiptNumber: "BHZ-000001") { id } }', {}, OFFICER);
  const query = `query ($id: ID!) { case(id: $id) { state } typename: node(id: $id) { __typename } id: node(id: $id) { id }
    node(id: $id) { ... on TalentCase { state } } }`;
  const strangers = [
    { as: 'applicant', person: 'talent-000009' },
    { as: 'officer', zone: 'zone_baodi' },
  ] as const;
  for (const bearer of strangers) {
    const answers = await Promise.all(
      [own.id, 'case_01HB0000000000000000000000'].map((id) => system.answer(query, { id }, bearer)),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.data).toEqual({ case: null, typename: null, id: null, node: null });
  }
  expect(await system.ask('query ($id: ID!) { node(id: $id) { __typename } }', { id: own.id }, OFFICER)).toEqual({
    node: { __typename: 'TalentCase' },
  });
});
