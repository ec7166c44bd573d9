/** Lets clients work on cases while a share of the store's calls fails, and measures what they see of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { configure } from '../../src/config.ts';
import { bearerClaims } from '../../src/local/dev-issuer/bearer.ts';
import { devIssuer } from '../../src/local/dev-issuer/dev-issuer.ts';
import { readRange } from '../../src/storage/dynamodb/read.ts';
import { CASE_TYPE } from '../crash/case-type.ts';
import { CaseWorker, WHOLE_LOG } from '../crash/case-worker.ts';
import { caseTypeItems } from '../fixtures/case-types.ts';
import { startTestSystem } from '../harness.ts';
import { startHostOn } from '../hostile/target.ts';
import { type FaultingProxy, startFaultingProxy } from './faulting-proxy.ts';

/** Limits within which a client's repeated request must succeed. */
export const MUTATION_WITHIN_MS = 3_000;
export const READ_WITHIN_MS = 2_000;

export interface StoreFaultOptions {
  readonly cases: number;
  readonly workers: number;
  /** The share of the store's calls that fail, from 0 to 1. */
  readonly share: number;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** What clients saw of one kind of request: milliseconds until the answer, and how many had it at the first try. */
export interface Seen {
  readonly milliseconds: readonly number[];
  readonly atFirstTry: number;
}

export interface StoreFaultReport {
  readonly mutations: Seen;
  readonly reads: Seen;
  readonly store: FaultingProxy['counts'];
  /** Codes of the errors that clients were told, with how often. */
  readonly codes: Readonly<Record<string, number>>;
  /** What a read is told while every call of the store fails. */
  readonly whenDown: { readonly status: number; readonly extensions: object };
  /** Cases whose log isn't what was acknowledged. */
  readonly wrongCases: number;
}

const READ =
  'query ($id: ID!) { case(id: $id) { id state version timeline { sequence } opinions { agency verdict } } }';

export async function storeFaults({ cases, workers, share, random }: StoreFaultOptions): Promise<StoreFaultReport> {
  const system = await startTestSystem();
  const proxy = await startFaultingProxy(system.endpoint, random);
  await system.write('talent', caseTypeItems(CASE_TYPE));
  const issuer = await devIssuer({ mode: 'local', dataDir: system.dataDir }, 'http://localhost/dev-issuer');
  configure({
    mode: 'local',
    dataDir: system.dataDir,
    dynamodbEndpoint: proxy.endpoint,
    cursorSecret: 'a secret that is for tests only, and long',
    localMasterSecret: 'a master key that is for tests only',
    oidcIssuers: [issuer.trusted],
    budgetFactor: 1_000_000,
  });
  const host = await startHostOn();
  const [mutations, reads] = [seenBy(), seenBy()];
  const codes: Record<string, number> = {};
  const note = (code: string) => {
    codes[code] = (codes[code] ?? 0) + 1;
  };
  const done = new Set<string>();
  let left = cases;
  try {
    // Loading the handlers' modules is no trouble of the store.
    await new CaseWorker({ url: host.url, issuer, number: workers, acknowledged() {}, unanswered() {} }).takeCase();
    proxy.fail(share);
    await Promise.all(
      Array.from({ length: workers }, async (_, number) => {
        const worker: CaseWorker = new CaseWorker({
          url: host.url,
          issuer,
          number,
          acknowledged: ({ caseId }, { milliseconds, tries }) => {
            mutations.note(milliseconds, tries);
            done.add(caseId);
          },
          unanswered: note,
        });
        while (left-- > 0) {
          const caseId = await worker.takeCase();
          for (let i = 0; i < WHOLE_LOG.length; i++) {
            const started = Date.now();
            let tries = 1;
            for (; !(await worker.reads(READ, { id: caseId })); tries++) await sleep(50);
            reads.note(Date.now() - started, tries);
          }
        }
      }),
    );
    proxy.fail(1);
    const whenDown = await told(host.url, await issuer.sign(bearerClaims('applicant', {}, issuer.trusted), 60));
    proxy.fail(0);
    const logs = await Promise.all(
      [...done].map((id) => readRange<{ type: string }>(system.table('talent'), { partition: id })),
    );
    const events = logs.map((items) => items.filter(({ type }) => type === 'CaseEvent').length);
    return {
      mutations: mutations.seen(),
      reads: reads.seen(),
      store: proxy.counts,
      codes,
      whenDown,
      wrongCases: events.filter((count) => count !== WHOLE_LOG.length).length + (cases - done.size),
    };
  } finally {
    await host.close();
    await proxy.stop();
    await system.stop();
  }
}

async function told(url: string, token: string): Promise<StoreFaultReport['whenDown']> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ query: '{ myCases(first: 1) { nodes { id } } }' }),
  });
  const { errors } = (await response.json()) as { errors: { extensions: object }[] };
  return { status: response.status, extensions: errors[0]?.extensions ?? {} };
}

function seenBy() {
  const milliseconds: number[] = [];
  let atFirstTry = 0;
  return {
    note(took: number, tries: number) {
      milliseconds.push(took);
      if (tries === 1) atFirstTry += 1;
    },
    seen: (): Seen => ({ milliseconds: milliseconds.toSorted((a, b) => a - b), atFirstTry }),
  };
}

/** The share of requests that were answered within a limit. */
export function shareWithin({ milliseconds }: Seen, limit: number): number {
  return milliseconds.filter((took) => took <= limit).length / Math.max(1, milliseconds.length);
}
