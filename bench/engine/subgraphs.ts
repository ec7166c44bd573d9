import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { contextOf, type ResolverContext } from '../../src/subgraph/context.ts';
import type { References } from '../../src/subgraph/references.ts';
import type { Subgraph } from '../../src/subgraph/request.ts';
import { createSubgraph, type SubgraphDefinition } from '../../src/subgraph/subgraph.ts';
import { isInStock, PRODUCTS, REVIEWS, shippingEstimate, USERS } from './data.ts';

type Context = ResolverContext<undefined>;
type Parts = Pick<SubgraphDefinition<undefined>, 'resolvers'> & { readonly references: References<Context> };

export const SUBGRAPHS = ['users', 'products', 'reviews', 'inventory'] as const;
export type Name = (typeof SUBGRAPHS)[number];

const userById = new Map(USERS.map((user) => [user.id, user]));
const productByUpc = new Map(PRODUCTS.map((product) => [product.upc, product]));
const reviewById = new Map(REVIEWS.map((review) => [review.id, review]));
const reviewsByAuthor = Map.groupBy(REVIEWS, ({ author }) => author?.id);
const reviewsByProduct = Map.groupBy(REVIEWS, ({ product }) => product?.upc);

const PARTS: Readonly<Record<Name, Parts>> = {
  users: {
    resolvers: {
      Query: {
        me: () => USERS[0],
        user: (_: unknown, { id }: { id: string }) => userById.get(id),
        users: () => USERS,
      },
    },
    references: { User: async (asked) => asked.map(({ id }) => userById.get(String(id)) ?? null) },
  },
  products: {
    resolvers: {
      Query: { topProducts: (_: unknown, { first }: { first: number }) => PRODUCTS.slice(0, first) },
    },
    references: { Product: async (asked) => asked.map(({ upc }) => productByUpc.get(String(upc)) ?? null) },
  },
  reviews: {
    resolvers: {
      User: { reviews: ({ id }: { id: string }) => reviewsByAuthor.get(id) },
      Product: { reviews: ({ upc }: { upc: string }) => reviewsByProduct.get(upc) },
    },
    references: {
      User: async (asked) => asked.map(({ id }) => userById.get(String(id)) ?? null),
      Product: async (asked) => asked.map(({ upc }) => productByUpc.get(String(upc)) ?? null),
      Review: async (asked) => asked.map(({ id }) => reviewById.get(String(id)) ?? null),
    },
  },
  inventory: {
    resolvers: {
      Product: {
        inStock: ({ upc }: { upc: string }) => isInStock(upc),
        shippingEstimate: ({ price, weight }: { price: number; weight: number }) => shippingEstimate(price, weight),
      },
    },
    references: { Product: async (asked) => asked.map((representation) => ({ ...representation })) },
  },
};

export function readSdl(name: Name): string {
  return readFileSync(join(import.meta.dirname, 'schema', `${name}.graphql`), 'utf8');
}

/** A subgraph of the shop, as our own are made; one that SLOW names takes so many milliseconds longer: `inventory:100`. */
export function shopSubgraph(name: Name): Subgraph {
  const [slow, milliseconds] = (process.env.SLOW ?? '').split(':');
  const subgraph = quickSubgraph(name);
  if (slow !== name) return subgraph;
  return async (request) => {
    await setTimeout(Number(milliseconds));
    return subgraph(request);
  };
}

function quickSubgraph(name: Name): Subgraph {
  return createSubgraph({
    name,
    sdl: readSdl(name),
    ...PARTS[name],
    context: (call) => contextOf(call, undefined),
  });
}
