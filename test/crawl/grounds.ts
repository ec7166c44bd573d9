import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { configure } from '../../src/config.ts';
import { devIssuer } from '../../src/local/dev-issuer/dev-issuer.ts';
import { startTestSystem } from '../harness.ts';
import type { Grounds } from './crawl.ts';
import { composeWithPartner, startRecordingPartner } from './partner.ts';

/** The system as it runs, on a database of its own, with a partner's subgraph beside it. */
export async function startGrounds(): Promise<Grounds & { stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'bridgehead-crawl-'));
  const [system, partner] = await Promise.all([startTestSystem(), startRecordingPartner()]);
  const schemaDir = composeWithPartner(partner.partner.url, folder);
  const issuer = await devIssuer({ mode: 'local', dataDir: folder }, 'http://localhost/dev-issuer');
  configure({
    dynamodbEndpoint: system.endpoint,
    dataDir: system.dataDir,
    cursorSecret: 'a secret that is for tests only, and long',
    localMasterSecret: 'a master key that is for tests only',
    caseTokenSecret: 'another secret that is for tests only',
    oidcIssuers: [issuer.trusted],
    schemaDir,
    plansFile: join(folder, 'no-plans.json'),
    budgetFactor: 10_000,
    freeQueries: 'all',
  });
  const { handler: gateway } = await import('../../src/handlers/gateway/gateway.ts');
  const { handler: caseHolder } = await import('../../src/handlers/http/case-holder.ts');
  return {
    doors: { gateway, caseHolder, issuer },
    system,
    partner,
    schema: buildSchema(readFileSync(join(schemaDir, 'api.graphql'), 'utf8'), { assumeValid: true }),
    async stop() {
      await partner.partner.stop();
      await system.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
