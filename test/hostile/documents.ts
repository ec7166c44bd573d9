import type { Random } from '../../src/local/demo-data/random.ts';

/** `of(0) of(1) …` */
export const times = (count: number, of: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => of(index)).join(' ');

/** Valid, cheap, long, and never the same twice: what is made ready of it is for nobody else. */
export function everNew(random: Random): string {
  const selection = (field: string) => times(random.integer(12, 18), () => `... on Park { ${field} }`);
  const fields = ['id', 'code', 'name', 'regionCode', 'openedOn', 'area', 'address', 'enterpriseCount'];
  return `{ park(id: "park_a") { ${fields.map(selection).join(' ')} a${random.integer(0, 1e9)}: id } }`;
}

const TYPES = ['Park', 'Zone', 'Enterprise', 'Policy', 'Agreement', 'Project', 'CaseType', 'Indicator'];

/** Documents that are made to cost more than they weigh. */
export const HOSTILE_DOCUMENTS: Readonly<Record<string, (random: Random) => string>> = {
  'ever new': everNew,
  aliases: (random) => `{ ${times(random.integer(1, 5_000), (i) => `a${i}: __typename`)} }`,
  'root fields': (random) => `{ ${times(random.integer(1, 400), (i) => `p${i}: park(id: "park_${i}") { id code }`)} }`,
  'repeated fields': (random) => `{ ${'__typename '.repeat(random.integer(1, 20_000))} }`,
  'repeats within repeats': (random) => {
    const count = random.integer(1, 60);
    return `{ ${times(count, () => `park(id: "park_a") { ${times(count, () => 'zone { id }')} }`)} }`;
  },
  'fragment bomb': (random) => {
    const count = random.integer(2, 200);
    const fragments = times(
      count,
      (i) => `fragment F${i} on Park { zone { parks(first: 9) { nodes { ...F${i + 1} ...F${i + 1} } } } }`,
    );
    return `{ park(id: "park_a") { ...F0 } } ${fragments} fragment F${count} on Park { id }`;
  },
  'fragment circle': (random) => {
    const count = random.integer(1, 100);
    return `{ park(id: "a") { ...F0 } } ${times(count, (i) => `fragment F${i} on Park { id zone { parks(first: 1) { nodes { ...F${(i + 1) % count} } } } }`)}`;
  },
  'spread of nothing': (random) => `{ ${times(random.integer(1, 500), (i) => `...F${i}`)} }`,
  directives: (random) => `{ __typename ${times(random.integer(1, 1_500), (i) => `@x${i % 7}(a: ${i})`)} }`,
  'selection nesting': (random) => `${'{ a '.repeat(random.integer(1, 20_000))}`,
  'value nesting': (random) => {
    const depth = random.integer(1, 20_000);
    return `{ park(id: ${'['.repeat(depth)}${']'.repeat(depth)}) { id } }`;
  },
  'object nesting': (random) => {
    const depth = random.integer(1, 5_000);
    return `mutation { reportOperations(input: ${'{a:'.repeat(depth)}1${'}'.repeat(depth)}) { __typename } }`;
  },
  'type nesting': (random) => `query ($a: ${'['.repeat(random.integer(1, 10_000))}Int) { __typename }`,
  'variable definitions': (random) =>
    `query (${times(random.integer(1, 3_000), (i) => `$v${i}: Int = ${i}`)}) { __typename }`,
  operations: (random) => times(random.integer(2, 900), (i) => `query Q${i} { __typename }`),
  'introspection circle': (random) => {
    const depth = random.integer(1, 300);
    return `{ __schema { types { ${'fields { type { '.repeat(depth)} name ${'} }'.repeat(depth)} } } }`;
  },
  'introspection by name': (random) =>
    `{ ${times(random.integer(1, 300), (i) => `t${i}: __type(name: "T${i}") { name fields { name } }`)} }`,
  pages: (random) => {
    const first = random.pick([-1, 0, 100, 101, 2_147_483_647, 2_147_483_648, 1e21]);
    return `{ parks(first: ${first}) { nodes { enterprises(first: ${first}) { nodes { id projects: park { id } } } } } }`;
  },
  'planner staller': (random) => {
    const within = (type: string) =>
      `... on ${type} { id ${times(random.integer(1, 12), (i) => `n${i}: __typename`)} }`;
    return `{ ${times(random.integer(1, 20), (i) => `n${i}: node(id: "park_${random.integer(0, 99_999)}") { ${TYPES.map(within).join(' ')} }`)} }`;
  },
  'one key under two types': (
    random,
  ) => `{ node(id: "park_a") { ... on Park { n: name(locale: ${random.pick(['ZH', 'EN'])}) }
    ... on Zone { n: name(locale: JA) } ... on Enterprise { n: name(locale: EN) park { id zone { id agreements(first: ${random.integer(1, 5)}) { nodes { id } } } } } } }`,
  'odd names': (random) =>
    `{ ${random.pick(['__proto__', 'constructor', 'toString', '_entities(representations: [])', '_service { sdl }', 'hasOwnProperty', '__defineGetter__'])} }`,
  'odd aliases': (random) =>
    `{ ${random.pick(['__proto__', 'constructor', 'then', 'toJSON', 'valueOf'])}: park(id: "park_a") { ${random.pick(['__proto__', 'then', 'toJSON'])}: id } }`,
  'odd text': (random) =>
    `{ park(id: "${random.pick(['\\u0000', '\\uD800', '\u202e', '\\u{10FFFF}', '"""', '\ufeff', '%00', '../../etc/passwd', "' OR 1=1 --", '$(id)', 'a'.repeat(100_000)])}") { id name } }`,
  comments: (random) => `#${'x'.repeat(random.integer(1, 300_000))}\n{ __typename }`,
  ignored: (random) =>
    `{ ${random.pick([',', ' ', '\t', '\n', '\ufeff']).repeat(random.integer(1, 300_000))} __typename }`,
  'block text': (random) => `{ park(id: """${'\n  '.repeat(random.integer(1, 50_000))}""") { id } }`,
  numbers: (random) =>
    `{ parks(first: ${random.pick(['9'.repeat(10_000), '1e999', '-0', '0x10', '1.', '00', '1_000'])}) { nodes { id } } }`,
  subscriptions: () => 'subscription { park(id: "a") { id } }',
  deferred: (random) => `{ ${times(random.integer(1, 30), (i) => `... @defer(label: "${i}") { __typename }`)} }`,
  'schema definitions': (random) => `{ __typename } ${times(random.integer(1, 200), (i) => `type T${i} { a: Int }`)}`,
};
