import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json, text } from 'node:stream/consumers';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createEnterprisesSubgraph } from '../../src/resolvers/enterprises/index.ts';
import { knownParkItem } from '../../src/storage/enterprises/make-items.ts';
import { changesBetween, readAll } from '../crawl-writes/stored.ts';
import { PARK, usccOf } from '../fixtures/enterprise.ts';
import { type Answer, startTestSystem, type TestSystem } from '../harness.ts';

/** The park's office imports a file by a command. */

const ADMIN: Viewer = { kind: 'admin', person: 'admin-1' };
const OFFICER: Viewer = {
  kind: 'officer',
  person: 'o',
  agency: 'PARK',
  zone: 'zone_teda',
  roles: ['REPORT', 'REGISTER'],
};

let system: TestSystem;
let server: Server;
let folder: string;
let keys: string[] = [];
let credentials: (string | undefined)[] = [];
/** Whether the server knows requests that only validate. */
let respectsWish = true;

/** The alias of a command whose answer gets lost, once. */
let lost: string | null = null;

/** The command is carried out, and its answer is a failure. */
const withoutAnswer = ({ data }: Answer, alias: string) => ({
  data: { ...data, [alias]: null },
  errors: [{ message: 'Too busy.', path: [alias], extensions: { code: 'OVERLOADED' } }],
});

beforeAll(async () => {
  system = await startTestSystem();
  await system.write('enterprises', [knownParkItem(PARK, 'zone_teda')]);
  const execute = system.serve('enterprises', createEnterprisesSubgraph);
  server = createServer(async (request, response) => {
    const { query, variables = {} } = (await json(request)) as {
      query: string;
      variables?: { input?: { idempotencyKey: string } };
    };
    credentials.push(request.headers.authorization);
    if (variables.input) keys.push(variables.input.idempotencyKey);
    const validatesOnly = respectsWish && request.headers['bridgehead-validate-only'] === 'true';
    if (validatesOnly) response.setHeader('bridgehead-validate-only', 'true');
    const viewer = request.headers.authorization === 'Bearer an-officer' ? OFFICER : ADMIN;
    const answer = await execute(query, variables, { viewer, validatesOnly });
    response.end(JSON.stringify(lost === null ? answer : withoutAnswer(answer, lost)));
    lost = null;
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

const urlOfServer = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;

function run(lines: readonly string[], ...more: string[]) {
  const file = join(folder, 'enterprises.csv');
  writeFileSync(file, [HEADER, ...lines].join('\n'));
  const options = ['--file', file, '--park', PARK, '--from', '2020-02-01', '--url', urlOfServer(), ...more];
  return command('import-enterprises', options);
}

async function command(name: string, options: readonly string[], token = 'a-token') {
  const file = join(import.meta.dirname, '../../src/cli', `${name}.ts`);
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, ...options], {
    env: { ...process.env, BRIDGEHEAD_TOKEN: token, DATA_DIR: join(folder, 'data') },
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

describe('any mutation', () => {
  const REPORTS = 'uscc,on,mode,staffTotal,staffReturned';
  const good = (number: number) => `${usccOf(number)},2020-03-16,ON_SITE,7,5`;
  const send = (file: string, ...more: string[]) => {
    const options = ['reportOperations', join(folder, file), '--rows', 'reports', '--url', urlOfServer(), ...more];
    return command('import', options, 'an-officer');
  };
  const write = (file: string, ...lines: readonly string[]) =>
    writeFileSync(join(folder, file), [REPORTS, ...lines].join('\n'));
  beforeAll(() => run([600, 601, 602].map(rowOf)));

  test('accepts each good row and writes each bad one with its reason, twice', async () => {
    const tooMany = `${usccOf(601)},2020-03-16,ON_SITE,7,8`;
    write(
      'reports.csv',
      good(600),
      tooMany,
      `${usccOf(699)},2020-03-16,ON_SITE,7,5`,
      'x,2020-03-16,ASLEEP,7,5',
      good(602),
    );
    const first = await send('reports.csv');
    expect(first.out).toMatch(/^Line 3 refused: staffReturned: .+ \(INVALID\)$/m);
    expect(first.out).toMatch(/^Line 4 refused: enterprise: .+ \(NOT_FOUND\)$/m);
    expect(first.out).toMatch(/^Line 5 refused: mode: .*ASLEEP/m);
    expect(first.out).toContain('2 accepted, 3 refused.');
    expect(first.code).toBe(1);
    const refused = readFileSync(join(folder, 'reports.csv.refused.csv'), 'utf8').split('\n');
    expect(refused[0]).toBe(`${REPORTS},#reason`);
    expect(refused[1]).toMatch(new RegExp(`^${tooMany},.*INVALID`));
    const sent = keys.splice(0);
    expect(await send('reports.csv')).toEqual(first);
    expect(keys).toEqual(sent);

    // The mended file is sent with its reasons as they are.
    const mended = refused.slice(0, 2).join('\n').replace(',7,8,', ',7,6,');
    writeFileSync(join(folder, 'mended.csv'), mended);
    expect(await send('mended.csv')).toMatchObject({ out: '1 accepted, 0 refused.\n', code: 0 });
  });

  describe('that takes one record', () => {
    const COLUMNS = 'uscc,nameZh,industryCode,sector,sizeClass,staffCount';
    const register = (file: string, lines: readonly string[]) => {
      writeFileSync(join(folder, file), [COLUMNS, ...lines].join('\n'));
      const given = ['--set', `park=${PARK}`, '--set', 'residentFrom=2020-02-01', '--url', urlOfServer()];
      return command('import', ['registerEnterprise', join(folder, file), ...given], 'an-officer');
    };

    test('gets twenty rows a request, each with its own answer, and the same file again changes nothing', async () => {
      const lines = Array.from({ length: 30 }, (_, i) => rowOf(800 + i));
      const some = lines.with(7, lines[7]!.replace('I6513', 'Z99'));
      const first = await register('firms.csv', some);
      expect(first.out).toMatch(/^Line 9 refused: industryCode: .+ \(INVALID\)$/m);
      expect(first).toMatchObject({ out: expect.stringContaining('29 accepted, 1 refused.'), code: 1 });
      expect(credentials).toHaveLength(2);
      const before = await readAll(system);
      expect((await register('firms.csv', some)).out).toBe(first.out);
      expect(changesBetween(before, await readAll(system))).toEqual([]);
    });

    test('sends rows one by one from the first one on whose answer is lost', async () => {
      lost = 'm3';
      const lines = Array.from({ length: 6 }, (_, i) => rowOf(850 + i));
      expect(await register('more-firms.csv', lines)).toMatchObject({ out: '6 accepted, 0 refused.\n', code: 0 });
      expect(credentials).toHaveLength(1 + 3);
    });
  });

  test('takes the code of an enterprise for its id, and refuses an unknown code', async () => {
    const header = 'enterprise,version,kind,name.zh,name.ja,name.en,regionCode';
    const site = (number: number) => `${usccOf(number)},1,RND_CENTRE,研发中心,研究開発センター,R&D centre,120116`;
    writeFileSync(join(folder, 'sites.csv'), [header, site(600), site(699)].join('\n'));
    const { out, code } = await command(
      'import',
      ['recordSite', join(folder, 'sites.csv'), '--url', urlOfServer()],
      'an-officer',
    );
    expect(out).toContain(`Line 3 refused: There is no enterprise of the code ${usccOf(699)}.`);
    expect([out.includes('1 accepted, 1 refused.'), code]).toEqual([true, 1]);
    const { enterprise } = await system
      .serve('enterprises', createEnterprisesSubgraph)(
        'query ($uscc: String!) { enterprise(uscc: $uscc) { sites { kind } } }',
        { uscc: usccOf(600) },
        { viewer: OFFICER },
      )
      .then(({ data }) => data as { enterprise: unknown });
    expect(enterprise).toEqual({ sites: [{ kind: 'RND_CENTRE' }] });
  });

  test('makes keys that nobody can guess the rows from', async () => {
    write('secret.csv', good(600));
    await send('secret.csv');
    const input = { uscc: usccOf(600), on: '2020-03-16', mode: 'ON_SITE', staffTotal: 7, staffReturned: 5 };
    const said = JSON.stringify(['reportOperations', { reports: [input] }]);
    const secret = readFileSync(join(folder, 'data/import-secret'), 'utf8');
    expect(keys).toEqual([`import-${createHmac('sha256', secret).update(said).digest('base64url')}`]);
  });

  test('lets the server judge a dry run by its rules, and writes nothing', async () => {
    const tooMany = `${usccOf(602)},2020-03-17,ON_SITE,7,8`;
    const day = (number: number) => good(number).replace('03-16', '03-17');
    write('dry.csv', day(600), tooMany, `${usccOf(699)},2020-03-17,ON_SITE,7,5`, 'x,2020-03-17,ASLEEP,7,5');
    const before = await readAll(system);
    const dry = await send('dry.csv', '--dry-run');
    expect(dry.out).toMatch(/^Line 3 refused: staffReturned: .+ \(INVALID\)$/m);
    expect(dry.out).toMatch(/^Line 4 refused: enterprise: .+ \(NOT_FOUND\)$/m);
    expect(dry.out).toMatch(/^Line 5 refused: mode: .*ASLEEP/m);
    expect(dry.out).toContain('1 would be accepted, 3 refused.');
    expect(dry.code).toBe(1);
    expect(changesBetween(before, await readAll(system))).toEqual([]);
    expect((await send('dry.csv')).out).toContain('1 accepted, 3 refused.');
    expect(changesBetween(before, await readAll(system))).not.toEqual([]);
  });

  test('a dry run of enterprises says what each row would come to', async () => {
    const before = await readAll(system);
    const { out, code } = await run([rowOf(700), '12,,I6513,OTHER,SMALL,many'], '--dry-run');
    expect(out).toContain('A dry run: nothing is written.');
    expect(out).toMatch(/1 created, 1 refused|1 refused, 1 created/);
    expect(code).toBe(1);
    expect(changesBetween(before, await readAll(system))).toEqual([]);
  });

  test('a server without a dry run is sent nothing', async () => {
    write('dry.csv', good(600));
    respectsWish = false;
    const { error, code } = await send('dry.csv', '--dry-run');
    respectsWish = true;
    expect([error, code, keys]).toEqual([`The server at ${urlOfServer()} has no dry run.\n`, 1, []]);
  });
});
