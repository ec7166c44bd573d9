import { parseArgs } from 'node:util';
import { CodedError } from '../errors.ts';
import { untilAskedToEnd } from '../local/shutdown.ts';
import { serveSupergraph } from './gateway/serve-supergraph.ts';
import { explain, readText } from './refusals.ts';

const USAGE = `npm run gateway -- --supergraph FILE [--port N] [--subgraph NAME=URL]...

Serves a composed supergraph over subgraphs that answer by HTTP: /graphql and /health on 127.0.0.1, everybody anonymous.
Subgraphs are asked where the supergraph says, unless an address is given. Ends cleanly with Ctrl-C or SIGTERM.`;

function readArguments() {
  const { values } = parseArgs({
    options: {
      supergraph: { type: 'string' },
      port: { type: 'string', default: '4000' },
      subgraph: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  if (!values.supergraph) throw new CodedError('CONFIGURATION', USAGE);
  if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535) {
    throw new CodedError('CONFIGURATION', `--port must be a port number, not ${values.port}.`);
  }
  return {
    file: values.supergraph,
    port: Number(values.port),
    addresses: Object.fromEntries(values.subgraph.map(readAddress)),
  };
}

function readAddress(text: string): [name: string, url: string] {
  const [, name, url] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (!name || !url) throw new CodedError('CONFIGURATION', `--subgraph must be NAME=URL, not ${text}.`);
  return [name, url];
}

async function main(): Promise<void> {
  const asked = untilAskedToEnd();
  const given = readArguments();
  if (!given) {
    console.log(USAGE);
    return;
  }
  const { file, port, addresses } = given;
  const host = await serveSupergraph({ supergraphSdl: readText(file), port, addresses });
  console.log(`GraphQL ${host.url}/graphql   Health ${host.url}/health`);
  await asked;
  await host.close();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(explain(error));
    process.exit(1);
  },
);
