import type { CaseTypeFacts } from '../../src/domain/case-types/case-type.ts';
import type { RecognitionRecord } from '../../src/domain/linkages/recognition.ts';
import { storedRule } from '../../src/local/demo-data/rules/stored-rule.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { readRange } from '../../src/storage/dynamodb/read.ts';
import { talentKeys } from '../../src/storage/tables.ts';
import { copyCardRecognitions } from '../../src/storage/talent/agreements/card-recognitions.ts';
import { erasePerson } from '../../src/storage/talent/people/erase-person.ts';
import { reencryptPerson } from '../../src/storage/talent/people/reencrypt-person.ts';
import { agreementOnCases, type OtherTerms } from '../fixtures/case-agreements.ts';
import { applicant, officer, type Story, startStory } from '../fixtures/case-story.ts';
import { URGENT_HUKOU } from '../fixtures/case-types.ts';

/** Agencies record what their registers tell of an applicant; rules judge by it, for the applicant alone. */

const CASE_TYPE: CaseTypeFacts = {
  ...URGENT_HUKOU,
  route: 'QUALIFICATION',
  requiredDocuments: [],
  opinionsFrom: ['EDU', 'HRSS', 'PSB'],
  rule: storedRule('hukou-qualification').rule,
};
const [ME, OTHER] = [applicant(), applicant('applicant-2')];
const [HRSS, PSB, EDU] = [officer('HRSS', 'REVIEW'), officer('PSB', 'REVIEW'), officer('EDU', 'REVIEW')];
const INSURED = [
  { fact: 'insuranceMonths', count: 26 },
  { fact: 'isEmployed', yes: true },
];
const ON = '2026-06-01';

let story: Story;
beforeEach(async () => {
  story = await startStory(CASE_TYPE);
  story.at('2026-06-02 09:00:00');
  await story.open(ME, { relation: 'SELF' });
  await story.does(ME, 'submitCase');
});
afterEach(() => story.end());

const record = (viewer = HRSS, facts: object[] = INSURED, version = 0) =>
  story.does(viewer, 'recordPersonFacts', { version, on: ON, facts });
const refused = (viewer: Parameters<Story['isRefused']>[0], input: object) =>
  story.isRefused(viewer, 'recordPersonFacts', { version: 0, on: ON, facts: INSURED, ...input });
const SHOWN = 'applicantFacts { fact value valueText(locale: EN) agency on version }';

async function judged(viewer: typeof ME, facts: object[] = []) {
  const ask = story.system.serve('talent', createTalentSubgraph);
  const { data, errors } = await ask(
    `query ($id: ID!, $application: ApplicationInput!) { checkEligibility(caseType: $id, application: $application) {
      judgement { facts { fact { fact } value source } missing { fact } }
      recognitions { recognition { id } truth judgement { terms { term truth } } }
    } }`,
    { id: CASE_TYPE.id, application: { zone: 'zone_teda', facts } },
    { viewer, now: new Date('2026-06-02T02:00:00.000Z') },
  );
  expect(errors).toBeUndefined();
  const { judgement, recognitions } = data.checkEligibility;
  const { facts: known, missing } = judgement;
  const insurance = known.find(({ fact }: { fact: { fact: string } }) => fact.fact === 'insuranceMonths');
  const married = known.find(({ fact }: { fact: { fact: string } }) => fact.fact === 'married');
  const card = known.find(({ fact }: { fact: { fact: string } }) => fact.fact === 'talentCard')?.value ?? null;
  return { insurance, married, card, recognitions, missing: missing.map(({ fact }: { fact: string }) => fact) };
}

test('a fact of a register goes before a statement and is marked, for the person alone', async () => {
  await record();
  const stated = [{ fact: 'insuranceMonths', count: 3 }];
  const of = (value: string, source: string) => ({ fact: { fact: 'insuranceMonths' }, value, source });
  expect((await judged(ME, stated)).insurance).toEqual(of('26', 'REGISTRY'));
  expect((await judged(OTHER, stated)).insurance).toEqual(of('3', 'STATED'));
  // For everybody else it is not known yet, whoever asks.
  for (const viewer of [OTHER, HRSS, { kind: 'anonymous' } as const]) {
    expect(await judged(viewer)).toMatchObject({
      insurance: undefined,
      missing: expect.arrayContaining(['insuranceMonths']),
    });
  }
});

test('the applicant and the handling agency see all facts, an asked agency its own, and others none', async () => {
  await record();
  await record(EDU, [{ fact: 'degree', code: 'MASTER' }]);
  const insurance = { fact: 'insuranceMonths', value: '26', valueText: '26', agency: 'HRSS', on: ON, version: 1 };
  const employed = { fact: 'isEmployed', value: 'true', valueText: 'yes', agency: 'HRSS', on: ON, version: 1 };
  const degree = { fact: 'degree', value: 'MASTER', valueText: 'master', agency: 'EDU', on: ON, version: 1 };
  expect(await story.shows(ME, SHOWN)).toEqual({ applicantFacts: [insurance, employed, degree] });
  expect(await story.shows(officer('PARK', 'RECEIVE'), SHOWN)).toEqual({
    applicantFacts: [insurance, employed, degree],
  });
  expect(await story.shows(EDU, SHOWN)).toEqual({ applicantFacts: [degree] });
  expect(await story.shows(PSB, SHOWN)).toEqual({ applicantFacts: [] });
  expect(await story.shows(officer('HOUSING', 'REVIEW'), SHOWN)).toEqual({ applicantFacts: null });
  expect(await story.shows(OTHER, SHOWN)).toBeNull();
});

test('a revision keeps what was recorded before, and needs the version that was seen', async () => {
  await record();
  expect(await refused(HRSS, {})).toEqual(['The agency has recorded facts since.']);
  await record(HRSS, [{ fact: 'insuranceMonths', count: 27 }], 1);
  expect((await judged(ME)).insurance).toMatchObject({ value: '27' });
  const partition = talentKeys.person('applicant-1').pk;
  const kept = await readRange<{ sk: string; version: number }>(story.system.table('talent'), { partition });
  expect(kept.filter(({ sk }) => sk.startsWith('FACTS#')).map(({ sk, version }) => [sk, version])).toEqual([
    ['FACTS#HRSS', 2],
    ['FACTS#HRSS@000001', 1],
    ['FACTS#HRSS@000002', 2],
  ]);
  expect(JSON.stringify(kept)).not.toMatch(/insuranceMonths|isEmployed/);
});

test('the police tell of a family by two facts without a name, which are erased with the person', async () => {
  const family = [
    { fact: 'married', yes: true },
    { fact: 'minorChildren', count: 2 },
  ];
  await record(PSB, family);
  const shown = (fact: string, value: string, valueText: string) => ({ fact, value, valueText, agency: 'PSB' });
  expect(await story.shows(ME, SHOWN)).toMatchObject({
    applicantFacts: [shown('married', 'true', 'yes'), shown('minorChildren', '2', '2')],
  });
  expect((await judged(ME, [{ fact: 'married', yes: false }])).married).toMatchObject({
    value: 'true',
    source: 'REGISTRY',
  });
  expect(await refused(HRSS, { facts: family })).toHaveLength(1);
  await erasePerson(story.system.talentTable(), 'applicant-1', new Date('2026-06-03T00:00:00.000Z'));
  expect((await judged(ME)).married).toBeUndefined();
});

test('refuses facts of other registers, of other types, and days to come', async () => {
  const unknown = ['The register of PSB tells no such fact, or it has another type.'];
  expect(await refused(PSB, {})).toEqual(unknown);
  expect(await refused(PSB, { facts: [{ fact: 'localHukou', code: 'YES' }] })).toEqual(unknown);
  expect(await refused(officer('PARK', 'RECEIVE'), { facts: [] })).toEqual([
    'The register of PARK tells no such fact, or it has another type.',
  ]);
  expect(await refused(HRSS, { on: '2026-06-03' })).toEqual(['The day is today or earlier.']);
});

test('refuses agencies without a part in the case, and other zones', async () => {
  for (const viewer of [officer('HOUSING', 'REVIEW'), officer('HRSS', 'REVIEW', 'zone_baodi')]) {
    expect(await refused(viewer, {})).toEqual(['Only an agency that works on the case records facts of its register.']);
  }
});

test('facts are read after the key is replaced, and are gone after an erasure', async () => {
  await record();
  await reencryptPerson(story.system.talentTable(), 'applicant-1', 0);
  expect((await judged(ME)).insurance).toMatchObject({ value: '26', source: 'REGISTRY' });
  await erasePerson(story.system.talentTable(), 'applicant-1', new Date('2026-06-03T00:00:00.000Z'));
  expect((await judged(ME)).insurance).toBeUndefined();
  const partition = talentKeys.person('applicant-1').pk;
  expect(await readRange(story.system.table('talent'), { partition })).toEqual([]);
  expect(await refused(HRSS, {})).toEqual(['The data of the applicant are erased.']);
});

const card = (zone: string) => [
  { fact: 'talentCard', code: 'TALENT_CARD_B' },
  { fact: 'talentCardZone', code: zone },
];

/** Writes what the stream of linkages copies of a recognition by TEDA of cards of Baodi. */
async function recognise(more: Partial<RecognitionRecord> = {}, agreed: OtherTerms = {}): Promise<void> {
  const recognition: RecognitionRecord = {
    ...{ id: 'recog_cards', version: 1, byZoneId: 'zone_teda', ofZoneId: 'zone_baodi', kind: 'TALENT_CARD_B' },
    ...{ rule: null, validFrom: '2026-06-01', validTo: null, agreementId: 'agr_cases', ...more },
  };
  const agreement = agreementOnCases(['zone_teda', 'zone_baodi'], agreed);
  await copyCardRecognitions(story.system.table('talent'), [recognition], [agreement]);
}

test('a talent card counts in its own zone, and elsewhere by a recognition that the answer names', async () => {
  expect((await judged(ME, card('zone_teda'))).card).toBe('TALENT_CARD_B');
  const counts = (truth: string) => [{ recognition: { id: 'recog_cards' }, truth, judgement: null }];
  expect(await judged(ME, card('zone_baodi'))).toMatchObject({ card: 'NONE', recognitions: [] });
  await recognise();
  expect(await judged(ME, card('zone_baodi'))).toMatchObject({ card: 'TALENT_CARD_B', recognitions: counts('MET') });
  expect(await judged(ME, card('zone_xiqing'))).toMatchObject({ card: 'NONE', recognitions: [] });
  await record(HRSS, card('zone_baodi'));
  expect(await judged(ME)).toMatchObject({ card: 'TALENT_CARD_B', recognitions: counts('MET') });
});

test.each<readonly [string, Partial<RecognitionRecord>, OtherTerms]>([
  ['that begins later', { validFrom: '2026-06-03' }, {}],
  ['that has ended', { validTo: '2026-06-01' }, {}],
  ['of another class of cards', { kind: 'TALENT_CARD_A' }, {}],
  ['of another zone', { byZoneId: 'zone_xiqing' }, {}],
  ['under an agreement that has ended', {}, { status: 'TERMINATED', terminatedOn: '2026-06-01' }],
  ['under an agreement of others', {}, { parties: [] }],
])('a talent card does not count by a recognition %s', async (_, more, agreed) => {
  await recognise(more, agreed);
  expect(await judged(ME, card('zone_baodi'))).toMatchObject({ card: 'NONE', recognitions: [] });
});

test('a recognition with conditions decides, and leaves the card open where a fact is missing', async () => {
  const is = { l: { fact: 'criminalRecord' }, op: '=', r: false } as const;
  const text = { zh: '无犯罪记录', ja: '犯罪歴なし', en: 'No criminal record' };
  await recognise({ rule: { language: 1, when: { term: 'record', text, is } } });
  const knowing = (criminalRecord: boolean) => [...card('zone_baodi'), { fact: 'criminalRecord', yes: criminalRecord }];
  expect(await judged(ME, knowing(false))).toMatchObject({
    card: 'TALENT_CARD_B',
    recognitions: [{ truth: 'MET', judgement: { terms: [{ term: 'record', truth: 'MET' }] } }],
  });
  expect(await judged(ME, knowing(true))).toMatchObject({ card: 'NONE', recognitions: [{ truth: 'NOT_MET' }] });
  expect((await judged(ME, card('zone_baodi'))).recognitions).toMatchObject([{ truth: 'UNKNOWN' }]);
});

test('an older copy never replaces a newer one', async () => {
  await recognise({ version: 2, validTo: '2026-06-01' });
  await recognise({ version: 1 });
  expect((await judged(ME, card('zone_baodi'))).recognitions).toEqual([]);
});

test('recognitions are read for a card of another zone alone: one Query and one BatchGet', async () => {
  await recognise();
  const read = async (zone: string) => {
    const calls = await story.system.dynamo.during(() => judged(OTHER, card(zone)));
    return calls.map(({ command }) => command).sort();
  };
  const own = await read('zone_teda');
  expect(await read('zone_baodi')).toEqual([...own, 'BatchGet', 'Query'].sort());
});

test('the access log has who was shown a fact', async () => {
  await record();
  await story.shows(officer('PARK', 'RECEIVE'), SHOWN);
  const ask = story.system.serve('talent', createTalentSubgraph);
  const log = '{ myAccessLog(first: 5) { nodes { agency cases { fullFields } } } }';
  const { data } = await ask(log, {}, { viewer: ME, now: new Date('2026-06-02T02:00:00.000Z') });
  const shown = data.myAccessLog.nodes.find(({ agency }: { agency: string }) => agency === 'PARK');
  expect(shown.cases[0].fullFields).toEqual(expect.arrayContaining(['PersonFact.value']));
});
