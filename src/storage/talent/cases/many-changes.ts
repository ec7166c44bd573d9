import { batchRead } from '../../dynamodb/batch.ts';
import { claimKey, type Earlier, earlierOf, type OnceRequest, onceKey } from '../../dynamodb/idempotency.ts';
import { keyLoader } from '../../dynamodb/item-loader.ts';
import { MAX_CONCURRENT_CALLS, mapConcurrently } from '../../dynamodb/map-concurrently.ts';
import type { Table } from '../../dynamodb/table.ts';
import { type PrimaryKey, talentKeys } from '../../tables.ts';
import type { CaseItem, CaseTypeVersionItem } from '../items.ts';
import { type LoadedCase, readSituation } from './case-changes.ts';

/** One of the changes that one call asks for, each on another case and done once by itself. */
export interface OneOfMany {
  readonly once: OnceRequest;
  readonly caseId: string;
}

export type LoadedOne = LoadedCase & {
  /** The case, where this part of the call was answered before. */
  readonly answered: CaseItem | null;
};

/** Changes of many cases that one call asks for. */
export interface ManyChanges {
  /** Notes the key of the call as a whole; says what became of the key before. */
  claim(once: OnceRequest): Promise<Earlier>;
  /**
   * What each is decided by: the records of all in one BatchGet; of those that were done before, the cases in another; of
   * each of the rest its file, a Query as every change begins with, and their types together.
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
  const types = keyLoader<PrimaryKey, CaseTypeVersionItem>(table, (key) => key);
  return mapConcurrently(parts, MAX_CONCURRENT_CALLS, async (part) => ({
    earlier: known.get(part) ?? { kind: 'NONE' },
    situation: isNew(part) ? await readSituation(table, part.caseId, types.load) : null,
    answered: answered.get(part.caseId) ?? null,
  }));
}
