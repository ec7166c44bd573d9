import { unzipSync } from 'fflate';
import { zip } from '../../../../src/cli/packaging/zip.ts';

const files = new Map([
  ['b/two.txt', Buffer.from('two')],
  ['a.txt', Buffer.from('桥头堡')],
]);

test('keeps paths and contents', () => {
  const unpacked = unzipSync(zip(files));
  expect(Object.keys(unpacked)).toEqual(['a.txt', 'b/two.txt']);
  expect(Buffer.from(unpacked['a.txt'] ?? []).toString()).toBe('桥头堡');
});

test('depends on nothing but paths and contents', () => {
  const other = new Map([...files].reverse());
  expect(Buffer.from(zip(other)).equals(zip(files))).toBe(true);
});
