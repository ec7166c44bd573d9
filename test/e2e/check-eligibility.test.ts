import { mock } from 'node:test';
import type { CaseTypeFacts } from '../../src/domain/case-types/case-type.ts';
import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { storedRule } from '../../src/local/demo-data/rules/stored-rule.ts';
import { log } from '../../src/log.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { caseTypeItems, primarySchool, TALENT_APARTMENT, URGENT_HUKOU } from '../fixtures/case-types.ts';
import { type Execute, NOW, startTestSystem, type TestSystem } from '../harness.ts';

let system: TestSystem;
let ask: Execute;
const PRIMARY = primarySchool({ opensOn: '2020-03-01', closesOn: '2020-03-17' }, '2020-08-31');

/** One route in two zones: each has a case type of its own, with a rule of its own. */
const { rule: ACADEMIC } = storedRule('hukou-academic');
const { rule: QUALIFICATION } = storedRule('hukou-qualification');
const DEGREE = { ...URGENT_HUKOU, route: 'ACADEMIC', requiredDocuments: [] } as const;
const DEGREE_IN_TEDA: CaseTypeFacts = { ...DEGREE, id: 'ctype_degree-teda', zoneIds: ['zone_teda'], rule: ACADEMIC };
const DEGREE_IN_BAODI: CaseTypeFacts = {
  ...DEGREE,
  id: 'ctype_degree-baodi',
  zoneIds: ['zone_baodi'],
  rule: QUALIFICATION,
};

beforeAll(async () => {
  system = await startTestSystem();
  ask = system.serve('talent', createTalentSubgraph);
  await system.write('talent', [PRIMARY, TALENT_APARTMENT, URGENT_HUKOU].flatMap(caseTypeItems));
});
afterAll(() => system.stop());

const CHECK = `query ($caseType: ID!, $application: ApplicationInput!, $locale: Locale) {
  checkEligibility(caseType: $caseType, application: $application) {
    caseType { id version }
    eligible
    unmet { code reason(locale: $locale) document { code name } }
  }
}`;
const APPLICATION = {
  zone: 'zone_teda',
  documents: ['residence-permit', 'household-book'],
  child: { bornOn: '2014-08-31' },
  consented: true,
};

test('anybody may ask, in the last minute of the window, before there is any case', async () => {
  const calls = await system.dynamo.during(async () => {
    const { data } = await ask(
      CHECK,
      { caseType: PRIMARY.id, application: APPLICATION },
      { now: new Date('2020-03-17T15:59:59.999Z') },
    );
    expect(data).toEqual({
      checkEligibility: { caseType: { id: PRIMARY.id, version: 1 }, eligible: true, unmet: [] },
    });
  });
  expect(calls.map(({ command }) => command)).toEqual(['BatchGet']);
});

test('all that is unmet is told at once, in the language that is asked for', async () => {
  const application = {
    zone: 'zone_teda',
    child: { bornOn: '2014-09-01' },
    on: '2020-03-18',
    documents: ['household-book'],
  };
  const { data } = await ask(CHECK, { caseType: PRIMARY.id, application, locale: 'ZH' });
  expect(data.checkEligibility).toMatchObject({
    eligible: false,
    unmet: [
      { code: 'WINDOW_CLOSED', reason: '申请已于2020-03-17截止。', document: null },
      { code: 'CONSENT_MISSING', reason: '未满十四周岁子女的信息须经监护人同意。', document: null },
      {
        code: 'DOCUMENT_MISSING',
        reason: '缺少材料：residence-permit。',
        document: { code: 'residence-permit', name: 'residence-permit' },
      },
    ],
  });
});

test('which of many may be applied for is one page of them', async () => {
  const calls = await system.dynamo.during(async () => {
    const { data } = await ask(
      `query ($application: ApplicationInput!) { caseTypes(first: 20) { nodes {
        id
        childAgeOn
        terms { term text(locale: EN) }
        eligibility(application: $application) { eligible truth unmet { code } }
      } } }`,
      { application: { zone: 'zone_teda', documents: ['employment-contract'], ownsDwelling: false } },
    );
    expect(data.caseTypes.nodes).toEqual([
      {
        id: URGENT_HUKOU.id,
        childAgeOn: null,
        terms: [{ term: 'recommended', text: 'The employer recommends the applicant.' }],
        eligibility: {
          eligible: false,
          truth: 'NOT_MET',
          unmet: ['DOCUMENT_MISSING', 'DOCUMENT_MISSING'].map((code) => ({ code })),
        },
      },
      {
        id: PRIMARY.id,
        childAgeOn: '2020-08-31',
        terms: [
          { term: 'six', text: 'The child is six years old.' },
          { term: 'under-twelve', text: 'The child is under twelve.' },
        ],
        eligibility: {
          eligible: false,
          truth: 'NOT_MET',
          unmet: ['CHILD_MISSING', 'DOCUMENT_MISSING', 'DOCUMENT_MISSING'].map((code) => ({ code })),
        },
      },
      {
        id: TALENT_APARTMENT.id,
        childAgeOn: null,
        terms: [{ term: 'no-dwelling', text: 'The applicant owns no dwelling.' }],
        eligibility: { eligible: true, truth: 'MET', unmet: [] },
      },
    ]);
  });
  expect(calls.map(({ command }) => command)).toEqual(['Query', 'BatchGet']);
});

const JUDGED = `query ($caseType: ID!, $application: ApplicationInput!) {
  checkEligibility(caseType: $caseType, application: $application) {
    eligible truth
    unmet { code }
    judgement {
      truth
      alternatives { terms { term text(locale: EN) saw asks } }
      missing { fact }
      facts { fact { fact } source }
      nearest { changes { fact { fact name(locale: ZH) } to } }
    }
  }
}`;
const MASTER = [
  { fact: 'degree', code: 'MASTER' },
  { fact: 'degreeVerified', yes: true },
  { fact: 'criminalRecord', yes: false },
];
const bornOn = (day: string) => [...MASTER, { fact: 'bornOn', day }];

async function judged(caseType: CaseTypeFacts, zone: string, facts: readonly object[], viewer?: Viewer) {
  const application = { zone, facts, on: '2026-11-28' };
  const { data, errors } = await ask(JUDGED, { caseType: caseType.id, application }, viewer && { viewer });
  expect(errors).toBeUndefined();
  return data.checkEligibility;
}

describe('with a rule', () => {
  beforeAll(() => system.write('talent', [DEGREE_IN_TEDA, DEGREE_IN_BAODI].flatMap(caseTypeItems)));

  test('an applicant born in 1950 is told no, with the term that says so', async () => {
    const answer = await judged(DEGREE_IN_TEDA, 'zone_teda', bornOn('1950-05-01'));
    expect(answer).toMatchObject({ eligible: false, truth: 'NOT_MET', unmet: [] });
    expect(answer.judgement.alternatives[0]).toEqual({
      terms: [{ term: 'master-age', text: 'The applicant is at most 45 years old.', saw: '76', asks: '45' }],
    });
    expect(await judged(DEGREE_IN_TEDA, 'zone_teda', bornOn('1985-05-01'))).toMatchObject({
      eligible: true,
      truth: 'MET',
      judgement: { truth: 'MET', alternatives: [], nearest: null },
    });
  });

  test('the birth date in a confirmed identity number goes before a statement', async () => {
    const idNumber = syntheticResidentId('1950-05-01', 3);
    const viewer: Viewer = { kind: 'applicant', person: 'p-1', idNumber };
    for (const facts of [MASTER, bornOn('1985-05-01')]) {
      const answer = await judged(DEGREE_IN_TEDA, 'zone_teda', facts, viewer);
      expect(answer.truth).toBe('NOT_MET');
      expect(answer.judgement.alternatives[0].terms).toMatchObject([{ term: 'master-age', saw: '76' }]);
      expect(answer.judgement.facts).toContainEqual({ fact: { fact: 'bornOn' }, source: 'REGISTRY' });
    }
    // A number that the applicant has typed once proves nothing.
    const typed = await judged(DEGREE_IN_TEDA, 'zone_teda', MASTER, { kind: 'applicant', person: 'p-1' });
    expect(typed).toMatchObject({ truth: 'UNKNOWN' });
  });

  test('what is not stated is unknown, and named', async () => {
    const answer = await judged(DEGREE_IN_TEDA, 'zone_teda', MASTER);
    expect(answer).toMatchObject({ eligible: false, truth: 'UNKNOWN', unmet: [] });
    expect(answer.judgement.missing).toEqual([{ fact: 'bornOn' }]);
    expect(answer.judgement.nearest.changes).toMatchObject([{ fact: { fact: 'bornOn', name: '出生日期' } }]);
    expect(new Set(answer.judgement.facts.map(({ source }: { source: string }) => source))).toEqual(
      new Set(['STATED']),
    );
  });

  test('the same application gets two answers in two zones', async () => {
    const facts = bornOn('1985-05-01');
    expect(await judged(DEGREE_IN_TEDA, 'zone_teda', facts)).toMatchObject({ eligible: true });
    expect(await judged(DEGREE_IN_BAODI, 'zone_baodi', facts)).toMatchObject({ eligible: false, truth: 'UNKNOWN' });
    for (const zone of ['zone_baodi', 'zone_zhongguancun']) {
      expect(await judged(DEGREE_IN_TEDA, zone, facts)).toMatchObject({
        eligible: false,
        truth: 'NOT_MET',
        unmet: [{ code: 'ZONE_NOT_SERVED' }],
      });
    }
  });
});

test('there is no such case type, or no such child', async () => {
  for (const caseType of ['ctype_nothing', 'nonsense', '']) {
    expect(await ask(CHECK, { caseType, application: APPLICATION })).toEqual({ data: { checkEligibility: null } });
  }
  for (const bornOn of ['2020-03-18', '2002-03-17']) {
    const { errors } = await ask(
      CHECK,
      { caseType: PRIMARY.id, application: { ...APPLICATION, child: { bornOn } } },
      { now: NOW },
    );
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(JSON.stringify(errors)).not.toContain(bornOn);
  }
});

test('of what was stated nothing is logged, whatever goes wrong', async () => {
  const spies = (['debug', 'info', 'warn', 'error'] as const).map((level) => mock.method(log, level).mock);
  system.dynamo.throttle('BatchGet', 100);
  const bornOn = '2013-07-19';
  const application = { ...APPLICATION, child: { bornOn }, residenceZone: 'zone_of-mine' };
  const failed = await ask(CHECK, { caseType: PRIMARY.id, application }, { deadline: Date.now() + 100 });
  expect(failed.errors).toMatchObject([{ extensions: { code: 'STORE_UNAVAILABLE' } }]);
  system.dynamo.throttle('BatchGet', 0);
  const refused = await ask(CHECK, { caseType: PRIMARY.id, application: { ...application, on: '2012-01-01' } });
  expect(refused.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  const told = JSON.stringify([failed, refused, ...spies.flatMap((spy) => spy.calls)]);
  expect(told).not.toMatch(/2013-07-19|zone_of-mine/);
  for (const spy of spies) spy.restore();
});
