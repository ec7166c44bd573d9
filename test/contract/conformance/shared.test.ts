import { answers } from './tiny-federation.ts';

answers(
  'a root field that several subgraphs share is asked of each for its part',
  {
    category: {
      sdl: 'type Query { product: Product @shareable products: [Product] @shareable } type Product @key(fields: "id", resolvable: false) { id: ID! category: Part } type Part { name: String }',
      resolvers: {
        Query: { product: () => ({ id: '1', category: { name: 'c' } }), products: () => [{ id: '1', category: null }] },
      },
    },
    name: {
      sdl: 'type Query { product: Product @shareable products: [Product] @shareable } type Product @key(fields: "id", resolvable: false) { id: ID! name: Name } type Name { brand: String }',
      resolvers: {
        Query: {
          product: () => ({ id: '1', name: { brand: 'b' } }),
          products: () => [{ id: '1', name: { brand: 'b' } }],
        },
      },
    },
  },
  [
    [
      '{ product { id category { name } name { brand } } }',
      { data: { product: { id: '1', category: { name: 'c' }, name: { brand: 'b' } } } },
    ],
    [
      '{ products { name { brand } category { name } } }',
      { data: { products: [{ name: { brand: 'b' }, category: null }] } },
    ],
  ],
);

answers(
  'what is provided on a path is taken there, elsewhere the owner is asked',
  {
    library: {
      sdl: `type Query { shelf: Shelf loan: Book }
        type Shelf { first: Book @provides(fields: "title author { name }") any: Book }
        type Book @key(fields: "id") { id: ID! title: String @external author: Author @external }
        type Author @key(fields: "id") { id: ID! name: String @external }`,
      resolvers: {
        Query: {
          shelf: () => ({
            first: { id: '1', title: 'provided', author: { id: 'a', name: 'provided' } },
            any: { id: '1', title: 'never' },
          }),
          loan: () => ({ id: '1', title: 'never' }),
        },
      },
    },
    books: {
      sdl: `type Book @key(fields: "id") { id: ID! title: String @shareable author: Author @shareable pages: Int }
        type Author @key(fields: "id") { id: ID! name: String @shareable }`,
      resolvers: { Book: { title: () => 'owned', author: () => ({ id: 'a', name: 'owned' }), pages: () => 7 } },
    },
  },
  [
    [
      '{ shelf { first { title author { name } } any { title } } loan { title } }',
      {
        data: {
          shelf: { first: { title: 'provided', author: { name: 'provided' } }, any: { title: 'owned' } },
          loan: { title: 'owned' },
        },
      },
    ],
    ['{ shelf { first { title pages } } }', { data: { shelf: { first: { title: 'provided', pages: 7 } } } }],
  ],
);

const MEDIA = 'union Media = Book | Film';

answers(
  'what is provided for one member of a union',
  {
    a: {
      sdl: `type Query { media: [Media] @shareable @provides(fields: "... on Book { title }") } ${MEDIA}
        type Book @key(fields: "id") { id: ID! title: String @external } type Film @key(fields: "id") { id: ID! }`,
      resolvers: {
        Query: {
          media: () => [
            { __typename: 'Book', id: '1', title: 'provided' },
            { __typename: 'Film', id: '2' },
          ],
        },
      },
    },
    b: {
      sdl: `${MEDIA} type Query { media: [Media] @shareable } type Book @key(fields: "id") { id: ID! title: String @shareable }
        type Film @key(fields: "id") { id: ID! title: String! }`,
      resolvers: {
        Query: {
          media: () => [
            { __typename: 'Book', id: '1' },
            { __typename: 'Film', id: '2' },
          ],
        },
        Book: { title: () => 'owned' },
        Film: { title: ({ id }: { id: string }) => `film ${id}` },
      },
    },
  },
  [
    [
      '{ media { ... on Book { id title } ... on Film { id named: title } } }',
      {
        data: {
          media: [
            { id: '1', title: expect.stringMatching(/provided|owned/) },
            { id: '2', named: 'film 2' },
          ],
        },
      },
    ],
  ],
);

answers(
  'a field that is overridden comes from its new owner only, and may be required',
  {
    old: {
      sdl: `type Query { post: Post } type Post @key(fields: "id") { id: ID! title: String createdAt: String }`,
      resolvers: { Query: { post: () => ({ id: '1', title: 'title', createdAt: 'old' }) } },
    },
    next: {
      sdl: `type Post @key(fields: "id") { id: ID! title: String @external createdAt: String @override(from: "old")
        slug: String @requires(fields: "title") }`,
      resolvers: { Post: { createdAt: () => 'new', slug: ({ title }: { title: string }) => title.toUpperCase() } },
    },
    reader: {
      sdl: `type Post @key(fields: "id") { id: ID! createdAt: String @external label: String @requires(fields: "createdAt") }`,
      resolvers: { Post: { label: ({ createdAt }: { createdAt: string }) => `<${createdAt}>` } },
    },
  },
  [['{ post { createdAt label slug } }', { data: { post: { createdAt: 'new', label: '<new>', slug: 'TITLE' } } }]],
);
