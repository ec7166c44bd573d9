import type { Viewer } from '../../src/domain/viewer.ts';
import { createEnterprisesSubgraph } from '../../src/resolvers/enterprises/index.ts';
import { readItem } from '../../src/storage/dynamodb/read.ts';
import { copyKnownFacilities } from '../../src/storage/enterprises/known-facilities.ts';
import { knownParkItem } from '../../src/storage/enterprises/make-items.ts';
import { enterpriseKeys } from '../../src/storage/tables.ts';
import { enterpriseOf, itemsOf } from '../fixtures/enterprise.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** The park office and the police inspect a park; a firm mends what they find. */

const PARK = 'park_binhai';
const OFFICER: Viewer = { kind: 'officer', person: 'o-1', agency: 'PARK', zone: 'zone_teda', roles: ['TRACK'] };
const POLICE: Viewer = { ...OFFICER, person: 'p-1', agency: 'PSB' };
const ELSEWHERE: Viewer = { ...OFFICER, zone: 'zone_baodi' };
const NOW = new Date('2026-03-02T01:00:00.000Z');
const FIRM = enterpriseOf(7_800);
const CLERK: Viewer = { kind: 'clerk', person: 'c-1', enterprise: FIRM.id };
const STRANGER: Viewer = { kind: 'clerk', person: 'c-2', enterprise: enterpriseOf(7_801).id };
const EXIT = { code: 'exit', text: { zh: '出口堵塞' }, severity: 'MAJOR', dueOn: '2026-03-10' };
const LIGHT = { code: 'light', text: { zh: '照明不足' }, severity: 'MINOR', dueOn: '2026-03-20' };
const RECORDED = { park: PARK, enterprise: FIRM.id, inspectedOn: '2026-03-02', findings: [EXIT] };
const PROOF = { proof: { zh: '已清理' } };

const NAME = { zh: '食堂', ja: '食堂', en: 'Canteen' };
const FACILITIES = {
  zoneId: 'zone_teda',
  version: 1,
  facilities: [
    { id: 'canteen', kind: 'CANTEEN' as const, name: NAME, capacity: 100, free: 100, countedOn: '2026-01-01' },
  ],
};

let system: TestSystem;
let serve: Execute;
let keys = 0;

beforeAll(async () => {
  system = await startTestSystem();
  serve = system.serve('enterprises', createEnterprisesSubgraph);
  await system.write('enterprises', [
    ...[PARK, 'park_due', 'park_clean'].map((park) => knownParkItem(park, 'zone_teda')),
    ...itemsOf(FIRM),
  ]);
  const lists = [PARK, 'park_due'].map((parkId) => ({ ...FACILITIES, parkId }));
  await copyKnownFacilities(system.table('enterprises'), lists);
});
afterAll(() => system.stop());

type Mutation = 'recordInspection' | 'reportMended' | 'decideMending';

async function send(mutation: Mutation, input: object, viewer: Viewer = OFFICER, now = NOW) {
  const type = mutation.replace(/^./, (letter) => letter.toUpperCase());
  const { data, errors } = await serve(
    `mutation ($input: ${type}Input!) { ${mutation}(input: $input) {
      inspection { id version findings { code state dueOn proof } }
      userErrors { code field }
    } }`,
    { input: { idempotencyKey: `inspection-${keys++}`, ...input } },
    { viewer, now },
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data[mutation];
}

const recorded = async (change: object = {}, viewer = OFFICER, now = NOW): Promise<string> =>
  (await send('recordInspection', { ...RECORDED, ...change }, viewer, now)).inspection.id;
const step = (inspection: string, version: number, more: object = {}) => ({
  ...{ inspection, version, finding: 'exit' },
  ...more,
});

test('a finding is recorded, reported mended, opened again and accepted', async () => {
  const { inspection, userErrors } = await send('recordInspection', RECORDED);
  expect(userErrors).toEqual([]);
  const { id } = inspection;
  expect(inspection).toEqual({
    id: expect.stringMatching(/^insp_/),
    version: 1,
    findings: [{ code: 'exit', state: 'OPEN', dueOn: '2026-03-10', proof: null }],
  });
  const reported = await send('reportMended', step(id, 1, PROOF), CLERK);
  expect(reported.inspection.findings).toMatchObject([{ state: 'REPORTED', proof: '已清理' }]);
  const reopened = await send('decideMending', step(id, 2, { accepts: false, dueOn: '2026-03-15' }));
  expect(reopened.inspection.findings).toMatchObject([{ state: 'OPEN', dueOn: '2026-03-15' }]);
  await send('reportMended', step(id, 3, PROOF), CLERK);
  const accepted = await send('decideMending', step(id, 4, { accepts: true }));
  expect(accepted.inspection).toMatchObject({ version: 5, findings: [{ state: 'ACCEPTED' }] });
  const history = enterpriseKeys.recordVersion(enterpriseKeys.inspection(id), 2);
  expect(await readItem(system.table('enterprises'), history)).toMatchObject({
    of: 'Inspection',
    by: { kind: 'clerk', person: 'c-1' },
  });
});

test('a facility that the park itself mends needs no report', async () => {
  const id = await recorded({ enterprise: null, facility: 'fac_binhai--canteen' });
  expect((await send('decideMending', step(id, 1, { accepts: true }))).inspection).toMatchObject({
    findings: [{ state: 'ACCEPTED' }],
  });
});

test('overdue inspections of a park are listed, the longest due first', async () => {
  const park = { park: 'park_due' };
  const late = await recorded({ ...park, findings: [LIGHT, { ...EXIT, dueOn: '2026-03-05' }] });
  const later = await recorded({ ...park, findings: [EXIT] });
  const mended = await recorded({ ...park, enterprise: null, facility: 'fac_due--canteen' });
  await recorded({ ...park, findings: [] });
  const listed = async (openOn: string | null, viewer: Viewer = OFFICER) => {
    const { data } = await serve(
      `query ($openOn: Date) { _entities(representations: [{ __typename: "Park", id: "park_due" }]) {
        ... on Park { inspections(openOn: $openOn) { nodes { id findings { code overdue } } } }
      } }`,
      { openOn },
      { viewer, now: new Date('2026-03-12T01:00:00.000Z') },
    );
    return data._entities[0].inspections?.nodes.map((node: { id: string }) => node.id) ?? null;
  };
  expect(await listed('2026-03-10')).toEqual([late, ...[later, mended].sort()]);
  await send('decideMending', step(mended, 1, { accepts: true }));
  expect(await listed('2026-03-10')).toEqual([late, later]);
  expect(await listed('2026-03-09')).toEqual([late]);
  expect(await listed(null)).toHaveLength(4);
  expect(await listed(null, ELSEWHERE)).toBeNull();
  expect(await listed(null, CLERK)).toBeNull();
});

test('the enterprise sees its own inspections, and nobody else does', async () => {
  const id = await recorded({ park: 'park_clean' }, OFFICER, new Date(NOW.getTime() + 1_000));
  const seen = async (viewer: Viewer) => {
    const { data } = await serve(
      `query ($of: [_Any!]!) { _entities(representations: $of) {
        ... on Enterprise { inspections(first: 1) { nodes { id inspectedBy enterprise { id } findings { text overdue } } } }
        ... on Inspection { version }
      } }`,
      {
        of: [
          { __typename: 'Enterprise', id: FIRM.id },
          { __typename: 'Inspection', id },
        ],
      },
      { viewer, now: NOW },
    );
    return data._entities;
  };
  const nodes = [
    { id, inspectedBy: 'PARK_OFFICE', enterprise: { id: FIRM.id }, findings: [{ text: '出口堵塞', overdue: false }] },
  ];
  expect(await seen(CLERK)).toEqual([{ inspections: { nodes } }, { version: 1 }]);
  expect(await seen(STRANGER)).toEqual([{ inspections: null }, null]);
  expect(await seen(OFFICER)).toEqual([{ inspections: null }, { version: 1 }]);
  expect(await seen(ELSEWHERE)).toEqual([{ inspections: null }, null]);
});

test.each([
  ['of no park', { park: 'park_none' }, 'NOT_FOUND', ['park']],
  ['of nothing', { enterprise: null }, 'INVALID', ['facility']],
  ['of a facility that its park has not published', { facility: 'fac_binhai--cinema' }, 'NOT_FOUND', ['facility']],
  ["of another park's facility", { facility: 'fac_due--canteen' }, 'NOT_FOUND', ['facility']],
  ['of an enterprise that is not there', { enterprise: enterpriseOf(7_999).id }, 'NOT_FOUND', ['enterprise']],
  ['of tomorrow', { inspectedOn: '2026-03-03' }, 'INVALID', ['inspectedOn']],
  ['with a code twice', { findings: [EXIT, EXIT] }, 'INVALID', ['findings', '1', 'code']],
  ['with a code of capitals', { findings: [{ ...EXIT, code: 'EXIT' }] }, 'INVALID', ['findings', '0', 'code']],
  ['with an empty text', { findings: [{ ...EXIT, text: { zh: '' } }] }, 'INVALID', ['findings', '0', 'text', 'zh']],
  ['that was due before', { findings: [{ ...EXIT, dueOn: '2026-03-01' }] }, 'INVALID', ['findings', '0', 'dueOn']],
  [
    'with 21 findings',
    { findings: Array.from({ length: 21 }, (_, i) => ({ ...EXIT, code: `f-${i}` })) },
    'INVALID',
    ['findings'],
  ],
] as const)('refuses an inspection %s', async (_, change, code, field) => {
  const { inspection, userErrors } = await send('recordInspection', { ...RECORDED, ...change });
  expect(inspection).toBeNull();
  expect(userErrors).toContainEqual({ code, field });
});

describe('a step of a finding', () => {
  const codes = async (...sent: Parameters<typeof send>) =>
    (await send(...sent)).userErrors.map(({ code }: { code: string }) => code);

  test('is refused in another version, of another finding, and in another state', async () => {
    const id = await recorded();
    expect(await codes('reportMended', step(id, 2, PROOF), CLERK)).toEqual(['VERSION_CONFLICT']);
    expect(await codes('reportMended', { ...step(id, 1, PROOF), finding: 'roof' }, CLERK)).toEqual(['NOT_FOUND']);
    expect(await codes('decideMending', step(id, 1, { accepts: true }))).toEqual(['NOT_ALLOWED']);
    expect(await codes('reportMended', step(id, 1, { proof: { zh: '' } }), CLERK)).toContain('INVALID');
    await send('reportMended', step(id, 1, PROOF), CLERK);
    expect(await codes('reportMended', step(id, 2, PROOF), CLERK)).toEqual(['NOT_ALLOWED']);
    expect(await codes('decideMending', step(id, 2, { accepts: false }))).toEqual(['INVALID']);
    expect(await codes('decideMending', step(id, 2, { accepts: false, dueOn: '2026-03-01' }))).toEqual(['INVALID']);
    expect(await codes('decideMending', step(id, 2, { accepts: true, dueOn: '2026-03-09' }))).toEqual(['INVALID']);
  });

  test('is for the enterprise that mends and the agency that inspected alone', async () => {
    const id = await recorded({}, POLICE);
    expect(await codes('reportMended', step(id, 1, PROOF), STRANGER)).toEqual(['NOT_FOUND']);
    await send('reportMended', step(id, 1, PROOF), CLERK);
    expect(await codes('decideMending', step(id, 2, { accepts: true }), ELSEWHERE)).toEqual(['NOT_FOUND']);
    expect(await codes('decideMending', step(id, 2, { accepts: true }), OFFICER)).toEqual(['NOT_ALLOWED']);
    expect(await codes('decideMending', step(id, 2, { accepts: true }), POLICE)).toEqual([]);
    expect(await codes('recordInspection', RECORDED, ELSEWHERE)).toEqual(['NOT_ALLOWED']);
    const unskilled: Viewer = { ...OFFICER, roles: ['PUBLISH'] };
    await expect(send('recordInspection', RECORDED, unskilled)).rejects.toThrow('FORBIDDEN');
  });

  test('is done once, however often it is sent, and by one of two at once', async () => {
    const id = await recorded();
    const input = { ...step(id, 1, PROOF), idempotencyKey: 'mended-once' };
    const first = await send('reportMended', input, CLERK);
    expect(await send('reportMended', input, CLERK)).toEqual(first);
    const both = await Promise.all([1, 2].map(() => send('decideMending', step(id, 2, { accepts: true }))));
    expect(both.flatMap(({ userErrors }) => userErrors)).toEqual([{ code: 'VERSION_CONFLICT', field: ['version'] }]);
  });
});
