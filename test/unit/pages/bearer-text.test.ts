import { OFFICER_ROLES } from '../../../src/domain/viewer.ts';
import { boundText } from '../../../src/pages/sign-in/bearer-text.ts';

/** The account's facts in the reader's language. */

const WORDS = {
  bounds: { agency: 'Agency', zone: 'Zone', enterprise: 'Enterprise', roles: 'Roles', person: 'Person' },
};
const OFFICER = {
  kind: 'officer',
  person: 'officer-1',
  agency: 'EDU',
  zone: 'zone_teda',
  roles: ['RECEIVE', 'DECIDE'],
};

test.each([
  ['ZH', ['教体局', 'zone_teda', '收件受理、决定', 'officer-1']],
  ['JA', ['教育・体育局', 'zone_teda', '受理、決定', 'officer-1']],
  ['EN', ['Education and Sports Bureau', 'zone_teda', 'Receive cases, Decide', 'officer-1']],
] as const)('agency and roles are words in %s', (locale, texts) => {
  expect(boundText(OFFICER, WORDS, locale).map(({ text }) => text)).toEqual(texts);
});

test('each role has a word in Chinese and Japanese', () => {
  for (const role of OFFICER_ROLES) {
    const texts = (['ZH', 'JA'] as const).map(
      (locale) => boundText({ kind: 'officer', roles: [role] }, WORDS, locale)[0]?.text,
    );
    expect([role, texts.filter((text) => !/\p{Script=Han}/u.test(text ?? ''))]).toEqual([role, []]);
  }
});

test('a role that an issuer made up is told as it is, and nothing is told of what a token lacks', () => {
  expect(boundText({ kind: 'officer', roles: ['CLEAN'] }, WORDS, 'ZH')).toEqual([
    { name: 'Roles', text: 'CLEAN', value: 'CLEAN' },
  ]);
  expect(boundText({ kind: 'analyst', roles: [] }, WORDS, 'JA')).toEqual([]);
});
