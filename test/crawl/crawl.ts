import type { GraphQLSchema } from 'graphql';
import { randomNumbers } from '../fixtures/synthetic/random-operation.ts';
import type { TestSystem } from '../harness.ts';
import { EVERYBODY, type Who } from './callers.ts';
import { canary, LONG_PART, rare } from './canary.ts';
import { coordinatesOf } from './coverage.ts';
import type { CrawlDocument } from './documents.ts';
import { type Asked, Examiner, type Leak } from './examine.ts';
import { type Answer, ask, credentialsOf, type Doors } from './front-door.ts';
import { namesOf } from './names.ts';
import { announceFile, keepFile, openCases, renewSecret, revealAll } from './one-by-one.ts';
import type { startRecordingPartner } from './partner.ts';
import { placesWorld } from './places-world.ts';
import { drawnValue, poolsOf, setsOf } from './pools.ts';
import { everythingStored, written } from './recorders.ts';
import { Searcher } from './searcher.ts';
import { failing, plannedQueries } from './stand-ins.ts';
import { CASE_TYPE_IDS, talentWorld } from './talent-world.ts';

export interface Grounds {
  readonly doors: Doors;
  readonly system: TestSystem;
  readonly schema: GraphQLSchema;
  readonly partner: Awaited<ReturnType<typeof startRecordingPartner>>;
}

export interface CrawlOptions {
  readonly seed: number;
  /** One that was not before: each has people, places and secrets of its own. */
  readonly world: number;
  readonly queries: readonly CrawlDocument[];
  readonly mutations: readonly CrawlDocument[];
  /** Requests with one document and one caller at most, each with other ids; where most is guarded, more. */
  readonly sets: number;
  readonly firstSets: number;
  /** A mutation is sent by one of so many callers. */
  readonly mutationsBy: number;
  /** The cases of which everybody asks for every whole value and the file. */
  readonly revealed: readonly string[] | 'all';
  /** Ends with the first leak: for who wants to know only whether there is one. */
  readonly stopsAtFirst?: boolean;
}

export interface CrawlReport {
  readonly leaks: readonly Leak[];
  readonly requests: number;
  readonly paths: number;
  readonly canaries: number;
  readonly needles: number;
  readonly searchedBytes: number;
  /** Canaries that nobody saw who may: the crawler doesn't come to them. */
  readonly unseen: readonly string[];
  /** Fields in which a canary was seen, by coordinate. */
  readonly covered: ReadonlySet<string>;
  /** Codes of answers that say that a document wasn't run. */
  readonly refused: Readonly<Record<string, number>>;
  /** Paths that are answered to nobody, not even alone: beyond the limits, or nothing that the planner finds a way to. */
  readonly unanswered: readonly string[];
  readonly statuses: Readonly<Record<string, number>>;
}

const AT_ONCE = 4;
/** An answer with one of these tells of what wasn't asked. */
const NOT_RUN =
  /"code":"(GRAPHQL_\w+|OPERATION_\w+|BAD_REQUEST|THROTTLED|INTERNAL_SERVER_ERROR|SUBGRAPH_\w+|DEADLINE_EXCEEDED)"/g;
/** Where most is guarded: asked for first. */
const FIRST = ['case', 'enterprise', 'park', 'agreement', 'worklist', 'myAccessLog'];
/** Too much for one document, or more than the planner finds a way to: asked for in parts. */
const TO_BE_PARTED = /"code":"(OPERATION_TOO_COMPLEX|OPERATION_NOT_PLANNABLE|PAYLOAD_TOO_LARGE)"/;
const parted = new WeakSet<CrawlDocument>();
/** Single paths to which there is no way, or none within the limits: nobody is answered anything there. */
const unanswered = new Set<CrawlDocument>();

export async function crawl(grounds: Grounds, options: CrawlOptions): Promise<CrawlReport> {
  const { doors, system, schema, partner } = grounds;
  const { seed, world, mutations, mutationsBy, sets, firstSets, revealed, stopsAtFirst = false } = options;
  const isFirst = ({ name }: CrawlDocument) => FIRST.includes(name);
  const queries = [...options.queries.filter(isFirst), ...options.queries.filter((each) => !isFirst(each))];
  // What a world before left behind without a guard is not this one's.
  const storedBefore = new Set((await everythingStored(system)).split('\n'));
  const drawn = rare(randomNumbers(seed * 1_000 + world));
  const names = namesOf(world, drawn);
  const places = placesWorld(names, drawn);
  const talent = talentWorld(names, drawn);
  for (const store of ['parks', 'enterprises', 'linkages'] as const) await system.write(store, places[store]);
  await system.write('talent', talent.items);
  for (const [uscc, weight] of places.stock) partner.stock.set(uscc, weight);
  const credentials = await credentialsOf(doors, system, names, drawn);

  const canaries = [...places.canaries, ...talent.canaries, ...credentials.canaries];
  const searcher = new Searcher(canaries);
  const examiner = new Examiner(searcher);
  const pools = poolsOf(names, CASE_TYPE_IDS);
  const covered = new Set<string>();
  const refused: Record<string, number> = {};
  const statuses: Record<string, number> = {};
  let requests = 0;
  const isDone = () => stopsAtFirst && examiner.leaks.size > 0;

  const asking = async (asked: Asked, query: string, variables: object, method: 'GET' | 'POST' = 'POST') => {
    requests += 1;
    const answer = await ask(doors, credentials.headers[asked.who], { query, variables: { ...variables }, method });
    for (const [, secret = ''] of answer.body.matchAll(/"receiptSecret":"([^"]+)"/g)) learn(secret, asked);
    const allowed = examiner.answer({ ...asked, sent: JSON.stringify(variables) }, answer.body, answer.headers);
    if (allowed.length > 0) for (const each of coordinatesOf(schema, query, answer.body, allowed)) covered.add(each);
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    if (asked.who !== 'forger' && failing.words === undefined && !TO_BE_PARTED.test(answer.body)) {
      for (const [, code = ''] of answer.body.matchAll(NOT_RUN)) {
        refused[`${code} ${asked.through}`] = (refused[`${code} ${asked.through}`] ?? 0) + 1;
      }
    }
    return answer;
  };

  const plannedBefore = plannedQueries.length;
  const toldBefore = partner.partner.questions.length;
  const log = await written(async () => {
    await openCases(asking, names, talent);
    await announceFile(asking, names, talent);
    await renewSecret(asking, names);
    await keepFile(system, names, talent);
    await revealAll(asking, revealed === 'all' ? [...names.askedCases.keys()] : revealed, names);
    await askAll();
    failing.words = talent.fileName;
    for (const who of EVERYBODY)
      await asking({ who, through: 'case' }, FAILING, { id: names.askedCases.get('home case') });
    failing.words = undefined;
  });
  examiner.system('log', log);
  examiner.system('plan', plannedQueries.slice(plannedBefore).join('\n'));
  examiner.system('partner call', JSON.stringify(partner.partner.questions.slice(toldBefore)));
  const stored = (await everythingStored(system)).split('\n').filter((item) => !storedBefore.has(item));
  examiner.system('table', stored.join('\n'));

  return {
    leaks: [...examiner.leaks.values()],
    requests,
    paths: new Set([...queries, ...mutations].flatMap(({ paths }) => paths.map((path) => JSON.stringify(path)))).size,
    canaries: canaries.length,
    needles: searcher.needles,
    searchedBytes: searcher.searched,
    unseen: canaries.filter((each) => each.seenBy.length > 0 && !examiner.seen.has(each)).map(({ name }) => name),
    covered,
    refused,
    unanswered: [...unanswered].flatMap(({ paths }) => paths.map((path) => path.map(({ field }) => field).join('.'))),
    statuses,
  };

  /** A case's secret is made by the system: to whoever isn't the applicant it may not be told, and nowhere kept. */
  function learn(secret: string, { who, through, isOwner = false }: Asked): void {
    for (const text of [secret, secret.replaceAll('-', '')]) {
      const made = canary(`${who}: secret by ${through}`, text, isOwner ? [who] : [], {
        part: LONG_PART,
        onlyIn: through,
        atRest: false,
      });
      searcher.learn(made);
      if (text === secret) canaries.push(made);
    }
  }

  /** The paths of a document, in parts where it isn't answered as a whole. */
  async function askPaths(
    who: Who,
    document: CrawlDocument,
    given: (of: CrawlDocument) => object,
    method?: 'GET',
  ): Promise<string> {
    if (unanswered.has(document)) return '';
    if (!parted.has(document)) {
      const first = await asking({ who, through: document.name }, document.query, given(document), method);
      const isForPost = method === 'GET' && first.body.includes('"METHOD_NOT_ALLOWED"');
      const { body } = isForPost
        ? await asking({ who, through: document.name }, document.query, given(document))
        : first;
      if (!TO_BE_PARTED.test(body)) return body;
      if (document.paths.length > 1) parted.add(document);
      else unanswered.add(document);
    }
    let last = '';
    for (const part of document.parts()) last = await askPaths(who, part, given, method);
    return last;
  }

  /** Every document by everybody, with their own ids and others'; a mutation only of what is nothing to the caller. */
  async function askAll(): Promise<void> {
    const cursors: string[] = [];
    const firsts = new Set(
      Map.groupBy(queries, ({ name }) => name)
        .values()
        .map(([first]) => first),
    );
    const jobs = queries.flatMap((document, i) => {
      // Where not every id has its turn, other documents begin with others.
      const first = isFirst(document) ? 0 : i;
      return EVERYBODY.filter((who) => who !== 'forger' || firsts.has(document)).flatMap((who) =>
        Array.from({ length: setsFor(document) }, (_, set) => async () => {
          const after = set > 0 && cursors.length > 0 ? cursors[(i + set) % cursors.length] : undefined;
          const method = isFirst(document) && document.query.length < 4_000 && set === 0 ? 'GET' : undefined;
          const body = await askPaths(who, document, (of) => variables(of, first + set), method);
          for (const [, cursor = ''] of body.matchAll(/"(?:endCursor|cursor|a\d+)":"([\w-]{40,})"/g)) {
            if (cursors.length < 100) cursors.push(cursor);
          }
          if (after === undefined || !document.query.includes('$after')) return;
          await askPaths(who, document, (of) => ({ ...variables(of, first + set), after }));
        }),
      );
    });
    for (const [m, document] of mutations.entries()) {
      for (const who of EVERYBODY.filter((_, w) => (m + w) % mutationsBy === 0)) {
        for (const [i] of foreignCases(who).entries()) {
          if (i >= sets) break;
          jobs.push(async () => {
            await askPaths(who, document, (of) => foreign(of, who, i));
          });
        }
      }
    }
    await allOf(jobs, isDone);
  }

  function setsFor({ draws, name }: CrawlDocument): number {
    return Math.min(
      FIRST.includes(name) ? firstSets : sets,
      Math.max(1, ...[...draws.values()].map((draw) => setsOf(draw, pools))),
    );
  }

  function variables({ draws }: CrawlDocument, set: number) {
    return Object.fromEntries([...draws].map(([name, draw]) => [name, drawnValue(draw, pools, set)]));
  }

  function foreignCases(who: Who): readonly string[] {
    return [...names.askedCases].flatMap(([name, id]) => {
      const known = canaries.find((each) => each.name === `${name}: id`);
      return known && !known.seenBy.includes(who) ? [id] : [];
    });
  }

  function foreign(document: CrawlDocument, who: Who, set: number) {
    return Object.fromEntries(
      [...document.draws].map(([name, draw]) => [
        name,
        draw.pool === 'case' ? foreignCases(who)[set] : drawnValue(draw, pools, set),
      ]),
    );
  }
}

const FAILING = 'query ($id: ID) { case(id: $id) { id nextAction } }';

/** Some at once, in their order, until it is enough. */
async function allOf(jobs: readonly (() => Promise<unknown>)[], isDone: () => boolean): Promise<void> {
  const waiting = jobs.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const job of waiting) {
        if (isDone()) return;
        await job();
      }
    }),
  );
}

export type Asking = (asked: Asked, query: string, variables: object) => Promise<Answer>;
