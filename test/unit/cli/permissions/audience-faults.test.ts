import { audienceFaults, declaredFields } from '../../../../src/cli/permissions/audience-faults.ts';
import { ownSubgraphs } from '../../../../src/cli/schema/schema-folder.ts';

const faultsOf = (field: string) => audienceFaults([{ name: 'parks', sdl: `type Park { ${field} }` }]);

test.each([
  'name: String @tag(name: "public")',
  'name: String @tag(name: "partner-input") @tag(name: "public")',
  'name: String @authenticated',
  'name: String @federation__authenticated',
  'name: String @requiresScopes(scopes: [["cases:own"], ["cases:handle", "statistics:live"]])',
  'name: String @policy(policies: [["decides-cases"]])',
  'name: String @external',
])('accepts a field with an audience: %s', (field) => {
  expect(faultsOf(field)).toEqual([]);
});

test.each([
  ['name: String', 'does not say'],
  ['name: String @tag(name: "partner-input")', 'does not say'],
  ['name: String @deprecated @cost(weight: 1)', 'does not say'],
  ['name: String @tag(name: "public") @authenticated', 'the contrary'],
  ['name: String @requiresScopes(scopes: [["cases:onw"]])', 'nobody is granted: cases:onw'],
  ['name: String @policy(policies: [["decides-cases", "constructor"]])', 'nobody is granted: constructor'],
])('refuses a field without an audience: %s', (field, fault) => {
  expect(faultsOf(field)).toEqual([expect.stringMatching(`^Park.name in parks .*${fault}`)]);
});

test('requires an audience on each field, of interfaces and extensions too', () => {
  const sdl = `type Park @tag(name: "public") { name: String } interface Node { id: ID! } extend type Zone { code: String }`;
  expect(audienceFaults([{ name: 'a', sdl }])).toHaveLength(3);
});

test('finds a directive that is removed from our schema', () => {
  const [parks] = ownSubgraphs('schema');
  if (!parks) throw new Error('there is no schema');
  expect(audienceFaults([parks])).toEqual([]);
  const sdl = parks.sdl.replace('openedOn: Date @tag(name: "public")', 'openedOn: Date');
  expect(audienceFaults([{ ...parks, sdl }])).toEqual([expect.stringContaining('Park.openedOn in parks')]);
});

test('ignores fields of other subgraphs', () => {
  const ours = [{ name: 'parks', sdl: 'type Park { id: ID! @tag(name: "public") }' }];
  const theirs = [{ name: 'partner', sdl: 'type Park @key(fields: "id") { id: ID! sheds: Int }' }];
  expect(audienceFaults(theirs, declaredFields(ours))).toEqual([expect.stringContaining('Park.sheds in partner')]);
});
