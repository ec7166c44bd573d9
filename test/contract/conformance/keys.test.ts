import { answers } from './tiny-federation.ts';

const USERS = [
  { id: 'u1', email: 'a@x' },
  { id: 'u2', email: 'b@x' },
];

answers(
  'several keys: each subgraph is asked by one that it has',
  {
    names: {
      sdl: `type Query { users: [User!]! }
        type User @key(fields: "id") @key(fields: "email") { id: ID! email: String! name: String }`,
      resolvers: {
        Query: { users: () => USERS },
        User: {
          __resolveReference: (given: { id?: string; email?: string }) =>
            USERS.find(({ id, email }) => id === given.id || email === given.email),
          name: ({ id }: { id: string }) => `name of ${id}`,
        },
      },
    },
    mails: {
      sdl: 'type Query { mail: User } type User @key(fields: "email") { email: String! quota: Int }',
      resolvers: {
        Query: { mail: () => ({ email: 'b@x' }) },
        User: { quota: ({ email }: { email: string }) => email.charCodeAt(0) },
      },
    },
    logins: {
      sdl: 'type Query { someone: User } type User @key(fields: "id") { id: ID! logins: Int }',
      resolvers: {
        Query: { someone: () => ({ id: 'u1' }) },
        User: { logins: ({ id }: { id: string }) => Number(id.slice(1)) },
      },
    },
  },
  [
    [
      '{ users { logins quota } }',
      {
        data: {
          users: [
            { logins: 1, quota: 97 },
            { logins: 2, quota: 98 },
          ],
        },
      },
    ],
    ['{ someone { quota name } }', { data: { someone: { quota: 97, name: 'name of u1' } } }],
    ['{ mail { logins } }', { data: { mail: { logins: 2 } } }],
    ['{ mail { id: email email: id logins } }', { data: { mail: { id: 'b@x', email: 'u2', logins: 2 } } }],
  ],
);

interface Item {
  readonly id: string;
  readonly owner: { readonly org: { readonly code: string }; readonly no: number };
}

const ITEM = `type Owner @shareable { org: Org! no: Int! } type Org @shareable { code: String! }
  type Item @key(fields: "id owner { org { code } no }")`;

answers(
  'compound and nested keys',
  {
    a: {
      sdl: `type Query { items: [Item] } ${ITEM} { id: ID! owner: Owner! }`,
      resolvers: {
        Query: {
          items: () => [
            { id: '1', owner: { org: { code: 'x' }, no: 1 } },
            null,
            { id: '2', owner: { org: { code: 'y' }, no: 2 } },
          ],
        },
      },
    },
    b: {
      sdl: `${ITEM} { id: ID! owner: Owner! label: String! twin: Item }`,
      resolvers: {
        Item: {
          label: ({ id, owner }: Item) => `${id}-${owner.org.code}-${owner.no}`,
          twin: ({ id }: Item) => ({ id: `${id}'`, owner: { org: { code: 'z' }, no: 3 } }),
        },
      },
    },
  },
  [
    ['{ items { label } }', { data: { items: [{ label: '1-x-1' }, null, { label: '2-y-2' }] } }],
    [
      '{ items { twin { id owner { no org { code } } label } } }',
      {
        data: {
          items: [
            { twin: { id: "1'", owner: { no: 3, org: { code: 'z' } }, label: "1'-z-3" } },
            null,
            { twin: { id: "2'", owner: { no: 3, org: { code: 'z' } }, label: "2'-z-3" } },
          ],
        },
      },
    ],
  ],
);

answers(
  'where a subgraph on the way does not know an entity, nobody beyond it is asked',
  {
    shelves: {
      sdl: 'type Query { shelves: [Shelf] } type Shelf { book: Book } type Book @key(fields: "upc") { upc: ID! }',
      resolvers: { Query: { shelves: () => [{ book: { upc: 'b1' } }, { book: { upc: 'b2' } }] } },
    },
    registry: {
      sdl: 'type Book @key(fields: "id") @key(fields: "upc") { id: ID! upc: ID! }',
      resolvers: {
        Book: { __resolveReference: ({ upc }: { upc: string }) => (upc === 'b1' ? { id: '1', upc } : null) },
      },
    },
    authors: {
      sdl: 'type Book @key(fields: "id") { id: ID! author: String }',
      resolvers: { Book: { author: ({ id }: { id: string }) => `author of ${id}` } },
    },
  },
  [
    [
      '{ shelves { book { upc author } } }',
      { data: { shelves: [{ book: { upc: 'b1', author: 'author of 1' } }, { book: { upc: 'b2', author: null } }] } },
    ],
  ],
);

answers(
  'an entity that another subgraph does not know is null there, and the rest stays',
  {
    a: {
      sdl: 'type Query { books: [Book] } type Book @key(fields: "isbn") { isbn: ID! title: String }',
      resolvers: {
        Query: {
          books: () => [
            { isbn: '1', title: 'one' },
            { isbn: '2', title: 'two' },
          ],
        },
      },
    },
    b: {
      sdl: 'type Book @key(fields: "isbn") { isbn: ID! author: Author stars: Int! } type Author { name: String! }',
      resolvers: {
        Book: {
          __resolveReference: ({ isbn }: { isbn: string }) =>
            isbn === '1' ? { isbn, author: { name: 'A' }, stars: 5 } : null,
        },
      },
    },
  },
  [
    [
      '{ books { title author { name } } }',
      {
        data: {
          books: [
            { title: 'one', author: { name: 'A' } },
            { title: 'two', author: null },
          ],
        },
      },
    ],
    [
      '{ books { title stars } }',
      {
        data: { books: [{ title: 'one', stars: 5 }, null] },
        errors: ['SUBGRAPH_INVALID_RESPONSE books.1.stars'],
      },
    ],
  ],
);

answers(
  'a stub is a reference, and a value type is completed through its parent',
  {
    orders: {
      sdl: `type Query { orders: [Order] }
        type Order @key(fields: "id") { id: ID! product: Product delivery: Delivery @shareable }
        type Product @key(fields: "sku", resolvable: false) { sku: ID! }
        type Delivery { on: String @shareable }`,
      resolvers: {
        Query: { orders: () => [{ id: 'o1', product: { sku: 's1' }, delivery: { on: 'Monday' } }] },
      },
    },
    products: {
      sdl: 'type Product @key(fields: "sku") { sku: ID! name: String }',
      resolvers: { Product: { name: ({ sku }: { sku: string }) => `name of ${sku}` } },
    },
    shipping: {
      sdl: `type Order @key(fields: "id") { id: ID! delivery: Delivery @shareable }
        type Delivery { on: String @shareable carrier: Carrier } type Carrier { name: String }`,
      resolvers: {
        Order: {
          delivery: ({ id }: { id: string }) => ({ on: 'Monday', carrier: { name: `carrier of ${id}` } }),
        },
      },
    },
  },
  [
    [
      '{ orders { product { name sku } delivery { on carrier { name } } } }',
      {
        data: {
          orders: [
            {
              product: { name: 'name of s1', sku: 's1' },
              delivery: { on: 'Monday', carrier: { name: 'carrier of o1' } },
            },
          ],
        },
      },
    ],
  ],
);
