import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { type Example, inLanguage, linkedExample, linkedQuery } from '../../../src/pages/explorer/example.ts';
import { MUTATION_TITLES } from '../../../src/pages/explorer/mutation-titles.ts';
import { titleOf } from '../../../src/pages/explorer/titles.ts';

const HEADLINE: Example = {
  name: 'Headline',
  group: 'analyst',
  type: 'query',
  text: 'query Headline',
  variables: '{}',
};
const PUBLISH: Example = { ...HEADLINE, name: 'PublishDay', type: 'mutation' };
const EXAMPLES = [HEADLINE, PUBLISH];

test('an address names an example, with variables of its own or without', () => {
  expect(linkedExample('#Headline', EXAMPLES)).toBe(HEADLINE);
  const variables = encodeURIComponent('{"on":"2020-03-16"}');
  expect(linkedExample(`#Headline?${variables}`, EXAMPLES)).toEqual({
    ...HEADLINE,
    variables: '{\n  "on": "2020-03-16"\n}',
  });
});

test.each(['', '#', '#Nothing', '#PublishDay', '#Headline!'])('%p opens no example', (fragment) => {
  expect(linkedExample(fragment, EXAMPLES)).toBeUndefined();
});

test.each(['#Headline?{', '#Headline?%E0%A4%A'])('%p opens the example unchanged', (fragment) => {
  expect(linkedExample(fragment, EXAMPLES)).toBe(HEADLINE);
});

test('an example asks for texts in the page’s language, where it asks for a language', () => {
  expect(inLanguage(HEADLINE, 'ZH')).toBe(HEADLINE);
  const asking = { ...HEADLINE, variables: '{ "code": "a", "locale": "EN" }' };
  expect(JSON.parse(inLanguage(asking, 'ZH').variables)).toEqual({ code: 'a', locale: 'ZH' });
});

describe('titles of shipped documents', () => {
  const { operations } = JSON.parse(readFileSync('schema/operations/manifest.json', 'utf8'));
  const names: readonly string[] = operations.map(({ name }: { name: string }) => name);

  test.each(['query', 'mutation'])('each %s has one in Chinese and Japanese', (kind) => {
    const own = operations.filter(({ type }: { type: string }) => type === kind);
    expect(own.length).toBeGreaterThan(40);
    for (const { name } of own) {
      const titles = (['ZH', 'JA'] as const).map((locale) => titleOf(name, locale));
      expect([name, titles.filter((title) => !/\p{Script=Han}/u.test(title))]).toEqual([name, []]);
    }
  });

  test.each(['ZH', 'JA', 'EN'] as const)('no two are alike in %s', (locale) => {
    const titles = names.map((name) => titleOf(name, locale));
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  test('none is of a document that is gone', () => {
    expect(Object.keys(MUTATION_TITLES).filter((name) => !names.includes(name))).toEqual([]);
  });

  test('names of things keep their capitals in English', () => {
    const titles = ['BindWeChat', 'CreateApiKey', 'MayIApply', 'AcceptCase'].map((name) => titleOf(name, 'EN'));
    expect(titles).toEqual(['Bind WeChat', 'Create an API key', 'May I apply?', 'Accept case']);
  });
});

const carrying = (carried: object) => `#q=${deflateRawSync(JSON.stringify(carried)).toString('base64url')}`;

test('an address carries a query of one’s own, with its variables', () => {
  const query = 'query Zones { zones(first: 3) { nodes { code } } }';
  expect(linkedQuery(carrying({ query, variables: { first: 3 } }))).toEqual({
    name: 'Zones',
    group: '',
    type: 'query',
    text: query,
    variables: '{\n  "first": 3\n}',
  });
});

test('a carried mutation is opened and doesn’t run by itself', () => {
  expect(linkedQuery(carrying({ query: 'mutation { closeCase }' }))?.type).toBe('mutation');
  expect(linkedQuery(carrying({ query: 'query A { a } mutation B { b }' }))?.type).toBe('mutation');
});

test.each([
  '#q=',
  '#q=!',
  '#q=AAAA',
  carrying({ query: '{' }),
  carrying({ query: 'fragment F on A { a }' }),
  '#Headline',
])('%p carries no query', (fragment) => {
  expect(linkedQuery(fragment)).toBeUndefined();
});
