import { answers } from './tiny-federation.ts';

answers(
  'enums and inputs are what all subgraphs have of them, and what is inaccessible is not there',
  {
    a: {
      sdl: `type Query { users(filter: Filter): [User] kind(of: Kind): String }
        enum Kind { PERSON ROBOT } input Filter { name: String secret: String kind: Kind }
        type User @key(fields: "id") { id: ID! kind: Level hidden: Int @inaccessible }
        enum Level { LOW HIGH TOP @inaccessible }`,
      resolvers: {
        Query: {
          users: (_: unknown, { filter }: { filter?: { name?: string } }) => [
            { id: `1 ${filter?.name ?? 'all'}`, kind: 'LOW', hidden: 4 },
            { id: '2', kind: 'TOP', hidden: 5 },
          ],
          kind: (_: unknown, { of }: { of: string }) => of,
        },
      },
    },
    b: {
      sdl: `type Query { named(filter: Filter): Int kindOf(of: Kind): Int } enum Kind { PERSON } input Filter { name: String kind: Kind }
        type User @key(fields: "id") { id: ID! hidden: Int @external double: Int @requires(fields: "hidden") }`,
      resolvers: { User: { double: ({ hidden }: { hidden: number }) => hidden * 2 } },
    },
  },
  [
    [
      '{ users(filter: { name: "n" }) { id double } }',
      {
        data: {
          users: [
            { id: '1 n', double: 8 },
            { id: '2', double: 10 },
          ],
        },
      },
    ],
    [
      '{ users { kind } }',
      { data: { users: [{ kind: 'LOW' }, { kind: null }] }, errors: ['SUBGRAPH_INVALID_RESPONSE users.1.kind'] },
    ],
    ['{ users { hidden } }', { errors: ['GRAPHQL_VALIDATION_FAILED'] }],
    ['{ users(filter: { secret: "s" }) { id } }', { errors: ['GRAPHQL_VALIDATION_FAILED'] }],
    ['query ($f: Filter) { users(filter: $f) { id } }', { errors: ['BAD_USER_INPUT'] }, { f: { secret: 's' } }],
    ['{ kind(of: ROBOT) }', { errors: ['GRAPHQL_VALIDATION_FAILED'] }],
    ['query ($k: Kind = PERSON) { kind(of: $k) }', { data: { kind: 'PERSON' } }],
    [
      '{ __type(name: "Level") { enumValues { name } } __typename }',
      { data: { __type: { enumValues: [{ name: 'LOW' }, { name: 'HIGH' }] }, __typename: 'Query' } },
    ],
    [
      '{ __type(name: "Filter") { inputFields { name } } }',
      { data: { __type: { inputFields: [{ name: 'name' }, { name: 'kind' }] } } },
    ],
    ['query ($id: Boolean = true) { users @skip(if: $id) { id } }', { data: {} }],
  ],
);

answers(
  'subgraphs of federation 1',
  {
    users: {
      isFederation1: true,
      sdl: 'type Query { randomUser: User } type User @key(fields: "id") { id: ID! name: String! @external rid: ID } extend type Profile @key(fields: "id") { id: ID! @external of: User }'.replace(
        ' @external rid',
        ' rid',
      ),
      resolvers: {
        Query: { randomUser: () => ({ id: 'u1', name: 'n', rid: 'r1' }) },
        Profile: { of: ({ id }: { id: string }) => ({ id, name: `user of ${id}` }) },
      },
    },
    profiles: {
      isFederation1: true,
      sdl: `extend type Query { profile: Profile } type Profile @key(fields: "id") { id: ID! bio: String }
        extend type User @key(fields: "id") { id: ID! @external rid: ID @external nickname: String @requires(fields: "rid") }`,
      resolvers: {
        Query: { profile: () => ({ id: 'p1', bio: 'b' }) },
        User: { nickname: ({ rid }: { rid: string }) => `nick ${rid}` },
      },
    },
  },
  [
    [
      '{ randomUser { name nickname } profile { bio of { name } } }',
      { data: { randomUser: { name: 'n', nickname: 'nick r1' }, profile: { bio: 'b', of: { name: 'user of p1' } } } },
    ],
  ],
);

answers(
  'what is not built is refused, and one that fails costs its own part only',
  {
    good: {
      sdl: 'type Query { good: Int must: Box } type Box { inside: Int! grid: [[Int!]]! }',
      resolvers: { Query: { good: () => 1, must: () => ({ inside: null, grid: [[1, null], null] }) } },
    },
    bad: {
      sdl: 'type Query { bad: Int both: Pair list: [Int] } type Pair { a: Int! b: Int }',
      resolvers: {
        Query: {
          bad: () => {
            throw new Error('secret');
          },
          both: () => ({ a: null, b: 1 }),
          list: () => [1, new Error('secret'), 3],
        },
      },
    },
  },
  [
    ['{ good bad }', { data: { good: 1, bad: null }, errors: ['INTERNAL_SERVER_ERROR bad'] }],
    ['{ good list }', { data: { good: 1, list: [1, null, 3] }, errors: ['INTERNAL_SERVER_ERROR list.1'] }],
    ['{ both { b } good }', { data: { both: { b: 1 }, good: 1 } }],
    ['{ both { a } }', { data: { both: null }, errors: ['INTERNAL_SERVER_ERROR both.a'] }],
    ['{ must { inside } }', { data: { must: null }, errors: ['INTERNAL_SERVER_ERROR must.inside'] }],
    ['{ must { grid } }', { data: { must: { grid: [null, null] } }, errors: ['INTERNAL_SERVER_ERROR must.grid.0.1'] }],
    ['subscription { x }', { errors: ['GRAPHQL_VALIDATION_FAILED'] }],
    ['{ good ... @defer { bad } }', { errors: ['GRAPHQL_VALIDATION_FAILED', 'GRAPHQL_VALIDATION_FAILED'] }],
  ],
);

const FRESHNESS = `extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@composeDirective"])
    @link(url: "https://park.example/freshness/v1.0", import: ["@fresh", "@watched"])
    @composeDirective(name: "@fresh") @composeDirective(name: "@watched")
  directive @fresh(within: Age! = HOUR) on FIELD | OBJECT
  directive @watched(by: freshness__Watcher) on FIELD
  enum Age { MINUTE HOUR } enum freshness__Watcher { HOUSE }
`;

answers(
  'a composed directive is there for clients to write, unless an argument has a type that is not public',
  {
    rooms: {
      isFederation1: true,
      sdl: `${FRESHNESS} type Query { rooms: [Room] } type Room @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { rooms: () => [{ id: '1' }] } },
    },
    climate: {
      isFederation1: true,
      sdl: `${FRESHNESS} type Room @key(fields: "id") { id: ID! degrees: Int }`,
      resolvers: { Room: { degrees: () => 21 } },
    },
  },
  [
    ['{ rooms @fresh { degrees @fresh(within: MINUTE) } }', { data: { rooms: [{ degrees: 21 }] } }],
    ['{ rooms @fresh(within: YEAR) { id } }', { errors: ['GRAPHQL_VALIDATION_FAILED'] }],
    ['{ rooms @watched { id } }', { errors: ['GRAPHQL_VALIDATION_FAILED'] }],
    [
      '{ __schema { directives { name locations } } }',
      {
        data: {
          __schema: {
            directives: [
              { name: 'fresh', locations: ['FIELD'] },
              { name: 'include', locations: ['FIELD', 'FRAGMENT_SPREAD', 'INLINE_FRAGMENT'] },
              { name: 'skip', locations: ['FIELD', 'FRAGMENT_SPREAD', 'INLINE_FRAGMENT'] },
              {
                name: 'deprecated',
                locations: [
                  'FIELD_DEFINITION',
                  'ARGUMENT_DEFINITION',
                  'INPUT_FIELD_DEFINITION',
                  'ENUM_VALUE',
                  'DIRECTIVE_DEFINITION',
                ],
              },
              { name: 'specifiedBy', locations: ['SCALAR'] },
              { name: 'oneOf', locations: ['INPUT_OBJECT'] },
            ],
          },
        },
      },
    ],
  ],
);
