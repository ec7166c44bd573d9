import { compose } from '../../../../test/fixtures/synthetic/federation.ts';
import { prepareSupergraph, readPreparedSupergraph } from '../../src/supergraph/prepared.ts';
import { loadSupergraph } from '../../src/supergraph/supergraph.ts';

const composed = compose({
  people: `
    interface Being { id: ID! name: String }
    union Guest = Person | Ghost
    type Person implements Being @key(fields: "id") @federation__tag(name: "public") { id: ID! name: String @federation__tag(name: "personal") }
    type Ghost implements Being @authenticated { id: ID! name: String @requiresScopes(scopes: [["a"], ["b"]]) }
    type Query { beings: [Being!] @federation__listSize(assumedSize: 5) guest: Guest @federation__cost(weight: 3) }`,
  more: `
    type Person @key(fields: "id") { id: ID! more: Int @policy(policies: [["p"]]) hidden: Int @inaccessible }
    type Query { x: Int }`,
});
const prepared = prepareSupergraph(composed);

test('a supergraph of prepared parts is the one that its SDL makes', () => {
  const loaded = loadSupergraph(composed.sdl, { prepared: readPreparedSupergraph(prepared, composed.hash) });
  const { apiSchema: _, apiDocument: __, ...parts } = composed;
  expect(loaded).toMatchObject(parts);
  expect([...loaded.rules.keys()].sort()).toEqual(['Ghost.id', 'Ghost.name', 'Person.more']);
  expect(loaded.tags.get('Person.name')).toEqual(['personal']);
  expect(loaded.owners.get('Person.more')).toEqual(['more']);
  expect(loaded.conditions.get('Guest')).toEqual(new Set(['Guest', 'Person', 'Ghost']));
});

test('equal requirements stay one object, which a request decides on once', () => {
  const guarded = compose({ a: 'type Query { x: Int @policy(policies: [["p"]]) y: Int @policy(policies: [["p"]]) }' });
  const rules = readPreparedSupergraph(prepareSupergraph(guarded), guarded.hash)?.rules;
  expect(rules?.get('Query.x')).toBe(rules?.get('Query.y'));
});

test('parts of another supergraph are not taken', () => {
  expect(readPreparedSupergraph(prepared, 'other')).toBeUndefined();
});

test('refuses a rule without its requirement, which would open the field', () => {
  const damaged = JSON.stringify({ ...JSON.parse(prepared), requirements: [] });
  expect(() => readPreparedSupergraph(damaged, composed.hash)).toThrow(RangeError);
});
