/** `npm run places`: many decisions at once that want a place of one facility. */
import { parseOptions } from '../../src/cli/parse-options.ts';
import { approveAtOnce, FLATS, placesItem, reviewedCase, startFlats } from '../fixtures/flats.ts';

const USAGE = `npm run places -- [--decisions 1000] [--capacity 300]

Approves so many cases at once, all with a place of one facility. Ends with 1 where it is oversold or a place is lost.`;

const values = parseOptions(USAGE, {
  decisions: { type: 'string', default: '1000' },
  capacity: { type: 'string', default: '300' },
});
const [decisions, capacity] = [values.decisions, values.capacity].map(Number) as [number, number];
if (![decisions, capacity].every(Number.isSafeInteger)) {
  console.error('--decisions and --capacity take whole numbers.');
  process.exit(2);
}

const flats = await startFlats();
await flats.system.write('talent', [placesItem(FLATS, { capacity })]);
const cases = Array.from({ length: decisions }, (_, number) => reviewedCase(number));
const before = process.cpuUsage();
const { approved, refused, codes } = await approveAtOnce(flats, cases);
const { user, system } = process.cpuUsage(before);
const taken = (await flats.counter())?.taken;
const cpu = ((user + system) / 1e6).toFixed(1);
console.table({ decisions, capacity, approved, refused, 'refused with': [...codes].join(), taken, 'CPU seconds': cpu });
await flats.system.stop();
const wanted = Math.min(decisions, capacity);
if (approved !== wanted || taken !== wanted || approved + refused !== decisions) process.exitCode = 1;
