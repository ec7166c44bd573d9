import { readEnterpriseFile } from '../../../src/cli/imports/enterprise-file.ts';

const HEADER = 'uscc,nameZh,industryCode,sector,sizeClass,staffCount';
const utf8 = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readEnterpriseFile(utf8(text));

test('rows have their first line, across blank lines and multi-line cells', () => {
  const rows = read(
    `${HEADER}\r\n1,甲,I6513,OTHER,SMALL,3\r\n\r\n2,"乙\r\n公司",I6513,OTHER,SMALL,3\r\n ,,\r\n3,丙,I6513,OTHER,SMALL,3`,
  );
  expect(rows.map(({ line, uscc, nameZh }) => [line, uscc, nameZh])).toEqual([
    [2, '1', '甲'],
    [4, '2', '乙\r\n公司'],
    [7, '3', '丙'],
  ]);
});

test('accepts columns in any order, extra ones, and missing translations', () => {
  const [row] = read('staffCount, sizeClass,note,uscc,nameZh,industryCode,sector\n3,SMALL,x,1,甲,I6513,OTHER\n');
  expect(row).toEqual({
    line: 2,
    uscc: '1',
    nameZh: '甲',
    nameJa: '',
    nameEn: '',
    industryCode: 'I6513',
    sector: 'OTHER',
    sizeClass: 'SMALL',
    staffCount: '3',
  });
});

test('reads a byte order mark and GB 18030', () => {
  expect(read(`\uFEFF${HEADER}\n1,甲,I6513,OTHER,SMALL,3`)).toHaveLength(1);
  const gb = Uint8Array.from([...utf8(`${HEADER}\n1,`), 0xbc, 0xd7, ...utf8(',I6513,OTHER,SMALL,3')]);
  expect(readEnterpriseFile(gb)[0]?.nameZh).toBe('甲');
});

test.each([
  ['missing columns', 'uscc,nameZh\n1,甲', 'industryCode, sector, sizeClass, staffCount'],
  ['an empty file', '', 'uscc, nameZh'],
  ['a quote that never ends', `${HEADER}\n1,"甲`, 'Line 2'],
])('refuses %s', (_, text, message) => {
  expect(() => read(text)).toThrow(
    expect.objectContaining({ code: 'BAD_USER_INPUT', message: expect.stringContaining(message) }),
  );
});
