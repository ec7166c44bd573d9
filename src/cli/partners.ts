import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { config } from '../config.ts';
import { type Partner, partnerSubgraph, ZONE_CODE } from '../edge/partners.ts';
import { CodedError } from '../errors.ts';
import { acceptPartner } from './partners/accept.ts';
import { checkPartner } from './partners/check.ts';
import { formatReport } from './partners/format-report.ts';
import { explain, readText } from './refusals.ts';
import { writeComposed } from './schema/write-composed.ts';

const USAGE = `npm run partners -- check --zone CODE --schema FILE --url URL [options]

Holds a partner zone's subgraph to the rules for partners, composes it with ours, and tells what changes for clients.
Exits with 1 where it is refused.

  --zone CODE             the zone's code, e.g. dongjiang
  --schema FILE           the subgraph's schema, GraphQL SDL of federation 2
  --url URL               where its GraphQL answers
  --accept                where nothing is refused, write it to schema/partners/ and compose
  --allow-breaking        accept it though something breaks for clients
  --id-prefix PREFIX=TYPE the prefix of the ids of one of its types, for node(id:); may be repeated
  --audience AUDIENCE     whom the gateway's service tokens are for; the URL's origin unless given
  --allow-stale           while it is down, the last good answer about its @tag(name: "public") fields may be served
  --allow-loopback        for development: it may answer on this machine`;

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      zone: { type: 'string' },
      schema: { type: 'string' },
      url: { type: 'string' },
      accept: { type: 'boolean', default: false },
      'allow-breaking': { type: 'boolean', default: false },
      'id-prefix': { type: 'string', multiple: true, default: [] },
      audience: { type: 'string' },
      'allow-stale': { type: 'boolean', default: false },
      'allow-loopback': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { zone, schema, url } = values;
  if (values.help) return undefined;
  if (positionals.join() !== 'check' || !zone || !schema || !url) throw new CodedError('CONFIGURATION', USAGE);
  if (!ZONE_CODE.test(zone)) {
    throw new CodedError('CONFIGURATION', `"${zone}" is not a zone's code: lower case, words joined by hyphens.`);
  }
  return { ...values, zone, schema, url };
}

async function main(): Promise<boolean> {
  const given = readArguments();
  if (!given) {
    console.log(USAGE);
    return true;
  }
  const { schemaDir, plansFile } = config();
  const partner: Partner = {
    zone: given.zone,
    subgraph: partnerSubgraph(given.zone),
    sdl: readText(given.schema),
    registration: {
      url: given.url,
      audience: given.audience ?? URL.parse(given.url)?.origin ?? given.url,
      allowStale: given['allow-stale'],
      idPrefixes: Object.fromEntries(given['id-prefix'].map(readPrefix)),
    },
  };
  const report = await checkPartner(partner, { schemaDir, allowLoopback: given['allow-loopback'] });
  console.log(formatReport(partner, report));
  const breaks = report.changes.some(({ level }) => level === 'breaking') && !given['allow-breaking'];
  if (report.refusals.length > 0 || breaks) return false;
  if (given.accept) {
    const folder = acceptPartner(partner, schemaDir);
    const { supergraph } = await writeComposed(schemaDir, plansFile, true);
    console.log(`Accepted into ${relative('.', folder)}; the supergraph is now ${supergraph.hash.slice(0, 12)}.`);
  }
  return true;
}

function readPrefix(text: string): [prefix: string, type: string] {
  const [prefix = '', type = ''] = text.split('=');
  return [prefix, type];
}

main().then(
  (isFine) => {
    if (!isFine) process.exitCode = 1;
  },
  (error: unknown) => {
    console.error(explain(error));
    process.exitCode = 1;
  },
);
