import { answers } from './tiny-federation.ts';

const UNITS: Readonly<Record<string, string>> = { 1: 'Team', 2: 'Squad', 3: 'Crew' };
const unitOf = (id: string) => ({ __typename: UNITS[id], id, code: `u${id}`, lead: `lead ${id}` });

answers(
  'fields of an interface whose types are spread over subgraphs',
  {
    catalog: {
      sdl: `type Query { things: [Thing!]! pick: Choice } interface Thing { id: ID! name: String }
        type Book implements Thing @key(fields: "id") { id: ID! name: String pages: Int }
        type Film implements Thing @key(fields: "id") { id: ID! name: String }
        type Song implements Thing { id: ID! name: String }
        union Choice = Book | Song`,
      resolvers: {
        Query: {
          things: () => [
            { __typename: 'Film', id: 'f1', name: 'F' },
            { __typename: 'Book', id: 'b1', name: 'B', pages: 9 },
            { __typename: 'Song', id: 's1', name: 'S' },
          ],
          pick: () => ({ __typename: 'Book', id: 'b1', name: 'B', pages: 9 }),
        },
      },
    },
    reviews: {
      sdl: `interface Rated { stars: Int reviewer: Person } type Person { name: String! }
        type Book implements Rated @key(fields: "id") { id: ID! stars: Int reviewer: Person }
        type Film implements Rated @key(fields: "id") { id: ID! stars: Int reviewer: Person }`,
      resolvers: {
        Book: { stars: () => 5, reviewer: () => ({ name: 'b' }) },
        Film: { stars: () => 3, reviewer: () => null },
      },
    },
  },
  [
    [
      '{ things { __typename name ... on Rated { stars reviewer { name } } } }',
      {
        data: {
          things: [
            { __typename: 'Film', name: 'F', stars: 3, reviewer: null },
            { __typename: 'Book', name: 'B', stars: 5, reviewer: { name: 'b' } },
            { __typename: 'Song', name: 'S' },
          ],
        },
      },
    ],
    [
      '{ things { ... on Book { x: pages } ... on Film { x: stars } ... on Thing { id } } }',
      { data: { things: [{ x: 3, id: 'f1' }, { x: 9, id: 'b1' }, { id: 's1' }] } },
    ],
    [
      '{ pick { __typename ... on Thing { name } ... on Rated { stars } } }',
      { data: { pick: { __typename: 'Book', name: 'B', stars: 5 } } },
    ],
    ['{ things { x: __typename } }', { data: { things: [{ x: 'Film' }, { x: 'Book' }, { x: 'Song' }] } }],
  ],
);

answers(
  'an interface object gives a field to every type of the interface, also to those that it never heard of',
  {
    accounts: {
      sdl: `type Query { accounts: [Account!]! } interface Account @key(fields: "id") { id: ID! owner: String }
        type Person implements Account @key(fields: "id") { id: ID! owner: String }
        type Firm implements Account @key(fields: "id") { id: ID! owner: String no: Int }`,
      resolvers: {
        Query: {
          accounts: () => [
            { __typename: 'Person', id: '1', owner: 'p' },
            { __typename: 'Firm', id: '2', owner: 'f', no: 8 },
          ],
        },
        Account: {
          __resolveReference: ({ id }: { id: string }) =>
            id === '1' ? { __typename: 'Person', id, owner: 'p' } : { __typename: 'Firm', id, owner: 'f', no: 8 },
        },
      },
    },
    balances: {
      sdl: `type Query { richest: Account } type Account @key(fields: "id") @interfaceObject { id: ID! owner: String @external balance: Int
        greeting: String @requires(fields: "owner") peer: Account }`,
      resolvers: {
        Query: { richest: () => ({ id: '2' }) },
        Account: {
          balance: ({ id }: { id: string }) => Number(id) * 10,
          greeting: ({ owner }: { owner: string }) => `hello ${owner}`,
          peer: ({ id }: { id: string }) => ({ id: id === '1' ? '2' : '1' }),
        },
      },
    },
  },
  [
    [
      '{ accounts { __typename balance greeting } }',
      {
        data: {
          accounts: [
            { __typename: 'Person', balance: 10, greeting: 'hello p' },
            { __typename: 'Firm', balance: 20, greeting: 'hello f' },
          ],
        },
      },
    ],
    ['{ accounts { ... on Person { balance } } }', { data: { accounts: [{ balance: 10 }, {}] } }],
    [
      '{ richest { __typename balance ... on Firm { no } } }',
      { data: { richest: { __typename: 'Firm', balance: 20, no: 8 } } },
    ],
    ['{ richest { balance id } }', { data: { richest: { balance: 20, id: '2' } } }],
    [
      '{ richest { peer { __typename id owner peer { balance } } } }',
      { data: { richest: { peer: { __typename: 'Person', id: '1', owner: 'p', peer: { balance: 20 } } } } },
    ],
  ],
);

answers(
  'an interface object answers for itself where no type is asked for, also of what the interface’s owner does not know',
  {
    a: {
      sdl: `type Query { users: [User!]! } interface User @key(fields: "id") { id: ID! age: Int rank: Int }
        type Admin implements User @key(fields: "id") { id: ID! age: Int rank: Int! }
        type Guest implements User @key(fields: "id") { id: ID! age: Int rank: Int }`,
      resolvers: {
        Query: { users: () => [{ __typename: 'Admin', id: '1', age: 30, rank: 2 }] },
        User: {
          __resolveReference: ({ id }: { id: string }) =>
            id === '1' ? { __typename: 'Admin', id, age: 30, rank: 2 } : null,
        },
      },
    },
    b: {
      sdl: `type Query { any(id: ID!): User every: [User!]! }
        type User @key(fields: "id") @interfaceObject { id: ID! name: String peer: User }`,
      resolvers: {
        Query: { any: (_: unknown, { id }: { id: string }) => ({ id }), every: () => [{ id: '9' }, { id: '1' }] },
        User: { name: ({ id }: { id: string }) => `name ${id}`, peer: () => ({ id: '9' }) },
      },
    },
    c: {
      sdl: 'type User @key(fields: "id") @interfaceObject { id: ID! size: Int }',
      resolvers: { User: { size: ({ id }: { id: string }) => Number(id) * 3 } },
    },
  },
  [
    ['{ any(id: "9") { id name } }', { data: { any: { id: '9', name: 'name 9' } } }],
    ['{ any(id: "9") { size x: id } }', { data: { any: { size: 27, x: '9' } } }],
    ['{ any(id: "9") { ...F } } fragment F on User { ... { id } }', { data: { any: { id: '9' } } }],
    [
      '{ every { size peer { name size } } }',
      {
        data: {
          every: [
            { size: 27, peer: { name: 'name 9', size: 27 } },
            { size: 3, peer: { name: 'name 9', size: 27 } },
          ],
        },
      },
    ],
    [
      '{ every { name age } }',
      {
        data: {
          every: [
            { name: 'name 9', age: null },
            { name: 'name 1', age: 30 },
          ],
        },
      },
    ],
    ['{ users { size } }', { data: { users: [{ size: 3 }] } }],
    // The second interface object is asked by way of the first, which says again what it takes the user for.
    ['{ any(id: "1") { ... on Admin { size } } }', { data: { any: { size: 3 } } }],
    [
      '{ any(id: "1") { __typename ... on Admin { age size } ... on Guest { name } } }',
      { data: { any: { __typename: 'Admin', age: 30, size: 3 } } },
    ],
    [
      '{ any(id: "1") { name __typename @skip(if: true) } any(id: "1") { size } }',
      { data: { any: { name: 'name 1', size: 3 } } },
    ],
    ['{ any(id: "9") { id __typename } }', { data: { any: null }, errors: ['SUBGRAPH_INVALID_RESPONSE any'] }],
    [
      '{ any(id: "9") { id } any(id: "9") { ... on Admin { name } } }',
      { data: { any: null }, errors: ['SUBGRAPH_INVALID_RESPONSE any'] },
    ],
    // One of the interface's types is stricter than the interface: so which type it is has to be found out.
    ['{ any(id: "9") { rank } }', { data: { any: null }, errors: ['SUBGRAPH_INVALID_RESPONSE any'] }],
  ],
);

answers(
  'two interface objects of one interface are asked for what each type is asked for, on the way to the other too',
  {
    groups: {
      sdl: `type Query { units: [Unit!]! } interface Unit @key(fields: "id") { id: ID! }
        type Team implements Unit @key(fields: "id") { id: ID! lead: String }
        type Squad implements Unit @key(fields: "id") { id: ID! } type Crew implements Unit @key(fields: "id") { id: ID! }`,
      resolvers: {
        Query: { units: () => ['1', '2', '3'].map(unitOf) },
        Unit: { __resolveReference: ({ id }: { id: string }) => unitOf(id) },
      },
    },
    wages: {
      sdl: `type Query { top(id: ID!): Unit all: [Unit!]! }
        type Unit @key(fields: "id") @interfaceObject { id: ID! pay: Int }`,
      resolvers: {
        Query: {
          top: (_: unknown, { id }: { id: string }) => ({ id }),
          all: () => [{ id: '1' }, { id: '2' }, { id: '3' }],
        },
        Unit: { pay: ({ id }: { id: string }) => Number(id) * 10 },
      },
    },
    labels: {
      sdl: 'type Unit @key(fields: "id") @interfaceObject { id: ID! tag: String mark: String }',
      resolvers: {
        Unit: { tag: ({ id }: { id: string }) => `tag ${id}`, mark: ({ id }: { id: string }) => `mark ${id}` },
      },
    },
  },
  [
    ['{ top(id: "1") { ... on Team { pay } ... on Squad { tag } } }', { data: { top: { pay: 10 } } }],
    ['{ top(id: "2") { ... on Team { pay } ... on Squad { tag } } }', { data: { top: { tag: 'tag 2' } } }],
    ['{ top(id: "1") { ... on Squad { tag } ... on Team { pay } } }', { data: { top: { pay: 10 } } }],
    [
      '{ all { ... on Team { pay lead } ... on Squad { tag } ... on Crew { pay mark } } }',
      { data: { all: [{ pay: 10, lead: 'lead 1' }, { tag: 'tag 2' }, { pay: 30, mark: 'mark 3' }] } },
    ],
    [
      '{ all { __typename ... on Team { tag id } ... on Squad { tag pay } ... on Crew { id } } }',
      {
        data: {
          all: [
            { __typename: 'Team', tag: 'tag 1', id: '1' },
            { __typename: 'Squad', tag: 'tag 2', pay: 20 },
            { __typename: 'Crew', id: '3' },
          ],
        },
      },
    ],
    [
      '{ units { ... on Team { pay } ... on Squad { tag } ... on Crew { pay mark } } }',
      { data: { units: [{ pay: 10 }, { tag: 'tag 2' }, { pay: 30, mark: 'mark 3' }] } },
    ],
  ],
);

answers(
  'what the next interface object knows an object by is asked for, whatever the client asks of which type',
  {
    groups: {
      sdl: `type Query { units: [Unit!]! } interface Unit @key(fields: "id") @key(fields: "code") { id: ID! code: String! }
        type Team implements Unit @key(fields: "id") @key(fields: "code") { id: ID! code: String! @shareable }
        type Squad implements Unit @key(fields: "id") @key(fields: "code") { id: ID! code: String! @shareable }
        type Crew implements Unit @key(fields: "id") @key(fields: "code") { id: ID! code: String! @shareable }`,
      resolvers: {
        Query: { units: () => ['1', '2', '3'].map(unitOf) },
        Unit: { __resolveReference: ({ id, code }: { id?: string; code?: string }) => unitOf(id ?? code!.slice(1)) },
      },
    },
    wages: {
      sdl: `type Query { all: [Unit!]! }
        type Unit @key(fields: "id") @interfaceObject { id: ID! pay: Int code: String! @shareable }`,
      resolvers: {
        Query: { all: () => [{ id: '1' }, { id: '2' }, { id: '3' }] },
        Unit: { pay: ({ id }: { id: string }) => Number(id) * 10, code: ({ id }: { id: string }) => `u${id}` },
      },
    },
    labels: {
      sdl: 'type Unit @key(fields: "id") @interfaceObject { id: ID! tag: String }',
      resolvers: { Unit: { tag: ({ id }: { id: string }) => `tag ${id}` } },
    },
    rates: {
      sdl: 'type Query { first: Unit } type Unit @key(fields: "code") @interfaceObject { code: String! rate: Int }',
      resolvers: {
        Query: { first: () => ({ code: 'u1' }) },
        Unit: { rate: ({ code }: { code: string }) => Number(code.slice(1)) * 7 },
      },
    },
  },
  [
    [
      '{ all { ... on Team { pay code } ... on Squad { rate } ... on Crew { tag } } }',
      { data: { all: [{ pay: 10, code: 'u1' }, { rate: 14 }, { tag: 'tag 3' }] } },
    ],
    ['{ first { ... on Team { pay } ... on Squad { tag } } }', { data: { first: { pay: 10 } } }],
    [
      '{ units { ... on Team { pay rate } ... on Squad { tag } ... on Crew { rate } } }',
      { data: { units: [{ pay: 10, rate: 7 }, { tag: 'tag 2' }, { rate: 21 }] } },
    ],
  ],
);

answers(
  'unions whose members differ between subgraphs',
  {
    a: {
      sdl: `type Query { media: Media @shareable viewer: Viewer @shareable } union Media = Book | Song type Viewer @shareable { media: Media }
        type Book @shareable { title: String } type Song @shareable { title: String }`,
      resolvers: {
        Query: {
          media: () => ({ __typename: 'Book', title: 'b' }),
          viewer: () => ({ media: { __typename: 'Book', title: 'b' } }),
        },
      },
    },
    b: {
      sdl: `type Query { media: Media @shareable viewer: Viewer @shareable } union Media = Book | Film type Viewer @shareable { media: Media }
        type Book @shareable { title: String } type Film { title: String }`,
      resolvers: {
        Query: {
          media: () => ({ __typename: 'Book', title: 'b' }),
          viewer: () => ({ media: { __typename: 'Book', title: 'b' } }),
        },
      },
    },
  },
  [
    [
      '{ media { __typename ... on Book { title } ... on Song { title } ... on Film { title } } }',
      { data: { media: { __typename: 'Book', title: 'b' } } },
    ],
    [
      '{ viewer { media { ... on Film { title } ... on Book { title } } } }',
      { data: { viewer: { media: { title: 'b' } } } },
    ],
    ['{ media { ... on Film { title } } }', { data: { media: {} } }],
  ],
);

answers(
  'types of one field that differ between subgraphs and between members of a union',
  {
    a: {
      sdl: `type Query { accounts: [Account!]! } union Account = User | Admin
        type User @shareable { id: ID! name: String! } type Admin { id: ID name: String }`,
      resolvers: {
        Query: {
          accounts: () => [
            { __typename: 'User', id: 'u', name: 'U' },
            { __typename: 'Admin', id: 'a', name: null },
          ],
        },
      },
    },
    b: {
      sdl: 'type Query { users: [User!]! } type User @shareable { id: ID name: String }',
      resolvers: { Query: { users: () => [{ id: null, name: 'V' }] } },
    },
  },
  [
    [
      '{ accounts { ... on User { id name } ... on Admin { id name } } users { id name } }',
      {
        data: {
          accounts: [
            { id: 'u', name: 'U' },
            { id: 'a', name: null },
          ],
          users: [{ id: null, name: 'V' }],
        },
      },
    ],
  ],
);

answers(
  'an interface with a key is resolved as such, round a circle',
  {
    a: {
      sdl: `type Query { product: Product } interface Product @key(fields: "id") { id: ID! samePrice: [Product!]! }
        type Book implements Product @key(fields: "id") { id: ID! samePrice: [Product!]! }`,
      resolvers: {
        Query: { product: () => ({ __typename: 'Book', id: '1' }) },
        Book: { samePrice: ({ id }: { id: string }) => [{ __typename: 'Book', id: id === '1' ? '2' : '1' }] },
      },
    },
    b: {
      sdl: 'type Book @key(fields: "id") { id: ID! price: Float }',
      resolvers: { Book: { price: ({ id }: { id: string }) => Number(id) } },
    },
  },
  [
    [
      '{ product { samePrice { id ... on Book { price } samePrice { ... on Book { price } samePrice { id } } } } }',
      {
        data: { product: { samePrice: [{ id: '2', price: 2, samePrice: [{ price: 1, samePrice: [{ id: '2' }] }] }] } },
      },
    ],
  ],
);

answers(
  'a type has its name under any alias, wherever it comes from',
  {
    a: {
      sdl: `type Query { users: [User!]! one: Any } interface User @key(fields: "id") { id: ID! }
        type Admin implements User @key(fields: "id") { id: ID! level: Int } type Guest implements User @key(fields: "id") { id: ID! }
        union Any = Admin | Guest`,
      resolvers: {
        Query: { users: () => [{ __typename: 'Admin', id: '1' }], one: () => ({ __typename: 'Guest', id: '2' }) },
        User: { __resolveReference: ({ id }: { id: string }) => ({ __typename: id === '1' ? 'Admin' : 'Guest', id }) },
        Admin: { level: () => 4 },
      },
    },
    b: {
      sdl: 'type Query { friends: [User!]! } type User @key(fields: "id") @interfaceObject { id: ID! name: String }',
      resolvers: {
        Query: { friends: () => [{ id: '2' }, { id: '1' }] },
        User: { name: ({ id }: { id: string }) => `name ${id}` },
      },
    },
  },
  [
    ['{ friends { __typename } }', { data: { friends: [{ __typename: 'Guest' }, { __typename: 'Admin' }] } }],
    ['{ friends { id } }', { data: { friends: [{ id: '2' }, { id: '1' }] } }],
    ['{ friends { ... on Admin { level name } } }', { data: { friends: [{}, { level: 4, name: 'name 1' }] } }],
    [
      '{ one { __typename a: __typename ... on Guest { b: __typename name } ... on Admin { b: __typename } } }',
      { data: { one: { __typename: 'Guest', a: 'Guest', b: 'Guest', name: 'name 2' } } },
    ],
    [
      '{ users { id: __typename __typename: id name } a: __typename }',
      { data: { users: [{ id: 'Admin', __typename: '1', name: 'name 1' }], a: 'Query' } },
    ],
    [
      '{ users { id: __typename name } a: __typename }',
      { data: { users: [{ id: 'Admin', name: 'name 1' }], a: 'Query' } },
    ],
  ],
);

answers(
  'a node of either subgraph is found by the one that knows it',
  {
    a: {
      sdl: `type Query { node(id: ID!): Node @shareable account(id: ID!): Account } interface Node { id: ID! }
        type Account implements Node @key(fields: "id") { id: ID! username: String }
        type Chat implements Node @key(fields: "id") { id: ID! account: Account! }`,
      resolvers: {
        Query: {
          node: (_: unknown, { id }: { id: string }) => ({ __typename: id.startsWith('a') ? 'Account' : 'Chat', id }),
          account: (_: unknown, { id }: { id: string }) => ({ id }),
        },
        Account: { username: ({ id }: { id: string }) => `user ${id}` },
        Chat: { account: () => ({ id: 'a1' }) },
      },
    },
    b: {
      sdl: `type Query { node(id: ID!): Node @shareable chat(id: ID!): Chat } interface Node { id: ID! }
        type Account implements Node @key(fields: "id") { id: ID! chats: [Chat!]! }
        type Chat implements Node @key(fields: "id") { id: ID! text: String }`,
      resolvers: {
        Query: {
          node: (_: unknown, { id }: { id: string }) => ({ __typename: id.startsWith('a') ? 'Account' : 'Chat', id }),
          chat: (_: unknown, { id }: { id: string }) => ({ id }),
        },
        Account: { chats: () => [{ id: 'c1' }] },
        Chat: { text: ({ id }: { id: string }) => `text ${id}` },
      },
    },
  },
  [
    [
      '{ account: node(id: "a1") { id ... on Account { username chats { id text } } } chat: node(id: "c1") { ... on Chat { id text } } }',
      {
        data: {
          account: { id: 'a1', username: 'user a1', chats: [{ id: 'c1', text: 'text c1' }] },
          chat: { id: 'c1', text: 'text c1' },
        },
      },
    ],
    ['{ node(id: "a1") { __typename ... on Chat { id } } }', { data: { node: { __typename: 'Account' } } }],
    ['{ node(id: "a1") { ... on Chat { id } } }', { data: { node: {} } }],
    [
      '{ chat(id: "c1") { text account { username } } }',
      { data: { chat: { text: 'text c1', account: { username: 'user a1' } } } },
    ],
  ],
);

answers(
  'an interface that no type implements answers what its own subgraph has of it, and leads nowhere',
  {
    shelf: {
      sdl: 'type Query { held: Item } interface Item @key(fields: "id") { id: ID! }',
      resolvers: { Query: { held: () => null } },
    },
    prices: {
      sdl: 'type Query { priced: Item } type Item @key(fields: "id", resolvable: false) @interfaceObject { id: ID! price: Int }',
      resolvers: { Query: { priced: () => ({ id: 'i1', price: 3 }) } },
    },
  },
  [
    ['{ priced { id price } }', { data: { priced: { id: 'i1', price: 3 } } }],
    ['{ held { id } }', { data: { held: null } }],
    ['{ held { __typename } }', { data: { held: null } }],
    ['{ held { id price } }', { errors: ['OPERATION_NOT_PLANNABLE'] }],
  ],
);

const FOUND = ({ id }: { id: string }) => ({ __typename: id.startsWith('d') ? 'Desk' : 'Lamp', id });

answers(
  'subgraphs that share a field do not divide the types of an interface among them',
  {
    desks: {
      sdl: `type Query { thing(id: ID!): Thing @shareable } interface Thing { id: ID! }
        type Desk implements Thing @key(fields: "id") { id: ID! width: Int }
        type Lamp implements Thing @key(fields: "id") { id: ID! @external }`,
      resolvers: { Query: { thing: (_: unknown, found: { id: string }) => FOUND(found) }, Desk: { width: () => 120 } },
    },
    lamps: {
      sdl: `type Query { thing(id: ID!): Thing @shareable } interface Thing { id: ID! }
        type Lamp implements Thing @key(fields: "id") { id: ID! watts: Int }
        type Desk implements Thing @key(fields: "id") { id: ID! @external }`,
      resolvers: { Query: { thing: (_: unknown, found: { id: string }) => FOUND(found) }, Lamp: { watts: () => 8 } },
    },
  },
  [
    ['{ thing(id: "d1") { __typename } }', { data: { thing: { __typename: 'Desk' } } }],
    [
      '{ thing(id: "d1") { ... on Desk { id width } ... on Lamp { id watts } } }',
      { data: { thing: { id: 'd1', width: 120 } } },
    ],
    [
      '{ thing(id: "l1") { ... on Desk { id width } ... on Lamp { id watts } } }',
      { data: { thing: { id: 'l1', watts: 8 } } },
    ],
    ['{ thing(id: "d1") { id } }', { errors: ['OPERATION_NOT_PLANNABLE'] }],
  ],
);
