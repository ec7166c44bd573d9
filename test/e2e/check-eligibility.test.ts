import { jest } from '@jest/globals';
import { log } from '../../src/log.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { caseTypeItems, primarySchool, TALENT_APARTMENT, URGENT_HUKOU } from '../fixtures/case-types.ts';
import { type Execute, NOW, startTestSystem, type TestSystem } from '../harness.ts';

let system: TestSystem;
let ask: Execute;
const PRIMARY = primarySchool({ opensOn: '2020-03-01', closesOn: '2020-03-17' }, '2020-08-31');

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
      { code: 'CHILD_TOO_YOUNG', reason: '子女在2020-08-31须年满6周岁。', document: null },
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
        conditions { childAge { on atLeast below } recommendation residenceInZone noOwnDwelling labels(locale: EN) }
        eligibility(application: $application) { eligible unmet { code } }
      } } }`,
      { application: { zone: 'zone_teda', documents: ['employment-contract'], ownsDwelling: false } },
    );
    const nothing = { childAge: null, recommendation: false, residenceInZone: false, noOwnDwelling: false };
    expect(data.caseTypes.nodes).toEqual([
      {
        id: URGENT_HUKOU.id,
        conditions: { ...nothing, recommendation: true, labels: ['The employer recommends the applicant.'] },
        eligibility: {
          eligible: false,
          unmet: ['RECOMMENDATION_MISSING', 'DOCUMENT_MISSING', 'DOCUMENT_MISSING'].map((code) => ({ code })),
        },
      },
      {
        id: PRIMARY.id,
        conditions: {
          ...nothing,
          childAge: { on: '2020-08-31', atLeast: 6, below: 12 },
          labels: ['The child is at least 6 and not yet 12 years old on 2020-08-31.'],
        },
        eligibility: {
          eligible: false,
          unmet: ['CHILD_MISSING', 'DOCUMENT_MISSING', 'DOCUMENT_MISSING'].map((code) => ({ code })),
        },
      },
      {
        id: TALENT_APARTMENT.id,
        conditions: { ...nothing, noOwnDwelling: true, labels: ['The applicant owns no dwelling in the city.'] },
        eligibility: { eligible: true, unmet: [] },
      },
    ]);
  });
  expect(calls.map(({ command }) => command)).toEqual(['Query', 'BatchGet']);
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
  const spies = (['debug', 'info', 'warn', 'error'] as const).map((level) => jest.spyOn(log, level));
  system.dynamo.throttle('BatchGet', 100);
  const bornOn = '2013-07-19';
  const application = { ...APPLICATION, child: { bornOn }, residenceZone: 'zone_of-mine' };
  const failed = await ask(CHECK, { caseType: PRIMARY.id, application }, { deadline: Date.now() + 100 });
  expect(failed.errors).toMatchObject([{ extensions: { code: 'STORE_UNAVAILABLE' } }]);
  system.dynamo.throttle('BatchGet', 0);
  const refused = await ask(CHECK, { caseType: PRIMARY.id, application: { ...application, on: '2012-01-01' } });
  expect(refused.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  const told = JSON.stringify([failed, refused, ...spies.flatMap((spy) => spy.mock.calls)]);
  expect(told).not.toMatch(/2013-07-19|zone_of-mine/);
  for (const spy of spies) spy.mockRestore();
});
