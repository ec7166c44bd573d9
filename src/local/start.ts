import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { serveAlone, untilAskedToEnd } from '@bridgehead/gateway';
import { readSignIn } from '../auth/sign-in-settings.ts';
import { type Config, config } from '../config.ts';
import { dayInShanghai } from '../domain/calendar/day.ts';
import { CodedError } from '../errors.ts';
import { processConnection } from '../handlers/process.ts';
import { connect } from '../storage/dynamodb/connection.ts';
import { beginLoading, loadingOf, storesToLoad } from '../storage/migrations/loading.ts';
import { migrate } from '../storage/migrations/migrate.ts';
import { keyringOf } from '../storage/person-keys/keyring.ts';
import { localUploads } from '../storage/uploads/open.ts';
import { requireRestored } from './backup/restore-mark.ts';
import { build } from './build.ts';
import { createTables } from './database/create-tables.ts';
import { lockData } from './database/data-lock.ts';
import { databaseProgram } from './database/database-process.ts';
import { databaseFile } from './database/embedded-database.ts';
import { recordEndpoint } from './database/with-database.ts';
import { loadDemoData, readDemoState, recordNoDemoData } from './demo-data/load.ts';
import { SCALES } from './demo-data/scale.ts';
import { loadDemoTables } from './demo-data/write-tables.ts';
import { type DevIssuer, devIssuer, devIssuerUrl, recordUrl } from './dev-issuer/dev-issuer.ts';
import { devIssuerRoutes } from './dev-issuer/endpoints.ts';
import { checkPort } from './http/http-host.ts';
import { uploadsPart } from './http/uploads-part.ts';
import { startSchedules } from './schedules.ts';
import { routesOf, serveRoutes } from './serve-routes.ts';
import { configureHandlers, declaredFunctions, openDatabase, pumpStreams } from './system.ts';
import { OF_FIRST_PROCESS, startPool } from './workers/pool.ts';

const ROOT = join(import.meta.dirname, '../..');

/**
 * Runs the whole system on this machine until it is asked to end. Faults are explained in a sentence. With `--empty` a new
 * data folder gets no demo data.
 */
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
  const running = await Promise.race([start(), asked.then(() => 'not needed' as const)]);
  if (running === 'not needed') return;
  console.log(running.welcome);
  await Promise.race([asked, running.failed]);
  await running.stop();
}

interface Running {
  readonly welcome: string;
  /** Rejects when the system can't continue. */
  readonly failed: Promise<never>;
  /** Finishes requests in progress, then ends everything. */
  stop(): Promise<void>;
}

async function start(): Promise<Running> {
  const { empty: isEmpty } = parseArgs({ options: { empty: { type: 'boolean', default: false } } }).values;
  const wanted = config();
  await checkPort(wanted.port);
  if (wanted.dynamodbEndpoint === undefined) databaseProgram();
  readSignIn(wanted);
  const lock = lockData(wanted.dataDir);
  requireRestored(wanted.dataDir);
  const count = wanted.workers ?? availableParallelism();
  const servePool = count === 1 ? undefined : startPool(count);
  await build(ROOT, wanted.plansFile);

  // A table that a later version added is filled to match the existing ones.
  const demo = demoOf(wanted, isEmpty);
  const imported = wanted.dynamodbEndpoint === undefined && demo && (await loadDemoData({ ...wanted, ...demo }));
  const database = await openDatabase(wanted, lock);
  recordEndpoint(wanted.dataDir, database.endpoint);
  const issuer = await ownIssuer(wanted);
  const identity = issuer ? { oidcIssuers: [issuer.trusted], signIn: issuer.signIn } : wanted;
  const settings = configureHandlers(database, { ...wanted, workers: count }, identity);
  await createTables(database.endpoint, settings.tables);
  const connection = connect(settings);
  const keyring = keyringOf(settings);
  const toLoad = await storesToLoad(connection);
  if (demo && toLoad.length > 0 && (await loadingOf(connection)) === null) {
    await beginLoading(connection, { what: 'DEMO_DATA', source: demo.anchor, stores: toLoad });
  }
  await migrate(connection, {
    keyring,
    now: new Date(),
    onMigration: ({ version, name }) => console.log(`Migrating the data to version ${version}: ${name} …`),
  });
  if (toLoad.length > 0 && demo) {
    await loadDemoTables(connection, { scale: SCALES[demo.scale], anchor: demo.anchor, keyring }, toLoad);
  }
  if (demo && (imported || toLoad.length > 0)) console.log(`Loaded the demo data, as of ${demo.anchor}.`);

  const functions = declaredFunctions(ROOT);
  const embedded = wanted.dynamodbEndpoint === undefined ? databaseFile(wanted.dataDir) : undefined;
  const pump = await pumpStreams(functions, ROOT, settings, embedded);
  const schedules = await startSchedules(functions, ROOT);
  const uploads = settings.uploadsBucket === undefined ? localUploads(settings) : undefined;
  await uploads?.sweep(new Date());
  const own = issuer ? devIssuerRoutes(issuer) : [];
  const { writes } = processConnection(settings);
  const ofFirst = functions.filter(({ name }) => OF_FIRST_PROCESS.has(name));
  const host = await (servePool
    ? servePool({ settings, functions, own: [...own, ...(await routesOf(ofFirst, ROOT))], writes })
    : serveAlone(() => serveRoutes(functions, ROOT, settings.port, own, uploads ? [uploadsPart(uploads)] : [])));
  return {
    welcome: welcome(host.url, settings.dataDir),
    failed: Promise.race([
      host.failed,
      database.died.then(() => {
        throw new CodedError(
          'CONFIGURATION',
          'The embedded DynamoDB crashes repeatedly; see database.log in the data folder. The data are safe.',
        );
      }),
    ]),
    async stop() {
      await host.stop();
      await schedules.stop();
      await pump.stop();
      await database.stop();
      lock.release();
    },
  };
}

/**
 * Returns the demo data that the store has or gets; null for a store that is begun empty, now or before.
 * @throws CodedError CONFIGURATION where an empty start is asked for on a folder with data
 */
function demoOf({ dataDir, dynamodbEndpoint }: Config, isEmpty: boolean) {
  const state = dynamodbEndpoint === undefined ? readDemoState(dataDir) : null;
  if (state?.scale === 'NONE' || (isEmpty && dynamodbEndpoint !== undefined)) return null;
  if (!isEmpty) return state ?? { scale: 'S' as const, anchor: dayInShanghai(new Date()) };
  if (state || existsSync(databaseFile(dataDir))) {
    throw new CodedError(
      'CONFIGURATION',
      `${dataDir} has data already: set DATA_DIR to a new folder, or leave --empty out.`,
    );
  }
  recordNoDemoData(dataDir);
  return null;
}

/** Opens this machine's own issuer, unless the environment configures issuers. */
async function ownIssuer(wanted: Config): Promise<DevIssuer | undefined> {
  if (wanted.oidcIssuers !== undefined) return undefined;
  const url = devIssuerUrl(wanted.port);
  const issuer = await devIssuer(wanted, url);
  recordUrl(wanted.dataDir, url);
  return issuer;
}

const welcome = (url: string, dataDir: string) => `
  GraphQL   ${url}/graphql
  Home      ${url}/
  Explorer  ${url}/explorer
  Case      ${url}/case
  Apply     ${url}/apply
  My cases  ${url}/my
  Develop   ${url}/developers
  Health    ${url}/health, ${url}/ready
  Data      ${dataDir}   (Ctrl-C ends)
`;
