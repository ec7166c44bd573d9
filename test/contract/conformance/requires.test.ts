import { answers } from './tiny-federation.ts';

interface Product {
  readonly id: string;
  readonly price: number;
  readonly weight: number;
  readonly shipping: number;
}

answers(
  'what is required of one subgraph, of two, and of what was itself required',
  {
    products: {
      sdl: `type Query { products: [Product] product(id: ID!): Product }
        type Product @key(fields: "id") { id: ID! price: Float weight(unit: Unit): Float } enum Unit { KG G }`,
      resolvers: {
        Query: {
          products: () => [{ id: '1' }, { id: '2' }, null],
          product: (_: unknown, { id }: { id: string }) => ({ id }),
        },
        Product: {
          price: ({ id }: { id: string }) => (id === '2' ? null : Number(id) * 100),
          weight: ({ id }: { id: string }, { unit }: { unit?: string }) => Number(id) * (unit === 'G' ? 1000 : 1),
        },
      },
    },
    shipping: {
      sdl: `type Product @key(fields: "id") { id: ID! price: Float @external weight(unit: Unit): Float @external
        shipping: Float @requires(fields: "price weight(unit: G)") } enum Unit { KG G }`,
      resolvers: {
        Product: { shipping: ({ price, weight }: Product) => (price === null ? null : price / 10 + weight / 1000) },
      },
    },
    discounts: {
      sdl: `type Product @key(fields: "id") { id: ID! shipping: Float @external
        isCheap: Boolean @requires(fields: "shipping") }`,
      resolvers: { Product: { isCheap: ({ shipping }: Product) => shipping !== null && shipping < 20 } },
    },
  },
  [
    [
      '{ products { shipping isCheap } }',
      { data: { products: [{ shipping: 11, isCheap: true }, { shipping: null, isCheap: false }, null] } },
    ],
    [
      '{ product(id: "3") { weight: price price: weight(unit: KG) isCheap } }',
      { data: { product: { weight: 300, price: 3, isCheap: false } } },
    ],
    [
      'query ($deep: Boolean!) { product(id: "1") { id ... @include(if: $deep) { isCheap } shipping @skip(if: $deep) } }',
      { data: { product: { id: '1', isCheap: true } } },
      { deep: true },
    ],
    [
      'query ($deep: Boolean!) { product(id: "1") { id ... @include(if: $deep) { isCheap } shipping @skip(if: $deep) } }',
      { data: { product: { id: '1', shipping: 11 } } },
      { deep: false },
    ],
  ],
);

answers(
  'fields of objects, of lists and behind type conditions are required',
  {
    catalog: {
      sdl: `type Query { albums: [Album] } type Album @key(fields: "id") { id: ID! cover: Media tracks: [Track!]! }
        type Track { title: String! seconds: Int! } interface Media { url: String! }
        type Photo implements Media { url: String! width: Int! } type Video implements Media { url: String! codec: Codec! }
        type Codec { name: String! }`,
      resolvers: {
        Query: {
          albums: () => [
            { id: '1', cover: { __typename: 'Photo', url: 'p', width: 3 }, tracks: [{ title: 'a', seconds: 10 }] },
            { id: '2', cover: { __typename: 'Video', url: 'v', codec: { name: 'c' } }, tracks: [] },
            {
              id: '3',
              cover: null,
              tracks: [
                { title: 'x', seconds: 1 },
                { title: 'y', seconds: 2 },
              ],
            },
          ],
        },
      },
    },
    summary: {
      sdl: `type Album @key(fields: "id") { id: ID! cover: Media @external tracks: [Track!]! @external
        line: String @requires(fields: "cover { url ... on Photo { width } ... on Video { codec { name } } } tracks { seconds }") }
        type Track @external { seconds: Int! } interface Media { url: String! }
        type Photo implements Media @external { url: String! width: Int! } type Video implements Media @external { url: String! codec: Codec! }
        type Codec @external { name: String! }`,
      resolvers: {
        Album: { line: (album: object) => JSON.stringify({ ...album, id: undefined, __typename: undefined }) },
      },
    },
  },
  [
    [
      '{ albums { line } }',
      {
        data: {
          albums: [
            { line: '{"cover":{"__typename":"Photo","url":"p","width":3},"tracks":[{"seconds":10}]}' },
            { line: '{"cover":{"__typename":"Video","url":"v","codec":{"name":"c"}},"tracks":[]}' },
            { line: '{"cover":null,"tracks":[{"seconds":1},{"seconds":2}]}' },
          ],
        },
      },
    ],
  ],
);

answers(
  'a requirement that could not be had leaves its field null, and nobody is asked without it',
  {
    a: {
      sdl: 'type Query { thing: Thing } type Thing @key(fields: "id") { id: ID! }',
      resolvers: { Query: { thing: () => ({ id: '1' }) } },
    },
    b: {
      sdl: 'type Thing @key(fields: "id") { id: ID! size: Int! }',
      resolvers: {
        Thing: {
          size: () => {
            throw new Error('no size');
          },
        },
      },
    },
    c: {
      sdl: 'type Thing @key(fields: "id") { id: ID! size: Int! @external volume: Int @requires(fields: "size") }',
      resolvers: { Thing: { volume: ({ size }: { size: number }) => size ** 3 } },
    },
  },
  [
    [
      '{ thing { id volume } }',
      { data: { thing: { id: '1', volume: null } }, errors: ['INTERNAL_SERVER_ERROR thing'] },
    ],
  ],
);
