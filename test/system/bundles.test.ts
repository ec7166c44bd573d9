import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Bundle, bundleAll } from '../../src/cli/packaging/bundle.ts';
import { archiveContents } from '../../src/cli/packaging/contents.ts';
import { composeIfStale } from '../../src/local/build.ts';
import { readService } from '../../src/local/service.ts';

const root = join(import.meta.dirname, '../..');
const functions = readService(join(root, 'serverless.yml'));
const names = functions.map(({ name }) => name);
const bundles = new Map<string, Bundle>();

const entryOf = (handler: string) => handler.replace(/\.\w+$/, '.ts');
const inputsOf = (name: string) => bundles.get(name)?.inputs ?? [];

beforeAll(async () => {
  const made = await bundleAll(
    root,
    functions.map(({ handler }) => entryOf(handler)),
  );
  for (const [index, each] of made.entries()) bundles.set(names[index] ?? '', each);
  // The archives hold the plans of trusted documents, which a fresh checkout has not made yet.
  await composeIfStale(root, join(root, 'dist/plans.json'));
});

test('there is a handler for every declared function', () => {
  const handlers = readdirSync(join(root, 'src/handlers'), { recursive: true, encoding: 'utf8' });
  const files = handlers.map((file) => `src/handlers/${file}`);
  expect(files).toEqual(expect.arrayContaining(functions.map(({ handler }) => entryOf(handler))));
});

test.each(names)('%s holds graphql once, no tool of the build, and no language pack', (name) => {
  const inputs = inputsOf(name);
  expect(inputs.filter((input) => /(^|\/)graphql\/version\.m?js$/.test(input)).length).toBeLessThanOrEqual(1);
  expect(
    inputs.filter((input) => /@apollo\/(composition|federation-internals)|src\/(cli|local)\//.test(input)),
  ).toEqual([]);
  // They come along with `import { z } from 'zod'`; `import * as z` leaves them.
  expect(inputs.filter((input) => /zod\/v4\/locales\/(?!en\.|index\.)/.test(input))).toEqual([]);
});

test('the gateway holds nothing of talent', () => {
  expect(inputsOf('talent')).toEqual(expect.arrayContaining(['src/resolvers/talent/index.ts']));
  expect(inputsOf('gateway')).toEqual(expect.arrayContaining(['src/resolvers/parks/index.ts']));
  expect(inputsOf('gateway').filter((input) => /src\/(resolvers|storage|handlers)\/talent/.test(input))).toEqual([]);
});

test('the pages hold nothing of the subgraphs and no GraphQL', () => {
  expect(inputsOf('pages')).toEqual(expect.arrayContaining(['src/views/home/home.ts']));
  // Its secrets are fetched as the client of DynamoDB calls, without anything of tables.
  const ofSubgraphs =
    /src\/(resolvers|storage\/(?!secrets-manager|dynamodb\/client\/))|node_modules\/(graphql|@aws-sdk\/client-(secrets-manager|dynamodb))/;
  expect(inputsOf('pages').filter((input) => ofSubgraphs.test(input))).toEqual([]);
});

test('the gateway loads subgraphs, stores and their libraries with the first request that needs them', () => {
  const eager = bundles.get('gateway')?.eager ?? [];
  const later =
    /@aws-sdk|@smithy|@opentelemetry|@apollo\/subgraph|graphql-jit|chinese-days|src\/(resolvers|views|notify)\//;
  expect(eager).toEqual(expect.arrayContaining(['src/edge/server.ts']));
  expect(eager.filter((input) => later.test(input))).toEqual([]);
});

test('the gateway has less than 2.3 MB of JavaScript', () => {
  const scripts = [...(bundles.get('gateway')?.scripts.values() ?? [])];
  expect(scripts.reduce((sum, { byteLength }) => sum + byteLength, 0)).toBeLessThan(2_300_000);
});

test('an archive holds no native file, so that it runs wherever Node runs', () => {
  const isNative = (path: string, content: Uint8Array) =>
    path.endsWith('.node') || Buffer.from(content).readUInt32BE(0) === 0x7f454c46;
  for (const name of names.filter((each) => each !== 'pages')) {
    const made = bundles.get(name);
    if (made === undefined) throw new Error(`${name} was not bundled`);
    const files = [...archiveContents(root, name, made)];
    expect(files.filter(([path, content]) => isNative(path, content))).toEqual([]);
  }
});
