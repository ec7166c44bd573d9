import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { caseDocumentItem } from '../../src/storage/talent/items.ts';
import { caseAgreementsOf } from '../fixtures/case-agreements.ts';
import { caseTypeItems, primarySchool, ruleOf, TERMS } from '../fixtures/case-types.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** A school place for a child under fourteen, applied for in the last minute of the window, and a millisecond after it. */

let system: TestSystem;
let ask: Execute;
const ZONE = 'zone_teda';
const PRIMARY = {
  ...primarySchool({ opensOn: '2026-06-16', closesOn: '2026-06-30' }, '2026-08-31'),
  rule: ruleOf(TERMS.six, TERMS.underTwelve, TERMS.resides),
};
const LAST = new Date('2026-06-30T15:59:59.999Z');
const AFTER = new Date('2026-06-30T16:00:00.000Z');

beforeAll(async () => {
  system = await startTestSystem();
  ask = system.serve('talent', createTalentSubgraph);
  await system.write('talent', [...caseTypeItems(PRIMARY), ...caseAgreementsOf(ZONE, 'zone_baodi')]);
});
afterAll(() => system.stop());

let keys = 0;
const STATED = { child: { bornOn: '2020-08-31' }, residenceZone: ZONE };
const CODES = PRIMARY.requiredDocuments.map(({ code }) => code);

/** A parent, with a draft that was opened before. */
async function parentWithDraft(child = STATED.child) {
  const viewer: Viewer = { kind: 'applicant', person: `parent-${keys}` };
  const change = async (name: string, given: object, now = LAST, call: { locale?: 'ZH' | 'JA' | 'EN' } = {}) => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const { data, errors } = await ask(
      `mutation ($input: ${type}!) { ${name}(input: $input) { case { id state } userErrors { code field message } } }`,
      { input: { idempotencyKey: `last-minute-${keys++}`, ...given } },
      { viewer, now, ...call },
    );
    expect(errors).toBeUndefined();
    return data[name];
  };
  const idNumber = syntheticResidentId('19900101', keys);
  const applicant = { name: '张某某', idNumber, phone: '13800000000' };
  const opening = { caseType: PRIMARY.id, zone: ZONE, relation: 'CHILD', applicant, ...STATED, child };
  const opened = await change('openCase', opening, new Date('2026-06-20T01:00:00.000Z'));
  return { id: opened.case.id as string, change, viewer };
}

/** As if these documents had been handed in: `case-documents.test.ts` tells how that goes. */
function handIn(id: string, codes: readonly string[]) {
  const received = { status: 'RECEIVED', version: 1, sha256: 'ab'.repeat(32) } as const;
  const documents = PRIMARY.requiredDocuments.filter(({ code }) => codes.includes(code));
  return system.write(
    'talent',
    documents.map(({ code, name }) => caseDocumentItem(id, { code, name, ...received })),
  );
}

test('with the guardian’s consent it is in time until midnight in Shanghai', async () => {
  const { id, change } = await parentWithDraft();
  expect((await change('giveConsent', { case: id })).userErrors).toEqual([]);
  await handIn(id, CODES);
  const submitted = await change('submitCase', { case: id });
  expect(submitted).toMatchObject({ case: { state: 'SUBMITTED' }, userErrors: [] });

  // It is accepted the day after: it had been handed in in time.
  const { data } = await ask(
    `mutation ($input: AcceptCaseInput!) { acceptCase(input: $input) { case { state } userErrors { message } } }`,
    { input: { idempotencyKey: 'last-minute-accepted', case: id, version: 3 } },
    { now: AFTER, viewer: { kind: 'officer', person: 'o', agency: 'PARK', zone: ZONE, roles: ['RECEIVE'] } },
  );
  expect(data.acceptCase).toEqual({ case: { state: 'ACCEPTED' }, userErrors: [] });
});

test.each([
  ['ZH', '申请已于2026-06-30截止。', '未满十四周岁子女的信息须经监护人同意。', '缺少材料：household-book。'],
  [
    'JA',
    '申請の受付は2026-06-30に終了しました。',
    '14歳未満の子の情報には保護者の同意が必要です。',
    '書類が不足しています：household-book。',
  ],
  [
    'EN',
    'Applications were taken until 2026-06-30.',
    'A guardian must consent to the use of the data of a child under fourteen.',
    'A document is missing: household-book.',
  ],
] as const)(
  'after it all that is unmet is told in %s, as it would have been without a case',
  async (locale, ...reasons) => {
    const { id, change, viewer } = await parentWithDraft();
    const codes = ['residence-permit'];
    await handIn(id, codes);
    const { case: refused, userErrors } = await change('submitCase', { case: id }, AFTER, {
      locale,
    });
    expect(refused).toBeNull();
    expect(userErrors.map(({ message }: { message: string }) => message)).toEqual(reasons);

    const { data } = await ask(
      `query ($caseType: ID!, $application: ApplicationInput!) {
      checkEligibility(caseType: $caseType, application: $application) { unmet { reason } }
    }`,
      { caseType: PRIMARY.id, application: { zone: ZONE, documents: codes, ...STATED } },
      { viewer, now: AFTER, locale },
    );
    expect(data.checkEligibility.unmet.map(({ reason }: { reason: string }) => reason)).toEqual(reasons);
  },
);

test('without consent nothing is handed in, and a child of fourteen needs none', async () => {
  const young = await parentWithDraft();
  await handIn(young.id, CODES);
  expect(await young.change('submitCase', { case: young.id })).toMatchObject({
    case: null,
    userErrors: [{ code: 'NOT_ALLOWED', message: CONSENT_IS_NEEDED }],
  });
  const old = await parentWithDraft({ bornOn: '2012-06-20' });
  await handIn(old.id, CODES);
  const { userErrors } = await old.change('submitCase', { case: old.id });
  expect(userErrors.map(({ message }: { message: string }) => message)).toEqual(['The child is under twelve.']);
});

const CONSENT_IS_NEEDED = 'A guardian must consent to the use of the data of a child under fourteen.';

test('a zone that a case is passed on to takes it in, though the applicant lives in the one before', async () => {
  const { id, change } = await parentWithDraft();
  await change('giveConsent', { case: id });
  await handIn(id, CODES);
  await change('submitCase', { case: id });
  const receive = (zone: string): Viewer => ({
    kind: 'officer',
    person: 'o',
    agency: 'PARK',
    zone,
    roles: ['RECEIVE'],
  });
  const reasons = [{ zh: '由其他功能区办理' }];
  const transferred = await ask(
    `mutation ($input: TransferCaseInput!) { transferCase(input: $input) { userErrors { message } } }`,
    { input: { idempotencyKey: 'passed-on-1', case: id, version: 3, toZone: 'zone_baodi', reasons } },
    { now: AFTER, viewer: receive(ZONE) },
  );
  expect(transferred.data.transferCase.userErrors).toEqual([]);
  const { data } = await ask(
    `mutation ($input: AcceptCaseInput!) { acceptCase(input: $input) { case { state } userErrors { message } } }`,
    { input: { idempotencyKey: 'passed-on-2', case: id, version: 4 } },
    { now: AFTER, viewer: receive('zone_baodi') },
  );
  expect(data.acceptCase).toEqual({ case: { state: 'ACCEPTED' }, userErrors: [] });
});
