/** Answers to the shipped documents by stores of each data version, for comparison with a store that this code has filled. */
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createGateway, loadPlanner, loadSupergraph } from '@bridgehead/federation';
import { parse } from 'graphql';
import { grantsOf } from '../src/domain/grants.ts';
import { ANONYMOUS, OFFICER_ROLES, type Viewer } from '../src/domain/viewer.ts';
import { databaseFile } from '../src/local/database/embedded-database.ts';
import { importTables } from '../src/local/database/import-tables.ts';
import { SCALES } from '../src/local/demo-data/scale.ts';
import { sealedPersons } from '../src/local/demo-data/talent/sealed-persons.ts';
import { exportFile, writeExport } from '../src/local/demo-data/write-export.ts';
import { createEnterprisesSubgraph } from '../src/resolvers/enterprises/index.ts';
import { createLinkagesSubgraph } from '../src/resolvers/linkages/index.ts';
import { createParksSubgraph } from '../src/resolvers/parks/index.ts';
import { createTalentSubgraph } from '../src/resolvers/talent/index.ts';
import { createKeyring } from '../src/storage/person-keys/keyring.ts';
import { localMasterKeys } from '../src/storage/person-keys/local-master-keys.ts';
import { parkFigures, workCounts } from '../src/storage/read-models/sums.ts';
import { batchWaiting } from '../src/storage/talent/access-log/batch-waiting.ts';
import { recordAccess } from '../src/storage/talent/access-log/record.ts';
import type { Call, Subgraph } from '../src/subgraph/request.ts';
import { SCALARS } from '../src/subgraph/scalars.ts';
import { FIXTURE_NOW } from './data-versions.ts';

import { COMMANDS, ENTERPRISE } from './fixtures/data-versions/commands.ts';
import { isKept, SMALL_SCALE, STORY_ZONE, type StoryCaller, tellStory } from './fixtures/data-versions/story.ts';
import { sendTo } from './fixtures/files.ts';
import { type Answer, callOf, type Execute, startTestSystem, type TestSystem } from './harness.ts';

const supergraph = loadSupergraph(readFileSync('schema/supergraph.graphql', 'utf8'), { scalars: SCALARS });
const planner = loadPlanner(supergraph);

const officer = (person: string, agency: 'PARK' | 'HOUSING'): Viewer => ({
  kind: 'officer',
  person,
  agency,
  zone: STORY_ZONE,
  roles: OFFICER_ROLES,
});
const applicant = (person: string): Viewer => ({ kind: 'applicant', person });

/** The viewers of the story, as the fixtures' tokens named them. */
const STORY_VIEWERS: Readonly<Record<StoryCaller, Viewer>> = {
  officer: officer('fixture-officer', 'PARK'),
  housing: officer('fixture-housing', 'HOUSING'),
  owner: applicant('fixture-applicant-1'),
  drafting: applicant('fixture-applicant-2'),
};

/** When the documents are asked: after all fixtures' stories, on the same day. */
const ASKED_AT = new Date('2026-11-29T12:00:00.000Z');

/** Asks a gateway over all subgraphs of a system. */
function gatewayOf(system: TestSystem) {
  const subgraphs: Readonly<Record<string, Execute>> = {
    parks: system.serve('parks', createParksSubgraph),
    enterprises: system.serve('enterprises', createEnterprisesSubgraph),
    linkages: system.serve('linkages', createLinkagesSubgraph),
    talent: system.serve('talent', createTalentSubgraph),
  };
  const transport =
    (execute: Execute): Subgraph =>
    ({ query, variables, call }) =>
      execute(query, variables, call) as ReturnType<Subgraph>;
  const gateway = createGateway<Call>({
    supergraph,
    planner,
    subgraphs: Object.fromEntries(Object.entries(subgraphs).map(([name, execute]) => [name, transport(execute)])),
  });
  return async (viewer: Viewer, query: string, variables: object, more: Partial<Call> = {}): Promise<Answer> => {
    const call = callOf({ viewer, now: ASKED_AT, ...more });
    const document = parse(query);
    const answer = await gateway.execute({ document, variables: { ...variables }, call, grants: grantsOf(viewer) });
    return JSON.parse(JSON.stringify(answer));
  };
}
type Ask = ReturnType<typeof gatewayOf>;

/** Starts a system with the demo data of this code, as few as those of the fixtures, and tells it their story. */
export async function startFreshSystem(): Promise<TestSystem> {
  const system = await startTestSystem(async (dataDir, tables) => {
    const secret = 'a master key that is for tests only';
    const scale = { ...SCALES.S, ...SMALL_SCALE };
    const persons = await sealedPersons(scale, FIXTURE_NOW, createKeyring(localMasterKeys(secret)));
    const folder = join(dataDir, 'export');
    await writeExport(folder, tables, scale, FIXTURE_NOW.toISOString().slice(0, 10), persons);
    const file = exportFile(folder, tables.enterprises);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    writeFileSync(file, `${lines.filter((line) => isKept(JSON.parse(line).Item.sk.S)).join('\n')}\n`);
    await importTables(databaseFile(dataDir), tables, folder);
    rmSync(folder, { recursive: true });
    return secret;
  });
  const ask = gatewayOf(system);
  let seconds = 0;
  const now = () => new Date(FIXTURE_NOW.getTime() + 1_000 * seconds++);
  await tellStory({
    async ask(caller, query, variables) {
      const { data, errors } = await ask(STORY_VIEWERS[caller], query, variables, { now: now() });
      if (errors) throw new Error(`${query}: ${JSON.stringify(errors)}`);
      return data;
    },
    async upload(target, bytes) {
      const status = await sendTo(system.uploads, target, bytes, now());
      if (status !== 200) throw new Error(`the file was answered ${status}`);
    },
    async readAsHolder({ caseId }) {
      // As a sign-in by receipt records it.
      await recordAccess(
        system.table('talent'),
        { viewer: { kind: 'caseHolder', caseId }, now: now(), requestId: 'story', purpose: null },
        {
          subjects: ['fixture-applicant-1'],
          views: [{ full: [], masked: [] }],
          cases: [{ subject: 0, view: 0, caseId }],
        },
      );
    },
  });
  // No schedule and no consumer of streams runs in a test system.
  await batchWaiting(system.table('talent'), null);
  for (const model of [parkFigures, workCounts]) await model.rebuild((store) => system.table(store));
  return system;
}

/** Viewers of the documents of each folder. */
const VIEWERS: Readonly<Record<string, Readonly<Record<string, Viewer>>>> = {
  admin: { admin: { kind: 'admin', person: 'a' } },
  analyst: { anonymous: ANONYMOUS, analyst: { kind: 'analyst', person: 'a' } },
  clerk: { clerk: { kind: 'clerk', person: 'c', enterprise: ENTERPRISE } },
  mobile: {
    owner: STORY_VIEWERS.owner,
    drafting: STORY_VIEWERS.drafting,
    'demo applicant': applicant('talent-000001'),
  },
  officer: { park: STORY_VIEWERS.officer, housing: STORY_VIEWERS.housing },
  partner: { partner: { kind: 'partner', zone: 'zone_baodi', key: 'k' } },
};

/** Answers by document and viewer, e.g. `officer/Worklist as park`. */
export type Answers = ReadonlyMap<string, unknown>;

/** Asks a system all queries that are shipped, as each viewer that they are for, and validates commands of mutations. */
export async function shippedAnswers(system: TestSystem): Promise<Answers> {
  const ask = gatewayOf(system);
  const answers = new Map<string, unknown>();
  for (const file of globSync('schema/operations/*/*.graphql').sort()) {
    const query = readFileSync(file, 'utf8');
    if (!/^query /m.test(query)) continue;
    const folder = basename(dirname(file));
    for (const [name, viewer] of Object.entries(VIEWERS[folder] ?? {})) {
      const answer = await ask(viewer, query, await variablesOf(file, viewer, ask));
      answers.set(`${folder}/${basename(file, '.graphql')} as ${name}`, withoutChance(answer));
    }
  }
  for (const [document, input] of Object.entries(COMMANDS)) {
    const query = readFileSync(`schema/operations/${document}.graphql`, 'utf8');
    const [viewer] = Object.values(VIEWERS[dirname(document)] ?? {});
    if (!viewer) throw new Error(`nobody sends ${document}`);
    const variables = { input: { idempotencyKey: `upgraded ${document}`.slice(0, 64), ...input }, locale: 'ZH' };
    answers.set(`${document} validated`, withoutChance(await ask(viewer, query, variables, { validatesOnly: true })));
  }
  return answers;
}

/** Returns the document's variables. A screen shows the viewer's first case; a work list is that of the viewer's agency. */
async function variablesOf(file: string, viewer: Viewer, ask: Ask): Promise<object> {
  if (/(CaseScreen|MyCase)\.graphql$/.test(file)) {
    const { data } = await ask(viewer, '{ myCases(first: 1) { nodes { id } } }', {});
    return { id: data.myCases.nodes[0].id, locale: 'ZH' };
  }
  const variables = JSON.parse(readFileSync(file.replace(/\.graphql$/, '.variables.json'), 'utf8'));
  return 'agency' in variables && viewer.kind === 'officer' ? { ...variables, agency: viewer.agency } : variables;
}

/** Returns an answer without what differs each time that the story is told: ids, receipt numbers, cursors and instants. */
function withoutChance(answer: unknown): unknown {
  const names = new Map<string, string>();
  const named = (text: string, kind: string) => {
    const name = names.get(text) ?? `${kind} ${names.size}`;
    names.set(text, name);
    return name;
  };
  const text = JSON.stringify(answer)
    .replace(/\b([a-z]+)_[0-9A-HJKMNP-TV-Z]{26}/g, (id, kind: string) => named(id, kind))
    .replace(/\bBHZ(-[0-9A-Z]{4}){3}/g, (number) => named(number, 'receipt'))
    .replace(/"2026-11-29T[\d:.]+Z"/g, '"instant of the story"')
    .replace(/"endCursor":"[^"]*"/g, '"endCursor":"a cursor"');
  return JSON.parse(text);
}

/** Returns where two stores' answers differ: `document as viewer: path`, with the upgraded store's and the fresh store's value. */
export function differencesOf(upgraded: Answers, fresh: Answers): string[] {
  return [...fresh].flatMap(([name, wanted]) => {
    const [old, now] = [new Map(leaves(upgraded.get(name))), new Map(leaves(wanted))];
    return [...new Set([...now.keys(), ...old.keys()])]
      .filter((path) => old.get(path) !== now.get(path))
      .map((path) => `${name}: ${path}: ${old.get(path)} instead of ${now.get(path)}`);
  });
}

/** Yields each value with its path. Items of a list count from its end, since newer ones are first. */
function* leaves(value: unknown, path = ''): Generator<readonly [string, string]> {
  if (typeof value !== 'object' || value === null) yield [path, JSON.stringify(value) ?? 'nothing'];
  else {
    const inside = path === '' ? '' : `${path}.`;
    for (const [name, inner] of Object.entries(value)) {
      const place = Array.isArray(value) ? String(Number(name) - value.length) : name;
      yield* leaves(inner, `${inside}${place}`);
    }
  }
}
