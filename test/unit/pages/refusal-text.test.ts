import { ACCOUNT_WORDS } from '../../../src/pages/developers/words.ts';
import { SAVE_REFUSALS } from '../../../src/pages/explorer/saved/refusals.ts';
import { wordsForRefusal } from '../../../src/pages/gateway/refusal-text.ts';

/** Refusals in the reader's language: the gateway's own messages are English. */

const refusal = (code: string, ...field: string[]) => ({
  code,
  field: field.length === 0 ? null : field,
  message: 'In English.',
});

test('the words of a field are preferred to those of a code, and places in lists don’t matter', () => {
  const words = { INVALID: 'general', 'INVALID types': 'types' };
  expect(wordsForRefusal(refusal('INVALID', 'types', '3'), words)).toBe('types');
  expect(wordsForRefusal(refusal('INVALID', 'url'), words)).toBe('general');
  expect(wordsForRefusal(refusal('INVALID'), words)).toBe('general');
  expect(wordsForRefusal(refusal('NOT_FOUND'), words)).toBeUndefined();
});

/** Refusals of the pages' mutations. */
const OF_KEYS_AND_ENDPOINTS = [
  refusal('INVALID', 'label'),
  refusal('NOT_ALLOWED'),
  refusal('NOT_ALLOWED', 'apiKey'),
  refusal('NOT_FOUND', 'apiKey'),
  refusal('INVALID', 'url'),
  refusal('INVALID', 'types', '0'),
  refusal('NOT_ALLOWED', 'endpoint'),
  refusal('NOT_FOUND', 'webhook'),
];
const OF_QUESTIONS = [
  refusal('INVALID', 'query'),
  refusal('INVALID', 'variables'),
  refusal('INVALID', 'name'),
  refusal('INVALID', 'forZone'),
  refusal('QUOTA_EXCEEDED'),
  refusal('NOT_ALLOWED'),
];

test.each(['ZH', 'JA'] as const)('every refusal of the account and of saving has words in %s', (locale) => {
  const told = [
    ...OF_KEYS_AND_ENDPOINTS.map((each) => wordsForRefusal(each, ACCOUNT_WORDS[locale].refusals)),
    ...OF_QUESTIONS.map((each) => wordsForRefusal(each, SAVE_REFUSALS[locale])),
  ];
  expect(told.filter((text) => !/\p{Script=Han}/u.test(text ?? ''))).toEqual([]);
});

test('English readers get the gateway’s message', () => {
  for (const words of [ACCOUNT_WORDS.EN.refusals, SAVE_REFUSALS.EN])
    expect(wordsForRefusal(refusal('NOT_ALLOWED'), words)).toBeUndefined();
});
