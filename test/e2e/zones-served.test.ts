import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { readRange } from '../../src/storage/dynamodb/read.ts';
import { talentKeys } from '../../src/storage/tables.ts';
import { caseAgreementsOf } from '../fixtures/case-agreements.ts';
import { officer, ZONE } from '../fixtures/case-story.ts';
import { CASE_TYPES, makeCase } from '../fixtures/talent-cases.ts';
import { type Execute, NOW, startTestSystem, type TestSystem } from '../harness.ts';

/** To a zone that has no master key, be it that somebody mistyped it, nobody applies and no case is passed on. */

let system: TestSystem;
let talent: Execute;

beforeAll(async () => {
  system = await startTestSystem();
  const has = (zoneId: string) => zoneId === ZONE || zoneId === 'zone_baodi';
  talent = system.serve('talent', (sdl) =>
    createTalentSubgraph(sdl, (call) => ({ ...system.talentTable(call), keyring: { ...system.keyring, has } })),
  );
  await system.write('talent', [...CASE_TYPES, ...caseAgreementsOf(ZONE, 'zone_baodi', 'zone_boadi')]);
});
afterAll(() => system.stop());

const NOT_SERVED = (field: string) => [
  { code: 'INVALID', field: [field], message: 'That zone accepts no cases here.' },
];

test('an application', async () => {
  const applicant = { name: '张某某', idNumber: syntheticResidentId('1988-02-03', 12), phone: '10012345678' };
  const query = `mutation ($input: OpenCaseInput!) { openCase(input: $input) {
    case { id } receiptSecret userErrors { code field message }
  } }`;
  const opening = { caseType: 'ctype_talent-apartment', applicant, relation: 'SELF', idempotencyKey: 'zones-served-1' };
  const variables = { input: { ...opening, zone: 'zone_tead' } };
  const viewer = { kind: 'applicant', person: 'p-1' } as const;
  expect(await talent(query, variables, { viewer })).toEqual({
    data: { openCase: { case: null, receiptSecret: null, userErrors: NOT_SERVED('zone') } },
  });
});

test('a transfer: the case stays where it is', async () => {
  const made = makeCase(1, 'REVIEW_STARTED', '2020-03-09T02:00:00.000Z', { handler: 'PARK' });
  await system.write('talent', made.items);
  const query = `mutation ($input: TransferCaseInput!) { transferCase(input: $input) {
    case { id } userErrors { code field message }
  } }`;
  const text = { zh: '理由', ja: '理由', en: 'Reason' };
  const passOn = (toZone: string) => {
    const input = { case: made.id, version: 4, toZone, reasons: [text], idempotencyKey: `transfer-to-${toZone}` };
    return talent(query, { input }, { viewer: officer('PARK', 'RECEIVE'), now: NOW });
  };
  const before = await readRange(system.table('talent'), { partition: talentKeys.case(made.id).pk });
  expect((await passOn('zone_boadi')).data.transferCase).toEqual({ case: null, userErrors: NOT_SERVED('toZone') });
  expect(await readRange(system.table('talent'), { partition: talentKeys.case(made.id).pk })).toEqual(before);
  expect((await passOn('zone_baodi')).data.transferCase.userErrors).toEqual([]);
});
