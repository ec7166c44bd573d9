import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerProcess } from '../server-process.ts';
import { compareEngines } from './compare-engines.ts';
import { compareServers } from './compare-servers.ts';
import { composeShop } from './compose.ts';
import { compareSlowness } from './slow-subgraphs.ts';
import { SUBGRAPHS } from './subgraphs.ts';

/** Prints what the shop's operations cost each engine, with its subgraphs in process and over HTTP. */
export async function benchEngines(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bridgehead-bench-'));
  const subgraphs = await ServerProcess.start('the subgraphs', '../engine/subgraph-server.ts');
  try {
    const supergraphFile = join(folder, 'supergraph.graphql');
    writeFileSync(
      supergraphFile,
      composeShop(Object.fromEntries(SUBGRAPHS.map((name) => [name, `${subgraphs.url}/${name}`]))),
    );
    console.log(
      'Engines called as functions, eight calls at once, the middle of rounds in turn; CPU is the process’s own.',
    );
    for (const reach of ['in process', 'over HTTP'] as const) {
      console.log(`\nSubgraphs ${reach}\n\n${await compareEngines(reach, supergraphFile)}`);
    }
    console.log(`\nOne subgraph slow, one call at a time, p50 in ms\n\n${await compareSlowness(supergraphFile)}`);
    console.log(`\nServers over HTTP, subgraphs in process\n\n${await compareServers(supergraphFile)}`);
  } finally {
    await subgraphs.stop();
    rmSync(folder, { recursive: true });
  }
}
