/** Every field of the public schema has a value somewhere in the demo data, or says why it has none. */
import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import type { SupportKind } from '../../src/domain/support/need.ts';
import { enterpriseOf } from '../../src/local/demo-data/enterprises/enterprises.ts';
import { REGISTER_STORIES } from '../../src/local/demo-data/enterprises/register-stories.ts';
import { supportRequestsOf } from '../../src/local/demo-data/enterprises/support.ts';
import { demoParks } from '../../src/local/demo-data/parks/parks.ts';
import { SCALES } from '../../src/local/demo-data/scale.ts';
import { caseTypeVersions } from '../../src/local/demo-data/talent/case-types.ts';
import { caseOf, type DemoCase } from '../../src/local/demo-data/talent/cases.ts';
import { DemoPlaces } from '../../src/local/demo-data/talent/places.ts';
import { type Bearer, type DemoSystem, startDemoSystem } from '../demo-system.ts';

const schema = buildSchema(readFileSync('schema/api.graphql', 'utf8'));

/** Fields that the walk finds null or empty, by their coordinates, and why they are in the schema. */
const WITHOUT_VALUE: readonly (readonly [RegExp, string])[] = [
  [
    /^\w+Payload\.|^(PolicySimulation|ImportRowResult|OpinionResult|LedgerDraft|UserError|Upload|HttpHeader|DocumentLink)\./,
    'answers of mutations',
  ],
  [/^CaseSearch\.userErrors$/, 'of officers whose quota is used up'],
  [
    /^FiguresProposal|^Proposed(Day|Enterprise|Figures|Report)\.|^SettledDays\./,
    'made by `proposeBackfill` and `proposeCorrection`',
  ],
  [/^SettledFigure\.was$/, 'of a settlement that adjusts an earlier one'],
  [/^DeadlineNotice\.(former|reason)/, 'made when the calendar of working days changes'],
  [
    /^CalendarYear\.version$/,
    'made by `publishCalendarYear`: one of the demo would be a second calendar for every time limit',
  ],
  [/^HomeMove\.completedOn$/, 'of completed moves: those of the demo are under way'],
  [/^ProposedTerms\.shareTerms$/, 'of an amendment of benefit sharing: the one of the demo shares none'],
  [/^CaseArrangement\.policy$/, 'left to the case type by the arrangement of the demo'],
  [
    /^DeveloperAccount\.(apiKeys|webhookEndpoints|usage)$|^(ApiKey|WebhookEndpoint|WebhookDelivery|DocumentUsage)\./,
    'made by systems of zones: `test/e2e/developer-account.test.ts` looks at it',
  ],
];

const TODAY = '2026-09-10';
const PARKS = demoParks(SCALES.S);
const parkOf = (id: string) => PARKS.find((park) => park.id === id)!;
const HEADLINE = parkOf('park_binhai-zhongguancun');

/** An applicant of whom agencies have recorded facts. */
const RECORDED = 'talent-000050';

/** Returns the applicants of the first case for each of the conditions. */
function applicantsOf(conditions: readonly ((made: DemoCase) => boolean)[]): readonly string[] {
  const types = caseTypeVersions(TODAY);
  const cases = Array.from({ length: SCALES.S.cases }, (_, i) => caseOf(i + 1, TODAY, types, PARKS));
  return conditions.map((isMet) => cases.find(isMet)!.facts.applicantId);
}

const places = new DemoPlaces();
/** Applicants with an outcome of each kind, a refusal, a pause that has ended, a rating, and a place that was given back. */
const APPLICANTS = applicantsOf([
  ({ facts }) => facts.outcome?.kind === 'HukouPermit' && facts.rating !== null,
  ({ facts }) => facts.outcome?.kind === 'HousingOffer' && facts.outcome.amount !== null,
  ({ facts }) => facts.outcome?.kind === 'SchoolPlace',
  ({ facts }) => facts.decision?.approved === false,
  ({ facts: { course } }) => course.state === 'UNDER_REVIEW' && course.pauses.some(({ to }) => to !== null),
  (made) => places.of(made)?.endedAt != null,
]);

const OFFICER = { as: 'officer' } as const;
const APPLICANT = { as: 'applicant', person: 'talent-000001' } as const;
/** The applicant of a case for which documents are asked. */
const ASKED = { as: 'applicant', person: 'talent-000003' } as const;

/** Returns the first enterprise of the headline park with a support request of a kind; an answered one where that is asked. */
function inNeed(kind: SupportKind, isAnswered = false): string {
  const ids = Array.from({ length: HEADLINE.enterprises }, (_, index) => enterpriseOf(HEADLINE, index).id);
  const fits = (request: { readonly kind: SupportKind; readonly answer?: unknown }) =>
    request.kind === kind && (!isAnswered || request.answer !== undefined);
  return ids.find((id) => [...supportRequestsOf(id)].some(fits))!;
}
const IN_NEED = [inNeed('FINANCING', true), inNeed('SUPPLIES'), inNeed('DAILY_LIFE')];

/** A caller of the walk. */
interface Walker {
  readonly bearer: Bearer;
  /** The only fields of Query that it begins with, by their arguments. All where there are none. */
  readonly from?: Readonly<Record<string, string | readonly string[]>>;
}
const WALKERS: readonly Walker[] = [
  ...[OFFICER, APPLICANT, ASKED, { as: 'clerk' } as const].map((bearer) => ({ bearer })),
  ...[...APPLICANTS, RECORDED].map((person) => ({
    bearer: { as: 'applicant' as const, person },
    from: { myCases: '' },
  })),
  // An officer of the enterprise's zone, for each story of the register.
  ...REGISTER_STORIES.map(({ of, into }) => {
    const zone = parkOf(of[0]).facts.zoneId;
    const ids = [of, ...(into ? [into] : [])].map(([park, index]) => enterpriseOf(parkOf(park), index).id);
    return {
      bearer: { as: 'officer' as const, zone },
      from: { enterprise: ids.map((id) => `id: "${id}"`), enterpriseNotices: `zone: "${zone}"` },
    };
  }),
  // A withdrawn report, proposed and revised observations, and claimed work.
  {
    bearer: { as: 'officer', zone: 'zone_binhai-hitech' },
    from: {
      enterprise: `id: "${enterpriseOf(parkOf('park_sample-hitech'), 5).id}"`,
      park: 'code: "sample-hitech"',
    },
  },
  { bearer: { as: 'officer', agency: 'HRSS' }, from: { worklist: 'zone: "zone_teda", agency: HRSS, first: 50' } },
  // Small counts.
  { bearer: OFFICER, from: { caseStatistics: 'kind: SCHOOLING, period: QUARTER' } },
  // A relocated enterprise that keeps a site.
  { bearer: OFFICER, from: { zone: 'code: "teda"' } },
  { bearer: OFFICER, from: { enterprise: IN_NEED.map((id) => `id: "${id}"`) } },
  { bearer: { as: 'partner' }, from: { developerAccount: '' } },
];

const PARK = 'code: "binhai-zhongguancun"';
const CARD_OF_ZHONGGUANCUN = `{ fact: "talentCard", code: "TALENT_CARD_B" }, { fact: "talentCardZone", code: "zone_zhongguancun" }`;
const APPLICATION = `application: { zone: "zone_teda", facts: [${CARD_OF_ZHONGGUANCUN}] }`;
/** Arguments of fields that can't do without, or that show more with them. A list asks the field once for each. */
const GIVEN: Record<string, string | readonly string[]> = {
  'Query.park': PARK,
  'Query.zone': 'code: "teda"',
  'Query.enterprises': 'park: "park_binhai-zhongguancun", first: 20',
  'Query.enterprisesByName': 'startsWith: "天津", locale: ZH, first: 10',
  'Query.worklist': 'zone: "zone_teda", agency: PARK, first: 20',
  'Query.worklistCounts': 'zone: "zone_teda", agency: PARK',
  'Query.agreements': 'zone: "zone_teda"',
  'Query.caseStatistics': 'kind: HUKOU, period: MONTH',
  'Query.caseStatisticsSeries': 'kind: HUKOU, by: MONTH',
  'Query.caseStatisticsPeriods': 'kind: HUKOU, by: MONTH',
  'Query.cooperationOffers': 'sector: DIGITAL_ECONOMY',
  'Query.supplyGaps': ['', ', first: 1'].map(
    (first) => `park: "park_binhai-zhongguancun", sector: DIGITAL_ECONOMY${first}`,
  ),
  'Query.enterpriseNotices': 'zone: "zone_teda"',
  'Park.enterpriseCounts': ['by: SECTOR', 'by: SIZE', 'by: MODE'],
  // The second is a national one.
  'Query.policy': ['id: "policy_tianjin-16-measures"', 'id: "policy_caiyu-2015-92"'],
  'Query.policyApplies': [
    `policy: "policy_sample-talent-hukou", subject: { personIn: "zone_teda" }, on: "2020-03-16",
    facts: [{ fact: "recommended", yes: false }, { fact: "bornOn", day: "1990-01-01" }, { fact: "criminalRecord", yes: false },
      ${CARD_OF_ZHONGGUANCUN}]`,
    // Covered for two sectors: one enterprise is in one of them, another is not.
    ...[7, 1].map((index) => {
      const { uscc } = enterpriseOf(parkOf('park_sample-baodi'), index);
      return `policy: "policy_sample-teda-rent-relief", subject: { uscc: "${uscc}" }, on: "2020-03-16"`;
    }),
  ],
  'Query.whatApplies': 'subject: { uscc: "91120115DEM004500B" }, on: "2020-03-16"',
  'Query.calendarYear': 'year: 2026',
  'Query.savedQuestions': 'audience: PUBLIC',
  'Query.savedQuestion': 'id: "question_facilities-of-a-park"',
  'Zone.coverages': 'direction: IN, on: "2020-03-16"',
  'Zone.recognitions': 'direction: IN, on: "2020-03-16"',
  'Zone.relocations': 'direction: IN',
  'Query.searchCases': 'by: { receiptNumber: "BHZ-000001", purpose: CASE_HANDLING }',
  'Query.linkageGraph': 'group: "lgrp_1-plus-4"',
  // As many as the walk makes: few of them have masked fields.
  'Query.myAccessLog': 'first: 100',
  // The oldest entries: the one of the name is masked.
  'TalentCase.accessLog': 'last: 20',
  'Query.node': 'id: "zone_teda"',
  'Query.nodes': 'ids: ["zone_teda"]',
  'Park.observations': ['2020-03', '2019-12'].map((month) => `from: "${month}-01", to: "${month}-31"`),
  'Park.courses': 'from: "2020-01-01T00:00:00.000Z"',
  'Directive.outstanding': 'park: "park_binhai-zhongguancun", first: 20',
  'Directive.answers': 'park: "park_binhai-zhongguancun"',
  'Park.caseStatistics': 'kind: HUKOU, period: MONTH',
  'Park.cases': 'state: CLOSED, first: 50',
  'CaseStatistics.figures': ['by: ROUTE', 'by: PARK, zone: "zone_teda"'],
  'CaseType.eligibility': APPLICATION,
};
const VALUES: Readonly<Record<string, string>> = {
  on: '"2020-03-16"',
  at: '"2020-03-16T02:00:00Z"',
  from: '"2020-03-01"',
  to: '"2020-03-31"',
  inForceOn: '"2020-03-16"',
  within: '2',
};

/** The agreement of the demo's ledger. */
const LEDGER = 'agr_sample-benefit-sharing';

/** How often a caller of all or some fields of Query asks one type's fields in vain, each time come to by another way. */
const MAX_BARREN_VISITS = { all: 5, some: 3 };

let system: DemoSystem;

beforeAll(async () => {
  system = await startDemoSystem(TODAY);
  const ids = await system.ask(
    `{ park(${PARK}) { enterprises(first: 1) { nodes { id } } }
      caseTypes(first: 1) { nodes { id } }
      agreement(id: "${LEDGER}") { ledger { accounts(first: 1) { nodes { enterprise { id } } } } } }`,
    {},
    OFFICER,
  );
  const { myCases } = await system.ask('{ myCases(first: 1) { nodes { id } } }', {}, APPLICANT);
  const [{ id: caseId }] = myCases.nodes;
  const [{ enterprise: relocated }] = ids.agreement.ledger.accounts.nodes;
  const [enterprise] = ids.park.enterprises.nodes;
  GIVEN['Query.enterprise'] = `id: "${enterprise.id}"`;
  GIVEN['Query.case'] = `id: "${caseId}"`;
  // The second is to be ended.
  GIVEN['Query.agreement'] = [LEDGER, 'agr_sample-recognition'].map((id) => `id: "${id}"`);
  GIVEN['Ledger.account'] = `base: TAX, enterprise: "${relocated.id}"`;
  GIVEN['Query.ledgerEntryText'] =
    `agreement: "${LEDGER}", entry: { kind: REPORT_FIGURE, base: TAX, enterprise: "${relocated.id}", year: 2018, amount: "1" }`;
  GIVEN['Query.caseType'] = `id: "${ids.caseTypes.nodes[0].id}"`;
  GIVEN['Query.checkEligibility'] = [
    `caseType: "${ids.caseTypes.nodes[0].id}", ${APPLICATION}`,
    `caseType: "ctype_schooling-primary", application: { zone: "zone_teda", localHukou: false }`,
  ];
  // So that the access log has an entry.
  await system.ask('query ($id: ID) { case(id: $id) { applicant { name } } }', { id: caseId }, OFFICER);
});
afterAll(() => system.stop());

/** The fields from the root to objects of a type; the last one is of that type. */
type Way = readonly { readonly asked: string; readonly key: string; readonly on: string }[];

interface Reached {
  readonly type: GraphQLObjectType;
  readonly way: Way;
  readonly walker: Walker;
}

/** A field as a query asks it, and its key in the answer. */
interface Asked {
  readonly field: GraphQLField<unknown, unknown>;
  readonly key: string;
  readonly asked: string;
  readonly isLeaf: boolean;
}

/** Returns a field once for each of its arguments above; none where one is needed that isn't there. */
function askedOf(on: string, field: GraphQLField<unknown, unknown>, { from }: Walker): readonly Asked[] {
  const required = field.args.filter(isRequiredArgument);
  const own = on === 'Query' ? from?.[field.name] : undefined;
  const given =
    own ?? GIVEN[`${on}.${field.name}`] ?? required.map(({ name }) => `${name}: ${VALUES[name] ?? '?'}`).join(', ');
  return [given]
    .flat()
    .filter((text) => !text.includes('?'))
    .map((text, i) => {
      const key = i === 0 ? field.name : `${field.name}_${i}`;
      const asked = `${key === field.name ? '' : `${key}: `}${field.name}${text === '' ? '' : `(${text})`}`;
      return { field, key, asked, isLeaf: isLeafType(getNamedType(field.type)) };
    });
}

test('every field has a value somewhere, or a reason', async () => {
  const seen = new Set<string>();
  const unasked = new Set<string>();
  const visits = new Map<string, number>();
  let waiting: Reached[] = WALKERS.map((walker) => ({ type: schema.getQueryType()!, way: [], walker }));
  // Callers of some fields of Query don't look for what has a reason above.
  const isSought = (coordinate: string, { from }: Walker) =>
    !seen.has(coordinate) && !(from && WITHOUT_VALUE.some(([pattern]) => pattern.test(coordinate)));
  const hasOpen = (type: GraphQLObjectType, walker: Walker) =>
    Object.values(type.getFields()).some(({ name }) => isSought(`${type.name}.${name}`, walker));
  const isOpen = (type: GraphQLObjectType, walker: Walker, depth = walker.from ? 3 : 1): boolean =>
    hasOpen(type, walker) ||
    Object.values(type.getFields()).some((field) => {
      const of = getNamedType(field.type);
      return depth > 0 && isObjectType(of) && isOpen(of, walker, depth - 1);
    });
  while (waiting.length > 0) {
    const next: Reached[] = [];
    for (const { type, way, walker } of waiting) {
      const visit = `${WALKERS.indexOf(walker)} ${type.name}`;
      const times = visits.get(visit) ?? 0;
      const most = walker.from ? MAX_BARREN_VISITS.some : MAX_BARREN_VISITS.all;
      const mayShow = walker.from || times === 0 ? isOpen : hasOpen;
      if (times >= most || (way.length > 0 && !mayShow(type, walker))) continue;
      const seenBefore = seen.size;
      const fields = Object.values(type.getFields()).flatMap((field) => {
        if (way.length === 0 && walker.from && !(field.name in walker.from)) return [];
        const asked = askedOf(type.name, field, walker);
        if (asked.length === 0) unasked.add(`${type.name}.${field.name}`);
        return asked;
      });
      const parts = way.length === 0 ? fields.map((one) => [one]) : [fields];
      for (const part of parts) {
        const selection = part.map(({ asked, isLeaf }) => (isLeaf ? asked : `${asked} { __typename }`)).join(' ');
        const query = way.reduceRight(
          (below, { asked, on }) => `${asked} { __typename ... on ${on} { ${below} } }`,
          selection,
        );
        const { data, errors } = await system.answer(`{ ${query} }`, {}, walker.bearer);
        if (errors?.some(({ extensions }) => /COMPLEX/.test(String(extensions?.code)))) continue;
        if (errors?.some(({ extensions }) => /VALIDATION|INTERNAL/.test(String(extensions?.code))))
          throw new Error(JSON.stringify([query, errors]));
        let objects: Record<string, unknown>[] = data ? [data] : [];
        for (const { key } of way)
          objects = objects
            .flatMap((one) => [one[key]].flat(3) as Record<string, unknown>[])
            .filter((one) => one != null);
        for (const { field, key, asked, isLeaf } of part) {
          const values = objects.flatMap((one) => [one[key]].flat(3)).filter((value) => value != null);
          if (values.length === 0) continue;
          seen.add(`${type.name}.${field.name}`);
          if (isLeaf) continue;
          const of = getNamedType(field.type);
          const types = isAbstractType(of) ? schema.getPossibleTypes(of) : isObjectType(of) ? [of] : [];
          const typenames = new Set(values.map((value) => (value as { __typename?: string }).__typename));
          for (const found of types)
            if (typenames.has(found.name))
              next.push({ type: found, way: [...way, { asked, key, on: found.name }], walker });
        }
      }
      if (seen.size === seenBefore) visits.set(visit, times + 1);
    }
    waiting = next;
  }
  const all = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('__') && name !== 'Mutation')
    .flatMap((type) => Object.values(type.getFields()).map(({ name }) => `${type.name}.${name}`));
  const missing = all.filter((coordinate) => !seen.has(coordinate));
  const explains = (pattern: RegExp) => missing.some((coordinate) => pattern.test(coordinate));
  const patterns = WITHOUT_VALUE.map(([pattern]) => pattern);
  // Each field here needs a value in src/local/demo-data, or its reason in WITHOUT_VALUE above.
  expect(missing.filter((coordinate) => !patterns.some((pattern) => pattern.test(coordinate)))).toEqual([]);
  // Each reason here is of a field that has a value now.
  expect(patterns.filter((pattern) => !explains(pattern))).toEqual([]);
  // Each field here has an argument without a value in GIVEN or VALUES above.
  expect([...unasked]).toEqual([]);
});
