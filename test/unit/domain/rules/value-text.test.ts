import { FACTS_OF } from '../../../../src/domain/policies/facts.ts';
import { answerTo } from '../../../../src/domain/rules/answer.ts';
import type { Operand, Rule, Test } from '../../../../src/domain/rules/rule.ts';
import { textOfValue } from '../../../../src/domain/rules/value-text.ts';

test.each([
  ['a yes', true, 'BOOLEAN', ['是', 'はい', 'yes']],
  ['a number', 1_234_567, 'INTEGER', ['1,234,567', '1,234,567', '1,234,567']],
  ['money in whole yuan', 1_500_000, 'FEN', ['15,000元', '15,000元', '15,000 yuan']],
  ['money with fen', -100_005, 'FEN', ['-1,000.05元', '-1,000.05元', '-1,000.05 yuan']],
  ['yearly amounts', [100, 250], 'AMOUNTS', ['1元、2.50元', '1元、2.50元', '1 yuan, 2.50 yuan']],
  ['a day', '2026-08-31', 'DAY', ['2026年8月31日', '2026年8月31日', '31 August 2026']],
  ['an empty list', [], 'CODES', ['无', 'なし', 'none']],
  ['a code without a name', 'zone_teda', 'CODE', ['zone_teda', 'zone_teda', 'zone_teda']],
] as const)('writes %s', (_, value, type, [zh, ja, en]) => {
  expect(textOfValue(value, { type })).toEqual({ zh, ja, en });
});

test('every code of every fact has a name in three languages', () => {
  for (const definition of Object.values(FACTS_OF).flatMap((facts) => Object.values(facts))) {
    for (const code of definition.codes ?? []) {
      const { zh, ja, en } = textOfValue(code, definition);
      expect([zh, ja, en]).not.toContain(code);
    }
  }
});

const born = { fact: 'bornOn' };
const TEXT = { zh: '条', ja: '条', en: 'term' };

test.each<[string, Operand, Operand, string, string]>([
  ['codes', { fact: 'degree' }, 'MASTER', '学士', '硕士'],
  ['money', { fact: 'monthlyIncome' }, 1_500_000, '20,000元', '15,000元'],
  ['an age', { ageOn: { born, on: { asked: true } } }, 45, '46', '45'],
  ['days', born, '1990-01-01', '1980-05-01', '1990年1月1日'],
  [
    'a table of money by place',
    { fact: 'monthlyIncome' },
    { table: { by: { fact: 'zone' }, rows: [{ is: 'zone_teda', value: 100 }], otherwise: 200 } },
    '20,000元',
    '1元',
  ],
])('a trace reads %s', (_, l, r, saw, asks) => {
  const is: Test = { l, op: '=', r };
  const rule: Rule = { language: 1, when: { term: 'one', text: TEXT, is } };
  const STATED = { degree: 'BACHELOR', monthlyIncome: 2_000_000, bornOn: '1980-05-01', zone: 'zone_teda' };
  const { terms, nearest } = answerTo(rule, { REGISTRY: {}, STATED }, '2026-11-28', FACTS_OF.PERSON);
  const seen = saw === '1980-05-01' ? '1980年5月1日' : saw;
  expect(terms[0]).toMatchObject({ sawText: { zh: seen }, asksText: { zh: asks } });
  for (const { fromText, toText } of nearest()?.changes ?? []) {
    expect(fromText?.zh).toBe(seen);
    expect(toText.zh).toBe(asks);
  }
});
