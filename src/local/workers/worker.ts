import { join } from 'node:path';
import { serveAsWorker, tellFirst, type WorkerMessage } from '@bridgehead/gateway';
import { type Config, configure } from '../../config.ts';
import { processConnection } from '../../handlers/process.ts';
// Handlers load these. Here they are loaded before the settings come.
import '../../edge/server.ts';
import '../../resolvers/enterprises/index.ts';
import '../../resolvers/linkages/index.ts';
import '../../resolvers/parks/index.ts';
import '../../resolvers/talent/index.ts';
import type { WriteCounts } from '../../storage/dynamodb/connection.ts';
import { localUploads } from '../../storage/uploads/open.ts';
import type { HttpHost } from '../http/http-host.ts';
import { uploadsPart } from '../http/uploads-part.ts';
import type { Invoke } from '../lambda-function.ts';
import { serveRoutes } from '../serve-routes.ts';
import type { Route } from '../service.ts';
import type { Question, WorkersStart } from './pool.ts';
import { Questions } from './questions.ts';

const ROOT = join(import.meta.dirname, '../../..');

let writes: WriteCounts | undefined;
const start = Promise.withResolvers<WorkersStart>();
const first = new Questions(tellFirst, async (question) => writes?.add((question as { wrote: string[] }).wrote));
// Messages that came while this module was loaded are handed out after its first turn: all listeners are added in it.
process.on('message', (message: WorkerMessage) => {
  if (message.kind === 'start') start.resolve(message as WorkersStart);
  else void first.receive(message);
});

/** Answers requests beside other workers. The database, streams, schedules and issuer are the first process's. */
async function serve(): Promise<HttpHost> {
  const { settings: given, functions, routes } = await start.promise;
  const settings = configure(given);
  writes = processConnection(settings).writes;
  writes.announce = announcing(settings, (wrote) => first.ask({ wrote } satisfies Question));
  const own = routes.map((route) => ({ ...route, target: askedFrom(route) }));
  const uploads = settings.uploadsBucket === undefined ? [uploadsPart(localUploads(settings))] : [];
  return serveRoutes(functions, ROOT, settings.port, own, uploads);
}

/** Answers a route by the first process. */
const askedFrom =
  (route: Route): Invoke =>
  (event, requestId) =>
    first.ask({ route, event, requestId } satisfies Question);

/**
 * Tells of writes of public records, of which processes keep answers. Only reads of the parks table are kept for who has
 * written; a write to another needn't wait for it.
 */
function announcing({ tables }: Config, tell: (tables: readonly string[]) => Promise<unknown>) {
  return async (wrote: readonly string[]) => {
    const told = tell(wrote).catch(() => undefined);
    if (wrote.includes(tables.parks)) await told;
  };
}

void serveAsWorker(serve);
