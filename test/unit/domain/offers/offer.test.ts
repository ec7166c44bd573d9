import { decideInterest, decideInterestWithdrawal, decideMatch } from '../../../../src/domain/offers/interest.ts';
import { decideOffer, decideWithdrawal, type StatedOffer } from '../../../../src/domain/offers/offer.ts';
import type { Viewer } from '../../../../src/domain/viewer.ts';
import { allowed, faultsOf, inEnglish, textOf } from '../../../fixtures/decision.ts';

const NOW = new Date('2026-03-02T01:00:00.000Z');
const PUBLISHER = { enterpriseId: 'ent_1', zoneId: 'zone_teda' };
const clerk = (enterprise: string): Viewer => ({ kind: 'clerk', person: 'clerk', enterprise });
const STATED: StatedOffer = {
  id: 'offer_1',
  kind: 'OFFER',
  sector: 'DIGITAL_ECONOMY',
  title: textOf('Title'),
  text: textOf('Text'),
  validTo: '2026-03-02',
};

test.each<[string, Partial<StatedOffer>, string[]]>([
  ['one day', {}, []],
  ['the most days and words', { validTo: '2027-03-03', text: textOf('x'.repeat(2000)) }, []],
  ['a day too many', { validTo: '2027-03-04' }, ['INVALID_VALUE validTo']],
  ['a day that has passed', { validTo: '2026-03-01' }, ['INVALID_VALUE validTo']],
  ['a word too many', { text: inEnglish('x'.repeat(2001)) }, ['INVALID_TEXT text.en']],
  ['a blank title', { title: inEnglish(' ') }, ['INVALID_TEXT title.en']],
])('an offer with %s is refused with what is wrong', (_with, change, expected) => {
  expect(faultsOf(decideOffer({ ...STATED, ...change }, PUBLISHER, clerk('ent_1'), NOW))).toEqual(expected);
});

const OFFER = allowed(decideOffer(STATED, PUBLISHER, clerk('ent_1'), NOW));
const LATER = new Date('2026-03-02T16:00:00.000Z');
const message = textOf('Message');

test('an offer is withdrawn once, by its publisher, in the version that was seen', () => {
  const withdrawn = allowed(decideWithdrawal(OFFER, 1, clerk('ent_1')));
  expect(withdrawn).toMatchObject({ state: 'WITHDRAWN', version: 2 });
  expect(faultsOf(decideWithdrawal(OFFER, 2, clerk('ent_1')))).toEqual(['OTHER_VERSION version']);
  expect(faultsOf(decideWithdrawal(OFFER, 2, clerk('ent_2')))).toEqual(['NOT_YOURS ']);
  expect(faultsOf(decideWithdrawal(withdrawn, 2, clerk('ent_1')))).toEqual(['WRONG_STATE ']);
  expect(faultsOf(decideWithdrawal(null, 1, clerk('ent_1')))).toEqual(['UNKNOWN_RECORD offer']);
  expect(faultsOf(decideOffer(STATED, null, clerk('ent_1'), NOW))).toEqual(['UNKNOWN_REFERENCE enterprise']);
  expect(faultsOf(decideOffer(STATED, PUBLISHER, clerk('ent_2'), NOW))).toEqual(['NOT_YOURS ']);
});

test('interest is shown in an open offer of another, withdrawn until it is accepted, and accepted once', () => {
  const show = (stated: object, situation: object = {}, now = NOW) =>
    decideInterest(
      { enterpriseId: 'ent_2', message, ...stated },
      { offer: OFFER, before: null, ...situation },
      'OWN',
      clerk('ent_2'),
      now,
    );
  const shown = allowed(show({ message: textOf('x'.repeat(500)) }));
  const match = (seen: number, before: typeof shown | null, now = NOW, viewer: Viewer = clerk('ent_1')) =>
    decideMatch(seen, { offer: OFFER, before }, viewer, now);
  const matched = allowed(match(1, shown));
  const withdraw = (seen: number, before: typeof shown | null) =>
    decideInterestWithdrawal(seen, before, 'OWN', clerk('ent_2'));
  const withdrawn = allowed(withdraw(1, shown));
  expect([shown, matched, withdrawn].map(({ state, version }) => [state, version])).toEqual([
    ['INTERESTED', 1],
    ['MATCHED', 2],
    ['WITHDRAWN', 2],
  ]);
  expect(allowed(show({}, { before: withdrawn }))).toMatchObject({ state: 'INTERESTED', version: 3 });
  expect(
    [
      show({}, { offer: null }),
      show({}, {}, LATER),
      show({ enterpriseId: 'ent_1' }),
      show({}, { before: shown }),
      show({ message: inEnglish('x'.repeat(501)) }),
      withdraw(1, null),
      withdraw(2, shown),
      withdraw(2, matched),
      match(1, null),
      match(2, shown),
      match(2, matched),
      match(1, shown, LATER),
      match(1, shown, NOW, clerk('ent_2')),
      decideMatch(1, { offer: null, before: shown }, clerk('ent_1'), NOW),
    ].map(faultsOf),
  ).toEqual([
    ['UNKNOWN_RECORD offer'],
    ['WRONG_STATE offer'],
    ['INVALID_VALUE enterprise'],
    ['RECORD_EXISTS offer'],
    ['INVALID_TEXT message.en'],
    ['UNKNOWN_RECORD offer'],
    ['OTHER_VERSION version'],
    ['WRONG_STATE '],
    ['UNKNOWN_RECORD enterprise'],
    ['OTHER_VERSION version'],
    ['WRONG_STATE '],
    ['WRONG_STATE offer'],
    ['NOT_YOURS '],
    ['UNKNOWN_RECORD offer'],
  ]);
});
