/** `npm run cost`: measures the operations of a month, and writes docs/cost.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { configure } from '../../src/config.ts';
import { type Bearer, startDemoSystem } from '../demo-system.ts';
import type { Measured } from './bill.ts';
import { costDocument } from './document.ts';
import { type MeteringProxy, startMeteringProxy } from './metering-proxy.ts';
import { readPriceTables } from './price-tables.ts';
import { OPERATIONS } from './workload.ts';

const USAGE = `npm run cost

Asks the operations of test/cost/workload.ts of the demo data, counts DynamoDB's units, calls and CPU time, and writes
docs/cost.md with the prices of infra/prices.json.`;

const ANCHOR = '2026-11-29';
const WARM_UPS = 5;
const REPEATS = 20;

/** The callers of the folders of documents; the others are for everybody. */
const CALLERS: Readonly<Record<string, Bearer>> = {
  mobile: { as: 'applicant', person: 'talent-000001' },
  partner: { as: 'partner' },
  officer: { as: 'officer' },
};

async function measure(keptSeconds: number): Promise<readonly Measured[]> {
  configure({ keptSeconds });
  const proxies: MeteringProxy[] = [];
  const system = await startDemoSystem(ANCHOR, async (endpoint) => {
    const made = await startMeteringProxy(endpoint);
    proxies.push(made);
    return made.endpoint;
  });
  const [proxy] = proxies;
  if (!proxy) throw new Error('there is a proxy');
  const measured: Measured[] = [];
  for (const { document } of OPERATIONS) {
    const query = readFileSync(`schema/operations/${document}.graphql`, 'utf8');
    const variables = JSON.parse(readFileSync(`schema/operations/${document}.variables.json`, 'utf8'));
    const bearer = CALLERS[document.replace(/\/.*$/, '')];
    const ask = async () => {
      const { data } = await system.answer(query, variables, bearer);
      if (!data) throw new Error(`${document} has no answer.`);
    };
    for (let i = 0; i < WARM_UPS; i++) await ask();
    const began = process.cpuUsage();
    const counted = await proxy.during(async () => {
      for (let i = 0; i < REPEATS; i++) await ask();
    });
    const { user, system: kernel } = process.cpuUsage(began);
    measured.push({
      document,
      calls: counted.calls / REPEATS,
      readUnits: counted.readUnits / REPEATS,
      writeUnits: counted.writeUnits / REPEATS,
      reachedTalent: counted.reachedTalent,
      cpuMs: (user + kernel) / 1_000 / REPEATS,
    });
  }
  await system.stop();
  await proxy.stop();
  return measured;
}

const { values } = parseArgs({ options: { help: { type: 'boolean' }, kept: { type: 'string' } } });
if (values.help) console.log(USAGE);
else if (values.kept === undefined) {
  // A process configures its handlers once: each setting has its own.
  const { execFileSync } = await import('node:child_process');
  const of = (kept: string): readonly Measured[] =>
    JSON.parse(
      execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', import.meta.filename, '--kept', kept], {
        encoding: 'utf8',
      })
        .trimEnd()
        .split('\n')
        .at(-1) ?? '[]',
    );
  writeFileSync('docs/cost.md', costDocument({ before: of('0'), after: of('5'), tables: readPriceTables() }));
} else {
  console.log(JSON.stringify(await measure(Number(values.kept))));
  process.exit();
}
