import { parse } from 'graphql';
import { KeptVariants, type Variant } from '../src/operation.ts';

const variant = {} as Variant;
const document = parse(`{ a } #${'x'.repeat(99_993)}`);

test('variants of all operations together are bounded by the texts that they are of', () => {
  const kept = new KeptVariants();
  const [one, other] = [kept.of(document), kept.of(document)];
  one.set('', variant);
  for (const name of ['0', '1', '2']) other.set(name, variant);
  expect([one.get(''), other.get('0'), other.get('1'), other.get('2')]).toEqual(Array(4).fill(variant));
  other.set('3', variant);
  expect([one.get(''), other.get('0'), other.get('3')]).toEqual([undefined, variant, variant]);
});
