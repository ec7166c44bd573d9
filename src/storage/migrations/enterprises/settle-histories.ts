import type { Table } from '../../dynamodb/table.ts';
import { transact } from '../../dynamodb/transaction.ts';
import { attributeIs, put, update } from '../../dynamodb/write.ts';
import type { PrimaryKey } from '../../tables.ts';
import type { Migration } from '../migration.ts';

interface Stay {
  readonly parkId: string;
  readonly kind: string;
  readonly registeredStaff: number;
  readonly from: string;
  readonly to: string | null;
}

interface Classes {
  readonly sector: string;
  readonly sizeClass: string;
  readonly to: string;
}

/** An enterprise of either shape. In the old one, its lists have any length. */
interface Enterprise extends PrimaryKey {
  readonly type: 'Enterprise';
  readonly id: string;
  readonly residencies: readonly Stay[];
  readonly formerClasses?: readonly Classes[];
  readonly settledTo?: string;
}

const MAX_RECENT = 20;
const RECENT_AFTER_SETTLING = 10;
/** Ends that one transaction settles, so that it has at most 100 writes. */
const MAX_ENDS_A_TRANSACTION = 40;

/** Moves the older stays and classes of enterprises with more than `MAX_RECENT` into items of their own. */
export const settleHistories: Migration = {
  version: 15,
  name: 'settle-histories',
  async run({ pages, table, now }) {
    const today = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    for await (const page of pages<Enterprise>('enterprises', ['Enterprise'])) {
      for (const enterprise of page) await settleOne(table('enterprises'), enterprise, today);
    }
  },
};

/** Settles the oldest ends first, so that an interrupted run leaves a history that reads well. */
async function settleOne(table: Table, enterprise: Enterprise, today: string): Promise<void> {
  for (let before = enterprise; ; ) {
    const settledTo = nextSettled(before, today);
    if (settledTo === null) return;
    const isSettled = ({ to }: { readonly to: string | null }) => to !== null && to <= settledTo;
    const { pk, residencies, formerClasses = [] } = before;
    const kept = formerClasses.filter((each) => !isSettled(each));
    const after = { residencies: residencies.filter((stay) => !isSettled(stay)), settledTo };
    const set = kept.length > 0 ? { ...after, formerClasses: kept } : after;
    const remove = kept.length > 0 ? [] : ['formerClasses'];
    const { committed } = await transact<'CHANGED'>(table, [
      update<'CHANGED'>(
        before,
        { set, remove },
        { when: attributeIs('residencies', residencies), otherwise: 'CHANGED' },
      ),
      ...[...residencies.filter(isSettled).map(stayItem), ...formerClasses.filter(isSettled).map(classesItem)].map(
        (item) => put<'CHANGED'>({ ...item, pk, ...{ enterpriseId: pk } }),
      ),
    ]);
    // A change since the page was read has settled the history itself.
    if (!committed) return;
    const { formerClasses: _, ...rest } = before;
    before = { ...rest, ...set };
  }
}

function stayItem(stay: Stay) {
  const sk = `SETTLED_STAY#${stay.to}#${stay.from}#${stay.parkId}#${stay.kind}`;
  return { ...stay, sk, type: 'SettledStay' };
}

function classesItem(classes: Classes) {
  return { ...classes, sk: `SETTLED_CLASSES#${classes.to}`, type: 'SettledClasses' };
}

/** Returns the next last day to settle; null where the lists are short. */
function nextSettled({ residencies, formerClasses = [], settledTo = '' }: Enterprise, today: string): string | null {
  const ends = residencies.flatMap(({ to }) => (to !== null && to < today ? to : [])).sort();
  const classEnds = formerClasses.flatMap(({ to }) => (to < today ? to : [])).sort();
  const days = [ends, classEnds].flatMap((all) =>
    all.length > MAX_RECENT
      ? (all[Math.min(MAX_ENDS_A_TRANSACTION, all.length - RECENT_AFTER_SETTLING) - 1] ?? [])
      : [],
  );
  const day = days.sort()[0];
  return day === undefined || day <= settledTo ? null : day;
}
