import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json, text } from 'node:stream/consumers';
import { createEnterprisesSubgraph } from '../../src/resolvers/enterprises/index.ts';
import { knownParkItem } from '../../src/storage/enterprises/make-items.ts';
import { PARK, usccOf } from '../fixtures/enterprise.ts';
import { startTestSystem, type TestSystem } from '../harness.ts';

/** The park's office imports a file by a command. */

let system: TestSystem;
let server: Server;
let folder: string;
let keys: string[] = [];
let credentials: (string | undefined)[] = [];

beforeAll(async () => {
  system = await startTestSystem();
  await system.write('enterprises', [knownParkItem(PARK, 'zone_teda')]);
  const execute = system.serve('enterprises', createEnterprisesSubgraph);
  server = createServer(async (request, response) => {
    const { query, variables } = (await json(request)) as {
      query: string;
      variables: { input: { idempotencyKey: string } };
    };
    credentials.push(request.headers.authorization);
    keys.push(variables.input.idempotencyKey);
    response.end(JSON.stringify(await execute(query, variables, { viewer: { kind: 'admin', person: 'admin-1' } })));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  folder = mkdtempSync(join(tmpdir(), 'bridgehead-import-'));
});
afterAll(async () => {
  server.close();
  rmSync(folder, { recursive: true });
  await system.stop();
});
beforeEach(() => {
  keys = [];
  credentials = [];
});

const HEADER = 'uscc,nameZh,industryCode,sector,sizeClass,staffCount';
const rowOf = (number: number) => `${usccOf(number)},测试企业${number},I6513,OTHER,SMALL,7`;

async function run(lines: readonly string[], ...more: string[]) {
  const file = join(folder, 'enterprises.csv');
  writeFileSync(file, [HEADER, ...lines].join('\n'));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const command = join(import.meta.dirname, '../../src/cli/import-enterprises.ts');
  const options = ['--file', file, '--park', PARK, '--from', '2020-02-01', '--url', url, ...more];
  const child = spawn(process.execPath, [command, ...options], {
    env: { ...process.env, BRIDGEHEAD_TOKEN: 'a-token' },
  });
  const [out, error, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.once('close', resolve)),
  ]);
  return { out, error, code };
}

test('250 rows go in two calls; the same file again changes nothing, under the same keys', async () => {
  const lines = Array.from({ length: 250 }, (_, i) => rowOf(i));
  expect(await run(lines)).toMatchObject({ out: '250 created\n', code: 0 });
  expect(credentials).toEqual(['Bearer a-token', 'Bearer a-token']);
  const first = keys.splice(0);
  expect(new Set(first).size).toBe(2);
  expect(await run(lines)).toMatchObject({ out: '250 unchanged\n', code: 0 });
  expect(keys).toEqual(first);
});

test('rows that are refused are named with their lines and reasons, and the command fails', async () => {
  const { out, code } = await run([rowOf(500), '12,,I6513,OTHER,SMALL,many', '', rowOf(501)]);
  expect(out).toContain('line 3 refused: uscc: ');
  expect(out).toContain('staffCount: ');
  expect(out).toMatch(/2 created, 1 refused|1 refused, 2 created/);
  expect(code).toBe(1);
});

test('a call that is refused as a whole, and a gateway that is not there, are said in a sentence', async () => {
  expect(await run([rowOf(1)], '--park', 'park_nowhere')).toMatchObject({
    error: 'From line 2 on: There is no such park.\n',
    code: 1,
  });
  const nobody = await run([rowOf(1)], '--url', 'http://127.0.0.1:1/graphql');
  expect(nobody).toMatchObject({ error: 'No server answers at http://127.0.0.1:1/graphql.\n', code: 1 });
});

test('a file that is not there, an option that is none and an address of no GraphQL are said in a sentence', async () => {
  const missing = await run([], '--file', join(folder, 'nothing.csv'));
  expect(missing).toMatchObject({ error: `The file ${join(folder, 'nothing.csv')} can't be read.\n`, code: 1 });
  const unknown = await run([], '--nothing');
  expect(unknown.error).toMatch(/^Unknown option '--nothing'.*\n$/);
  expect(unknown.code).toBe(1);

  const page = createServer((_, response) => response.end('{"status":"ok"}')).listen(0, '127.0.0.1');
  await once(page, 'listening');
  const url = `http://127.0.0.1:${(page.address() as AddressInfo).port}/`;
  expect(await run([rowOf(1)], '--url', url)).toMatchObject({
    error: `The server at ${url} does not answer GraphQL.\n`,
    code: 1,
  });
  page.close();
});
