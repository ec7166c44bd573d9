import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSchedules } from '../../../src/local/schedules.ts';
import { readService } from '../../../src/local/service.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bridgehead-schedules-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function service(rate: string): string {
  const file = join(folder, 'serverless.yml');
  writeFileSync(
    file,
    `functions:\n  tick:\n    handler: tick.handler\n    timeout: 1\n    memorySize: 128\n    events:\n      - schedule: ${rate}\n`,
  );
  return file;
}

test.each([
  ['rate(1 day)', 86_400_000],
  ['rate(2 hours)', 7_200_000],
  ['rate(5 minutes)', 300_000],
])('%s is a run every %i ms', (rate, everyMs) => {
  expect(readService(service(rate))).toMatchObject([{ name: 'tick', schedules: [everyMs] }]);
});

test('refuses a schedule without a rate', () => {
  expect(() => readService(service("'cron(0 1 * * ? *)'"))).toThrow(/schedule/);
});

test('runs a function after the start and failures, never after the stop', async () => {
  const log = join(folder, 'runs');
  writeFileSync(log, '');
  writeFileSync(
    join(folder, 'tick.ts'),
    `import { appendFileSync } from 'node:fs';
export async function handler({ time }) { appendFileSync(${JSON.stringify(log)}, new Date(time).toISOString() ? '.' : ''); throw new Error('on purpose'); }\n`,
  );
  const [declared] = readService(service('rate(1 day)'));
  const runs = () => readFileSync(log, 'utf8').length;
  const schedules = await startSchedules([{ ...declared!, schedules: [5] }], folder, 0);
  while (runs() < 3) await new Promise((resolve) => setTimeout(resolve, 5));
  await schedules.stop();
  const ran = runs();
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(runs()).toBe(ran);
});
