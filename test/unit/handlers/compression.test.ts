import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { compressed } from '../../../src/handlers/http/compression.ts';

const long = '滨海-中关村 '.repeat(200);

test.each([
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip', 'gzip'],
  ['br;q=0.5, gzip;q=0.8', 'gzip'],
  ['br;q=0, *', 'gzip'],
  ['*', 'br'],
  ['identity;q=1, br;q=0.5', undefined],
  ['deflate', undefined],
  ['br;q=0, gzip;q=0', undefined],
  ['', undefined],
  [undefined, undefined],
])('%p prefers %p', async (accepted, encoding) => {
  const body = await compressed(long, accepted);
  expect(body?.encoding).toBe(encoding);
  if (body) expect((encoding === 'br' ? brotliDecompressSync : gunzipSync)(body.bytes).toString()).toBe(long);
});

test('compresses a body once for each encoding', async () => {
  const known = new Map();
  const first = await compressed(long, 'br', known);
  expect((await compressed(long, 'br', known))?.bytes).toBe(first?.bytes);
  expect((await compressed(long, 'gzip', known))?.encoding).toBe('gzip');
});

test('sends a short body uncompressed', async () => {
  expect(await compressed('x'.repeat(1_399), 'br')).toBeUndefined();
  expect(await compressed('x'.repeat(1_400), 'br')).toBeDefined();
});
