/**
 * Counts the source files that a request enters: those with a function that runs between the request and its answer, with
 * everything loaded and cached by the same request before.
 */
import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExecutionResult } from 'graphql';
import type { Bearer } from '../demo-system.ts';

const ROOT = join(import.meta.dirname, '../..');
const ANCHOR = '2026-09-10';
const OFFICER: Bearer = { as: 'officer', agency: 'HOUSING', roles: 'REVIEW,DECIDE,RECEIVE' };

const operation = (path: string) => readFileSync(join(ROOT, 'schema/operations', `${path}.graphql`), 'utf8');

/** Returns the number of files of `src` and `packages` that each of three requests enters, by the request's name. */
export async function filesEntered(): Promise<Readonly<Record<string, number>>> {
  const { startDemoSystem } = await import('../demo-system.ts');
  const system = await startDemoSystem(ANCHOR);
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  const officer = { authorization: await system.bearer(OFFICER) };
  const askOfficer = (query: string, variables: object) => system.answer(query, variables, undefined, officer);
  const count = async (request: () => Promise<ExecutionResult>) => {
    // The first request loads modules and fills caches.
    for (const isCounted of [false, true]) {
      await session.post('Profiler.takePreciseCoverage');
      const answer = await request();
      if (answer.errors || refusalsOf(answer).length > 0) throw new Error(JSON.stringify(answer));
      if (!isCounted) continue;
      const { result } = await session.post('Profiler.takePreciseCoverage');
      return result.filter(({ url, functions }) => isOurs(url) && functions.some(wasCalled)).length;
    }
    return 0;
  };
  try {
    const cases = await askOfficer(
      `query ($zone: ID!) {
        worklist(zone: $zone, agency: HOUSING, first: 50) { nodes { case { id state opinions { agency verdict } } } }
      }`,
      { zone: 'zone_teda' },
    );
    if (cases.errors) throw new Error(JSON.stringify(cases.errors));
    const listed = (cases.data as { worklist: { nodes: { case: ListedCase }[] } }).worklist.nodes.map(
      (node) => node.case,
    );
    const open = listed.filter(
      ({ state, opinions }) =>
        state === 'UNDER_REVIEW' &&
        opinions.some(({ agency, verdict }) => agency === OFFICER.agency && verdict === null),
    );
    const headline = JSON.parse(readFileSync(join(ROOT, 'schema/operations/analyst/Headline.variables.json'), 'utf8'));
    let opinions = 0;
    return {
      Headline: await count(() => system.answer(operation('analyst/Headline'), headline)),
      CaseScreen: await count(() => askOfficer(operation('mobile/CaseScreen'), { id: listed[0]?.id, locale: 'ZH' })),
      giveOpinion: await count(() => {
        const input = { idempotencyKey: crypto.randomUUID(), case: open[opinions++]?.id, verdict: 'AGREE' };
        return askOfficer(operation('officer/GiveOpinion'), { input, locale: 'ZH' });
      }),
    };
  } finally {
    session.disconnect();
    await system.stop();
  }
}

interface ListedCase {
  readonly id: string;
  readonly state: string;
  readonly opinions: readonly { readonly agency: string; readonly verdict: string | null }[];
}

/** Returns the refusals of a mutation; none of a query. */
function refusalsOf({ data }: ExecutionResult): readonly unknown[] {
  const payloads = Object.values(data ?? {}) as readonly { readonly userErrors?: readonly unknown[] }[];
  return payloads.flatMap((payload) => payload?.userErrors ?? []);
}

function isOurs(url: string): boolean {
  if (!url.startsWith('file:')) return false;
  const path = relative(ROOT, fileURLToPath(url));
  return /^(src|packages\/[a-z]+\/src)\//.test(path);
}

/** Tells whether a function ran; the module's own body, which is the function without a name at its start, doesn't count. */
function wasCalled({
  functionName,
  ranges,
}: {
  functionName: string;
  ranges: { startOffset: number; count: number }[];
}) {
  const [whole] = ranges;
  return whole !== undefined && whole.count > 0 && !(functionName === '' && whole.startOffset === 0);
}
