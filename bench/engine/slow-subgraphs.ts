import { table } from '../table.ts';
import { ENGINES } from './compare-engines.ts';
import { EngineProcess } from './engine-process.ts';
import { HEAVY } from './operations.ts';
import { SECONDS } from './rounds.ts';
import { type Name, SUBGRAPHS } from './subgraphs.ts';

const MILLISECONDS = 100;

/**
 * How often the heavy operation must ask a subgraph one after the other: authors are known when reviews are, which are of
 * users and products; what is in stock is known of a product at once, and nothing is asked after it.
 */
const IN_SERIES: Readonly<Record<Name, number>> = { users: 2, products: 2, reviews: 1, inventory: 1 };

/** What one slow subgraph after another costs the whole of the heavy operation, one at a time, in milliseconds. */
export async function compareSlowness(supergraphFile: string): Promise<string> {
  const rows: string[][] = [];
  for (const name of SUBGRAPHS) {
    const times: string[] = [];
    for (const [engine, file] of ENGINES) {
      const environment = { SLOW: `${name}:${MILLISECONDS}` };
      const child = await EngineProcess.start(engine, file, 'in process', supergraphFile, environment);
      try {
        await child.work(HEAVY.name, SECONDS, 1);
        times.push((await child.work(HEAVY.name, SECONDS, 1)).round.p50.toFixed(0));
      } finally {
        await child.stop();
      }
    }
    rows.push([name, String(IN_SERIES[name] * MILLISECONDS), ...times]);
  }
  return table(['slow by 100 ms', 'must take', ...ENGINES.map(([engine]) => engine)], rows);
}
