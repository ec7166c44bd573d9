import { batchRead } from '../../dynamodb/batch.ts';
import { scanPages } from '../../dynamodb/read.ts';
import { acquireLock, type RebuildLock, writeAll } from '../../dynamodb/rebuilds/lock.ts';
import type { Table } from '../../dynamodb/table.ts';
import { transactGroups } from '../../dynamodb/transact-groups.ts';
import { attributeIs, existsWithout, put, update } from '../../dynamodb/write.ts';
import type { PrimaryKey } from '../../tables.ts';
import type { Migration, MigrationContext } from '../migration.ts';

interface Classes {
  readonly sector: string;
  readonly sizeClass: string;
}

/** A step of residency. The old shape has no classes. */
interface Step extends Partial<Classes> {
  readonly parkId: string;
  readonly on: string;
  readonly residents: number;
  readonly registeredStaff: number;
}

interface Figures {
  readonly mode: string;
  readonly staffTotal: number;
  readonly staffReturned: number;
  readonly registeredStaff: number;
}

interface Changed extends PrimaryKey {
  readonly type: 'EnterpriseChanged';
  readonly enterpriseId: string;
  readonly steps: readonly Step[];
  readonly countedAt?: string;
}

interface Reported extends PrimaryKey {
  readonly type: 'OperationReported';
  readonly enterpriseId: string;
  readonly parkId: string;
  readonly on: string;
  /** Absent in the old shape. */
  readonly sector?: string;
  readonly before: Figures | null;
  readonly after: Figures | null;
  readonly countedAt?: string;
}

/** The old shape has the counters `step/<day>/residents` and `step/<day>/registeredStaff`. */
interface ParkFigures extends PrimaryKey {
  readonly type: 'ParkFigures';
  readonly [attribute: string]: unknown;
}

const otherwise = 'DONE' as const;

/**
 * Bounds the items of parks' figures: the steps of residency move from one item per park to one per month, year and
 * decade. Events get the classes of their enterprise, by which steps and reports are summed anew.
 */
export const boundParkFigures: Migration = {
  version: 10,
  name: 'bound-park-figures',
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
    for await (const page of scanPages<ParkFigures>(table, ['ParkFigures'])) {
      for (const figures of page) await removeSteps(table, lock, figures);
    }
    await lock.release();
  },
};

/** Sets the classes of the enterprise in all of its events. */
async function classify({ pages }: MigrationContext, table: Table): Promise<void> {
  for await (const page of pages<Reported>('enterprises', ['OperationReported'], 'reports')) {
    const classes = await classesOf(table, page);
    await transactGroups<'DONE'>(
      table,
      page.map((event, i) => [
        update<'DONE'>(event, { set: { sector: classes[i]?.sector } }, { when: existsWithout('sector'), otherwise }),
      ]),
    );
  }
  for await (const page of pages<Changed>('enterprises', ['EnterpriseChanged'], 'changes')) {
    const old = page.filter(({ steps }) => steps.some(({ sector }) => sector === undefined));
    const classes = await classesOf(table, old);
    await transactGroups<'DONE'>(
      table,
      old.map((event, i) => {
        const steps = event.steps.map((step) => ({ ...classes[i], ...step }));
        return [update<'DONE'>(event, { set: { steps } }, { when: attributeIs('steps', event.steps), otherwise })];
      }),
    );
  }
}

async function classesOf(table: Table, events: readonly (Changed | Reported)[]): Promise<readonly Classes[]> {
  const keys = events.map(({ enterpriseId }) => ({ pk: enterpriseId, sk: 'ENTERPRISE' }));
  const found = await batchRead<PrimaryKey & Classes>(table, keys, { consistent: true });
  return found.map((enterprise, i) => {
    if (!enterprise) throw new Error(`${events[i]?.pk} has events, but no enterprise`);
    return { sector: enterprise.sector, sizeClass: enterprise.sizeClass };
  });
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
        const { parkId, residents, registeredStaff, sector, sizeClass } = step;
        const identity = { type: 'ParkSteps', parkId };
        add(`PARK#${parkId}`, `STEPS#ALL#${period}`, identity, {
          [`${part}/residents`]: residents,
          [`${part}/registeredStaff`]: registeredStaff,
        });
        add(`PARK#${parkId}`, `STEPS#CLASSES#${period}`, identity, {
          [`${part}/residents/${sector}`]: residents,
          [`${part}/registeredStaff/${sector}`]: registeredStaff,
          [`${part}/residents/${sizeClass}`]: residents,
        });
      }
    }
    return;
  }
  const { parkId, on, sector, before, after } = event;
  for (const [figures, sign] of [[before, -1] as const, [after, 1] as const]) {
    for (const name of figures ? [sector, figures.mode] : []) {
      const tally = Object.entries(contributionOf(figures)).map(([counter, by]) => [`${name}/${counter}`, sign * by]);
      add(`PARK#${parkId}`, `PARTS#${on}`, { type: 'ParkDayParts', parkId, on }, Object.fromEntries(tally));
    }
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

function contributionOf(figures: Figures | null): Readonly<Record<string, number>> {
  if (!figures) return {};
  const { mode, staffTotal, staffReturned, registeredStaff } = figures;
  return {
    reported: 1,
    resumedOnSite: mode === 'ON_SITE' ? 1 : 0,
    resumedOnline: mode === 'ONLINE_OFFLINE' ? 1 : 0,
    staffTotal,
    staffReturned,
    registeredStaff,
  };
}

/** Attributes that one update removes: an expression has at most 4 KB. */
const ATTRIBUTES_AN_UPDATE = 200;

async function removeSteps(table: Table, lock: RebuildLock, figures: ParkFigures): Promise<void> {
  const steps = Object.keys(figures).filter((name) => name.startsWith('step/'));
  for (let start = 0; start < steps.length; start += ATTRIBUTES_AN_UPDATE) {
    const remove = steps.slice(start, start + ATTRIBUTES_AN_UPDATE);
    await lock.renew();
    await writeAll(table, lock, [update(figures, { remove })]);
  }
}
