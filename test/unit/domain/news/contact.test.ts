import { maskContact } from '../../../../src/domain/news/contact.ts';
import { isNews, newsText, quietUntil } from '../../../../src/domain/news/message.ts';

test.each([
  ['SMS', '13812345678', '138****5678'],
  ['WECHAT', 'oAbCdEfGhIjKlMnOpQrStUvWx', 'oAbC***'],
  ['EMAIL', 'wang.moumou@example.org', 'w***@example.org'],
] as const)('masks an address of %s', (channel, address, masked) => {
  expect(maskContact({ channel, address })).toBe(masked);
});

test('says the receipt number and nothing else, in three languages', () => {
  expect(['ZH', 'JA', 'EN'].map((locale) => newsText('TJ-7', locale as 'ZH').text)).toEqual([
    '您的办件TJ-7有新进展，请登录查看。',
    '受付番号TJ-7の手続に新しいお知らせがあります。ログインしてご確認ください。',
    'There is news in case TJ-7. Sign in to read it.',
  ]);
});

test.each([
  ['2026-03-17T13:59:59.000Z', null],
  ['2026-03-17T14:00:00.000Z', '2026-03-18T00:00:00.000Z'],
  ['2026-03-17T23:59:59.000Z', '2026-03-18T00:00:00.000Z'],
  ['2026-03-18T00:00:00.000Z', null],
])('sends nothing from 22:00 to 8:00 in Shanghai: %s', (now, until) => {
  expect(quietUntil(new Date(now))?.toISOString() ?? null).toBe(until);
});

test.each([
  [{ caseId: 'case_1', kind: 'ACCEPTED' }, true],
  [{ caseId: 'case_1', kind: 'SUPPLEMENT_REQUESTED' }, true],
  [{ caseId: 'case_1', kind: 'SUBMITTED' }, false],
  [{ caseId: 'case_1', kind: 'OPINION_GIVEN' }, false],
  [{ caseId: 'case_1', kind: 'PROMISE_NEAR', step: 'REVIEW' }, false],
  [{ caseId: 'agr_1', kind: 'SIGNED' }, false],
])('knows what is news to an applicant: %j', (entry, expected) => {
  expect(isNews(entry)).toBe(expected);
});
