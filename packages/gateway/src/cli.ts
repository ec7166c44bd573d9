#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CodedError } from '@bridgehead/federation';
import { untilAskedToEnd } from './asked-to-end.ts';
import { configurationSchema, type GatewayConfiguration, readConfiguration } from './configuration.ts';
import { serveSupergraph } from './serve-supergraph.ts';
import { isWorker, serveAlone, serveAsWorker, startWorkers } from './workers.ts';

const USAGE = `npm run gateway -- --supergraph FILE [--port N] [--subgraph NAME=URL]... [--config FILE] [OPTIONS]

Serves a composed supergraph over subgraphs that answer by HTTP: /graphql and /health on 127.0.0.1.
Subgraphs are asked where the supergraph says, unless an address is given. Ends cleanly with Ctrl-C or SIGTERM.

--workers N                 processes that serve together; one a core unless it is given
--config FILE               a JSON file as docs/gateway.schema.json describes it; options stand over it
--timeout-ms N              longest time of one operation
--subgraph-timeout-ms N     longest time of one fetch, its retries included
--forward-header NAME       sends a header of the client to every subgraph; may be repeated
--jwt-issuer, --jwt-audience, --jwks-url
                            verifies clients' tokens: @authenticated and @requiresScopes are decided by them
--show-subgraph-errors      clients read subgraphs' own words of errors
--print-schema              prints the JSON schema of the configuration file`;

function readArguments() {
  const { values } = parseArgs({
    options: {
      supergraph: { type: 'string' },
      port: { type: 'string', default: '4000' },
      subgraph: { type: 'string', multiple: true, default: [] },
      workers: { type: 'string', default: String(availableParallelism()) },
      config: { type: 'string' },
      'timeout-ms': { type: 'string' },
      'subgraph-timeout-ms': { type: 'string' },
      'forward-header': { type: 'string', multiple: true },
      'jwt-issuer': { type: 'string' },
      'jwt-audience': { type: 'string' },
      'jwks-url': { type: 'string' },
      'show-subgraph-errors': { type: 'boolean', default: false },
      'print-schema': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return USAGE;
  if (values['print-schema']) return configurationSchema().trimEnd();
  if (!values.supergraph) throw new CodedError('CONFIGURATION', USAGE);
  if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535) {
    throw new CodedError('CONFIGURATION', `--port must be a port number, not ${values.port}.`);
  }
  if (!/^[1-9]\d{0,2}$/.test(values.workers)) {
    throw new CodedError('CONFIGURATION', `--workers must be a number from 1 to 999, not ${values.workers}.`);
  }
  return {
    workers: Number(values.workers),
    file: values.supergraph,
    port: Number(values.port),
    addresses: Object.fromEntries(values.subgraph.map(readAddress)),
    configuration: withOptions(values.config === undefined ? '{}' : readText(values.config), values),
  };
}

/** Returns a configuration in which command-line options replace the file's values. */
function withOptions(text: string, options: Readonly<Record<string, unknown>>): GatewayConfiguration {
  const { headers, jwt } = readConfiguration(text);
  const file: object = JSON.parse(text);
  const forward = [...headers.forward, ...((options['forward-header'] as string[] | undefined) ?? [])];
  const given = {
    ...numberOf('timeoutMs', options['timeout-ms']),
    ...numberOf('subgraphTimeoutMs', options['subgraph-timeout-ms']),
    headers: { ...headers, forward: forward.map((name) => name.toLowerCase()) },
    ...(options['show-subgraph-errors'] ? { maskErrors: false } : {}),
  };
  const ofJwt = Object.fromEntries(
    (['issuer', 'audience', 'jwksUrl'] as const).flatMap((name) => {
      const value = options[name === 'jwksUrl' ? 'jwks-url' : `jwt-${name}`];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const jwtGiven = Object.keys(ofJwt).length > 0 ? { jwt: { ...jwt, ...ofJwt } } : {};
  return readConfiguration(JSON.stringify({ ...file, ...given, ...jwtGiven }));
}

function numberOf(name: string, value: unknown): object {
  return value === undefined ? {} : { [name]: Number(value) };
}

function readAddress(text: string): [name: string, url: string] {
  const [, name, url] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (!name || !url) throw new CodedError('CONFIGURATION', `--subgraph must be NAME=URL, not ${text}.`);
  return [name, url];
}

/** Returns the text of a file. Throws CONFIGURATION where it can't be read. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new CodedError('CONFIGURATION', `The file ${file} can't be read.`, { cause });
  }
}

async function main(): Promise<void> {
  const given = readArguments();
  if (typeof given === 'string') {
    console.log(given);
    return;
  }
  const { file, port, addresses, configuration, workers } = given;
  const serve = () => serveSupergraph({ supergraphSdl: readText(file), port, addresses, configuration });
  if (isWorker()) return serveAsWorker(serve);
  const asked = untilAskedToEnd();
  const running = await (workers === 1 ? serveAlone(serve) : together(workers));
  console.log(`GraphQL ${running.url}/graphql   Health ${running.url}/health`);
  await Promise.race([asked, running.failed]);
  await running.stop();
}

/** Serves in several processes that run this command. */
const together = (count: number) =>
  startWorkers({ file: fileURLToPath(import.meta.url), args: process.argv.slice(2), count });

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const isOfUser =
      error instanceof Error &&
      (error instanceof CodedError || /^ERR_PARSE_ARGS_/.test(String((error as NodeJS.ErrnoException).code)));
    console.error(isOfUser ? error.message : error);
    process.exit(1);
  },
);
