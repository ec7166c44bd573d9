import { join } from 'node:path';
import { config } from '../config.ts';
import { CodedError } from '../errors.ts';
import { build } from './build.ts';
import { lockData } from './data-lock.ts';
import { checkPort } from './http-host.ts';
import { untilAskedToEnd } from './shutdown.ts';
import { declaredFunctions, openDatabase, prepareDatabase, pumpStreams, serveRoutes } from './system.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The whole system on this machine, until it is asked to end. What goes wrong is said in a sentence. */
export async function main(): Promise<void> {
  try {
    await run();
    process.exit(0);
  } catch (error) {
    console.error(error instanceof CodedError ? error.message : error);
    process.exit(1);
  }
}

async function run(): Promise<void> {
  const asked = untilAskedToEnd();
  const wanted = config();
  await checkPort(wanted.port);
  const lock = lockData(wanted.dataDir);
  await build(ROOT, wanted.plansFile);

  const database = await openDatabase(wanted, lock);
  const settings = await prepareDatabase(database, wanted);

  const functions = declaredFunctions(ROOT);
  const pump = await pumpStreams(functions, ROOT, settings);
  const host = await serveRoutes(functions, ROOT, settings.port);
  console.log(welcome(host.url, settings.dataDir));

  const died = database.died.then(() => 'died' as const);
  const reason = await Promise.race([asked, died]);
  await host.close();
  await pump.stop();
  await database.stop();
  lock.release();
  if (reason === 'died') {
    throw new CodedError(
      'INTERNAL_SERVER_ERROR',
      'The embedded DynamoDB ended unexpectedly. Start again: data are kept.',
    );
  }
}

const welcome = (url: string, dataDir: string) => `
  GraphQL   ${url}/graphql
  Explorer  ${url}/explorer
  Health    ${url}/health
  Data      ${dataDir}   (Ctrl-C ends)
`;
