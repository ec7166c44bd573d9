import fc from 'fast-check';
import { mayFollow, PROJECT_STAGES, type ProjectStage } from '../../src/domain/projects/project.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createEnterprisesSubgraph } from '../../src/resolvers/enterprises/index.ts';
import { knownParkItem } from '../../src/storage/enterprises/make-items.ts';
import { enterpriseOf, itemsOf } from '../fixtures/enterprise.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** The investment office of TEDA brings a project from the first contact to production. */

const PARK = 'park_binhai';
const OFFICER: Viewer = { kind: 'officer', person: 'o-1', agency: 'PARK', zone: 'zone_teda', roles: ['PUBLISH'] };
const ELSEWHERE: Viewer = { ...OFFICER, zone: 'zone_baodi' };
const NOW = new Date('2026-03-02T01:00:00.000Z');
const FIRM = enterpriseOf(7_700);
const OFFICE = { office: { zh: '招商局' } };
const OPENED = { park: PARK, name: { zh: '新材料项目' }, sector: 'NEW_MATERIALS', ...OFFICE };

let system: TestSystem;
let serve: Execute;
let keys = 0;

beforeAll(async () => {
  system = await startTestSystem();
  serve = system.serve('enterprises', createEnterprisesSubgraph);
  await system.write('enterprises', [knownParkItem(PARK, 'zone_teda'), ...itemsOf(FIRM)]);
});
afterAll(() => system.stop());

async function send(mutation: 'openProject' | 'advanceProject', input: object, viewer = OFFICER) {
  const type = mutation === 'openProject' ? 'OpenProjectInput' : 'AdvanceProjectInput';
  const { data, errors } = await serve(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) {
      project { id version stage amount office nextStep nextStepOn lostReason enterprise { id } originZone { id } }
      userErrors { code field }
    } }`,
    { input: { idempotencyKey: `project-${keys++}`, ...input } },
    { viewer, now: NOW },
  );
  expect(errors).toBeUndefined();
  return data[mutation];
}

const opened = async () => (await send('openProject', OPENED)).project as { readonly id: string };
const DETAILS: Record<ProjectStage, object> = {
  CONTACT: OFFICE,
  SIGNED: OFFICE,
  LANDED: { ...OFFICE, enterprise: FIRM.id },
  PRODUCING: { ...OFFICE, enterprise: FIRM.id },
  LOST: { ...OFFICE, lostReason: { zh: '选择了其他园区' } },
};

test('a project is opened, signed, landed as an enterprise, and produces', async () => {
  const { id } = await opened();
  const signed = {
    project: id,
    version: 1,
    stage: 'SIGNED',
    ...OFFICE,
    amount: '15000000000',
    originZone: 'zone_zhongguancun',
    nextStep: { zh: '办理登记' },
    nextStepOn: '2026-03-20',
  };
  expect(await send('advanceProject', signed)).toEqual({
    project: {
      id,
      version: 2,
      stage: 'SIGNED',
      amount: '15000000000',
      office: '招商局',
      nextStep: '办理登记',
      nextStepOn: '2026-03-20',
      lostReason: null,
      enterprise: null,
      originZone: { id: 'zone_zhongguancun' },
    },
    userErrors: [],
  });
  await send('advanceProject', { project: id, version: 2, stage: 'LANDED', ...DETAILS.LANDED });
  const { project } = await send('advanceProject', {
    project: id,
    version: 3,
    stage: 'PRODUCING',
    ...DETAILS.PRODUCING,
  });
  expect(project).toMatchObject({ version: 4, enterprise: { id: FIRM.id }, nextStep: null });
  const { data } = await serve(
    `query ($of: [_Any!]!) { _entities(representations: $of) {
      ... on Park { projects(stage: PRODUCING, first: 5) { nodes { id version } } }
    } }`,
    { of: [{ __typename: 'Park', id: PARK }] },
  );
  expect(data._entities[0].projects.nodes).toContainEqual({ id, version: 4 });
});

test('other zones see the project without its plans', async () => {
  const { id } = await opened();
  const { data } = await serve(
    'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Project { stage office amount } } }',
    { of: [{ __typename: 'Project', id }] },
    { viewer: ELSEWHERE },
  );
  expect(data._entities).toEqual([{ stage: 'CONTACT', office: null, amount: null }]);
});

test('a command that is repeated opens one project', async () => {
  const input = { idempotencyKey: 'one-project-only', ...OPENED };
  const { project } = await send('openProject', input);
  expect((await send('openProject', input)).project).toEqual(project);
});

test('of two versions at once, one is refused', async () => {
  const { id } = await opened();
  const sign = () => send('advanceProject', { project: id, version: 1, stage: 'SIGNED', ...OFFICE });
  const both = await Promise.all([sign(), sign()]);
  expect(both.flatMap(({ userErrors }) => userErrors)).toEqual([{ code: 'VERSION_CONFLICT', field: ['version'] }]);
});

test.each([
  ['a project that lands without an enterprise', { stage: 'LANDED' }, 'INVALID', ['enterprise']],
  ['an enterprise that does not exist', { enterprise: 'ent_01HB0000000000000000000000' }, 'NOT_FOUND', ['enterprise']],
  ['a lost project without the reason', { stage: 'LOST' }, 'INVALID', ['lostReason']],
  ['a reason of a project that is not lost', { lostReason: { zh: '无' } }, 'INVALID', ['lostReason']],
  ['a next step without its day', { nextStep: { zh: '面谈' } }, 'INVALID', ['nextStepOn']],
  ['a next step of yesterday', { nextStep: { zh: '面谈' }, nextStepOn: '2026-03-01' }, 'INVALID', ['nextStepOn']],
  ['an amount of nothing', { amount: '0' }, 'INVALID', ['amount']],
  ['an origin that is no zone', { originZone: 'park_binhai' }, 'INVALID', ['originZone']],
  ['an empty office', { office: { zh: ' ' } }, 'INVALID', ['office', 'zh']],
])('refuses %s', async (_, change, code, field) => {
  const { id } = await opened();
  await send('advanceProject', { project: id, version: 1, stage: 'SIGNED', ...OFFICE });
  const { project, userErrors } = await send('advanceProject', {
    project: id,
    version: 2,
    stage: 'SIGNED',
    ...OFFICE,
    ...change,
  });
  expect(project).toBeNull();
  expect(userErrors).toContainEqual({ code, field });
});

test('refuses officers of another zone, unknown parks and unknown projects', async () => {
  const { id } = await opened();
  const notAllowed = [{ code: 'NOT_ALLOWED', field: null }];
  const advance = { project: id, version: 1, stage: 'SIGNED', ...OFFICE };
  expect((await send('openProject', OPENED, ELSEWHERE)).userErrors).toEqual(notAllowed);
  expect((await send('advanceProject', advance, ELSEWHERE)).userErrors).toEqual(notAllowed);
  expect((await send('openProject', { ...OPENED, park: 'park_nowhere' })).userErrors).toEqual([
    { code: 'NOT_FOUND', field: ['park'] },
  ]);
  expect((await send('advanceProject', { ...advance, project: 'proj_nowhere' })).userErrors).toEqual([
    { code: 'NOT_FOUND', field: ['project'] },
  ]);
});

test('a project without a name is not opened', async () => {
  const { project, userErrors } = await send('openProject', { ...OPENED, name: { zh: ' ' } });
  expect(project).toBeNull();
  expect(userErrors).toContainEqual(expect.objectContaining({ code: 'INVALID' }));
});

/** Which stage may follow which, as the office would draw it. */
const FOLLOW: Record<ProjectStage, string> = {
  CONTACT: 'CONTACT SIGNED LOST',
  SIGNED: 'SIGNED LANDED LOST',
  LANDED: 'LANDED PRODUCING LOST',
  PRODUCING: 'PRODUCING',
  LOST: 'LOST CONTACT',
};

test.each(PROJECT_STAGES)('only some stages follow %s', (before) => {
  expect(PROJECT_STAGES.filter((after) => mayFollow(before, after)).sort()).toEqual(FOLLOW[before].split(' ').sort());
});

test('every course of stages goes as the model says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...PROJECT_STAGES), { minLength: 1, maxLength: 6 }), async (stages) => {
      const { id } = await opened();
      let [stage, version]: [ProjectStage, number] = ['CONTACT', 1];
      for (const next of stages) {
        const { project, userErrors } = await send('advanceProject', {
          project: id,
          version,
          stage: next,
          ...DETAILS[next],
        });
        if (FOLLOW[stage].split(' ').includes(next)) {
          [stage, version] = [next, version + 1];
          expect(project).toMatchObject({ stage, version });
        } else {
          expect([project, userErrors]).toEqual([null, [{ code: 'NOT_ALLOWED', field: ['stage'] }]]);
        }
      }
    }),
    { numRuns: 10 },
  );
});
