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
import { type Bearer, type DemoSystem, startDemoSystem } from '../demo-system.ts';

const schema = buildSchema(readFileSync('schema/api.graphql', 'utf8'));

/** Fields that the walk finds null or empty, by their coordinates, and why they are in the schema. */
const WITHOUT_VALUE: readonly (readonly [RegExp, string])[] = [
  [
    /^\w+Payload\.|^(ImportRowResult|OpinionResult|LedgerDraft|UserError|Upload|HttpHeader|DocumentLink)\./,
    'answers of mutations',
  ],
  [/^CaseSearch\.userErrors$/, 'of officers whose quota is used up'],
  [/^ObservationsProposal|^Park\.observationsProposal$/, 'made by `proposeObservations`'],
  [/^FiguresProposal|^Proposed|^SettledDays\./, 'made by `proposeBackfill` and `proposeCorrection`'],
  [
    /^(Admission|HomeMove|RegistrationChallenge|RegisterEvent\w*|EnterpriseProposal|PendingSuccession|Relative)\.|^Enterprise\.(admissions|challenge|move|proposals|succession|successors|predecessors)$/,
    'made by mutations of the register',
  ],
  [/^OperationReport\.withdrawalReason$/, 'made by `withdrawReport`'],
  [/^StatisticsCell\.suppressed$/, 'of small counts, which come after the cells that the walk visits'],
  [/^EnterpriseCount\.(size|mode)$/, 'of other breakdowns than the walk asks for'],
  [/^SettledFigure\.was$/, 'of a settlement that adjusts an earlier one'],
  [/^TalentCase\.applicantFacts$|^PersonFact\./, 'made by `recordPersonFacts`'],
  [/^WorkItem\.claimed/, 'made by `claimWork`'],
  [/^DeadlineNotice\.(former|reason)/, 'made when the calendar of working days changes'],
  [
    /^CalendarYear\.version$/,
    'made by `publishCalendarYear`: one of the demo would be a second calendar for every time limit',
  ],
  [/^RelocationStatement\.remainingSites$/, 'stated by `stateRelocation` of enterprises that keep a site'],
  [/^PolicySimulation\./, 'of the query of publishing officers, with a draft'],
  [/^ClockPause\.to$/, 'made when the applicant hands in a supplement'],
  [/^CaseFigures\.route$/, 'of another breakdown'],
  [/^Observation\.(yearOnYear|earlierRevisions)$/, 'the public sources of the demo state none'],
  [/^(AccessLogEntry|CaseAccess)\.purpose$/, 'made by `revealField` and `openDocument`'],
  [/^InapplicabilityReason\.coverage$/, 'of a policy that is covered: the walk asks of another'],
  [
    /^(HousingOffer|HukouPermit|SchoolPlace|CasePlace)\.|^TalentCase\.(outcome|place)$/,
    'of delivered cases, for their applicants and agencies alone',
  ],
  [
    /^SupportNeed\.|^SupportRequest\.(answer|rating)$/,
    'of other requests than the walk meets: `test/unit/local/demo-support.test.ts` looks at all of them',
  ],
  [/^SupplyGapPage\.endCursor$/, 'of longer lists than the demo has'],
  [/^(CoverageStep|InapplicabilityReason)\.judgement$/, 'of a coverage with conditions: the walk asks of others'],
  [/^AgreementChange\.lastDay$/, 'made by `terminateAgreement`'],
  [/^Eligibility\.arrangement$/, 'of children without local hukou: the walk asks for an applicant with it'],
  [/^CaseArrangement\.(policy|limits)$/, 'left to the case type by the arrangement of the demo'],
  [/^PolicyVersion\.documentNumber$/, 'of a national policy: the walk visits others before'],
  [
    /^(DeveloperAccount|ApiKey|WebhookEndpoint|WebhookDelivery|DocumentUsage|ClientBudget)\.|^Query\.developerAccount$/,
    'for systems of zones, which make it: `test/e2e/developer-account.test.ts` looks at it',
  ],
  [/^CaseDecision\.reasons$|^TalentCase\.rating$/, 'of refused and of rated cases, which the walk does not meet'],
  [/^Zone\.parent$/, 'no zone of the demo lies within another'],
];

const OFFICER = { as: 'officer' } as const;
const APPLICANT = { as: 'applicant', person: 'talent-000001' } as const;
/** The applicant of a case for which documents are asked. */
const ASKED = { as: 'applicant', person: 'talent-000003' } as const;
const VIEWERS: readonly Bearer[] = [OFFICER, APPLICANT, ASKED, { as: 'clerk' }];

const PARK = 'code: "binhai-zhongguancun"';
const CARD_OF_ZHONGGUANCUN = `{ fact: "talentCard", code: "TALENT_CARD_B" }, { fact: "talentCardZone", code: "zone_zhongguancun" }`;
const APPLICATION = `application: { zone: "zone_teda", facts: [${CARD_OF_ZHONGGUANCUN}] }`;
/** Arguments of fields that can't do without, or that show more with them. */
const GIVEN: Record<string, string> = {
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
  'Query.supplyGaps': 'park: "park_binhai-zhongguancun", sector: DIGITAL_ECONOMY',
  'Query.enterpriseNotices': 'zone: "zone_teda"',
  'Park.enterpriseCounts': 'by: SECTOR',
  'Query.policy': 'id: "policy_tianjin-16-measures"',
  'Query.policyApplies': `policy: "policy_sample-talent-hukou", subject: { personIn: "zone_teda" }, on: "2020-03-16",
    facts: [{ fact: "recommended", yes: false }, { fact: "bornOn", day: "1990-01-01" }, { fact: "criminalRecord", yes: false },
      ${CARD_OF_ZHONGGUANCUN}]`,
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
  'Park.courses': 'from: "2020-01-01T00:00:00.000Z"',
  'Directive.outstanding': 'park: "park_binhai-zhongguancun", first: 20',
  'Directive.answers': 'park: "park_binhai-zhongguancun"',
  'Park.caseStatistics': 'kind: HUKOU, period: MONTH',
  'Park.cases': 'state: CLOSED, first: 50',
  'CaseStatistics.figures': 'by: PARK, zone: "zone_teda"',
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

/** How often one viewer asks the fields of one type, each time come to by another way. */
const MAX_VISITS = 5;

let system: DemoSystem;

beforeAll(async () => {
  system = await startDemoSystem('2026-09-10');
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
  GIVEN['Query.agreement'] = `id: "${LEDGER}"`;
  GIVEN['Ledger.account'] = `base: TAX, enterprise: "${relocated.id}"`;
  GIVEN['Query.ledgerEntryText'] =
    `agreement: "${LEDGER}", entry: { kind: REPORT_FIGURE, base: TAX, enterprise: "${relocated.id}", year: 2018, amount: "1" }`;
  GIVEN['Query.caseType'] = `id: "${ids.caseTypes.nodes[0].id}"`;
  GIVEN['Query.checkEligibility'] = `caseType: "${ids.caseTypes.nodes[0].id}", ${APPLICATION}`;
  // So that the access log has an entry.
  await system.ask('query ($id: ID) { case(id: $id) { applicant { name } } }', { id: caseId }, OFFICER);
});
afterAll(() => system.stop());

/** The fields from the root to objects of a type; the last one is of that type. */
type Way = readonly { readonly asked: string; readonly key: string; readonly on: string }[];

interface Reached {
  readonly type: GraphQLObjectType;
  readonly way: Way;
  readonly bearer: Bearer;
}

function askedOf(on: string, field: GraphQLField<unknown, unknown>): string | null {
  const coordinate = `${on}.${field.name}`;
  const required = field.args.filter(isRequiredArgument);
  const given =
    GIVEN[coordinate] ?? required.map(({ name }) => (name in VALUES ? `${name}: ${VALUES[name]}` : '?')).join(', ');
  if (given.includes('?')) return null;
  return given === '' ? field.name : `${field.name}(${given})`;
}

test('every field has a value somewhere, or a reason', async () => {
  const seen = new Set<string>();
  const unasked = new Set<string>();
  const visits = new Map<string, number>();
  let waiting: Reached[] = VIEWERS.map((bearer) => ({ type: schema.getQueryType()!, way: [], bearer }));
  const hasOpen = (type: GraphQLObjectType) =>
    Object.values(type.getFields()).some(({ name }) => !seen.has(`${type.name}.${name}`));
  const isOpen = (type: GraphQLObjectType) =>
    hasOpen(type) ||
    Object.values(type.getFields()).some((field) => {
      const of = getNamedType(field.type);
      return isObjectType(of) && hasOpen(of);
    });
  while (waiting.length > 0) {
    const next: Reached[] = [];
    for (const { type, way, bearer } of waiting) {
      const visit = `${VIEWERS.indexOf(bearer)} ${type.name}`;
      const times = visits.get(visit) ?? 0;
      if (times >= MAX_VISITS || (way.length > 0 && !(times === 0 ? isOpen(type) : hasOpen(type)))) continue;
      visits.set(visit, times + 1);
      const fields = Object.values(type.getFields()).flatMap((field) => {
        const asked = askedOf(type.name, field);
        if (asked === null) unasked.add(`${type.name}.${field.name}`);
        return asked === null ? [] : [{ field, asked, isLeaf: isLeafType(getNamedType(field.type)) }];
      });
      const parts = way.length === 0 ? fields.map((one) => [one]) : [fields];
      for (const part of parts) {
        const selection = part.map(({ asked, isLeaf }) => (isLeaf ? asked : `${asked} { __typename }`)).join(' ');
        const query = way.reduceRight(
          (below, { asked, on }) => `${asked} { __typename ... on ${on} { ${below} } }`,
          selection,
        );
        const { data, errors } = await system.answer(`{ ${query} }`, {}, bearer);
        if (errors?.some(({ extensions }) => /COMPLEX/.test(String(extensions?.code)))) continue;
        if (errors?.some(({ extensions }) => /VALIDATION|INTERNAL/.test(String(extensions?.code))))
          throw new Error(JSON.stringify([query, errors]));
        let objects: Record<string, unknown>[] = data ? [data] : [];
        for (const { key } of way)
          objects = objects
            .flatMap((one) => [one[key]].flat(3) as Record<string, unknown>[])
            .filter((one) => one != null);
        for (const { field, asked, isLeaf } of part) {
          const values = objects.flatMap((one) => [one[field.name]].flat(3)).filter((value) => value != null);
          if (values.length === 0) continue;
          seen.add(`${type.name}.${field.name}`);
          if (isLeaf) continue;
          const of = getNamedType(field.type);
          const types = isAbstractType(of) ? schema.getPossibleTypes(of) : isObjectType(of) ? [of] : [];
          const typenames = new Set(values.map((value) => (value as { __typename?: string }).__typename));
          for (const found of types)
            if (typenames.has(found.name))
              next.push({ type: found, way: [...way, { asked, key: field.name, on: found.name }], bearer });
        }
      }
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
