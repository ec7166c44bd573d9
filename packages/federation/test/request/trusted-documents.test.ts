import { documentId, parseManifest, trustedDocuments, withNamedDocument } from '../../src/request/document.ts';

const body = 'query A {\n  __typename\n}';
const id = documentId(body);
const manifest = {
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: [{ id, name: 'A', type: 'query', body }],
};
const documents = trustedDocuments(parseManifest(JSON.stringify(manifest)));

test('the id is the SHA-256 of the body', () => {
  expect(documentId('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test.each([
  ['as Apollo’s clients do', { extensions: { persistedQuery: { version: 1, sha256Hash: id } } }],
  ['by documentId', { documentId: id }],
  ['by documentId with the algorithm', { documentId: `sha256:${id}` }],
  ['by id', { id }],
])('a document is named %s', (_, naming) => {
  const { query, variables, ...rest } = withNamedDocument({ ...naming, variables: { a: 1 } }, documents);
  expect([query, variables]).toEqual([body, { a: 1 }]);
  expect(JSON.stringify(rest)).not.toContain(id);
});

test('a request that sends its document is taken by that, and registers nothing', () => {
  const other = { query: '{ __typename }', extensions: { persistedQuery: { sha256Hash: id }, trace: 1 } };
  expect(withNamedDocument(other, documents)).toEqual({ query: '{ __typename }', extensions: { trace: 1 } });
});

test('what is malformed is left to the server to refuse', () => {
  expect(withNamedDocument({ extensions: 'x', variables: 1 }, documents)).toEqual({ extensions: 'x', variables: 1 });
  expect(withNamedDocument({ id: 7 }, documents)).toEqual({});
});

test.each(['', 'constructor', '__proto__', 'f'.repeat(64)])('%p names no document', (unknown) => {
  expect(() => withNamedDocument({ documentId: unknown }, documents)).toThrow(
    expect.objectContaining({ code: 'PERSISTED_QUERY_NOT_FOUND' }),
  );
});

test.each([
  ['{', /is not JSON/],
  ['{}', /is wrong at format/],
  [JSON.stringify({ ...manifest, operations: [{ ...manifest.operations[0], body: '{ id }' }] }), /A is not the one/],
])('the manifest %.20p is refused', (json, message) => {
  expect(() => parseManifest(json)).toThrow(
    expect.objectContaining({ code: 'CONFIGURATION', message: expect.stringMatching(message) }),
  );
});
