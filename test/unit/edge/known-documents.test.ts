import { parse } from 'graphql';
import { knownDocuments } from '../../../src/edge/server.ts';

test('a document is kept to be asked again, one with a long text is not', async () => {
  const documents = knownDocuments();
  const [short, long] = [parse('{ a }'), parse(`#${'x'.repeat(6_000)}\n{ a }`)];
  await documents.set('short', short);
  await documents.set('long', long);
  expect([await documents.get('short'), await documents.get('long')]).toEqual([short, undefined]);
  await documents.delete('short');
  expect(await documents.get('short')).toBeUndefined();
});

test('so much text is kept, and the document that was asked longest ago goes first', async () => {
  const documents = knownDocuments();
  const document = parse(`{ a } #${'x'.repeat(3_993)}`);
  for (let i = 0; i < 100; i++) await documents.set(`${i}`, document);
  await documents.get('0');
  await documents.set('new', document);
  expect([await documents.get('0'), await documents.get('1'), await documents.get('2')]).toEqual([
    document,
    undefined,
    document,
  ]);
});
