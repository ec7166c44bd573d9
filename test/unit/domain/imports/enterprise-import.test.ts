import { industryCodeOf } from '../../../../src/domain/enterprises/industry.ts';
import { decideEnterpriseRow, type EnterpriseRow } from '../../../../src/domain/imports/enterprise-import.ts';

const row: EnterpriseRow = {
  uscc: '91110108551385082Q',
  nameZh: '示例软件有限公司',
  nameJa: 'サンプルソフトウェア有限公司',
  nameEn: 'Example Software Co., Ltd.',
  industryCode: '6510',
  sector: 'DIGITAL_ECONOMY',
  sizeClass: 'MICRO',
  staffCount: '3',
};

test('a row is taken, with what is left out filled in', () => {
  const decision = decideEnterpriseRow({
    ...row,
    uscc: ' 91110108551385082q ',
    nameEn: '',
  });
  expect(decision).toEqual({
    ok: true,
    value: {
      uscc: '91110108551385082Q',
      name: { zh: row.nameZh, ja: row.nameJa, en: row.nameZh },
      industryCode: 'I6510',
      sector: 'DIGITAL_ECONOMY',
      sizeClass: 'MICRO',
      staffCount: 3,
    },
  });
});

test('a name may have 200 characters', () => {
  expect(decideEnterpriseRow({ ...row, nameZh: '名'.repeat(200) })).toHaveProperty('ok', true);
});

test.each<[string, EnterpriseRow]>([
  ['INVALID_USCC', { uscc: '911101085513850820' }],
  ['MISSING_NAME', { nameZh: '  ' }],
  ['NAME_TOO_LONG', { nameEn: 'x'.repeat(201) }],
  ['UNKNOWN_INDUSTRY', { industryCode: '9810' }],
  ['UNKNOWN_INDUSTRY', { industryCode: 'C6510' }],
  ['UNKNOWN_SECTOR', { sector: 'MAGIC' }],
  ['UNKNOWN_SIZE_CLASS', { sizeClass: '' }],
  ['INVALID_STAFF_COUNT', { staffCount: '-3' }],
  ['INVALID_STAFF_COUNT', { staffCount: '2.5' }],
])('a row is refused as %s with %j', (code, over) => {
  const decision = decideEnterpriseRow({ ...row, ...over });
  expect(decision.ok ? [] : decision.refusals.map((refusal) => [refusal.code, refusal.field])).toEqual([
    [code, Object.keys(over)],
  ]);
});

test('reports every fault of a row at once', () => {
  const decision = decideEnterpriseRow({});
  expect(decision.ok ? 0 : decision.refusals.length).toBe(6);
});

test.each([
  ['01', 'A01'],
  ['13', 'C13'],
  ['6510', 'I6510'],
  ['I6510', 'I6510'],
  ['732', 'M732'],
  ['97', 'T97'],
  ['C6510', null],
  ['98', null],
  ['00', null],
  ['5', null],
  ['65101', null],
  ['I', null],
])('the industry %p is written %p', (code, written) => {
  expect(industryCodeOf(code)).toBe(written);
});
