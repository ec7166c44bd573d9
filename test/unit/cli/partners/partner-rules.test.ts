import { readCandidate, readExisting } from '../../../../src/cli/partners/candidate.ts';
import { PARTNER_RULES } from '../../../../src/cli/partners/partner-rules.ts';
import type { PartnerRegistration } from '../../../../src/edge/partners.ts';

const OURS = `
  type Query { park: Park }
  type Mutation { open: Int }
  enum Locale { ZH EN }
  scalar Date
  input Filter { code: String }
  interface Node { id: ID! }
  union Place = Park | Zone
  type PageInfo @shareable { hasNextPage: Boolean! }
  type Point { x: Int }
  type Zone @key(fields: "id") { id: ID! @tag(name: "partner-input") name: String }
  type Person @key(fields: "idNumber") { idNumber: ID! name: String }
  type Park @key(fields: "id") @key(fields: "code") {
    id: ID! @tag(name: "partner-input")
    code: String! @tag(name: "partner-input")
    name: String
    zone: Zone
    secret: Zone @tag(name: "internal")
  }
`;

const EXISTING = readExisting(
  [{ name: 'parks', sdl: OURS }],
  [
    {
      name: 'partner_teda',
      sdl: 'type Yard @key(fields: "id") { id: ID! @tag(name: "partner-input") } type Park @key(fields: "id") { id: ID! }',
    },
  ],
  new Map([['park', 'Park']]),
);

const IMPORTS = [
  ...['key', 'external', 'requires', 'provides', 'shareable', 'override', 'inaccessible', 'interfaceObject', 'tag'],
  ...['cost', 'listSize', 'authenticated', 'requiresScopes', 'composeDirective', 'context'],
];
const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${IMPORTS.map((name) => `"@${name}"`)}])`;

interface Case {
  readonly sdl?: string;
  readonly link?: string;
  readonly registration?: Partial<PartnerRegistration>;
  readonly allowLoopback?: boolean;
}

/** `rule: reason` of each refusal. */
function refusals({ sdl = '', link = LINK, registration = {}, allowLoopback = false }: Case): string[] {
  const partner = {
    zone: 'east-port',
    subgraph: 'partner_east_port',
    sdl: `${link}\n${sdl}`,
    registration: {
      url: 'https://east-port.example/graphql',
      audience: 'east',
      allowStale: false,
      idPrefixes: {},
      ...registration,
    },
  };
  const candidate = readCandidate(partner, allowLoopback);
  return Object.entries(PARTNER_RULES).flatMap(([rule, check]) =>
    check(candidate, EXISTING).map((reason) => `${rule}: ${reason}`),
  );
}

const QUERY = 'type Query { eastPortShed: Shed @tag(name: "public") }';
const X = 'type Query { eastPortX: Int @tag(name: "public") }';

test.each<[what: string, offered: Case]>([
  [
    'a type of its own with a key of its own',
    { sdl: `${QUERY} type Shed @key(fields: "id") { id: ID! @tag(name: "public") size: Int! @authenticated }` },
  ],
  [
    'an extension of an entity by a field that partners may be given',
    { sdl: `${X} type Park @key(fields: "code") { code: String! sheds: [Int!] @tag(name: "public") }` },
  ],
  [
    'a field that requires what partners may be given',
    {
      sdl: `${X} type Park @key(fields: "id") { id: ID! code: String! @external x: Int @requires(fields: "code") @tag(name: "public") }`,
    },
  ],
  [
    'shared types repeated as they are',
    {
      sdl: `${QUERY} type Shed { at: Date @authenticated in(filter: Filter): Locale @authenticated page: PageInfo @authenticated } enum Locale { EN ZH } scalar Date
      input Filter { code: String } type PageInfo @shareable { hasNextPage: Boolean! }`,
    },
  ],
  [
    'an entity of others as a stub',
    {
      sdl: `${QUERY} type Shed { zone: Zone @tag(name: "public") } type Zone @key(fields: "id", resolvable: false) { id: ID! }`,
    },
  ],
  [
    'tags, costs and access of its own',
    {
      sdl: `${QUERY} type Shed @tag(name: "sheds") @authenticated { size: Int @cost(weight: 3) @deprecated @requiresScopes(scopes: [["enterprises:read"]]) }`,
    },
  ],
  [
    'a prefix for its own ids',
    {
      sdl: `${QUERY} type Shed @key(fields: "id") { id: ID! @tag(name: "public") }`,
      registration: { idPrefixes: { shed: 'Shed' } },
    },
  ],
  ['this machine in development', { registration: { url: 'http://127.0.0.1:4101/graphql' }, allowLoopback: true }],
])('accepts %s', (_, offered) => {
  expect(refusals(offered)).toEqual([]);
});

test.each<[rule: string, reason: string | RegExp, refused: Case]>([
  ['address', 'it must be https', { registration: { url: 'http://east-port.example/graphql' } }],
  ['address', 'this machine itself', { registration: { url: 'https://localhost:4101/graphql' } }],
  ['address', 'public internet', { registration: { url: 'https://192.168.1.1/graphql' }, allowLoopback: true }],
  ['links', 'must link federation 2', { link: '', sdl: 'type Query { eastPortX: Int }' }],
  [
    'links',
    'of a partner only federation 2',
    { link: `${LINK} extend schema @link(url: "https://example.com/audit/v1.0", for: SECURITY)` },
  ],
  ['links', 'other names', { link: LINK.replace('import:', 'as: "fed", import:') }],
  ['links', 'other names', { link: LINK.replace('"@override"', '{ name: "@override", as: "@own" }') }],
  ['links', 'must not be called Root', { link: `${LINK} schema { query: Root }`, sdl: 'type Root { eastPortX: Int }' }],
  ['scalars', "scalars that can't be checked: Blob", { sdl: 'type Query { eastPortX: Blob } scalar Blob' }],
  ['reads-only', 'the type Mutation: partners offer reads only', { sdl: 'type Mutation { buy: Int }' }],
  ['reads-only', 'the type Subscription', { sdl: 'type Subscription { sold: Int }' }],
  ['root-fields', 'Query.shed must begin with "eastPort", e.g. "eastPortShed"', { sdl: 'type Query { shed: Int }' }],
  ['root-fields', 'Query.eastPortshed must begin', { sdl: 'extend type Query { eastPortshed: Int }' }],
  [
    'existing-types',
    'Locale is not the one that is there (ZH, EN)',
    { sdl: 'type Query { eastPortX: Locale } enum Locale { ZH EN JA }' },
  ],
  [
    'existing-types',
    'Filter is not the one',
    { sdl: 'type Query { eastPortX(f: Filter): Int } input Filter { code: String! }' },
  ],
  [
    'existing-types',
    'PageInfo is not the one',
    { sdl: 'type Query { eastPortX: PageInfo } type PageInfo @shareable { hasNextPage: Boolean! of: Int }' },
  ],
  [
    'existing-types',
    'Point belongs to others and has no @key',
    { sdl: 'type Query { eastPortX: Point } type Point @shareable { x: Int }' },
  ],
  [
    'existing-types',
    'Park belongs to others: it can be extended by its @key only',
    { sdl: 'type Query { eastPortX: Park } type Park { y: Int }' },
  ],
  [
    'existing-types',
    'an interface or a union can not be extended',
    { sdl: 'type Query { eastPortX: Node } interface Node { id: ID! }' },
  ],
  [
    'existing-types',
    'Place belongs to others',
    { sdl: 'type Shed { x: Int } union Place = Shed type Query { eastPortX: Place }' },
  ],
  ['existing-types', 'Yard belongs to others', { sdl: 'type Query { eastPortX: Yard } type Yard { y: Int }' }],
  ['existing-types', 'Park is taken: it is another kind', { sdl: 'type Query { eastPortX: Park } enum Park { A }' }],
  [
    'borrowed-fields',
    'Park.name is answered by others',
    { sdl: 'type Query { eastPortX: Int } type Park @key(fields: "id") { id: ID! name: String @shareable }' },
  ],
  [
    'nullable-fields',
    'Park.sheds must be nullable ("[Int!]")',
    { sdl: 'type Query { eastPortX: Int } type Park @key(fields: "id") { id: ID! sheds: [Int!]! }' },
  ],
  ['nullable-fields', 'Query.eastPortX must be nullable', { sdl: 'type Query { eastPortX: Int! }' }],
  [
    'id-prefixes',
    'is taken: it names Park',
    { sdl: `${QUERY} type Shed @key(fields: "id") { id: ID! }`, registration: { idPrefixes: { park: 'Shed' } } },
  ],
  ['id-prefixes', 'Zone is none', { registration: { idPrefixes: { zo: 'Zone' } } }],
  [
    'id-prefixes',
    'Shed is none',
    { sdl: `${QUERY} type Shed @key(fields: "code") { code: ID! }`, registration: { idPrefixes: { shed: 'Shed' } } },
  ],
  [
    'id-prefixes',
    'lower-case letters',
    { sdl: `${QUERY} type Shed @key(fields: "id") { id: ID! }`, registration: { idPrefixes: { S_: 'Shed' } } },
  ],
  [
    'keys',
    'names Person.idNumber, which partners are not given',
    { sdl: 'type Query { eastPortX: Int } type Person @key(fields: "idNumber") { idNumber: ID! x: Int }' },
  ],
  [
    'keys',
    'names Park.secret',
    {
      sdl: 'type Query { eastPortX: Int } type Park @key(fields: "secret { id }") { secret: Zone x: Int } type Zone @key(fields: "id") { id: ID! }',
    },
  ],
  ['keys', 'names Yard.id', { sdl: 'type Query { eastPortX: Int } type Yard @key(fields: "id") { id: ID! x: Int }' }],
  [
    'keys',
    'more than one @key',
    {
      sdl: 'type Query { eastPortX: Int } type Park @key(fields: "id") @key(fields: "code") { id: ID! code: String! }',
    },
  ],
  [
    'keys',
    'names Person.idNumber',
    { sdl: 'type Query { eastPortX: Int } type Person @federation__key(fields: "idNumber") { idNumber: ID! x: Int }' },
  ],
  [
    'requires',
    'Park.x requires Park.name, which partners are not given. They may be given Park.id, Park.code.',
    {
      sdl: 'type Query { eastPortX: Int } type Park @key(fields: "id") { id: ID! name: String @external x: Int @requires(fields: "name") }',
    },
  ],
  [
    'requires',
    'Park.x requires Zone.name',
    {
      sdl: 'type Query { eastPortX: Int } type Park @key(fields: "id") { id: ID! zone: Zone @external x: Int @requires(fields: "zone { ... on Zone { name } }") } type Zone @key(fields: "id") { id: ID! name: String @external }',
    },
  ],
  [
    'provides',
    'Shed.park provides Park.name',
    {
      sdl: `${QUERY} type Shed { park: Park @provides(fields: "name") } type Park @key(fields: "id") { id: ID! name: String @external }`,
    },
  ],
  [
    'no-override',
    'Park.name has @override',
    {
      sdl: 'type Query { eastPortX: Int } type Park @key(fields: "id") { id: ID! name: String @override(from: "parks") }',
    },
  ],
  [
    'no-override',
    'Park.name has @override',
    {
      sdl: 'type Query { eastPortX: Int } type Park @key(fields: "id") { id: ID! name: String @federation__override(from: "parks") }',
    },
  ],
  [
    'no-inaccessible',
    'Park.id has @inaccessible',
    { sdl: 'type Query { eastPortX: Int } type Park @key(fields: "id") { id: ID! @inaccessible }' },
  ],
  [
    'no-inaccessible',
    'Query.eastPortX(secret:) has @inaccessible',
    { sdl: 'type Query { eastPortX(secret: Int @inaccessible): Int }' },
  ],
  [
    'no-inaccessible',
    'Locale.ZH has @inaccessible',
    { sdl: 'type Query { eastPortX: Locale } enum Locale { ZH @inaccessible EN }' },
  ],
  [
    'no-interface-object',
    'Node has @interfaceObject',
    { sdl: 'type Query { eastPortX: Int } type Node @key(fields: "id") @interfaceObject { id: ID! x: Int }' },
  ],
  [
    'no-compose-directive',
    'schema has @composeDirective',
    { link: `${LINK} extend schema @composeDirective(name: "@x")` },
  ],
  ['no-context', 'Shed has @context', { sdl: `${QUERY} type Shed @context(name: "a") { x: Int }` }],
  ['audience', 'Shed.size does not say who may ask for it', { sdl: `${QUERY} type Shed { size: Int }` }],
  ['audience', 'Shed.size does not', { sdl: `${QUERY} type Shed @tag(name: "public") { size: Int }` }],
  ['audience', 'Park.sheds does not', { sdl: `${X} type Park @key(fields: "id") { id: ID! sheds: [Int!] }` }],
  [
    'audience',
    'Shed.size asks for what nobody is granted: sheds:read',
    { sdl: `${QUERY} type Shed { size: Int @requiresScopes(scopes: [["sheds:read"]]) }` },
  ],
  [
    'authorization',
    'Park has @authenticated, but is not yours',
    { sdl: 'type Query { eastPortX: Int } type Park @key(fields: "id") @authenticated { id: ID! }' },
  ],
  [
    'authorization',
    'Park.id has @requiresScopes',
    {
      sdl: 'type Query { eastPortX: Int } type Park @key(fields: "id") { id: ID! @federation__requiresScopes(scopes: [["a"]]) }',
    },
  ],
  [
    'authorization',
    'Park.id has @policy',
    {
      sdl: 'type Query { eastPortX: Int } type Park @key(fields: "id") { id: ID! @federation__policy(policies: [["a"]]) }',
    },
  ],
  [
    'tags',
    'Park has @tag(name: "public"), but is not yours',
    { sdl: 'type Query { eastPortX: Int } type Park @key(fields: "id") @tag(name: "public") { id: ID! }' },
  ],
  [
    'tags',
    'Shed.x has @tag(name: "partner-input")',
    { sdl: `${QUERY} type Shed { x: Int @tag(name: "partner-input") }` },
  ],
  ['costs', 'Shed.x has @cost(weight: -5)', { sdl: `${QUERY} type Shed { x: Int @cost(weight: -5) }` }],
  ['costs', 'Query.eastPortX(n:) has @cost', { sdl: 'type Query { eastPortX(n: Int @cost(weight: -1)): Int }' }],
  [
    'costs',
    'Park has @cost, but is not yours',
    { sdl: 'type Query { eastPortX: Int } type Park @key(fields: "id") @cost(weight: 9) { id: ID! }' },
  ],
  [
    'costs',
    'Locale has @cost, but is not yours',
    { sdl: 'type Query { eastPortX: Locale } enum Locale @cost(weight: 9) { ZH EN }' },
  ],
  [
    'deprecations',
    'Locale.ZH has @deprecated, but is not yours',
    { sdl: 'type Query { eastPortX: Locale } enum Locale { ZH @deprecated EN }' },
  ],
  [
    'deprecations',
    'Park.id has @deprecated',
    { sdl: 'type Query { eastPortX: Int } type Park @key(fields: "id") { id: ID! @deprecated(reason: "x") }' },
  ],
  [
    'costs',
    'Query.eastPortX has @listSize(assumedSize: -1)',
    { sdl: 'type Query { eastPortX: [Int] @listSize(assumedSize: -1) }' },
  ],
])('%s: %s', (rule, reason, refused) => {
  expect(refusals(refused)).toContainEqual(expect.stringMatching(toPattern(rule, reason)));
});

function toPattern(rule: string, reason: string | RegExp): RegExp {
  const text = typeof reason === 'string' ? reason.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : reason.source;
  return new RegExp(`^${rule}: .*${text}`);
}

test('the list is frozen', () => {
  expect(Object.isFrozen(PARTNER_RULES)).toBe(true);
});

test('refuses invalid GraphQL with its position', () => {
  expect(() => refusals({ sdl: 'type {' })).toThrow(/not GraphQL.*line 2, column 6/);
});
