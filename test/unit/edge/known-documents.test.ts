import { parse } from 'graphql';
import { knownDocuments } from '../../../src/edge/apollo-plugin.ts';

test('a document is kept to be asked again, one with a long text is not', () => {
  const documents = knownDocuments();
  const [short, long] = [parse('{ a }'), parse(`#${'x'.repeat(6_000)}\n{ a }`)];
  documents.set('short', short);
  documents.set('long', long);
  expect([documents.get('short'), documents.get('long')]).toEqual([short, undefined]);
});

test('so much text is kept, and the document that was asked longest ago goes first', () => {
  const documents = knownDocuments();
  const document = parse(`{ a } #${'x'.repeat(3_993)}`);
  for (let i = 0; i < 100; i++) documents.set(`${i}`, document);
  documents.get('0');
  documents.set('new', document);
  expect([documents.get('0'), documents.get('1'), documents.get('2')]).toEqual([document, undefined, document]);
});
