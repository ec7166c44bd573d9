import { buildSchema, graphql } from 'graphql';
import { startTinyFederation, type TinyFederation } from './tiny-federation.ts';

/** What each object is and leads to. One item is sold in several places. */
const REGIONS: Readonly<Record<string, { readonly currency: string | null; readonly shops: readonly string[] }>> = {
  north: { currency: 'CNY', shops: ['s1', 's2'] },
  south: { currency: 'JPY', shops: ['s3'] },
  nowhere: { currency: null, shops: ['s1'] },
};
const SHOPS: Readonly<Record<string, { readonly kind: string; readonly items: readonly string[] }>> = {
  s1: { kind: 'BOOKS', items: ['a', 'b'] },
  s2: { kind: 'FOOD', items: ['b', 'c'] },
  s3: { kind: 'BOOKS', items: ['a', 'c'] },
};
const SIMILAR: Readonly<Record<string, string>> = { a: 'b', b: 'c', c: 'a' };

const MONEY = '$money ... on Region { currency } ... on Kiosk { till { currency } }';

const price = (id: string, currency: unknown, isShort = false) => `${id} in ${isShort ? '' : 'the '}${currency}`;
const label = (id: string, kind: unknown, currency: unknown) => `${id} of ${kind} in ${currency}`;

interface Ref {
  readonly __typename: string;
  readonly id: string;
}
const ref = (__typename: string) => (id: string) => ({ __typename, id });

const SUBGRAPHS = {
  places: {
    sdl: `type Query { regions: [Region!]! places: [Place] named: [Named] kiosk: Kiosk }
      union Place = Region | Kiosk
      interface Named { id: ID! }
      type Region implements Named @key(fields: "id") { id: ID! shops: [[Shop!]!]! }
      type Kiosk implements Named @key(fields: "id") { id: ID! kind: Kind till: Till items: [Item!]! }
      type Till @shareable { currency: String! }
      type Shop @key(fields: "id") { id: ID! kind: Kind items: [Item!]! }
      enum Kind { BOOKS FOOD }
      type Item @key(fields: "id") { id: ID! }`,
    resolvers: {
      Query: {
        regions: () => Object.keys(REGIONS).map(ref('Region')),
        places: () => [ref('Kiosk')('k'), ref('Region')('south'), null],
        named: () => [ref('Region')('north'), ref('Kiosk')('k')],
        kiosk: () => ref('Kiosk')('k'),
      },
      Region: { shops: ({ id }: Ref) => [REGIONS[id]!.shops.map(ref('Shop'))] },
      Kiosk: { kind: () => 'FOOD', till: () => ({ currency: 'EUR' }), items: () => ['a', 'b'].map(ref('Item')) },
      Shop: {
        kind: ({ id }: Ref) => SHOPS[id]!.kind,
        items: ({ id }: Ref) => SHOPS[id]!.items.map(ref('Item')),
      },
    },
  },
  money: {
    sdl: 'type Region @key(fields: "id") { id: ID! currency: String }',
    resolvers: { Region: { currency: ({ id }: Ref) => REGIONS[id]!.currency } },
  },
  prices: {
    sdl: `type Region @key(fields: "id") @context(name: "money") { id: ID! currency: String @external }
      type Kiosk @key(fields: "id") @context(name: "money") @context(name: "shop") {
        id: ID! kind: Kind @external till: Till @external }
      type Till @shareable { currency: String! }
      type Shop @key(fields: "id") @context(name: "shop") { id: ID! kind: Kind @external }
      enum Kind { BOOKS FOOD }
      type Item @key(fields: "id") {
        id: ID!
        price(short: Boolean, currency: String @fromContext(field: "${MONEY}")): String
        label(kind: Kind @fromContext(field: "$shop { kind }"), currency: String @fromContext(field: "${MONEY}")): String
        offer(currency: String @fromContext(field: "${MONEY}")): Offer
      }
      type Offer { note: String with: Item! }`,
    resolvers: {
      Item: {
        price: ({ id }: Ref, { short, currency }: { short?: boolean; currency?: string }) => price(id, currency, short),
        label: ({ id }: Ref, { kind, currency }: { kind?: string; currency?: string }) => label(id, kind, currency),
        offer: ({ id }: Ref, { currency }: { currency?: string }) => ({
          note: `pay in ${currency}`,
          with: ref('Item')(SIMILAR[id]!),
        }),
      },
    },
  },
  stock: {
    sdl: 'type Item @key(fields: "id") { id: ID! similar: Item! }',
    resolvers: { Item: { similar: ({ id }: Ref) => ref('Item')(SIMILAR[id]!) } },
  },
};

/** One schema over the same data, in which each object hands on what its children read. */
const WHOLE = buildSchema(`type Query { regions: [Region!]! places: [Place] named: [Named] kiosk: Kiosk }
  union Place = Region | Kiosk
  interface Named { id: ID! }
  type Region implements Named { id: ID! currency: String shops: [[Shop!]!]! }
  type Kiosk implements Named { id: ID! till: Till items: [Item!]! }
  type Till { currency: String! }
  type Shop { id: ID! kind: Kind items: [Item!]! }
  enum Kind { BOOKS FOOD }
  type Item { id: ID! price(short: Boolean): String label: String offer: Offer similar: Item! }
  type Offer { note: String with: Item! }`);

interface Above {
  readonly currency: string | null;
  readonly kind?: string;
}

function item(id: string, above: Above): object {
  const { currency, kind } = above;
  return {
    id,
    price: ({ short }: { short?: boolean }) => price(id, currency, short),
    label: () => label(id, kind, currency),
    offer: () => ({ note: `pay in ${currency}`, with: () => item(SIMILAR[id]!, above) }),
    similar: () => item(SIMILAR[id]!, above),
  };
}

function region(id: string): object {
  const { currency, shops } = REGIONS[id]!;
  const shop = (name: string) => {
    const { kind, items } = SHOPS[name]!;
    return { id: name, kind, items: () => items.map((one) => item(one, { currency, kind })) };
  };
  return { __typename: 'Region', id, currency, shops: () => [shops.map(shop)] };
}

const kiosk = () => ({
  __typename: 'Kiosk',
  id: 'k',
  till: { currency: 'EUR' },
  items: () => ['a', 'b'].map((id) => item(id, { currency: 'EUR', kind: 'FOOD' })),
});

const ROOT = {
  regions: () => Object.keys(REGIONS).map(region),
  places: () => [kiosk(), region('south'), null],
  named: () => [region('north'), kiosk()],
  kiosk,
};

let federation: TinyFederation;
beforeAll(async () => {
  federation = await startTinyFederation(SUBGRAPHS);
});
afterAll(() => federation.stop());

test.each([
  ['the value differs by list item, and is null', '{ regions { shops { items { id price } } } }', {}],
  ['two contexts are read', '{ regions { id shops { items { label } } } }', {}],
  ['fields read one and two contexts', '{ regions { shops { items { price short: price(short: true) label } } } }', {}],
  [
    'another argument is a variable',
    'query ($s: Boolean) { regions { shops { items { price(short: $s) } } } }',
    { s: true },
  ],
  [
    'a union has two types that set the context',
    '{ places { ... on Kiosk { items { price } } ... on Region { shops { items { price } } } } }',
    {},
  ],
  [
    'an interface has them',
    '{ named { id ... on Region { shops { items { label } } } ... on Kiosk { items { price } } } }',
    {},
  ],
  [
    'another subgraph leads to the object',
    '{ regions { shops { items { similar { price similar { label } } } } } }',
    {},
  ],
  [
    'a contextual field leads to another',
    '{ kiosk { items { offer { note with { price offer { with { id price } } } } } } }',
    {},
  ],
  ['the client asks for the value too', '{ regions { c: currency shops { kind items { price } } } }', {}],
])('answers as one schema does where %s', async (_, query, variables) => {
  const answer = await federation.ask(query, variables);
  const whole = await graphql({ schema: WHOLE, source: query, rootValue: ROOT, variableValues: variables });
  expect(whole.errors).toBeUndefined();
  expect(answer).toEqual(JSON.parse(JSON.stringify({ data: whole.data })));
});

test('asks once for each distinct value', async () => {
  federation.asked.length = 0;
  await federation.ask('{ regions { shops { items { price } } } }');
  const asked = federation.asked.filter((one) => one.startsWith('prices'));
  expect(asked).toHaveLength(Object.keys(REGIONS).length);
});

test('a value that no subgraph answers leaves the field null, and nobody is asked without it', async () => {
  const broken = await startTinyFederation({
    ...SUBGRAPHS,
    money: {
      sdl: 'type Region @key(fields: "id") { id: ID! currency: String }',
      resolvers: {
        Region: {
          __resolveReference: () => {
            throw new Error('no money');
          },
        },
      },
    },
  });
  try {
    const { data, errors } = await broken.ask('{ named { ... on Region { shops { items { price } } } } }');
    const items = [{ price: null }, { price: null }];
    expect(data).toEqual({ named: [{ shops: [[{ items }, { items }]] }, {}] });
    expect(errors?.length).toBeGreaterThan(0);
    expect(broken.asked.filter((one) => one.startsWith('prices'))).toEqual([]);
  } finally {
    await broken.stop();
  }
});

test('clients may not give the argument', async () => {
  const { data } = await federation.ask('{ kiosk { items { price(currency: "USD") } } }');
  expect(data).toBeUndefined();
});
