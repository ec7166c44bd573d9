/** `npm run cost`: measures the operations of a month, and writes docs/cost.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { configure } from '../../src/config.ts';
import { localUploads } from '../../src/storage/uploads/open.ts';
import { type Bearer, type DemoSystem, startDemoSystem } from '../demo-system.ts';
import type { Measured, Streamed } from './bill.ts';
import { costDocument } from './document.ts';
import { type Metered, type MeteringProxy, startMeteringProxy } from './metering-proxy.ts';
import { openStreams, publishCaseType, sendAll, senderOf } from './mutations.ts';
import { readPriceTables } from './price-tables.ts';
import { QUERIES } from './workload.ts';

const USAGE = `npm run cost

Asks the operations of test/cost/workload.ts of the demo data, lets the streams' consumers follow each mutation, counts
DynamoDB's units, calls and CPU time, and writes docs/cost.md with the prices of infra/prices.json.`;

const ANCHOR = '2026-11-29';
const WARM_UPS = 5;
const REPEATS = 20;
/** Cases that are measured, and reports of a day. */
const CASES = 10;

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
  for (const { document } of QUERIES) {
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
  measured.push(...(await measureMutations(system, proxy)));
  await system.stop();
  await proxy.stop();
  return measured;
}

/** Measures the month's mutations, and after each the streams' consumers. The first case of all warms up. */
async function measureMutations(system: DemoSystem, proxy: MeteringProxy): Promise<readonly Measured[]> {
  const streams = await openStreams(system);
  const send = senderOf(system);
  const sums = new Map<string, Measured & { readonly streams: Streamed }>();
  await publishCaseType(send);
  await streams.drain();
  const uploads = localUploads(system.config);
  await sendAll(send, uploads, CASES);
  await streams.drain();
  for (let i = 0; i < CASES; i++) {
    await sendAll(
      async (document, bearer, input) => {
        let payload: Awaited<ReturnType<typeof send>> = {};
        const asked = await timed(proxy, async () => {
          payload = await send(document, bearer, input);
        });
        const before = streams.invocations();
        const followed = await timed(proxy, () => streams.drain());
        const streamed = { ...followed, invocations: streams.invocations() - before };
        sums.set(document, plus(sums.get(document), { document, ...asked, streams: streamed }));
        return payload;
      },
      uploads,
      i,
    );
  }
  streams.close();
  return [...sums.values()];
}

/** Counts the calls and the CPU time of something. */
async function timed(proxy: MeteringProxy, run: () => Promise<unknown>): Promise<Metered & { readonly cpuMs: number }> {
  const began = process.cpuUsage();
  const counted = await proxy.during(run);
  const { user, system: kernel } = process.cpuUsage(began);
  return { ...counted, cpuMs: (user + kernel) / 1_000 };
}

type MeasuredMutation = Measured & { readonly streams: Streamed };

/** Adds one of the cases to the mean of all. */
function plus(sum: MeasuredMutation | undefined, one: MeasuredMutation): MeasuredMutation {
  const share = (part: Metered & { readonly cpuMs: number }, of: typeof part | undefined) => ({
    calls: (of?.calls ?? 0) + part.calls / CASES,
    readUnits: (of?.readUnits ?? 0) + part.readUnits / CASES,
    writeUnits: (of?.writeUnits ?? 0) + part.writeUnits / CASES,
    cpuMs: (of?.cpuMs ?? 0) + part.cpuMs / CASES,
    reachedTalent: part.reachedTalent,
  });
  const invocations = (sum?.streams.invocations ?? 0) + one.streams.invocations / CASES;
  return {
    document: one.document,
    ...share(one, sum),
    streams: { ...share(one.streams, sum?.streams), invocations },
  };
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
