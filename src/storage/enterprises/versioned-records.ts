import type { Versioned } from '../../domain/records/record.ts';
import { batchRead } from '../dynamodb/batch.ts';
import { type Earlier, earlierOf, type OnceOutcome, type OnceRequest, onceKey } from '../dynamodb/idempotency.ts';
import type { Table } from '../dynamodb/table.ts';
import { STALE, type Stale } from '../dynamodb/transaction.ts';
import { answeredVersion, commitVersion, type VersionedItem } from '../dynamodb/versioned-item.ts';
import { check, versionIs, type Write } from '../dynamodb/write.ts';
import { enterpriseKeys, isStorable, type PrimaryKey } from '../tables.ts';
import type { EnterpriseItem, KnownParkItem, RecordVersionItem } from './items.ts';

/** The stored facts that a change of a record is decided by. */
export interface LoadedVersion<Item> {
  readonly earlier: Earlier;
  /** The current version; null where there is no such record. */
  readonly before: Item | null;
  /** The enterprise that the record belongs to or names; null where there is no such enterprise. */
  readonly enterprise: EnterpriseItem | null;
  /** The park that the record belongs to; null where there is no such park. */
  readonly park: KnownParkItem | null;
  /** Further items that the change refers to, in the order of `Owners.references`; null for a missing one. */
  readonly references: readonly (PrimaryKey | null)[];
}

/** The records that a record belongs to or refers to; null where it has none. */
export interface Owners {
  readonly enterpriseId?: string | null;
  readonly parkId?: string | null;
  readonly references?: readonly PrimaryKey[];
}

/** The caller who makes a change, and when. */
export type RecordChange = Pick<RecordVersionItem, 'at' | 'by'>;

/**
 * Records of enterprises that change version by version. A change is one transaction: the current item, its history item,
 * which is new, and the key's record. It holds to the enterprise's version, which decides the caller's relation.
 */
export interface VersionedRecords<Facts extends Versioned, Item> {
  load(once: OnceRequest, key: PrimaryKey, ownersOf: (before: Item | null) => Owners): Promise<LoadedVersion<Item>>;
  commit(once: OnceRequest, loaded: LoadedVersion<Item>, facts: Facts, by: RecordChange): Promise<OnceOutcome<Stale>>;
  /** Returns the record of an answer that was given before, as it is now. */
  answered(answer: readonly string[]): Promise<Item>;
  /** Returns the item that `commit` writes. */
  itemOf(facts: Facts): Item;
}

/** @param derived makes the writes of what belongs to the record, e.g. its entries in lists */
export function openVersionedRecords<Facts extends Versioned, Item extends VersionedItem>(
  table: Table,
  itemOf: (facts: Facts) => Item,
  derived: (before: Item | null, after: Item) => readonly Write<Stale>[] = () => [],
): VersionedRecords<Facts, Item> {
  return {
    itemOf,
    async load(once, key, ownersOf) {
      const keys = [onceKey(table, once), ...(isStorable(key) ? [key] : [])];
      const [record = null, found = null] = await batchRead<PrimaryKey>(table, keys, { consistent: true });
      const before = found as Item | null;
      return {
        earlier: await earlierOf(table, record, once),
        before,
        ...(await loadOwners(table, ownersOf(before))),
      };
    },
    commit(once, { before, enterprise }, facts, change) {
      const after = itemOf(facts);
      const holds = enterprise && check<Stale>(enterprise, { when: versionIs(enterprise.version), otherwise: STALE });
      const history = versionItem(after, facts, change);
      return commitVersion(table, once, { before, after, history }, [
        ...(holds ? [holds] : []),
        ...derived(before, after),
      ]);
    },
    answered: (answer) => answeredVersion<Item>(table, answer),
  };
}

async function loadOwners(table: Table, { enterpriseId = null, parkId = null, references = [] }: Owners) {
  const enterprise = enterpriseId === null ? null : enterpriseKeys.enterprise(enterpriseId);
  const park = parkId === null ? null : enterpriseKeys.knownPark(parkId);
  const keys = [enterprise, park, ...references];
  const wanted = keys.filter((key) => key !== null);
  const read = await batchRead<PrimaryKey>(table, wanted, { consistent: true });
  const found = new Map(wanted.map((key, i) => [key, read[i] ?? null]));
  const [foundEnterprise, foundPark, ...others] = keys.map((key) => (key && found.get(key)) ?? null);
  return {
    enterprise: foundEnterprise as EnterpriseItem | null,
    park: foundPark as KnownParkItem | null,
    references: others,
  };
}

function versionItem(current: VersionedItem, facts: Versioned, change: RecordChange): RecordVersionItem {
  const { type: of, version } = current;
  const kept = Object.entries(facts).filter(([name]) => !isKeyAttribute(name));
  return {
    ...enterpriseKeys.recordVersion(current, version),
    type: 'RecordVersion',
    of,
    version,
    facts: Object.fromEntries(kept),
    ...change,
  };
}

/** Returns whether an attribute follows from the others. The next version of an item may come with them. */
function isKeyAttribute(name: string): boolean {
  return name === 'type' || /^(gsi\d)?[ps]k$/.test(name);
}
