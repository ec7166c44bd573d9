import { linkedQuery } from '../../../src/pages/explorer/example.ts';
import { lookAddress, shareAddress } from '../../../src/pages/explorer/share.ts';

/** Links of the explorer. Nothing personal is in an address. */

const SITE = 'https://parks.example';

test('a link carries the query without its comments, and opens it', () => {
  const address = shareAddress('# for Zhang\nquery Zones { zones(first: 3) { nodes { code } } }', SITE) ?? '';
  expect(address).toMatch(/^https:\/\/parks\.example\/explorer#q=[\w-]+$/);
  const opened = linkedQuery(new URL(address).hash);
  expect(opened?.text).toContain('zones(first: 3)');
  expect(opened?.text).not.toContain('Zhang');
});

test.each([
  'mutation { closeCase { id } }',
  '{ case(id: "case_01HB0000000000000000000000") { state } }',
  '{ case(receiptNumber: "BHZ-000001") { state } }',
  '{ a(b: "11010119900307123X") }',
  '{ a(b: "13800138000") }',
  '{ not a query',
])('%s has no link', (query) => {
  expect(shareAddress(query, SITE)).toBeNull();
});

test('a public question leads to its chart, with its variables', () => {
  expect(lookAddress('Headline', '{"code":"binhai-zhongguancun","locale":"EN","input":{"a":1}}', 'JA')).toBe(
    '/look/Headline?code=binhai-zhongguancun&view=chart&lang=ja',
  );
  expect(lookAddress('Headline', '{', 'EN')).toBe('/look/Headline?view=chart&lang=en');
});
