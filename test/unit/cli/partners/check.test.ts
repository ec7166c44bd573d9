import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acceptPartner } from '../../../../src/cli/partners/accept.ts';
import { checkPartner } from '../../../../src/cli/partners/check.ts';
import { formatReport } from '../../../../src/cli/partners/format-report.ts';
import { composeFolder } from '../../../../src/cli/schema/schema-folder.ts';
import { type Partner, partnerSubgraph, readPartners } from '../../../../src/edge/partners.ts';
import { writeSmallSchema } from '../../../fixtures/small-schema.ts';

const root = join(import.meta.dirname, '../../../..');
const EXAMPLE = readFileSync(join(root, 'examples/dongjiang-bonded-port/subgraph.graphql'), 'utf8');
let schemaDir: string;

beforeEach(() => {
  schemaDir = mkdtempSync(join(tmpdir(), 'bridgehead-schema-'));
  writeSmallSchema(schemaDir);
});
afterEach(() => rmSync(schemaDir, { recursive: true }));

const partner = (sdl: string): Partner => ({
  zone: 'dongjiang',
  subgraph: partnerSubgraph('dongjiang'),
  sdl,
  registration: {
    url: 'https://dongjiang.example/graphql',
    audience: 'https://dongjiang.example',
    allowStale: true,
    idPrefixes: { bwh: 'BondedWarehouse' },
  },
});

/** `partner-zone.test.ts` checks the example against the whole schema. */
test('accepts the example and composes it', async () => {
  const { refusals, changes } = await checkPartner(partner(EXAMPLE), { schemaDir });
  expect(refusals).toEqual([]);
  expect(changes).toContainEqual({
    level: 'safe',
    message: "Field 'bondedWarehouses' was added to object type 'Park'",
  });

  acceptPartner(partner(EXAMPLE), schemaDir);
  expect(readPartners(schemaDir)).toEqual([partner(EXAMPLE)]);
  const { supergraph, warnings } = composeFolder(schemaDir);
  expect(supergraph.subgraphs).toContain('partner_dongjiang');
  expect(supergraph.apiSdl).toContain('type BondedWarehouse implements Node');
  expect(supergraph.sdl).toContain('url: "https://dongjiang.example/graphql"');
  expect(warnings).toEqual([]);
});

test('compares a new version with the accepted one and reports breaking changes', async () => {
  acceptPartner(partner(EXAMPLE), schemaDir);
  const next = partner(
    EXAMPLE.replace('  kind: BondedWarehouseKind! @tag(name: "public")\n', '').replace(
      '  COLD_STORE\n',
      '  COLD_STORE\n  TANK\n',
    ),
  );
  const report = await checkPartner(next, { schemaDir });
  expect(report.refusals).toEqual([]);
  expect(report.changes.filter(({ level }) => level === 'breaking').map(({ message }) => message)).toContain(
    "Field 'kind' was removed from object type 'BondedWarehouse'",
  );
  expect(report.changes).toContainEqual({
    level: 'dangerous',
    message: "Enum value 'TANK' was added to enum 'BondedWarehouseKind'",
  });
  const [first, , second] = formatReport(next, report).split('\n');
  expect([first, second]).toEqual([
    'partner_dongjiang at https://dongjiang.example/graphql: breaks clients.',
    'Breaking for clients of the public schema:',
  ]);
});

test("refuses what doesn't compose, in the composer's words", async () => {
  const wrong = partner(EXAMPLE.replace('industryCode: String!', 'industryCode: Int!'));
  const { refusals } = await checkPartner(wrong, { schemaDir });
  expect(refusals).toEqual([
    {
      rule: 'composition',
      reason: expect.stringMatching(
        /^The subgraphs do not compose:\n.*"Enterprise.industryCode" is incompatible across subgraphs/,
      ),
    },
  ]);
});

test('refuses a non-null field that is stricter than its path', async () => {
  const strict = partner(
    EXAMPLE.replace('name: String! @tag(name: "public")', 'name: String! @federation__authenticated'),
  );
  const { refusals } = await checkPartner(strict, { schemaDir });
  expect(refusals).toEqual([
    { rule: 'stricter-fields', reason: expect.stringContaining('BondedWarehouse.name may not be null') },
  ]);
});

test("refuses a partner's @requires of personal data", async () => {
  const greedy = partner(`${EXAMPLE}
    type TalentCase @key(fields: "id") { id: ID! receiptNumber: String @external x: Int @requires(fields: "receiptNumber") }`);
  const { refusals } = await checkPartner(greedy, { schemaDir });
  expect(refusals.map(({ rule }) => rule)).toContain('keys');
});
