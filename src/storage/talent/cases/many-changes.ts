import { batchRead } from '../../dynamodb/batch.ts';
import { claimKey, type Earlier, earlierOf, type OnceRequest, onceKey } from '../../dynamodb/idempotency.ts';
import { keyLoader } from '../../dynamodb/loader.ts';
import { MAX_CONCURRENT_CALLS, mapConcurrently } from '../../dynamodb/map-concurrently.ts';
import type { Table } from '../../dynamodb/table.ts';
import { type PrimaryKey, talentKeys } from '../../tables.ts';
import type { CaseItem } from '../items.ts';
import type { LoadedCase } from './case-changes.ts';
import { calendarsAt, readSituation } from './situations.ts';

/** One of a call's changes, each of another case and with its own idempotency record. */
export interface OneOfMany {
  readonly once: OnceRequest;
  readonly caseId: string;
}

export type LoadedOne = LoadedCase & {
  /** The case, where this part of the call was carried out before. */
  readonly answered: CaseItem | null;
};

/** Loads and records calls that change many cases. */
export interface ManyChanges {
  /** Records the key of the whole call, and returns its earlier outcome. */
  claim(once: OnceRequest): Promise<Earlier>;
  /**
   * Loads the facts that decide each change. The records of all take one BatchGet, and the cases of earlier ones
   * another. Each new one takes a Query of its file, and their case types and policies one BatchGet each.
   */
  load(parts: readonly OneOfMany[]): Promise<LoadedOne[]>;
}

export function openManyChanges(table: Table): ManyChanges {
  return { claim: (once) => claimKey(table, once), load: (parts) => loadMany(table, parts) };
}

async function loadMany(table: Table, parts: readonly OneOfMany[]): Promise<LoadedOne[]> {
  const records = await batchRead<PrimaryKey>(
    table,
    parts.map(({ once }) => onceKey(table, once)),
    { consistent: true },
  );
  const known = new Map<OneOfMany, Earlier>();
  for (const [i, part] of parts.entries()) known.set(part, await earlierOf(table, records[i] ?? null, part.once));
  const isNew = (part: OneOfMany) => known.get(part)?.kind === 'NONE';
  const before = parts.filter((part) => !isNew(part)).map(({ caseId }) => caseId);
  const items = await batchRead<CaseItem>(table, before.map(talentKeys.case), { consistent: true });
  const answered = new Map(before.map((caseId, i) => [caseId, items[i] ?? null]));
  const shared = keyLoader<PrimaryKey, PrimaryKey>(table, (key) => key);
  return mapConcurrently(parts, MAX_CONCURRENT_CALLS, async (part) => ({
    earlier: known.get(part) ?? { kind: 'NONE' },
    situation: isNew(part)
      ? await readSituation(table, part.caseId, {
          now: part.once.now,
          calendarOf: calendarsAt(table, part.once.now),
          readShared: <Item extends PrimaryKey>(key: PrimaryKey) => shared.load(key) as Promise<Item | null>,
        })
      : null,
    answered: answered.get(part.caseId) ?? null,
  }));
}
