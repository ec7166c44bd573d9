import { TRUSTED } from '../callers.ts';
import { startDemoDatabase } from '../demo-database.ts';
import { answerOf, compare } from '../load.ts';
import { trustedOperation } from '../operations.ts';
import { ServerProcess } from '../server-process.ts';
import { table } from '../table.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 7);
const SECONDS = Number(process.env.SECONDS ?? 4);

/** What each question is asked as where nobody is asked who they are. */
const ASKED = [
  ['mobile/CaseStatus', { kind: 'applicant', person: 'talent-000001' }],
  [
    'officer/OfficerCase',
    { kind: 'officer', person: 'officer-1', agency: 'EDU', zone: 'zone_teda', roles: ['REVIEW'] },
  ],
] as const;

/**
 * What the whole guard costs of a small query with its database: who asks, what they may ask for, rows, masks, and for an
 * officer the record of the look. The system with it and without, in turns.
 */
export async function compareWhole(): Promise<string> {
  const database = await startDemoDatabase('S');
  const rows: string[][] = [];
  try {
    for (const [path, viewer] of ASKED) {
      const operation = trustedOperation(path);
      const environment = {
        DYNAMODB_ENDPOINT: database.endpoint,
        CURSOR_SECRET: 'a secret of the bench, long enough for a key',
        ...TRUSTED,
      };
      const without = await ServerProcess.start('without', 'unguarded.ts', {
        ...environment,
        UNGUARDED_VIEWER: JSON.stringify(viewer),
      });
      const guarded = await ServerProcess.start('guarded', 'ours.ts', environment);
      try {
        // Whoever is guarded sees less: what is said without an error is enough.
        for (const server of [without, guarded]) await answerOf(server, operation);
        const seen = await compare([without, guarded], operation, { rounds: ROUNDS, seconds: SECONDS });
        const [less, more] = [without, guarded].map((server) => seen.get(server)?.cpuPerRequest ?? Number.NaN);
        rows.push([operation.name, `${less?.toFixed(2)}`, `${more?.toFixed(2)}`, share(less, more)]);
      } finally {
        await without.stop();
        await guarded.stop();
      }
    }
  } finally {
    await database.stop();
  }
  return table(['with its database', 'CPU ms without', 'CPU ms with', "the guard's share"], rows);
}

function share(less = Number.NaN, more = Number.NaN): string {
  return `${(((more - less) / more) * 100).toFixed(1)} %`;
}
