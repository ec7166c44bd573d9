import { existsSync, globSync, readFileSync } from 'node:fs';
import { parse } from 'graphql';
import { grantsOf } from '../../src/domain/grants.ts';
import { ANONYMOUS, OFFICER_ROLES, type Viewer } from '../../src/domain/viewer.ts';
import { createGateway } from '../../src/gateway/gateway.ts';
import { planDocument } from '../../src/gateway/plan-document.ts';
import { loadPlanner } from '../../src/gateway/planner.ts';
import { readShippedPlans } from '../../src/gateway/shipped-plans.ts';
import { loadSupergraph } from '../../src/gateway/supergraph.ts';
import { parseManifest } from '../../src/gateway/trusted-documents.ts';
import { SCALARS } from '../../src/subgraph/scalars.ts';

const supergraph = loadSupergraph(readFileSync('schema/supergraph.graphql', 'utf8'), { scalars: SCALARS });
const { operations } = parseManifest(readFileSync('schema/operations/manifest.json', 'utf8'));
const planner = loadPlanner(supergraph);

/** A build's file of the plans of these documents. */
function plansOf(...bodies: string[]): string {
  const plans = new Map(bodies.flatMap((body) => [...planDocument(supergraph, planner, body)]));
  return JSON.stringify({ supergraph: supergraph.hash, plans: Object.fromEntries(plans) });
}

/** For whom the operations of a folder are. */
const USERS: Readonly<Record<string, readonly Viewer[]>> = {
  mobile: [
    { kind: 'applicant', person: 'p' },
    { kind: 'caseHolder', caseId: 'case_1' },
  ],
  partner: [{ kind: 'partner', zone: 'zone_baodi', key: 'k' }],
  officer: [{ kind: 'officer', person: 'p', agency: 'PARK', zone: 'zone_teda', roles: OFFICER_ROLES }],
  clerk: [{ kind: 'clerk', person: 'p', enterprise: 'ent_1' }],
  analyst: [ANONYMOUS, { kind: 'analyst', person: 'p' }],
};

interface Asking {
  readonly viewer?: Viewer;
  readonly hash?: string;
}

/** Documents that need the applicant to be signed in: a case's receipt and secret are not enough. */
const FOR_APPLICANTS: ReadonlySet<string> = new Set([
  'OpenCase',
  'OpenOwnDocument',
  'RenewReceiptSecret',
  'GiveConsent',
  'WithdrawCase',
  'RequestReconsideration',
]);

/** Runs an operation over subgraphs that have nothing, and records what is planned and who is asked. */
async function run(
  body: string,
  variables: Record<string, unknown>,
  plansFile: string,
  { viewer = ANONYMOUS, hash = supergraph.hash }: Asking = {},
) {
  const planned: string[] = [];
  const asked: string[] = [];
  const gateway = createGateway({
    supergraph,
    subgraphs: Object.fromEntries(
      supergraph.subgraphs.map((name) => [
        name,
        async () => {
          asked.push(name);
          return { data: {} };
        },
      ]),
    ),
    planner: {
      plan: (query) => {
        planned.push(query);
        return planner.plan(query);
      },
    },
    shippedPlans: readShippedPlans(plansFile, hash),
  });
  const deadline = Date.now() + 10_000;
  const call = { requestId: 'r', viewer, now: new Date(0), locale: 'ZH', deadline } as const;
  const signal = AbortSignal.timeout(10_000);
  const result = await gateway.execute({
    document: parse(body),
    variables,
    call: { ...call, signal },
    grants: grantsOf(viewer),
  });
  return { planned, asked, result };
}

const OF_CASE = { idempotencyKey: 'a-key-of-these-tests', case: 'case_01HB0000000000000000000001' };

/** What mutations are asked with: they are no examples for people. */
const INPUTS: Readonly<Record<string, object>> = {
  OpenCase: {
    idempotencyKey: OF_CASE.idempotencyKey,
    caseType: 'ctype_talent-apartment',
    zone: 'zone_teda',
    applicant: { name: '张某某', idNumber: '999999198802030123', phone: '10012345678' },
    relation: 'SELF',
  },
  RequestUpload: {
    ...OF_CASE,
    document: 'degree',
    fileName: 'degree.pdf',
    mediaType: 'application/pdf',
    size: 1,
    sha256: 'ab'.repeat(32),
  },
  SupplyDocument: { ...OF_CASE, upload: 'upload_1' },
  OpenDocument: { case: OF_CASE.case, document: 'degree', purpose: 'CASE_HANDLING' },
  OpenOwnDocument: { case: OF_CASE.case, document: 'degree', version: 1, purpose: 'OWN_DATA' },
  RateCase: { ...OF_CASE, rating: 5 },
  ReportOperations: {
    idempotencyKey: OF_CASE.idempotencyKey,
    reports: [{ enterprise: 'ent_1', on: '2020-03-16', mode: 'ON_SITE', staffTotal: 2, staffReturned: 1 }],
  },
};

function variablesOf(name: string, body: string, example: string): Record<string, unknown> {
  if (existsSync(example)) return JSON.parse(readFileSync(example, 'utf8'));
  const locale = body.includes('$locale') ? { locale: 'ZH' } : {};
  return body.includes('$input') ? { ...locale, input: INPUTS[name] ?? OF_CASE } : locale;
}

const forUsers = operations.flatMap(({ name, body }) => {
  const [file = ''] = globSync(`schema/operations/*/${name}.graphql`);
  const all = USERS[file.split('/').at(-2) ?? ''] ?? [];
  const users = FOR_APPLICANTS.has(name) ? all.filter(({ kind }) => kind === 'applicant') : all;
  const example = file.replace('.graphql', '.variables.json');
  const variables = variablesOf(name, body, example);
  return users.map((viewer) => ({ name, kind: viewer.kind, viewer, body, variables }));
});

test('each operation has somebody whom it is for', () => {
  expect(new Set(forUsers.map(({ name }) => name)).size).toBe(operations.length);
});

test.each(forUsers)('$name is run without the planner, all of it, for $kind', async ({ viewer, body, variables }) => {
  const { planned, asked, result } = await run(body, variables, plansOf(body), { viewer });
  expect(planned).toEqual([]);
  expect(asked).not.toEqual([]);
  const codes = result.errors?.map(({ extensions }) => extensions.code) ?? [];
  expect(codes).not.toContain('BAD_USER_INPUT');
  expect(codes).not.toContain('UNAUTHORIZED_FIELD_OR_TYPE');
});

const CONDITIONAL =
  'query ($a: Boolean!, $b: Boolean!) { parks(first: 1) @include(if: $a) { nodes { id } } zones(first: 1) @skip(if: $b) { nodes { id } } }';

test.each([
  [true, true],
  [true, false],
  [false, true],
  [false, false],
])('a plan is shipped for conditions that are %p and %p', async (a, b) => {
  const { planned, asked } = await run(CONDITIONAL, { a, b }, plansOf(CONDITIONAL));
  expect(planned).toEqual([]);
  expect(asked.length > 0).toBe(a || !b);
});

test('plans for another supergraph are of no use', async () => {
  const { planned } = await run(
    '{ parks(first: 1) { nodes { id } } }',
    {},
    plansOf('{ parks(first: 1) { nodes { id } } }'),
    { hash: 'other' },
  );
  expect(planned).toHaveLength(1);
});

test('too many ways to settle a document are refused', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const fields = names.map((name) => `${name}: parks(first: 1) @include(if: $${name}) { nodes { id } }`);
  const document = `query (${names.map((name) => `$${name}: Boolean!`).join(' ')}) { ${fields.join(' ')} }`;
  expect(() => planDocument(supergraph, planner, document)).toThrow(expect.objectContaining({ code: 'CONFIGURATION' }));
});

test.each(['{', '[]', '{"supergraph":"x","plans":{"a":1}}'])('%p is no file of plans', (json) => {
  expect(() => readShippedPlans(json, 'x')).toThrow(expect.objectContaining({ code: 'CONFIGURATION' }));
});
