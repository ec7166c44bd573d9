import { batchRead } from '../../dynamodb/batch.ts';
import { readRange, scanPages } from '../../dynamodb/read.ts';
import { acquireLock, writeAll } from '../../dynamodb/rebuilds/lock.ts';
import type { Table } from '../../dynamodb/table.ts';
import { transactGroups } from '../../dynamodb/transact-groups.ts';
import { existsWithout, put, update } from '../../dynamodb/write.ts';
import type { PrimaryKey } from '../../tables.ts';
import type { Migration, MigrationContext } from '../migration.ts';

interface Figures {
  readonly mode: string;
  readonly staffTotal: number;
  readonly staffReturned: number;
  readonly registeredStaff: number;
}

/** A report's event. The old shape has no size class. */
interface Reported extends PrimaryKey {
  readonly type: 'OperationReported';
  readonly enterpriseId: string;
  readonly parkId: string;
  readonly on: string;
  readonly sector: string;
  readonly sizeClass?: string;
  readonly before: Figures | null;
  readonly after: Figures | null;
  readonly countedAt?: string;
}

interface Step {
  readonly parkId: string;
  readonly on: string;
  readonly sector: string;
  readonly sizeClass: string;
  readonly residents: number;
  readonly registeredStaff: number;
}

interface Changed extends PrimaryKey {
  readonly type: 'EnterpriseChanged';
  readonly steps: readonly Step[];
  readonly countedAt?: string;
}

/** A size class that holds up to a day. */
interface Former {
  readonly sizeClass: string;
  readonly to: string;
}

interface Enterprise extends PrimaryKey {
  readonly sizeClass: string;
  readonly formerClasses?: readonly Former[];
  readonly settledTo?: string;
}

/**
 * Adds the size class of the day to the events of reports, and counts reports and residents by size class too. The
 * contributions to a day's sums are counted by sector, mode and size class together, where they were by the first two.
 */
export const countSizeClasses: Migration = {
  version: 22,
  name: 'count-size-classes',
  async run(context) {
    const table = context.table('enterprises');
    await classify(context, table);
    // Nobody counts while the lock exists.
    const lock = await acquireLock(table, { pk: 'REBUILD', sk: 'REBUILD' });
    const sums = new Map<string, Sum>();
    for await (const page of scanPages<Changed | Reported>(table, ['EnterpriseChanged', 'OperationReported'])) {
      await lock.renew();
      for (const event of page) if (event.countedAt !== undefined) addEvent(sums, event);
    }
    await writeAll(
      table,
      lock,
      Array.from(sums.values(), ({ key, identity, counters }) => put({ ...key, ...identity, ...counters })),
    );
    await lock.release();
  },
};

/** Sets the size class of the enterprise on the day in each report's event. */
async function classify({ pages }: MigrationContext, table: Table): Promise<void> {
  for await (const page of pages<Reported>('enterprises', ['OperationReported'])) {
    const old = page.filter(({ sizeClass }) => sizeClass === undefined);
    const sizes = await sizesOf(table, old);
    await transactGroups<'DONE'>(
      table,
      old.map((event, i) => [
        update<'DONE'>(
          event,
          { set: { sizeClass: sizes[i] } },
          { when: existsWithout('sizeClass'), otherwise: 'DONE' },
        ),
      ]),
    );
  }
}

async function sizesOf(table: Table, events: readonly Reported[]): Promise<readonly string[]> {
  const ids = [...new Set(events.map(({ enterpriseId }) => enterpriseId))];
  const keys = ids.map((pk) => ({ pk, sk: 'ENTERPRISE' }));
  const found = await batchRead<Enterprise>(table, keys, { consistent: true });
  const histories = new Map<string, { readonly now: string; readonly former: readonly Former[] }>();
  for (const [i, id] of ids.entries()) {
    const enterprise = found[i];
    if (!enterprise) throw new Error(`${id} has reports, but no enterprise`);
    const { sizeClass, formerClasses = [], settledTo } = enterprise;
    const settled = settledTo === undefined ? [] : await settledOf(table, id);
    histories.set(id, { now: sizeClass, former: [...settled, ...formerClasses] });
  }
  return events.map(({ enterpriseId, on }) => {
    const history = histories.get(enterpriseId);
    return history?.former.find(({ to }) => on <= to)?.sizeClass ?? history?.now ?? '';
  });
}

/** Reads the classes of an enterprise that are items of their own, oldest first. */
function settledOf(table: Table, id: string): Promise<Former[]> {
  const sort = { beginsWith: 'SETTLED_CLASSES#' };
  return readRange<Former>(table, { partition: id, sort, consistent: true });
}

interface Sum {
  readonly key: PrimaryKey;
  readonly identity: Readonly<Record<string, string>>;
  readonly counters: Record<string, number>;
}

function addEvent(sums: Map<string, Sum>, event: Changed | Reported): void {
  const add = (pk: string, sk: string, identity: Sum['identity'], counters: Readonly<Record<string, number>>) => {
    const sum = sums.get(`${pk} ${sk}`) ?? { key: { pk, sk }, identity, counters: {} };
    for (const [name, by] of Object.entries(counters)) sum.counters[name] = (sum.counters[name] ?? 0) + by;
    sums.set(`${pk} ${sk}`, sum);
  };
  if (event.type === 'EnterpriseChanged') {
    for (const step of event.steps) {
      for (const { period, part } of periodsOf(step.on)) {
        const { parkId } = step;
        add(`PARK#${parkId}`, `STEPS#CLASSES#${period}`, { type: 'ParkSteps', parkId }, stepCounters(part, step));
      }
    }
    return;
  }
  const { parkId, on, sector, sizeClass = '', before, after } = event;
  for (const [figures, sign] of [[before, -1] as const, [after, 1] as const]) {
    if (!figures) continue;
    for (const name of [sector, sizeClass, figures.mode]) {
      const tally = Object.entries(tallyOf(figures)).map(([counter, by]) => [`${name}/${counter}`, sign * by]);
      add(`PARK#${parkId}`, `PARTS#${on}`, { type: 'ParkDayParts', parkId, on }, Object.fromEntries(tally));
    }
    const shares = Object.entries(sharesOf(`${sector}/${figures.mode}/${sizeClass}`, figures));
    const counters = Object.fromEntries(shares.map(([counter, by]) => [counter, sign * by]));
    add(`PARK#${parkId}`, `SHARES#${on}`, { type: 'ParkDayShares', parkId, on }, counters);
  }
}

function periodsOf(day: string) {
  return [
    { period: day.slice(0, 7), part: day.slice(8) },
    { period: day.slice(0, 4), part: day.slice(5, 7) },
    { period: day.slice(0, 3), part: day.slice(3, 4) },
    { period: '', part: day.slice(0, 3) },
  ];
}

function stepCounters(part: string, { sector, sizeClass, residents, registeredStaff }: Step) {
  const counters = [sector, sizeClass, `${sector}/${sizeClass}`].flatMap((name) => [
    [`${part}/residents/${name}`, residents] as const,
    [`${part}/registeredStaff/${name}`, registeredStaff] as const,
  ]);
  return Object.fromEntries(counters);
}

function tallyOf({ mode, staffTotal, staffReturned, registeredStaff }: Figures): Readonly<Record<string, number>> {
  return {
    reported: 1,
    resumedOnSite: mode === 'ON_SITE' ? 1 : 0,
    resumedOnline: mode === 'ONLINE_OFFLINE' ? 1 : 0,
    staffTotal,
    staffReturned,
    registeredStaff,
  };
}

function sharesOf(part: string, { staffTotal, staffReturned, registeredStaff }: Figures) {
  return {
    [`${part}/reported`]: 1,
    [`${part}/staffTotal`]: staffTotal,
    [`${part}/staffReturned`]: staffReturned,
    [`${part}/registeredStaff`]: registeredStaff,
    [`${part}/staff/${boundOf(staffTotal)}`]: 1,
    [`${part}/returned/${boundOf(staffReturned)}`]: 1,
  };
}

const STEPS = [10, 13, 16, 20, 25, 32, 40, 50, 64, 80, 100];

/** Returns the bound by which a contribution is counted, as of this version. */
function boundOf(contribution: number): number {
  if (contribution <= 10) return contribution;
  let scale = 1;
  while (contribution > 100 * scale) scale *= 10;
  return (STEPS.find((step) => contribution <= step * scale) ?? 100) * scale;
}
