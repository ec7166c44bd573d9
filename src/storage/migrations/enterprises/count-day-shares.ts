import { scanPages } from '../../dynamodb/read.ts';
import { acquireLock, writeAll } from '../../dynamodb/rebuilds/lock.ts';
import { put } from '../../dynamodb/write.ts';
import type { PrimaryKey } from '../../tables.ts';
import type { Migration } from '../migration.ts';

interface Figures {
  readonly mode: string;
  readonly staffTotal: number;
  readonly staffReturned: number;
}

/** The attributes of a report's event that this migration reads. */
interface Reported extends PrimaryKey {
  readonly type: 'OperationReported';
  readonly parkId: string;
  readonly on: string;
  readonly sector: string;
  readonly before: Figures | null;
  readonly after: Figures | null;
  readonly countedAt?: string;
}

/** Counts the contributions to each day's sums, by which breakdowns are suppressed, from the counted reports. */
export const countDayShares: Migration = {
  version: 21,
  name: 'count-day-shares',
  async run(context) {
    const table = context.table('enterprises');
    // Nobody counts while the lock exists.
    const lock = await acquireLock(table, { pk: 'REBUILD', sk: 'REBUILD' });
    const sums = new Map<string, Shares>();
    for await (const page of scanPages<Reported>(table, ['OperationReported'])) {
      await lock.renew();
      for (const event of page) if (event.countedAt !== undefined) addEvent(sums, event);
    }
    await writeAll(
      table,
      lock,
      Array.from(sums.values(), ({ counters, ...item }) => put({ ...item, ...counters })),
    );
    await lock.release();
  },
};

interface Shares extends PrimaryKey {
  readonly type: 'ParkDayShares';
  readonly parkId: string;
  readonly on: string;
  readonly counters: Record<string, number>;
}

function addEvent(sums: Map<string, Shares>, { parkId, on, sector, before, after }: Reported): void {
  const key = { pk: `PARK#${parkId}`, sk: `SHARES#${on}` };
  const name = `${key.pk} ${key.sk}`;
  const counters: Record<string, number> = sums.get(name)?.counters ?? {};
  sums.set(name, { ...key, type: 'ParkDayShares', parkId, on, counters });
  for (const [figures, sign] of [[before, -1] as const, [after, 1] as const]) {
    if (!figures) continue;
    const { mode, staffTotal, staffReturned } = figures;
    const part = `${sector}/${mode}`;
    const shares = {
      [`${part}/reported`]: 1,
      [`${part}/staffTotal`]: staffTotal,
      [`${part}/staffReturned`]: staffReturned,
      [`${part}/staff/${boundOf(staffTotal)}`]: 1,
      [`${part}/returned/${boundOf(staffReturned)}`]: 1,
    };
    for (const [counter, by] of Object.entries(shares)) counters[counter] = (counters[counter] ?? 0) + sign * by;
  }
}

const STEPS = [10, 13, 16, 20, 25, 32, 40, 50, 64, 80, 100];

/** Returns the bound by which a contribution is counted, as of this version. */
function boundOf(contribution: number): number {
  if (contribution <= 10) return contribution;
  let scale = 1;
  while (contribution > 100 * scale) scale *= 10;
  return (STEPS.find((step) => contribution <= step * scale) ?? 100) * scale;
}
