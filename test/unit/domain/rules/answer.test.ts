import { answerTo } from '../../../../src/domain/rules/answer.ts';
import type { Rule } from '../../../../src/domain/rules/rule.ts';
import type { Vocabulary } from '../../../../src/domain/rules/vocabulary.ts';

const text = { zh: '条件', ja: '条件', en: 'Term' };
const VOCABULARY: Vocabulary = {
  months: { type: 'INTEGER', min: 0, name: text, canChange: true },
  held: { type: 'CODES', codes: ['CARD', 'PERMIT'], name: text, canChange: true },
};
const RULE: Rule = {
  language: 1,
  when: {
    all: [
      { term: 'months', text, is: { l: { fact: 'months' }, op: '>=', r: 12 } },
      { term: 'held', text, is: { l: { fact: 'held' }, op: 'has', r: ['CARD'] } },
    ],
  },
};

test('an answer names facts with their source, and values as text', () => {
  const sources = { REGISTRY: { months: 9 }, STATED: { months: 24, held: ['PERMIT', 'CARD'] } };
  const answer = answerTo(RULE, sources, '2026-11-28', VOCABULARY);
  expect(answer.facts.map(({ fact, value, source }) => [fact.fact, value, source])).toEqual([
    ['months', '9', 'REGISTRY'],
    ['held', 'PERMIT,CARD', 'STATED'],
  ]);
  expect(answer.terms.map(({ saw, asks, truth }) => [saw, asks, truth])).toEqual([
    ['9', '12', 'NOT_MET'],
    ['PERMIT,CARD', 'CARD', 'MET'],
  ]);
  expect(answer.nearest()).toMatchObject({ changes: [{ fact: { fact: 'months', name: text }, from: '9', to: '12' }] });
});

test('an unknown fact has no value, and is missing', () => {
  const answer = answerTo(RULE, { REGISTRY: {}, STATED: { months: 12 } }, '2026-11-28', VOCABULARY);
  expect(answer).toMatchObject({ truth: 'UNKNOWN', missing: [{ fact: 'held' }] });
  expect(answer.terms[1]).toMatchObject({ saw: null, asks: 'CARD', missing: [{ fact: 'held' }] });
  expect(answer.nearest()).toMatchObject({ changes: [{ from: null, to: 'CARD', how: 'SHOW' }] });
});
