import { cpus } from 'node:os';

const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  system: async () => (await import('./system.ts')).benchSystem(),
  stream: async () => (await import('./stream.ts')).benchStream(),
  local: async () => (await import('./local.ts')).benchLocal(),
  calls: async () => (await import('./dynamodb-calls.ts')).benchCalls(),
  lists: async () => (await import('./lists.ts')).benchLists(),
  cold: async () => (await import('./cold/run.ts')).benchColdStart(),
  guard: async () => (await import('./guard/run.ts')).benchGuard(),
  planner: async () => (await import('./planner/run.ts')).benchPlanners(),
  client: async () => console.log(await (await import('./client/run.ts')).compareClients()),
  calendar: async () => console.log((await import('./calendar/run.ts')).benchCalendar()),
  gateway: async () => (await import('./gateway/run.ts')).benchGateways(process.argv.slice(3)),
  engine: async () => (await import('./engine/run.ts')).benchEngines(),
};

const [name = 'system'] = process.argv.slice(2);
const bench = BENCHES[name];
if (!bench) {
  console.error(`There is no bench "${name}". There are: ${Object.keys(BENCHES).join(', ')}.`);
  process.exit(2);
}
console.log(`Node ${process.version}, ${cpus().length} cores of ${cpus()[0]?.model ?? 'an unknown processor'}\n`);
await bench();
process.exit(0);
