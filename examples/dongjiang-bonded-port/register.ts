import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { acceptPartner } from '../../src/cli/partners/accept.ts';
import { checkPartner } from '../../src/cli/partners/check.ts';
import { formatReport } from '../../src/cli/partners/format-report.ts';
import { writeComposed } from '../../src/cli/schema/write-composed.ts';
import { type Partner, partnerSubgraph } from '../../src/edge/partners.ts';
import { CodedError } from '../../src/errors.ts';
import { SDL } from './server.ts';

export interface ComposedCopy {
  readonly schemaDir: string;
  readonly plansFile: string;
}

/**
 * Checks and accepts the example into a copy of a schema folder, as the command `partners` does, and composes it there.
 * The committed supergraph stays unchanged. Throws CONFIGURATION if the check refuses it.
 * @param folder receives the copy; its earlier content is replaced
 */
export async function registerInCopy(url: string, schema: string, folder: string): Promise<ComposedCopy> {
  const schemaDir = join(folder, 'schema');
  const plansFile = join(folder, 'plans.json');
  rmSync(schemaDir, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(schema, schemaDir, { recursive: true });

  const partner: Partner = {
    zone: 'dongjiang',
    subgraph: partnerSubgraph('dongjiang'),
    sdl: SDL,
    registration: { url, audience: new URL(url).origin, allowStale: true, idPrefixes: { bwh: 'BondedWarehouse' } },
  };
  const report = await checkPartner(partner, { schemaDir, allowLoopback: true });
  if (report.refusals.length > 0) throw new CodedError('CONFIGURATION', formatReport(partner, report));
  acceptPartner(partner, schemaDir);
  await writeComposed(schemaDir, plansFile, true);
  return { schemaDir, plansFile };
}
