import { parse, printSchema } from 'graphql';
import { compose } from '../../../../test/fixtures/synthetic/federation.ts';
import { asksPublicFieldsOnly } from '../../src/remote/operation.ts';
import { subgraphView } from '../../src/remote/subgraph-view.ts';

const { document } = compose({
  parks: `
    enum Kind { OPEN }
    scalar Day
    interface Site @key(fields: "id") { id: ID! name: String }
    type Zone implements Site @key(fields: "id") { id: ID! name: String }
    type Dock implements Site @key(fields: "id") { id: ID! name: String }
    type Park @key(fields: "id") { id: ID! name: String opened(of: Day): Day size: Int! @shareable kind: Kind }
    type Query { park: Park places: [Site] }
    type Mutation { open(id: ID!): Park }
  `,
  bonded: `
    enum Kind { OPEN CLOSED }
    union Store = Hall | Yard
    type Hall { area: Float cost: Int @inaccessible }
    type Yard { area: Float @federation__tag(name: "public") }
    type Site @key(fields: "id") @interfaceObject { id: ID! berths: [Int!] }
    type Park @key(fields: "id") {
      id: ID! size: Int @shareable stores: [Store!]! was: Kind name: String @external label: String @requires(fields: "name")
    }
  `,
});

test('a subgraph’s view has its own types, fields and values, and no other’s', () => {
  expect(printSchema(subgraphView(document, 'bonded'))).toMatchInlineSnapshot(`
   "type Hall {
     area: Float
     cost: Int
   }

   enum Kind {
     OPEN
     CLOSED
   }

   type Park {
     id: ID!
     size: Int
     stores: [Store!]!
     was: Kind
     name: String
     label: String
   }

   type Query {
     _entities: [_Entity]!
   }

   type Site {
     id: ID!
     berths: [Int!]
   }

   union Store = Hall | Yard

   type Yard {
     area: Float
   }

   union _Entity = Park | Site"
  `);
});

test('what another subgraph has stays in that one’s view', () => {
  expect(printSchema(subgraphView(document, 'parks'))).toMatchInlineSnapshot(`
   "scalar Day

   type Dock implements Site {
     id: ID!
     name: String
   }

   enum Kind {
     OPEN
   }

   type Mutation {
     open: Park
   }

   type Park {
     id: ID!
     size: Int!
     name: String
     opened: Day
     kind: Kind
   }

   type Query {
     park: Park
     places: [Site]
     _entities: [_Entity]!
   }

   interface Site {
     id: ID!
     name: String
   }

   type Zone implements Site {
     id: ID!
     name: String
   }

   union _Entity = Dock | Park | Zone"
  `);
});

test('a subgraph that the supergraph does not know has no view', () => {
  expect(() => subgraphView(document, 'airport')).toThrow('The supergraph has no subgraph "airport".');
});

test('a view knows what is public', () => {
  const view = subgraphView(document, 'bonded');
  const isPublic = (type: string) => asksPublicFieldsOnly(view, parse(`{ _entities { ... on ${type} { area } } }`));
  expect([isPublic('Yard'), isPublic('Hall')]).toEqual([true, false]);
});
