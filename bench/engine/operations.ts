import type { Operation } from '../load.ts';

/** The nesting that public comparisons of federation gateways ask for. */
export const HEAVY: Operation = {
  name: 'heavy',
  variables: {},
  query: `
    fragment User on User { id username name }
    fragment Review on Review { id body }
    fragment Product on Product { inStock name price shippingEstimate upc weight }
    query Shop {
      users {
        ...User
        reviews {
          ...Review
          product {
            ...Product
            reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } }
          }
        }
      }
      topProducts(first: 5) {
        ...Product
        reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } }
      }
    }`,
};

/** What a page asks at once: one entity, with a field of another subgraph. */
export const SMALL: Operation = {
  name: 'small',
  variables: { id: '3' },
  query: 'query Customer($id: ID!) { user(id: $id) { id name reviews { id body } } }',
};
