import { existsSync, globSync, readFileSync } from 'node:fs';
import {
  createGateway,
  loadPlanner,
  loadSupergraph,
  parseManifest,
  planDocument,
  prepareSupergraph,
  readPreparedSupergraph,
  readShippedPlans,
} from '@bridgehead/federation';
import {
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  Kind,
  type NamedTypeNode,
  parse,
  printSchema,
  typeFromAST,
} from 'graphql';
import { grantsOf } from '../../src/domain/grants.ts';
import { ANONYMOUS, OFFICER_ROLES, type Viewer } from '../../src/domain/viewer.ts';
import { SCALARS } from '../../src/subgraph/scalars.ts';

const composed = loadSupergraph(readFileSync('schema/supergraph.graphql', 'utf8'), { scalars: SCALARS });
/** The supergraph as a function loads it. Its SDL is a fifth of a start, and no trusted document may need it. */
const supergraph = Object.defineProperty(
  loadSupergraph(composed.sdl, {
    scalars: SCALARS,
    prepared: readPreparedSupergraph(prepareSupergraph(composed), composed.hash),
  }),
  'document',
  {
    get: () => {
      throw new Error('A trusted document makes the gateway parse the SDL.');
    },
  },
);
const { operations } = parseManifest(readFileSync('schema/operations/manifest.json', 'utf8'));
const planner = loadPlanner(composed);

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
  admin: [{ kind: 'admin', person: 'p' }],
  analyst: [ANONYMOUS, { kind: 'analyst', person: 'p' }],
};

interface Asking {
  readonly viewer?: Viewer;
  readonly hash?: string;
}

/** Documents that need the applicant to be signed in: a case's receipt and secret are not enough. */
const FOR_APPLICANTS: ReadonlySet<string> = new Set([
  'MyAccessLog',
  'OpenCase',
  'OpenOwnDocument',
  'RenewReceiptSecret',
  'SetNewsContact',
  'RemoveNewsContact',
  'BindWeChat',
  'GiveConsent',
  'WithdrawCase',
  'RequestReconsideration',
  'UseVerifiedDocument',
  'WithdrawVerifiedDocument',
  'RateCase',
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

/** A value of an input type that says no more than it must: mutations have no examples for people. */
function sampleOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType);
  if (isListType(type)) return [sampleOf(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const asked = type.isOneOf ? fields.slice(0, 1) : fields.filter((field) => isRequiredInputField(field));
    return Object.fromEntries(asked.map((field) => [field.name, sampleOf(field.type)]));
  }
  return SAMPLES[type.name];
}

const SAMPLES: Readonly<Record<string, unknown>> = {
  ID: 'case_01HB0000000000000000000001',
  String: 'a-text-of-these-tests',
  Int: 1,
  Float: 1,
  Boolean: true,
  Date: '2020-03-16',
  DateTime: '2020-03-16T00:00:00.000Z',
  Decimal: '1',
  Fen: '1',
};

function variablesOf(body: string, example: string): Record<string, unknown> {
  if (existsSync(example)) return JSON.parse(readFileSync(example, 'utf8'));
  const [operation] = parse(body).definitions;
  const variables = operation?.kind === Kind.OPERATION_DEFINITION ? (operation.variableDefinitions ?? []) : [];
  return Object.fromEntries(
    variables.map(({ variable, type }) => {
      const found = typeFromAST(supergraph.apiSchema, type as NamedTypeNode);
      if (!found || !isInputType(found)) throw new Error(`${variable.name.value} has no input type`);
      return [variable.name.value, sampleOf(found)];
    }),
  );
}

const forUsers = operations.flatMap(({ name, body }) => {
  const [file = ''] = globSync(`schema/operations/*/${name}.graphql`);
  const all = USERS[file.split('/').at(-2) ?? ''] ?? [];
  const users = FOR_APPLICANTS.has(name) ? all.filter(({ kind }) => kind === 'applicant') : all;
  const example = file.replace('.graphql', '.variables.json');
  const variables = variablesOf(body, example);
  return users.map((viewer) => ({ name, kind: viewer.kind, viewer, body, variables }));
});

test('a prepared supergraph has the parts that its SDL has', () => {
  const { apiDocument: _, apiSchema, document: __, ...parts } = composed;
  expect(supergraph).toMatchObject(parts);
  expect(printSchema(supergraph.apiSchema)).toBe(printSchema(apiSchema));
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
