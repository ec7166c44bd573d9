import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningSubgraph, serveWarehouses } from '../../examples/dongjiang-bonded-port/server.ts';
import { configure } from '../../src/config.ts';
import { childEnvironment } from '../child-environment.ts';
import { type DemoSystem, startDemoSystem } from '../demo-system.ts';

const root = join(import.meta.dirname, '../..');
const SDL = 'examples/dongjiang-bonded-port/subgraph.graphql';

let folder: string;
let partner: RunningSubgraph;
let system: DemoSystem;

/** `npm run partners -- check …` on a copy of the schema. */
function partners(...options: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'src/cli/partners.ts', 'check', ...options],
    {
      cwd: root,
      env: childEnvironment({ SCHEMA_DIR: join(folder, 'schema'), PLANS_FILE: join(folder, 'plans.json') }),
      encoding: 'utf8',
    },
  );
  return { status, said: stdout + stderr };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bridgehead-partner-'));
  cpSync(join(root, 'schema'), join(folder, 'schema'), { recursive: true });
  partner = await serveWarehouses(0);
});
afterAll(async () => {
  await system?.stop();
  await partner.close().catch(() => undefined);
  rmSync(folder, { recursive: true });
});

const SOURCES = { subgraph: 'partner_dongjiang', asOf: expect.stringMatching(/^\d{4}-/) };

const WAREHOUSES = `{ park(code: "binhai-zhongguancun") {
  code
  bondedWarehouses { id parks { code } }
  enterprises(first: 1, sector: INTELLIGENT_MANUFACTURING) { nodes { staffCount bondedStock { weight warehouse { kind } } } }
} }`;

test('a zone is refused on this machine, accepted for development, and then part of the supergraph', () => {
  const zone = ['--zone', 'dongjiang', '--schema', SDL, '--url', partner.url, '--id-prefix', 'bwh=BondedWarehouse'];
  const refused = partners(...zone, '--accept');
  expect(refused.said).toMatch(/^partner_dongjiang at http:\/\/127.*: refused\.\n/);
  expect(refused.said).toMatch(/address: .*it is this machine itself/);
  expect(refused.status).toBe(1);
  expect(partners('--zone', 'dongjiang').said).toMatch(/^npm run partners -- check --zone/);

  const accepted = partners(...zone, '--allow-loopback', '--allow-stale', '--accept');
  expect(accepted.said).toMatch(/: may be accepted\.\n/);
  expect(accepted.said).toContain("Field 'bondedWarehouses' was added to object type 'Park'");
  expect(accepted.said).toMatch(/Accepted into .*dongjiang; the supergraph is now [\da-f]{12}\./);
  expect(accepted.status).toBe(0);
});

test('its fields are answered with ours, and found by node', async () => {
  configure({ schemaDir: join(folder, 'schema'), plansFile: join(folder, 'plans.json') });
  system = await startDemoSystem('2026-09-10');
  expect(await system.answer(WAREHOUSES, {}, OFFICER)).toEqual({
    data: {
      park: {
        code: 'binhai-zhongguancun',
        bondedWarehouses: [
          { id: 'bwh_east-1', parks: [{ code: 'binhai-zhongguancun' }] },
          { id: 'bwh_east-2', parks: [{ code: 'binhai-zhongguancun' }] },
        ],
        enterprises: {
          nodes: [
            {
              staffCount: expect.any(Number),
              bondedStock: [{ weight: expect.stringMatching(/^\d+\.\d$/), warehouse: { kind: expect.any(String) } }],
            },
          ],
        },
      },
    },
    extensions: { sources: [{ ...SOURCES, status: 'LIVE' }] },
  });
  const found = await system.ask(
    '{ nodes(ids: ["bwh_east-3", "bwh_?", "park_binhai-zhongguancun"]) { id ... on BondedWarehouse { area } } }',
  );
  expect(found.nodes).toEqual([{ id: 'bwh_east-3', area: '45000' }, null, { id: 'park_binhai-zhongguancun' }]);
});

/** Of the administration: it sees staff and stocks. */
const OFFICER = { as: 'officer' } as const;

const PUBLIC = '{ dongjiangWarehouses { id name free } }';

test('what does not touch the partner does not ask it', async () => {
  const { extensions } = await system.answer('{ park(code: "binhai-zhongguancun") { name } }');
  expect(extensions).toBeUndefined();
});

test('while it is down, its part is null with an error that names it, the rest is whole, what was public is as it was', async () => {
  const live = await system.answer(PUBLIC);
  expect(live.data?.dongjiangWarehouses).toHaveLength(3);

  await partner.close();
  const { data, errors, extensions } = await system.answer(WAREHOUSES, {}, OFFICER);
  expect(data).toMatchObject({
    park: {
      code: 'binhai-zhongguancun',
      bondedWarehouses: null,
      enterprises: { nodes: [{ staffCount: expect.any(Number), bondedStock: null }] },
    },
  });
  expect(errors).toContainEqual({
    message: 'The subgraph "partner_dongjiang" is not available.',
    path: ['park', 'bondedWarehouses'],
    extensions: expect.objectContaining({ code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'partner_dongjiang' }),
  });
  expect(extensions).toEqual({ sources: [{ ...SOURCES, status: 'DOWN' }] });
  expect(await system.answer(PUBLIC)).toEqual({
    data: live.data,
    extensions: { sources: [{ ...SOURCES, status: 'STALE' }] },
  });
});
