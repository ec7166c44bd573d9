import { cpus } from 'node:os';
import { startDemoDatabase } from './demo-database.ts';
import { countCalls } from './dynamodb-calls.ts';
import { compareSystems } from './system.ts';

console.log(`Node ${process.version}, ${cpus().length} cores of ${cpus()[0]?.model ?? 'an unknown processor'}\n`);

const database = await startDemoDatabase('S');
try {
  console.log('Demo data of scale S; the middle of five rounds in turn; CPU is the server process’s own.\n');
  console.log(await compareSystems(database.endpoint));
} finally {
  await database.stop();
}

console.log('\nDynamoDB calls and answered bytes of one request, counted between the system and its database\n');
console.log(await countCalls());
process.exit(0);
