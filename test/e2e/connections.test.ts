/** Every connection of the public schema, walked forwards and backwards over the demo data. */
import { readFileSync } from 'node:fs';
import { buildSchema, isObjectType } from 'graphql';
import { identityOf } from '../../src/local/demo-data/enterprises/enterprises.ts';
import { demoParks } from '../../src/local/demo-data/parks/parks.ts';
import { SCALES } from '../../src/local/demo-data/scale.ts';
import { type Bearer, type DemoSystem, startDemoSystem } from '../demo-system.ts';

interface Walk {
  /** The fields that lead to the connection, from the root; of a list the first entry. */
  readonly way: readonly string[];
  /** The connection's own arguments, beside the page's. */
  readonly given?: string;
  readonly bearer?: Bearer;
  /** The demo has no entries of it. */
  readonly isEmpty?: true;
}

const OFFICER = { as: 'officer' } as const;
const APPLICANT = { as: 'applicant', person: 'talent-000001' } as const;
const PARK = 'park(code: "binhai-zhongguancun")';
const demoIdentity = (index: number) => identityOf(demoParks(SCALES.S)[0]!, index);
/** Leads to an enterprise of the demo's park, by its place there. */
const demoEnterprise = (index: number) => `enterprise(uscc: "${demoIdentity(index).uscc}")`;
const clerkOf = (index: number): Bearer => ({ as: 'clerk', enterprise: demoIdentity(index).id });
/** The enterprise of the demo that has settled stays. */
const GROWN = demoEnterprise(96);
const FROM = 'from: "2020-01-01T00:00:00Z"';
const ENTERPRISE = `enterprise(uscc: "USCC")`;

const LEDGER = 'agreement(id: "agr_sample-benefit-sharing")';

const WALKS: Readonly<Record<string, Walk>> = {
  'CaseStatistics.figures': { way: ['caseStatistics(kind: HUKOU, period: MONTH)'], given: 'by: ZONE' },
  'Enterprise.earlierResidencies': { way: [GROWN] },
  'Enterprise.registerEvents': { way: [ENTERPRISE], bearer: OFFICER, isEmpty: true },
  'Enterprise.supportRequests': { way: [ENTERPRISE], bearer: OFFICER },
  'Enterprise.directiveAnswers': { way: [ENTERPRISE], bearer: OFFICER },
  'Enterprise.enrolments': { way: [demoEnterprise(0)], bearer: OFFICER },
  'Enterprise.inspections': { way: [demoEnterprise(0)], bearer: { as: 'clerk' } },
  'Enterprise.offerInterests': { way: [demoEnterprise(1)], bearer: clerkOf(1) },
  'Enterprise.policyNotices': { way: [ENTERPRISE], bearer: OFFICER },
  'Enterprise.cases': { way: [ENTERPRISE], bearer: OFFICER },
  'Park.enterprises': { way: [PARK] },
  'Park.courses': { way: [PARK], given: FROM },
  'Course.enrolments': { way: [PARK, `courses(${FROM}, first: 1)`, 'nodes'], bearer: OFFICER },
  'Park.directives': { way: [PARK], bearer: OFFICER },
  'Directive.answers': {
    way: [PARK, 'directives(first: 1)', 'nodes'],
    given: 'park: "park_binhai-zhongguancun"',
    bearer: OFFICER,
  },
  'Park.inspections': { way: [PARK], given: 'openOn: "2026-09-10"', bearer: OFFICER },
  'Park.figuresProposals': { way: [PARK], bearer: OFFICER, isEmpty: true },
  'Park.projects': { way: [PARK] },
  'Park.cases': { way: [PARK], bearer: OFFICER },
  'Query.enterprises': { way: [], given: 'sector: DIGITAL_ECONOMY' },
  'Query.enterprisesByName': { way: [], given: 'startsWith: "天津", locale: ZH' },
  'Query.cooperationOffers': { way: [], given: 'sector: DIGITAL_ECONOMY' },
  'CooperationOffer.interests': { way: ['cooperationOffers(sector: DIGITAL_ECONOMY)', 'nodes'], bearer: OFFICER },
  'Query.enterpriseNotices': { way: [], given: 'zone: "zone_teda"', bearer: OFFICER, isEmpty: true },
  'Query.agreements': { way: [], given: 'zone: "zone_teda", status: SIGNED' },
  'Query.parks': { way: [] },
  'Query.zones': { way: [] },
  'Query.policies': { way: [], given: 'inForceOn: "2020-03-16"' },
  'Query.indicators': { way: [] },
  'Query.savedQuestions': { way: [], given: 'audience: PUBLIC' },
  'Query.caseTypes': { way: [] },
  'Query.worklist': { way: [], given: 'zone: "zone_teda", agency: PARK', bearer: OFFICER },
  'Query.myCases': { way: [], bearer: APPLICANT },
  'Query.myAccessLog': { way: [], bearer: APPLICANT },
  'TalentCase.accessLog': { way: ['myCases(first: 1)', 'nodes'], bearer: APPLICANT },
  'Ledger.accounts': { way: [LEDGER, 'ledger'], bearer: OFFICER },
  'Ledger.entries': { way: [LEDGER, 'ledger'], bearer: OFFICER },
  'Zone.linkages': { way: ['zone(code: "teda")'] },
  'Zone.parks': { way: ['zone(code: "teda")'] },
  'Zone.relocations': { way: ['zone(code: "teda")'], given: 'direction: IN', bearer: OFFICER },
};

interface Connection {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly __typename: string } }[];
  readonly nodes: readonly object[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

let system: DemoSystem;
let uscc: string;

beforeAll(async () => {
  system = await startDemoSystem('2026-09-10');
  ({
    park: {
      enterprises: {
        nodes: [{ uscc }],
      },
    },
  } = await system.ask(`{ ${PARK} { enterprises(first: 1) { nodes { uscc } } } }`));
  // Six entries of the applicant's access log.
  const { myCases } = await system.ask('{ myCases(first: 1) { nodes { id } } }', {}, APPLICANT);
  const looked = 'query ($id: ID) { case(id: $id) { applicant { name } } }';
  for (let i = 0; i < 6; i++) await system.ask(looked, { id: myCases.nodes[0].id }, OFFICER);
});
afterAll(() => system.stop());

async function pageOf(coordinate: string, page: string): Promise<Connection> {
  const { way, given = '', bearer } = WALKS[coordinate]!;
  const [, field] = coordinate.split('.');
  const fields =
    'edges { cursor node { __typename } } nodes { __typename } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
  const asked = [...way, `${field}(${[given, page].filter(Boolean).join(', ')})`];
  const query = asked.reduceRight((below, step) => `${step} { ${below} }`, fields).replace('USCC', uscc);
  let found = await system.ask(`{ ${query} }`, {}, bearer);
  for (const step of asked) found = [found[/^\w+/.exec(step)![0]]].flat()[0];
  return found;
}

const cursorsOf = ({ edges }: Connection) => edges.map(({ cursor }) => cursor);

test('no connection is left out', () => {
  const schema = buildSchema(readFileSync('schema/api.graphql', 'utf8'));
  const connections = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type)
      ? Object.values(type.getFields())
          .filter((field) => /Connection!?$/.test(String(field.type)))
          .map((field) => `${type.name}.${field.name}`)
      : [],
  );
  expect(Object.keys(WALKS).toSorted()).toEqual(connections.toSorted());
});

test.each(Object.keys(WALKS))('%s is the same list forwards and backwards', async (coordinate) => {
  const whole = await pageOf(coordinate, 'first: 5');
  const cursors = cursorsOf(whole);
  if (WALKS[coordinate]!.isEmpty) {
    const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
    expect([whole, await pageOf(coordinate, 'last: 5')]).toMatchObject([
      { nodes: [], pageInfo },
      { nodes: [], pageInfo },
    ]);
    return;
  }
  expect(cursors.length).toBeGreaterThan(0);
  expect(new Set(cursors).size).toBe(cursors.length);
  expect(whole.edges.map(({ node }) => node)).toEqual(whole.nodes);
  expect(whole.pageInfo).toMatchObject({
    hasPreviousPage: false,
    startCursor: cursors[0],
    endCursor: cursors.at(-1),
  });

  const [first, ...others] = cursors;
  const rest = await pageOf(coordinate, `first: 4, after: "${first}"`);
  expect(cursorsOf(rest)).toEqual(others);
  expect(rest.pageInfo.hasPreviousPage).toBe(true);

  const before = await pageOf(coordinate, `last: 2, before: "${cursors.at(-1)}"`);
  expect(cursorsOf(before)).toEqual(cursors.slice(0, -1).slice(-2));
  expect(before.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: cursors.length > 3 });

  const last = await pageOf(coordinate, 'last: 1');
  expect(last.edges).toHaveLength(1);
  expect(last.pageInfo.hasNextPage).toBe(false);
  if (!whole.pageInfo.hasNextPage) {
    expect(cursorsOf(last)).toEqual(cursors.slice(-1));
    expect(last.pageInfo.hasPreviousPage).toBe(cursors.length > 1);
  }
});

test('a page in both directions is refused by a code, with the arguments', async () => {
  const { data, errors } = await system.answer('{ parks(first: 1, last: 1) { nodes { code } } }');
  expect(data).toEqual({ parks: null });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', arguments: ['first', 'last'] } }]);
});

test('a page without a size has 20 nodes', async () => {
  const { enterprises } = await system.ask('{ enterprises(sector: DIGITAL_ECONOMY) { nodes { id } } }');
  expect(enterprises.nodes).toHaveLength(20);
});
