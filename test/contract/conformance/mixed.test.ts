import { answers } from './tiny-federation.ts';

answers(
  'what is provided on an interface, and what of it is not',
  {
    a: {
      sdl: `type Query { media: Media @shareable book: Book @provides(fields: "animals { ... on Dog { name } }") }
        interface Media { id: ID! } interface Animal { id: ID! }
        type Book implements Media @key(fields: "id") { id: ID! animals: [Animal] @external }
        type Dog implements Animal { id: ID! @external name: String @external } type Cat implements Animal { id: ID! @external }`,
      resolvers: {
        Query: {
          media: () => ({ __typename: 'Book', id: 'm1' }),
          book: () => ({
            id: 'm1',
            animals: [
              { __typename: 'Dog', id: 'a1', name: 'provided' },
              { __typename: 'Cat', id: 'a2' },
            ],
          }),
        },
      },
    },
    b: {
      sdl: `interface Media { id: ID! animals: [Animal] } interface Animal { id: ID! name: String }
        type Book implements Media @key(fields: "id") { id: ID! @shareable animals: [Animal] @shareable }
        type Dog implements Animal { id: ID! @shareable name: String @shareable age: Int }
        type Cat implements Animal { id: ID! @shareable name: String age: Int }`,
      resolvers: {
        Book: {
          animals: () => [
            { __typename: 'Dog', id: 'a1', name: 'owned', age: 8 },
            { __typename: 'Cat', id: 'a2', name: 'cat', age: 6 },
          ],
        },
      },
    },
  },
  [
    [
      '{ media { id animals { id name } } }',
      {
        data: {
          media: {
            id: 'm1',
            animals: [
              { id: 'a1', name: 'owned' },
              { id: 'a2', name: 'cat' },
            ],
          },
        },
      },
    ],
    [
      '{ book { animals { id ... on Dog { age } } } }',
      { data: { book: { animals: [{ id: 'a1', age: 8 }, { id: 'a2' }] } } },
    ],
  ],
);

answers(
  'a value below an entity is completed through the entity, over three subgraphs',
  {
    a: {
      sdl: 'type Product @key(fields: "id") @key(fields: "id pid") { id: ID! pid: ID! } type Query { a: Int }',
      resolvers: { Product: { __resolveReference: ({ id }: { id: string }) => ({ id, pid: `p${id}` }) } },
    },
    b: {
      sdl: 'type Product @key(fields: "id pid") { id: ID! pid: ID! category: Category @shareable } type Category { name: String @shareable id: ID @shareable }',
      resolvers: { Product: { category: ({ pid }: { pid: string }) => ({ id: `c${pid}`, name: `name of ${pid}` }) } },
    },
    c: {
      sdl: 'type Category @shareable { details: Details products: Int } type Details { text: String } type Product @key(fields: "id pid") { id: ID! pid: ID! category: Category @shareable }',
      resolvers: {
        Product: { category: ({ pid }: { pid: string }) => ({ details: { text: `details of ${pid}` }, products: 2 }) },
      },
    },
    d: {
      sdl: 'type Query { products: [Product] } type Product @key(fields: "id") { id: ID! name: String }',
      resolvers: { Query: { products: () => [{ id: '1', name: 'one' }, null, { id: '2', name: 'two' }] } },
    },
  },
  [
    [
      '{ products { name category { name details { text } id products } } }',
      {
        data: {
          products: [
            {
              name: 'one',
              category: { name: 'name of p1', details: { text: 'details of p1' }, id: 'cp1', products: 2 },
            },
            null,
            {
              name: 'two',
              category: { name: 'name of p2', details: { text: 'details of p2' }, id: 'cp2', products: 2 },
            },
          ],
        },
      },
    ],
  ],
);

answers(
  'requirements of a requirement of an interface object, behind a condition',
  {
    a: {
      sdl: `type Query { nodes: [Node] } interface Node @key(fields: "id") { id: ID! }
        type X implements Node @key(fields: "id") { id: ID! x: Int } type Y implements Node @key(fields: "id") { id: ID! }`,
      resolvers: {
        Query: {
          nodes: () => [
            { __typename: 'X', id: '1', x: 7 },
            { __typename: 'Y', id: '2' },
          ],
        },
        Node: {
          __resolveReference: ({ id }: { id: string }) =>
            id === '1' ? { __typename: 'X', id, x: 7 } : { __typename: 'Y', id },
        },
      },
    },
    b: {
      sdl: 'type Node @key(fields: "id") @interfaceObject { id: ID! size: Int }',
      resolvers: { Node: { size: ({ id }: { id: string }) => Number(id) * 3 } },
    },
    c: {
      sdl: 'type Node @key(fields: "id") @interfaceObject { id: ID! size: Int @external big: Boolean @requires(fields: "size") }',
      resolvers: { Node: { big: ({ size }: { size: number }) => size > 4 } },
    },
  },
  [
    [
      '{ nodes { __typename big } }',
      {
        data: {
          nodes: [
            { __typename: 'X', big: false },
            { __typename: 'Y', big: true },
          ],
        },
      },
    ],
    [
      'query ($b: Boolean!) { nodes { ... on X { x big @include(if: $b) } ... on Y { size big @skip(if: $b) } } }',
      { data: { nodes: [{ x: 7, big: false }, { size: 6 }] } },
      { b: true },
    ],
    [
      'query ($b: Boolean!) { nodes { ... on X { x big @include(if: $b) } ... on Y { size big @skip(if: $b) } } }',
      { data: { nodes: [{ x: 7 }, { size: 6, big: true }] } },
      { b: false },
    ],
  ],
);

answers(
  'a progressive override goes to the old owner while its share is none, to the new one with all of it',
  {
    a: {
      sdl: 'type Query { post: Post } type Post @key(fields: "id") { id: ID! all: String none: String }',
      resolvers: { Query: { post: () => ({ id: '1', all: 'old', none: 'old' }) } },
    },
    b: {
      sdl: 'type Post @key(fields: "id") { id: ID! all: String @override(from: "a", label: "percent(100)") none: String @override(from: "a", label: "percent(0)") }',
      resolvers: { Post: { all: () => 'new', none: () => 'new' } },
    },
  },
  [['{ post { all none } }', { data: { post: { all: 'new', none: 'old' } } }]],
);

answers(
  'lists of lists of entities, with nulls and with what fails',
  {
    a: {
      sdl: 'type Query { grid: [[Cell]!] board: [[Cell!]] } type Cell @key(fields: "x y") { x: Int! y: Int! }',
      resolvers: {
        Query: {
          grid: () => [[{ x: 0, y: 0 }, null], [], [{ x: 1, y: 1 }]],
          board: () => [
            [
              { x: 0, y: 0 },
              { x: 5, y: 5 },
            ],
            [{ x: 1, y: 1 }],
          ],
        },
      },
    },
    b: {
      sdl: 'type Cell @key(fields: "x y") { x: Int! y: Int! color: String! }',
      resolvers: {
        Cell: {
          color: ({ x, y }: { x: number; y: number }) => {
            if (x === 5) throw new Error('no color');
            return `${x}${y}`;
          },
        },
      },
    },
  },
  [
    ['{ grid { color } }', { data: { grid: [[{ color: '00' }, null], [], [{ color: '11' }]] } }],
    [
      '{ board { color } }',
      { data: { board: [null, [{ color: '11' }]] }, errors: ['INTERNAL_SERVER_ERROR board.0.1.color'] },
    ],
  ],
);
