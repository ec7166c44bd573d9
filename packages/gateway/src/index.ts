/**
 * Serves a composed supergraph over subgraphs that answer by HTTP, as the command `bridgehead-gateway` does.
 * @example
 * ```ts
 * const host = await serveSupergraph({ supergraphSdl, port: 4000, addresses: {} });
 * console.log(host.url);
 * await host.close();
 * ```
 * @packageDocumentation
 */
export { untilAskedToEnd } from './asked-to-end.ts';
export { configurationSchema, type GatewayConfiguration, readConfiguration } from './configuration.ts';
export type { HttpHost } from './http-host.ts';
export { type ServeOptions, serveSupergraph } from './serve-supergraph.ts';
export {
  serveAlone,
  serveAsWorker,
  startWorkers,
  tellFirst,
  tellWorker,
  type WorkerMessage,
  type Workers,
} from './workers.ts';
