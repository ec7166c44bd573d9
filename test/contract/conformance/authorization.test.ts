import { answers } from './tiny-federation.ts';

answers(
  'nobody in particular sees what is for somebody, and all the rest',
  {
    a: {
      sdl: `type Query { me: Person @authenticated people: [Person] } type Person @key(fields: "id") { id: ID! name: String
        age: Int @authenticated }`,
      resolvers: { Query: { me: () => ({ id: '1' }), people: () => [{ id: '1', name: 'n', age: 3 }] } },
    },
    b: {
      sdl: 'type Person @key(fields: "id") { id: ID! salary: Salary } type Salary @requiresScopes(scopes: [["pay"]]) { amount: Int }',
      resolvers: {
        Person: {
          salary: () => {
            throw new Error('asked for what nobody may see');
          },
        },
      },
    },
  },
  [
    [
      '{ people { id name age salary { amount } } me { id } }',
      {
        data: { people: [{ id: '1', name: 'n', age: null, salary: null }], me: null },
        errors: [
          'UNAUTHORIZED_FIELD_OR_TYPE people.age',
          'UNAUTHORIZED_FIELD_OR_TYPE people.salary',
          'UNAUTHORIZED_FIELD_OR_TYPE me',
        ],
      },
    ],
    ['{ people { name } }', { data: { people: [{ name: 'n' }] } }],
  ],
);
