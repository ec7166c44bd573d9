/**
 * Malformed and hostile requests, half by events to the Lambda handler, half by sockets to the local host: nothing may answer
 * 5xx but a meant 503, tell of its inside, crash, or keep memory. Exits with 1 where anything does.
 */
import { setTimeout } from 'node:timers/promises';
import { getHeapSpaceStatistics } from 'node:v8';
import { parseOptions } from '../../src/cli/parse-options.ts';
import { randomOf } from '../../src/local/demo-data/random.ts';
import { filling, hostileRequest } from './hostile-request.ts';
import { startTarget } from './target.ts';
import { faultOf } from './verdict.ts';

const USAGE = `npm run hostile -- [--count 10000] [--seed 1]

Malformed and hostile requests, by events and by sockets. Ends with 1 where one is answered as none may be, or memory grows.`;

const values = parseOptions(USAGE, {
  count: { type: 'string', default: '10000' },
  seed: { type: 'string', default: '1' },
});
const count = Number(values.count);
if (!Number.isSafeInteger(count) || count < 100) {
  console.error('--count takes a whole number of at least 100.');
  process.exit(2);
}
const AT_ONCE = 8;
const LOOKS = 20;
const FILLING = 400;
/** Of all requests: what is loaded once, and caches that fill, are not growth. */
const WARM_UP = 0.2;
const MAX_GROWTH = 0.2;

const target = await startTarget();
const random = randomOf(`hostile ${values.seed}`);
const families = new Map<string, Map<string, number>>();
const faults: string[] = [];
const memory: { readonly done: number; readonly heap: number; readonly young: number; readonly resident: number }[] =
  [];
const begun = performance.now();
let asked = 0;

async function askUntil(end: number): Promise<void> {
  while (asked < end) {
    const isEvent = asked++ % 2 === 0;
    const request = hostileRequest(random);
    const answer = await (isEvent ? target.byEvent(request) : target.bySocket(request));
    const fault = faultOf(answer);
    if (fault) faults.push(`${request.family}, by ${isEvent ? 'event' : 'socket'}: ${fault}`);
    const kind = answer.status === 0 ? 'closed' : String(answer.status);
    const counted = families.get(request.family) ?? new Map<string, number>();
    families.set(request.family, counted.set(kind, (counted.get(kind) ?? 0) + 1));
  }
}

/** While nothing is under way: what a request holds is no growth. Buffers are freed a moment after what held them. */
async function measure(): Promise<void> {
  globalThis.gc?.();
  await setTimeout(50);
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.physical_space_size ?? 0;
  memory.push({ done: asked, heap: heapUsed + external, young, resident: rss });
}

/** Whatever is kept of documents is full before memory is looked at: what grows after that is kept by mistake. */
for (let filled = 0; filled < FILLING; filled++) await target.byEvent(filling(random));

for (let look = 1; look <= LOOKS; look++) {
  const end = Math.floor((count * look) / LOOKS);
  await Promise.all(Array.from({ length: AT_ONCE }, () => askUntil(end)));
  await measure();
}
const seconds = (performance.now() - begun) / 1_000;
await target.stop();

const kinds = [...new Set([...families.values()].flatMap((counted) => [...counted.keys()]))].sort();
console.log(['family'.padEnd(26), ...kinds.map((kind) => kind.padStart(7))].join(''));
for (const [family, counted] of [...families].sort()) {
  console.log([family.padEnd(26), ...kinds.map((kind) => String(counted.get(kind) ?? '').padStart(7))].join(''));
}
const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
console.log('\nrequests   heap MB   young generation MB   resident MB');
for (const { done, heap, young, resident } of memory) {
  console.log(
    `${String(done).padStart(8)}${megabytes(heap).padStart(10)}${megabytes(young).padStart(22)}${megabytes(resident).padStart(14)}`,
  );
}
const settled = memory.filter(({ done }) => done >= count * WARM_UP);
const grown = (of: 'heap' | 'resident') => (settled.at(-1)?.[of] ?? 0) / (settled[0]?.[of] ?? 1) - 1;
const growth = Math.max(grown('heap'), grown('resident'));
console.log(
  `\n${count} requests with seed ${values.seed} in ${seconds.toFixed(0)} s; memory since the first fifth: ${(growth * 100).toFixed(1)} % more at most`,
);
for (const fault of faults.slice(0, 20)) console.log(`FAULT ${fault}`);
console.log(`${faults.length} faults`);
process.exit(faults.length > 0 || growth > MAX_GROWTH ? 1 : 0);
