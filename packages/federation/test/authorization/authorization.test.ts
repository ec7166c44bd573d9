import { scripted, underKeys } from '../../../../test/fixtures/synthetic/scripted.ts';
import type { Grants } from '../../src/authorization/authorize.ts';

const SCHEMAS = {
  people: `
    type Query { me: Person people: [[Person]!] beings: [Being] finds: [Find] paper: Paper state: State must: Person! vault: Vault }
    type Mutation { hire(name: String): Person @requiresScopes(scopes: [["staff", "hire"], ["admin"]]) fire: Person }
    interface Being { id: ID! name: String age: Int friend: Being }
    type Person implements Being @key(fields: "badge") {
      id: ID! name: String
      badge: ID @authenticated @shareable
      age: Int @authenticated
      years: Int! @authenticated
      pay: Int @requiresScopes(scopes: [["pay"]])
      grade: String @policy(policies: [["hr", "office"], ["board"]])
      friend: Being
    }
    type Dog implements Being { id: ID! name: String age: Int friend: Being }
    type Ghost implements Being @authenticated { id: ID! name: String age: Int friend: Being }
    type Vault @authenticated { gold: Int }
    union Find = Person | Vault
    enum State @requiresScopes(scopes: [["state"]]) { ON OFF }
    scalar Paper @policy(policies: [["paper"]])
  `,
  pay: `
    type Person @key(fields: "badge") {
      badge: ID @authenticated @shareable
      pay: Int @external
      bonus: Int @requires(fields: "pay") @requiresScopes(scopes: [["pay"]]) @policy(policies: [["hr"]])
      open: Int
    }
    type Query { x: Int }
  `,
};

const PERSON = { __typename: 'Person', id: '1', badge: 'b', name: 'A', age: 5, years: 5, pay: 9, grade: 'x' };
const BEINGS = [
  PERSON,
  { __typename: 'Dog', id: '2', name: 'B', age: 7 },
  { __typename: 'Ghost', id: '3', name: 'C', age: 9 },
];
const DATA = {
  me: PERSON,
  must: PERSON,
  people: [[PERSON, null], []],
  beings: BEINGS,
  finds: [PERSON, { __typename: 'Vault', gold: 1 }],
  paper: 'p',
  state: 'ON',
  vault: { gold: 1 },
  hire: PERSON,
  fire: PERSON,
};

const people = () =>
  scripted(SCHEMAS, {
    people: (request) => ({ data: underKeys(request, DATA) }),
    pay: (request) => ({ data: underKeys(request, { _entities: [{ bonus: 1, open: 2 }] }) }),
  });

/** Who has these scopes, and whom these policies allow. */
const granted = (authenticated: boolean, scopes: string[] = [], policies: string[] = []): Grants => ({
  authenticated,
  scopes: new Set(scopes),
  policy: (name) => (policies.includes(name) ? true : undefined),
});

const paths = (errors: readonly { readonly path?: readonly unknown[] | undefined }[] | undefined) =>
  (errors ?? []).map(({ path }) => path?.join('.'));

test('a denied field is null with one error, without list indices, and nobody is asked for it', async () => {
  const gateway = people();
  expect(await gateway.run('{ people { name age a: age pay } }')).toEqual({
    data: { people: [[{ name: 'A', age: null, a: null, pay: null }, null], []] },
    errors: ['age', 'a', 'pay'].map((key) => ({
      message: 'Unauthorized field or type: it is not for anonymous callers, sign in or send a credential',
      path: ['people', key],
      extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' },
    })),
  });
  expect(gateway.asked).toEqual(['people: {people{name}} {}']);
});

test('who has a credential is told that it doesn’t cover a field, and the same of every field', async () => {
  const { errors } = await people().run('{ me { pay grade } }', { grants: granted(true) });
  const message = "Unauthorized field or type: your credential's scopes or roles don't cover it";
  expect(errors?.map((error) => error.message)).toEqual([message, message]);
});

test('a denied field that may not be null takes with it what it stands in', async () => {
  const { data, errors } = await people().run('{ me { years } must { name years } }');
  expect(data).toBeNull();
  expect(paths(errors)).toEqual(['me.years', 'must.years']);
});

test.each<[string, Grants, object]>([
  ['nobody', granted(false), { age: null, pay: null, grade: null }],
  ['somebody', granted(true), { age: 5, pay: null, grade: null }],
  ['a scope', granted(false, ['pay']), { age: null, pay: 9, grade: null }],
  ['one of two policies that are both needed', granted(false, [], ['hr']), { age: null, pay: null, grade: null }],
  ['both of them', granted(false, [], ['hr', 'office']), { age: null, pay: null, grade: 'x' }],
  ['the other one', granted(false, [], ['board']), { age: null, pay: null, grade: 'x' }],
])('%s is given what is theirs', async (_, grants, expected) => {
  const { data } = await people().run('{ me { age pay grade } }', { grants });
  expect(data).toEqual({ me: expected });
});

test('a returned type’s rule is the field’s: objects, enums, scalars', async () => {
  const query = '{ vault { gold } state paper }';
  const denied = await people().run(query);
  expect(denied.data).toEqual({ vault: null, state: null, paper: null });
  expect(paths(denied.errors)).toEqual(['vault', 'state', 'paper']);
  const allowed = await people().run(query, { grants: granted(true, ['state'], ['paper']) });
  expect(allowed).toEqual({ data: { vault: { gold: 1 }, state: 'ON', paper: 'p' } });
});

test('a selection on an interface is denied for the types that deny it, and asked of the others', async () => {
  const gateway = people();
  const { data, errors } = await gateway.run('{ beings { __typename name age } }');
  expect(data).toEqual({
    beings: [
      { __typename: 'Person', name: 'A', age: null },
      { __typename: 'Dog', name: 'B', age: 7 },
      { __typename: 'Ghost', name: null, age: null },
    ],
  });
  expect(paths(errors)).toEqual(['beings.age', 'beings.name']);
  expect(gateway.asked).toEqual(['people: {beings{__typename ...on Dog{name age} ...on Person{name}}} {}']);
});

test('an interface of which some types deny what is asked has no error where none of these is found', async () => {
  const dogs = scripted(SCHEMAS, {
    people: (request) => ({ data: underKeys(request, { beings: [BEINGS[1]] }) }),
  });
  expect(await dogs.run('{ beings { name age } }')).toEqual({ data: { beings: [{ name: 'B', age: 7 }] } });
});

test('an object of a denied type in a union shows nothing but that it is there', async () => {
  const { data, errors } = await people().run('{ finds { __typename ... on Person { name } ... on Vault { gold } } }');
  expect(data).toEqual({
    finds: [
      { __typename: 'Person', name: 'A' },
      { __typename: 'Vault', gold: null },
    ],
  });
  expect(paths(errors)).toEqual(['finds.gold']);
});

test('a key is asked for and sent to subgraphs, though the client is denied it', async () => {
  const gateway = people();
  const { data, errors } = await gateway.run('{ me { badge open bonus } }', {
    grants: granted(false, ['pay'], ['hr']),
  });
  expect(data).toEqual({ me: { badge: null, open: 2, bonus: 1 } });
  expect(paths(errors)).toEqual(['me.badge']);
  expect(gateway.asked[0]).toBe('people: {me{__typename badge pay}} {}');
  expect(gateway.asked.join()).toContain('"badge":"b"');
});

test('a mutation that is denied is not run, the others are', async () => {
  const gateway = people();
  const { data, errors } = await gateway.run('mutation { hire(name: "x") { id } fire { id } }', {
    grants: granted(true, ['staff']),
  });
  expect(data).toEqual({ hire: null, fire: { id: '1' } });
  expect(paths(errors)).toEqual(['hire']);
  expect(gateway.asked).toHaveLength(1);
  expect(gateway.asked[0]).not.toContain('hire');
});

describe('policies', () => {
  const asking = (answer: (name: string) => boolean | undefined | Promise<boolean | undefined>) => {
    const asked: string[] = [];
    const grants: Grants = {
      authenticated: true,
      scopes: new Set(['bonus', 'pay', 'state']),
      policy(name) {
        asked.push(name);
        return answer(name);
      },
    };
    return { asked, grants };
  };
  const QUERY = '{ me { grade g: grade bonus } must { grade } __type(name: "Person") { fields { name } } }';

  test('each is asked once in a request, and only those that it needs', async () => {
    const { asked, grants } = asking(() => true);
    const gateway = people();
    await gateway.run('{ me { name bonus b: bonus } }', { grants });
    expect(asked).toEqual(['hr']);
    await gateway.run(QUERY, { grants });
    expect(asked.slice(1).sort()).toEqual(['board', 'hr', 'office', 'paper']);
  });

  test('they may take their time', async () => {
    const { grants } = asking(async (name) => name === 'board');
    const { data } = await people().run('{ me { grade bonus } }', { grants });
    expect(data).toEqual({ me: { grade: 'x', bonus: null } });
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('no answer');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no answer'))],
    ['is not known', () => undefined],
  ])('one that %s denies', async (_, answer) => {
    const { grants } = asking(answer);
    expect((await people().run('{ me { name grade } }', { grants })).data).toEqual({ me: { name: 'A', grade: null } });
  });

  test('one that never decides ends with the request', async () => {
    const { grants } = asking(() => new Promise(() => {}));
    const result = await people().run('{ me { grade } }', { grants, call: { deadline: Date.now() + 20 } });
    expect(result).toMatchObject({ errors: [{ extensions: { code: 'DEADLINE_EXCEEDED' } }] });
  });
});

describe('introspection', () => {
  const TYPES = '{ __schema { types { name } } }';
  const FIELDS =
    '{ person: __type(name: "Person") { fields { name } } being: __type(name: "Being") { fields { name } possibleTypes { name } } vault: __type(name: "Vault") { name } }';
  const names = (data: unknown, key: string, list = 'fields') =>
    ((data as Record<string, Record<string, { name: string }[]>>)[key]?.[list] ?? []).map(({ name }) => name);

  test('shows what may be asked for', async () => {
    const gateway = people();
    const { data } = await gateway.run(FIELDS);
    expect(names(data, 'person')).toEqual(['open', 'id', 'name', 'friend']);
    expect(names(data, 'being')).toEqual(['id', 'name', 'friend']);
    expect(names(data, 'being', 'possibleTypes')).toEqual(['Dog', 'Person']);
    expect(data).toMatchObject({ vault: null });
    const { data: schema } = await gateway.run(TYPES);
    const seen = names(schema, '__schema', 'types').filter((name) => !name.startsWith('__'));
    expect(seen.sort()).toEqual([
      'Being',
      'Boolean',
      'Dog',
      'Find',
      'ID',
      'Int',
      'Mutation',
      'Person',
      'Query',
      'String',
    ]);
  });

  test('shows all to whom all is granted', async () => {
    const everything = granted(true, ['pay', 'bonus', 'admin', 'state'], ['board', 'hr', 'paper']);
    const { data } = await people().run(FIELDS, { grants: everything });
    expect(names(data, 'person')).toEqual([
      'badge',
      'pay',
      'bonus',
      'open',
      'id',
      'name',
      'age',
      'years',
      'grade',
      'friend',
    ]);
    expect(names(data, 'being', 'possibleTypes')).toEqual(['Dog', 'Ghost', 'Person']);
    expect(data).toMatchObject({ vault: { name: 'Vault' } });
  });

  test('leads to no name that is not in it', async () => {
    const { data } = await people().run(`{ __schema { types { name interfaces { name } possibleTypes { name } fields {
      type { name ofType { name ofType { name } } } args { type { name ofType { name } } } } } } }`);
    const text = JSON.stringify(data);
    for (const hidden of ['Vault', 'Ghost', 'State', 'Paper']) expect(text).not.toContain(hidden);
  });
});
