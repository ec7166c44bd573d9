import type { Viewer } from '../../src/domain/viewer.ts';
import { createLinkagesSubgraph } from '../../src/resolvers/linkages/index.ts';
import { policyFactsItem, type SubjectFactsRecord } from '../../src/storage/linkages/items.ts';
import { linkageNewsOf } from '../../src/storage/linkages/linkage-news.ts';
import { recognitionVersionItem } from '../../src/storage/linkages/recognition-items.ts';
import { enterpriseIn, linkedZones } from '../fixtures/linked-zones.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** Zone A recognises what zone B has granted, under conditions, and ends that again. Zone C is no party. */

const officerOf = (zone: string): Viewer => ({
  kind: 'officer',
  person: `o-${zone}`,
  agency: 'PARK',
  zone: `zone_${zone}`,
  roles: ['PUBLISH'],
});
const [A, B, C] = [officerOf('a'), officerOf('b'), officerOf('c')];
const NOW = new Date('2020-03-16T01:00:00.000Z');
const text = { zh: '条件', ja: '条件', en: 'A condition' };
const grantedIn = (zone: string, number: number, more: Partial<SubjectFactsRecord> = {}): SubjectFactsRecord => ({
  ...enterpriseIn('a', number),
  qualifications: [{ kind: 'HIGH_TECH_ENTERPRISE', from: '2019-11-28', to: null, zoneId: `zone_${zone}` }],
  ...more,
});
/** They reside in zone A. */
const [OF_A, OF_B, OF_C] = [grantedIn('a', 1), grantedIn('b', 2), grantedIn('c', 3)];
const LARGE_OF_B = grantedIn('b', 4, { sizeClass: 'LARGE' });

const condition = (fact: string, value: string, op = '=') => ({
  language: 1,
  when: { term: fact, text, is: { l: { fact }, op, r: op === 'has' ? [value] : value } },
});
const termsOn = (fact: string, value: string, other: string) => ({
  rule: JSON.stringify(condition(fact, value)),
  samples: [
    { name: 'met', on: '2020-03-16', facts: [{ fact, code: value }], truth: 'MET' },
    { name: 'not met', on: '2020-03-16', facts: [{ fact, code: other }], truth: 'NOT_MET' },
  ],
});
const RECOGNITION = {
  agreement: 'agr_a-b',
  ofZone: 'zone_b',
  kind: 'HIGH_TECH_ENTERPRISE',
  validFrom: '2020-03-16',
};

let system: TestSystem;
let serve: Execute;
let keys = 0;

beforeEach(async () => {
  system = await startTestSystem();
  serve = system.serve('linkages', createLinkagesSubgraph);
  const policy = (id: string, subject: 'ENTERPRISE' | 'PERSON', rule: object) =>
    policyFactsItem({
      ...{ policyId: id, homeZoneIds: ['zone_a'], subject, sourceVersion: 1 },
      inForce: [{ number: 1, from: '2019-01-01', to: null, rule: rule as never }],
    });
  await system.write('linkages', [
    ...linkedZones([OF_A, OF_B, OF_C, LARGE_OF_B], ['RECOGNITION']),
    policy('policy_high-tech', 'ENTERPRISE', condition('qualifications', 'HIGH_TECH_ENTERPRISE', 'has')),
    policy('policy_cards', 'PERSON', condition('talentCard', 'TALENT_CARD_B')),
  ]);
});
afterEach(() => system.stop());

async function change(mutation: 'recogniseQualification' | 'endRecognition', input: object, viewer: Viewer) {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors } = await serve(
    `mutation ($input: ${type}!) {
      ${mutation}(input: $input) { recognition { id version kind validFrom validTo } userErrors { code field } }
    }`,
    { input: { idempotencyKey: `recognition-${keys++}`, ...input } },
    { viewer, now: NOW },
  );
  expect(errors).toBeUndefined();
  return data[mutation];
}

async function ask(subject: object, { policy = 'policy_high-tech', on = '2020-03-16', facts = [] as object[] } = {}) {
  const { data } = await serve(
    `query ($policy: ID!, $subject: PolicySubjectInput!, $on: Date, $facts: [FactInput!]) {
      policyApplies(policy: $policy, subject: $subject, on: $on, facts: $facts) {
        truth
        judgement { missing { fact } }
        recognitions { recognition { id } truth judgement { terms { term truth } } }
      }
    }`,
    { policy, subject, on, facts },
    { now: NOW },
  );
  return data.policyApplies;
}
const byCode = ({ uscc }: SubjectFactsRecord) => ({ uscc });

test('a qualification counts in its own zone, and elsewhere by a recognition from its first day on', async () => {
  expect(await ask(byCode(OF_A))).toMatchObject({ truth: 'MET', recognitions: [] });
  expect(await ask(byCode(OF_B))).toMatchObject({ truth: 'NOT_MET', recognitions: [] });
  const { recognition } = await change('recogniseQualification', { ...RECOGNITION, validFrom: '2020-03-17' }, A);
  expect(recognition).toMatchObject({ version: 1, kind: 'HIGH_TECH_ENTERPRISE', validTo: null });
  expect(await ask(byCode(OF_B))).toMatchObject({ truth: 'NOT_MET', recognitions: [] });
  expect(await ask(byCode(OF_B), { on: '2020-03-17' })).toMatchObject({
    truth: 'MET',
    recognitions: [{ recognition: { id: recognition.id }, truth: 'MET', judgement: null }],
  });
  expect(await ask(byCode(OF_C), { on: '2020-03-17' })).toMatchObject({ truth: 'NOT_MET', recognitions: [] });
});

test('conditions decide, and a fact that is missing leaves the answer open', async () => {
  const terms = termsOn('sizeClass', 'SMALL', 'LARGE');
  await change('recogniseQualification', { ...RECOGNITION, terms }, A);
  expect(await ask(byCode(OF_B))).toMatchObject({
    truth: 'MET',
    recognitions: [{ truth: 'MET', judgement: { terms: [{ term: 'sizeClass', truth: 'MET' }] } }],
  });
  expect(await ask(byCode(LARGE_OF_B))).toMatchObject({ truth: 'NOT_MET', recognitions: [{ truth: 'NOT_MET' }] });
  await change(
    'recogniseQualification',
    { ...RECOGNITION, terms: termsOn('relocationLedBy', 'MARKET', 'GOVERNMENT') },
    A,
  );
  expect(await ask(byCode(LARGE_OF_B))).toMatchObject({
    truth: 'UNKNOWN',
    judgement: { missing: [{ fact: 'qualifications' }] },
  });
});

test('a stated talent card counts in the zone that issued it, and where it is recognised', async () => {
  const card = (zone: string) => [
    { fact: 'talentCard', code: 'TALENT_CARD_B' },
    { fact: 'talentCardZone', code: `zone_${zone}` },
  ];
  const inA = { personIn: 'zone_a' };
  const of = (zone: string) => ask(inA, { policy: 'policy_cards', facts: card(zone) });
  expect((await of('a')).truth).toBe('MET');
  expect((await of('b')).truth).toBe('NOT_MET');
  await change('recogniseQualification', { ...RECOGNITION, kind: 'TALENT_CARD_B' }, A);
  expect(await of('b')).toMatchObject({ truth: 'MET', recognitions: [{ truth: 'MET' }] });
  expect((await of('c')).truth).toBe('NOT_MET');
});

test('both zones list a recognition that holds, and a third zone reads the same', async () => {
  const { recognition } = await change('recogniseQualification', RECOGNITION, A);
  const list = async (zone: string, direction: string, on = '2020-03-16') => {
    const { data } = await serve(
      `query ($of: [_Any!]!, $on: Date) { _entities(representations: $of) {
        ... on Zone { recognitions(direction: ${direction}, on: $on) { id byZone { id } ofZone { id } agreement { id } } }
      } }`,
      { of: [{ __typename: 'Zone', id: `zone_${zone}` }], on },
      { viewer: C, now: NOW },
    );
    return data._entities[0].recognitions;
  };
  const shown = {
    ...{ id: recognition.id, byZone: { id: 'zone_a' }, ofZone: { id: 'zone_b' } },
    agreement: { id: RECOGNITION.agreement },
  };
  expect([await list('a', 'IN'), await list('b', 'OUT')]).toEqual([[shown], [shown]]);
  expect([await list('a', 'OUT'), await list('b', 'IN'), await list('c', 'IN')]).toEqual([[], [], []]);
  const ended = await change('endRecognition', { recognition: recognition.id, version: 1, lastDay: '2020-03-20' }, A);
  expect(ended).toMatchObject({ recognition: { version: 2, validTo: '2020-03-20' }, userErrors: [] });
  expect([await list('a', 'IN', '2020-03-20'), await list('a', 'IN', '2020-03-21')]).toEqual([[shown], []]);
  expect((await ask(byCode(OF_B), { on: '2020-03-21' })).truth).toBe('NOT_MET');
});

test('repeats a command without giving a second recognition', async () => {
  const input = { ...RECOGNITION, idempotencyKey: 'recognise-once' };
  const [one, again] = [
    await change('recogniseQualification', input, A),
    await change('recogniseQualification', input, A),
  ];
  expect(again).toEqual(one);
  expect((await ask(byCode(OF_B))).recognitions).toHaveLength(1);
});

const REFUSED: readonly (readonly [title: string, more: object, code: string, field: string])[] = [
  ['an agreement that is not signed', { agreement: 'agr_proposed' }, 'NOT_ALLOWED', 'agreement'],
  ['an agreement that has ended', { agreement: 'agr_terminated' }, 'NOT_ALLOWED', 'agreement'],
  ['an unknown agreement', { agreement: 'agr_nowhere' }, 'NOT_FOUND', 'agreement'],
  ['a zone that is no party', { ofZone: 'zone_c' }, 'INVALID', 'ofZone'],
  ['the own zone', { ofZone: 'zone_a' }, 'INVALID', 'ofZone'],
  ['a day that has passed', { validFrom: '2020-03-15' }, 'INVALID', 'validFrom'],
  ['an end before the beginning', { validTo: '2020-03-15' }, 'INVALID', 'validTo'],
  [
    'conditions on facts of others',
    { kind: 'TALENT_CARD_A', terms: termsOn('sizeClass', 'SMALL', 'LARGE') },
    'INVALID',
    'terms',
  ],
];
test.each(REFUSED)('refuses %s', async (_, more, code, field) => {
  const { recognition, userErrors } = await change('recogniseQualification', { ...RECOGNITION, ...more }, A);
  expect(recognition).toBeNull();
  expect(userErrors[0]).toMatchObject({ code, field: expect.arrayContaining([field]) });
});

test('refuses an agreement without the purpose', async () => {
  await system.write('linkages', linkedZones([], ['POLICY_COVERAGE']));
  const { userErrors } = await change('recogniseQualification', RECOGNITION, A);
  expect(userErrors).toEqual([{ code: 'NOT_ALLOWED', field: ['agreement'] }]);
});

test('refuses other zones and other roles', async () => {
  const refused = [{ code: 'NOT_ALLOWED', field: null }];
  expect((await change('recogniseQualification', RECOGNITION, C)).userErrors).toEqual(refused);
  const { recognition } = await change('recogniseQualification', RECOGNITION, A);
  const end = { recognition: recognition.id, version: 1, lastDay: '2020-03-20' };
  for (const viewer of [B, C]) expect((await change('endRecognition', end, viewer)).userErrors).toEqual(refused);
  await expect(change('endRecognition', end, { ...A, roles: ['REVIEW'] } as Viewer)).rejects.toThrow('FORBIDDEN');
  expect((await change('endRecognition', { ...end, version: 2 }, A)).userErrors[0].field).toEqual(['version']);
  expect((await change('endRecognition', { ...end, lastDay: '2020-03-15' }, A)).userErrors[0].field).toEqual([
    'lastDay',
  ]);
  await change('endRecognition', end, A);
  expect((await change('endRecognition', { ...end, version: 2 }, A)).userErrors[0].field).toEqual(['lastDay']);
});

test('tells both zones of a recognition and of its end', () => {
  const publication = { at: '2020-03-16T01:00:00.000Z', by: 'o-a', agency: 'PARK' } as const;
  const facts = {
    ...{ id: 'recog_one', byZoneId: 'zone_a', ofZoneId: 'zone_b', kind: 'TECH_SME' as const, rule: null },
    ...{ validFrom: '2020-03-16', validTo: null, agreementId: 'agr_a-b' },
  } as const;
  const told = { id: 'recog_one', agreementId: 'agr_a-b', zoneIds: ['zone_a', 'zone_b'], at: publication.at };
  const news = (version: number) => linkageNewsOf(recognitionVersionItem({ ...facts, version }, publication));
  expect(news(1)).toEqual({ ...told, version: 1, kind: 'GIVEN' });
  expect(news(2)).toEqual({ ...told, version: 2, kind: 'ENDED' });
});
