/**
 * What becomes of admitted requests when five times as many come as before: the local host in a process of its own, asked
 * over sockets at a rate that doesn't wait for it. Prints a table; judges nothing, as a busy machine is slow for its own reasons.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseOptions } from '../../src/cli/parse-options.ts';
import { startDemoDatabase } from '../hostile/target.ts';
import { asker, capacity, offer } from './load.ts';

const USAGE = `npm run overload

What becomes of admitted requests when five times as many come as before: a table, in about a minute.`;
parseOptions(USAGE, {});

const SECONDS = 8;
/** Of what can be answered: so much is asked at 1×. */
const SHARE = 0.6;

const database = await startDemoDatabase();
const host = fork(join(import.meta.dirname, 'host.ts'), [database.endpoint], {
  execArgv: ['--disable-warning=ExperimentalWarning'],
});
const [url] = await once(host, 'message');

const query = `query ($park: ID!) { park(id: $park) { id name enterprises(first: 20) { totalCount nodes { id uscc name } } } }`;
const ask = asker(String(url), JSON.stringify({ query, variables: { park: 'park_binhai-zhongguancun' } }));
await capacity(ask, 8, 4);
const { answered: most } = await capacity(ask, 8, 4);
for (const atOnce of [8, 10, 50]) {
  const { answered, refused } = await capacity(ask, atOnce, 4);
  const figures = `${answered.toFixed(0)} a second are answered, ${refused.toFixed(0)} refused`;
  console.log(`${figures}, where ${atOnce} ask without a pause.`);
}
console.log(`1× is ${(most * SHARE).toFixed(0)} a second.\n`);
console.log('  load  asked/s  answered/s  refused/s  failed   p50 ms   p99 ms   refused p50 ms   memory MB');

for (const times of [1, 2, 5, 1]) {
  const perSecond = most * SHARE * times;
  const { offered, admitted, refused, failed } = await offer(ask, perSecond, SECONDS);
  const at = (list: readonly number[], part: number) => (list[Math.floor(list.length * part)] ?? 0).toFixed(1);
  const cells: readonly (readonly [string, number])[] = [
    [`${times}×`, 6],
    [(offered / SECONDS).toFixed(0), 9],
    [(admitted.length / SECONDS).toFixed(0), 12],
    [(refused.length / SECONDS).toFixed(0), 11],
    [String(failed), 8],
    [at(admitted, 0.5), 9],
    [at(admitted, 0.99), 9],
    [refused.length > 0 ? at(refused, 0.5) : '', 17],
    [residentMegabytes(host.pid ?? 0).toFixed(0), 12],
  ];
  console.log(cells.map(([cell, width]) => cell.padStart(width)).join(''));
}
host.kill();
await database.stop();
process.exit(0);

function residentMegabytes(pid: number): number {
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1_024;
}
