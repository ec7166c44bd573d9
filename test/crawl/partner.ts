import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { SDL } from '../../examples/dongjiang-bonded-port/server.ts';
import { json, type Partner, startPartner } from '../../packages/federation/test/remote/partner.ts';
import { acceptPartner } from '../../src/cli/partners/accept.ts';
import { composeFolder } from '../../src/cli/schema/schema-folder.ts';
import { partnerSubgraph } from '../../src/edge/partners.ts';

/** A partner zone's subgraph that keeps all it is told. */
export interface RecordingPartner {
  readonly partner: Partner;
  /** What it says of an enterprise's goods in bond, by the enterprise's code. */
  readonly stock: Map<string, string>;
}

export async function startRecordingPartner(): Promise<RecordingPartner> {
  const stock = new Map<string, string>();
  const warehouse = { id: 'bwh_crawl', name: 'Warehouse', kind: 'GENERAL', area: '1', free: '1', parks: [] };
  const schema = buildSubgraphSchema([
    {
      typeDefs: parse(SDL),
      resolvers: {
        Query: { dongjiangWarehouse: () => warehouse, dongjiangWarehouses: () => [warehouse] },
        BondedWarehouse: { __resolveReference: () => warehouse },
        Park: { bondedWarehouses: () => [warehouse] },
        Enterprise: {
          bondedStock: ({ uscc }: { uscc: string }) => [{ warehouse, weight: stock.get(uscc) ?? '1' }],
          bondedEligible: () => true,
        },
      },
    },
  ]);
  const partner = await startPartner(async (response, { query, variables }) =>
    json(await graphql({ schema, source: query, variableValues: variables }))(response, {
      headers: {},
      query,
      variables,
    }),
  );
  return { partner, stock };
}

/** A copy of the schemas with the partner accepted and composed; its folder. */
export function composeWithPartner(url: string, folder: string): string {
  const schemaDir = join(folder, 'schema');
  mkdirSync(folder, { recursive: true });
  cpSync('schema', schemaDir, { recursive: true });
  const zone = 'dongjiang';
  const registration = { url, audience: new URL(url).origin, allowStale: true, idPrefixes: { bwh: 'BondedWarehouse' } };
  acceptPartner({ zone, subgraph: partnerSubgraph(zone), sdl: SDL, registration }, schemaDir);
  for (const [path, text] of composeFolder(schemaDir).committed) writeFileSync(path, text);
  return schemaDir;
}
