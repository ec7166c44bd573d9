import { type Example, linkedExample } from '../../../src/pages/explorer/example.ts';

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
