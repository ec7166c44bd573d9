import { composeServices } from '@apollo/composition';
import { createQueryPlanner, FederationError } from '@bridgehead/federation';
import { parse } from 'graphql';
import { answers, sdlOf } from './tiny-federation.ts';

interface Item {
  readonly id?: string;
  readonly code?: string;
}

const PRICE = 'price(currency: String @fromContext(field: "$money { currency }")): String';
const price = ({ id, code }: Item, { currency }: { currency: string }) => `${id ?? code} in ${currency}`;
const shop = () => ({ id: 's', currency: 'CNY', item: { code: 'c' } });

answers(
  'contextual fields are fetched by a key that their place knows, which need not be the first',
  {
    shops: {
      sdl: `type Query { shop: Shop } type Shop @key(fields: "id") { id: ID! currency: String item: Item }
        type Item @key(fields: "code") { code: ID! }`,
      resolvers: { Query: { shop } },
    },
    prices: {
      sdl: `type Shop @key(fields: "id") @context(name: "money") { id: ID! currency: String @external }
        type Item @key(fields: "id") @key(fields: "code") { id: ID! code: ID! near: Item ${PRICE} }`,
      resolvers: { Item: { price, near: () => ({ id: 'n' }) } },
    },
  },
  [
    ['{ shop { item { price } } }', { data: { shop: { item: { price: 'c in CNY' } } } }],
    [
      '{ shop { item { price near { price } } } }',
      { data: { shop: { item: { price: 'c in CNY', near: { price: 'n in CNY' } } } } },
    ],
  ],
);

answers(
  'a contextual field that another subgraph shares is answered by that one where no context is set',
  {
    shops: {
      sdl: `type Query { shop: Shop item: Item } type Shop @key(fields: "id") @context(name: "money") { id: ID! currency: String item: Item }
        type Item @key(fields: "code") { code: ID! ${PRICE} @shareable }`,
      resolvers: { Query: { shop, item: () => ({ code: 'c' }) }, Item: { price } },
    },
    lists: {
      sdl: 'type Item @key(fields: "code") { code: ID! price: String @shareable }',
      resolvers: { Item: { price: ({ code }: Item) => `${code} by list` } },
    },
  },
  [
    ['{ shop { item { price } } }', { data: { shop: { item: { price: 'c in CNY' } } } }],
    ['{ item { price } }', { data: { item: { price: 'c by list' } } }],
  ],
);

const SHOPS = `type Query { shop: Shop }
  type Shop @key(fields: "id") @context(name: "money") { id: ID! currency: String item: Item! }
  type Item @key(fields: "id") { id: ID! ${PRICE} }`;

test('a supergraph whose @requires reads a contextual field is refused when it is loaded', () => {
  const labels = `type Shop @key(fields: "id") { id: ID! item: Item! @external label: String @requires(fields: "item { price }") }
    type Item @key(fields: "id") { id: ID! price: String @external }`;
  expect(load({ shops: SHOPS, labels })).toThrow(
    expect.objectContaining({
      code: 'INVALID_SUPERGRAPH',
      message: expect.stringContaining(
        'The @requires of "Shop.label" in the subgraph "labels" reads "Item.price", which takes an argument from a context.',
      ),
    }),
  );
});

test('a key that reads a contextual field is passed over where there is another', () => {
  const shops = SHOPS.replace(PRICE, `${PRICE} @shareable`);
  const labels = `type Item @key(fields: "price") @key(fields: "id") { id: ID! price: String @shareable label: String }`;
  expect(load({ shops, labels })).not.toThrow(FederationError);
});

/** Returns a function that composes subgraphs, loads the supergraph and plans an operation. */
function load(subgraphs: Readonly<Record<string, string>>): () => unknown {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(subgraphs).map(([name, sdl]) => ({
      name,
      url: 'http://a.invalid',
      typeDefs: parse(sdlOf({ sdl })),
    })),
  );
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return () => createQueryPlanner(supergraphSdl).plan('{ shop { item { id } } }');
}
