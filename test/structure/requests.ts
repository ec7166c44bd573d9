/**
 * Counts the source files that a request enters: those with a function that runs between the request and its answer, with
 * everything loaded and cached by the same request before.
 */
import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
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
  const count = async (request: () => Promise<{ readonly errors?: unknown }>) => {
    // The first request loads modules and fills caches.
    for (const isCounted of [false, true]) {
      await session.post('Profiler.takePreciseCoverage');
      const { errors } = await request();
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      if (!isCounted) continue;
      const { result } = await session.post('Profiler.takePreciseCoverage');
      return result.filter(({ url, functions }) => isOurs(url) && functions.some(wasCalled)).length;
    }
    return 0;
  };
  try {
    const cases = await system.answer(
      `query ($zone: ID!) { worklist(zone: $zone, agency: HOUSING, first: 50) { nodes { case { id state } } } }`,
      { zone: 'zone_teda' },
      OFFICER,
    );
    if (cases.errors) throw new Error(JSON.stringify(cases.errors));
    const listed = (cases.data as { worklist: { nodes: { case: { id: string; state: string } }[] } }).worklist.nodes;
    const open = listed.filter(({ case: of }) => of.state === 'UNDER_REVIEW').map(({ case: of }) => of.id);
    const headline = JSON.parse(readFileSync(join(ROOT, 'schema/operations/analyst/Headline.variables.json'), 'utf8'));
    let opinions = 0;
    return {
      Headline: await count(() => system.answer(operation('analyst/Headline'), headline)),
      CaseScreen: await count(() =>
        system.answer(operation('mobile/CaseScreen'), { id: listed[0]?.case.id, locale: 'ZH' }, OFFICER),
      ),
      giveOpinion: await count(() => {
        const input = { idempotencyKey: crypto.randomUUID(), case: open[opinions++], verdict: 'AGREE' };
        return system.answer(operation('officer/GiveOpinion'), { input, locale: 'ZH' }, OFFICER);
      }),
    };
  } finally {
    session.disconnect();
    await system.stop();
  }
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
