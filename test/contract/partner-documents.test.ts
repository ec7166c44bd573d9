import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema, isScalarType, isSpecifiedScalarType, parse } from 'graphql';
import { PARTNER_INPUT } from '../../src/cli/partners/candidate.ts';
import { checkPartner } from '../../src/cli/partners/check.ts';
import { declaredTypes } from '../../src/cli/partners/declared-types.ts';
import { argument, directivesOf } from '../../src/cli/partners/federation-directives.ts';
import { ownSubgraphs } from '../../src/cli/schema/schema-folder.ts';
import { PARTNER_PURPOSES } from '../../src/domain/access/purpose.ts';
import { WEBHOOK_TYPES } from '../../src/domain/webhooks/webhook.ts';
import { ERROR_CODES } from '../../src/errors.ts';
import { signatures } from '../../src/notify/signature.ts';
import { freePort } from '../free-port.ts';

/** Code that partners' engineers copy out of the documents works as it stands there, and its lists are whole. */

const INTEGRATING = readFileSync('docs/integrating.md', 'utf8');
const FEDERATION = readFileSync('docs/federation.md', 'utf8');

/** Returns the block of code that has a text. */
function blockWith(document: string, text: string): string {
  const found = [...document.matchAll(/^```\w*\n(.*?)^```$/gms)].find(([, code]) => code?.includes(text));
  if (!found?.[1]) throw new Error(`no block of code has ${text}`);
  return found[1];
}

/** Returns the names in backticks in a part of a document. */
const namesIn = (text: string) => new Set([...text.matchAll(/`([\w.]+)(?:: [^`]*)?`/g)].map(([, name = '']) => name));

let folder: string;
let running: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'partner-'));
  symlinkSync(join(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'));
});
afterEach(() => {
  running?.kill();
  running = undefined;
  rmSync(folder, { recursive: true });
});

/** Runs a documented program, which takes its port from `PORT`, until it answers. Returns its address. */
async function run(program: string, environment: Record<string, string> = {}): Promise<string> {
  const port = await freePort();
  const file = join(folder, 'program.mjs');
  writeFileSync(file, program);
  const env = { ...process.env, ...environment, PORT: String(port) };
  running = spawn(process.execPath, [file], { cwd: folder, env, stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}/`;
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
    if (await fetch(url).catch(() => undefined)) return url;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the program did not answer in time');
}

test('the receiver accepts a signed webhook, and refuses a wrong signature, a changed body and an old one', async () => {
  const secret = Buffer.from('a secret of thirty-two bytes, ok');
  const url = await run(blockWith(INTEGRATING, 'receiver.mjs'), { SECRET: `whsec_${secret.toString('base64')}` });
  const body = '{"type":"case.submitted","data":{"case":"案件"}}';
  const now = Math.floor(Date.now() / 1_000);
  const send = async (signature: string, timestamp = now, sent = body) => {
    const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': String(timestamp), 'webhook-signature': signature };
    return (await fetch(url, { method: 'POST', headers, body: sent })).status;
  };
  const signed = (timestamp: number, by = secret) => signatures([by], { id: 'msg_1', timestamp, body });
  expect(await send(signed(now))).toBe(204);
  expect(await send(`${signed(now, Buffer.from('another'))} ${signed(now)}`)).toBe(204);
  expect(await send(signed(now, Buffer.from('another')))).toBe(400);
  expect(await send('v1,é')).toBe(400);
  expect(await send(signed(now), now, `${body} `)).toBe(400);
  expect(await send(signed(now - 600), now - 600)).toBe(400);
}, 30_000);

test('the subgraph starts with its schema and answers the documented request as the document says', async () => {
  writeFileSync(join(folder, 'subgraph.graphql'), blockWith(FEDERATION, 'harbourBerths: [HarbourBerth!]'));
  const url = await run(blockWith(FEDERATION, 'subgraph.mjs'));
  const [, body = ''] = /-d '([^']*)'/.exec(blockWith(FEDERATION, 'localhost:4001')) ?? [];
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  expect(await response.json()).toEqual(JSON.parse(blockWith(FEDERATION, '{"data":{"_entities"')));
}, 30_000);

test('the schema passes the check and composes with the whole graph', async () => {
  const { refusals, changes } = await checkPartner(
    {
      zone: 'harbour',
      subgraph: 'partner_harbour',
      sdl: blockWith(FEDERATION, 'harbourBerths: [HarbourBerth!]'),
      registration: {
        url: 'https://harbour.example/graphql',
        audience: 'https://harbour.example',
        allowStale: true,
        idPrefixes: { hbr: 'HarbourBerth' },
      },
    },
    { schemaDir: 'schema' },
  );
  expect(refusals).toEqual([]);
  expect(changes.filter(({ level }) => level === 'breaking')).toEqual([]);
}, 120_000);

test('the table of entities has each key and each input that partners are given, and no other', () => {
  const [, table = ''] = /### Entities that you may extend(.*?)\n\n[A-Z]/s.exec(FEDERATION) ?? [];
  const rows = [...table.matchAll(/^\| `(\w+)` \| (.*?) \| (.*?) \|$/gm)].map(
    ([, type = '', keys = '', inputs = '']) => ({ type, keys: [...namesIn(keys)], inputs: [...namesIn(inputs)] }),
  );
  const types = declaredTypes(ownSubgraphs('schema').map(({ sdl }) => parse(sdl, { noLocation: true })));
  const given = [...types.values()].flatMap(({ name, fields, directives }) => {
    const names = [...fields.values()]
      .filter((field) => directivesOf(field.directives, 'tag').some((tag) => argument(tag, 'name') === PARTNER_INPUT))
      .map((field) => field.name);
    if (names.length === 0) return [];
    const ours = new Set(directivesOf(directives, 'key').map((key) => argument(key, 'fields')));
    return [{ type: name, keys: names.filter((n) => ours.has(n)), inputs: names.filter((n) => !ours.has(n)) }];
  });
  const byType = (a: { type: string }, b: { type: string }) => (a.type < b.type ? -1 : 1);
  expect(rows.toSorted(byType)).toEqual(given.toSorted(byType));
});

test('every type of webhooks and every purpose is named', () => {
  const [, types = ''] = /All types, for `types` of an endpoint: (.*)\n/.exec(INTEGRATING) ?? [];
  expect([...namesIn(types)]).toEqual(WEBHOOK_TYPES);
  const [, purposes = ''] = /in the header `bridgehead-purpose`: (.*?);/.exec(INTEGRATING) ?? [];
  expect([...namesIn(purposes)]).toEqual(PARTNER_PURPOSES);
});

/** Codes without a reaction of a client: never sent here, or by other gateways only. */
const WITHOUT_REACTION = ['SUBGRAPH_ERROR', 'CONFIGURATION'];

test('every code of an error has a reaction', () => {
  const [, table = ''] = /\| answer \| again\? \| reaction \|(.*?)\n\n/s.exec(INTEGRATING) ?? [];
  const named = namesIn([...table.matchAll(/^\| (.*?) \|/gm)].map(([, answer]) => answer).join());
  expect(ERROR_CODES.filter((code) => !named.has(code))).toEqual(WITHOUT_REACTION);
});

test('the generator is told every scalar of the schema', () => {
  const schema = buildSchema(readFileSync('schema/api.graphql', 'utf8'));
  const own = Object.values(schema.getTypeMap()).filter((type) => isScalarType(type) && !isSpecifiedScalarType(type));
  const [, scalars = ''] = /const scalars = \{(.*?)\}/.exec(blockWith(INTEGRATING, 'codegen.mjs')) ?? [];
  expect([...scalars.matchAll(/(\w+): 'string'/g)].map(([, name]) => name)).toEqual(own.map(({ name }) => name).sort());
});

test('the generator makes strings of Fen by the documented configuration', () => {
  writeFileSync(join(folder, 'codegen.mjs'), blockWith(INTEGRATING, 'codegen.mjs').replace('app/**', '.'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'schema.graphql'), 'scalar Fen\ntype Query { price: Fen }');
  writeFileSync(join(folder, 'price.graphql'), 'query Price { price }');
  const codegen = join(import.meta.dirname, '../../node_modules/.bin/graphql-codegen');
  execFileSync(codegen, ['--config', 'codegen.mjs'], { cwd: folder, stdio: 'pipe' });
  expect(readFileSync(join(folder, 'app/graphql.ts'), 'utf8')).toMatch(/PriceQuery = \{ price: string \| null \}/);
}, 60_000);
