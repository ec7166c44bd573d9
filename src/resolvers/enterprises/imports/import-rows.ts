import {
  decideEnterpriseRow,
  type ImportedEnterprise,
  type ImportRefusal,
} from '../../../domain/imports/enterprise-import.ts';
import {
  decideImport,
  type ImportDecisionRefusal,
  type ImportedState,
  type ImportFrame,
} from '../../../domain/imports/imported-enterprise.ts';
import { closedDaysMessage } from '../../../domain/published-figures/touched-days.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { newId } from '../../../storage/dynamodb/new-id.ts';
import type { Imports } from '../../../storage/enterprises/imports/imports.ts';
import type { EnterpriseItem } from '../../../storage/enterprises/items.ts';
import type { RecordOf } from '../../../storage/enterprises/make-items.ts';
import {
  changedItem,
  type EnterpriseWrite,
  type LoadedEnterprise,
} from '../../../storage/enterprises/register/change-writes.ts';
import type { EnterpriseRowInput, ImportRowStatus } from '../generated/types.ts';

export type RowRefusal =
  | ImportRefusal
  | ImportDecisionRefusal
  | 'TWICE_IN_ONE_CALL'
  | 'CHANGED_MEANWHILE'
  | 'DAY_CLOSED';

export interface RowResult {
  readonly line: number;
  readonly status: ImportRowStatus;
  readonly enterprise: EnterpriseItem | null;
  readonly refusals: readonly Refusal<RowRefusal>[];
}

/** A row that is valid as far as can be told without the store. */
interface PendingRow {
  readonly line: number;
  readonly row: ImportedEnterprise;
}

export const isPending = (row: PendingRow | RowResult): row is PendingRow => 'row' in row;

/** Attempts of rows whose data change between load and commit. */
const MAX_ATTEMPTS = 3;

/** Checked rows, and what was loaded for those of them that are pending, in their order. */
interface LoadedRows {
  readonly rows: readonly (PendingRow | RowResult)[];
  readonly loaded: readonly LoadedEnterprise[];
}

/** Imports rows, each by itself, and returns their results in order. */
export async function importRows(
  imports: Imports,
  { rows: checked, loaded: first }: LoadedRows,
  frame: ImportFrame,
  now: Date,
): Promise<readonly RowResult[]> {
  let rows = checked;
  for (let attempt = 0; attempt < MAX_ATTEMPTS && rows.some(isPending); attempt++) {
    const pending = rows.filter(isPending);
    const loaded = attempt === 0 ? first : await loadRows(imports, pending, now);
    const results = await importOnce(imports, { rows: pending, loaded }, frame, now);
    rows = rows.map((row) => (isPending(row) ? (results.get(row) ?? row) : row));
  }
  return rows.map((row) => {
    if (!isPending(row)) return row;
    const message = 'Others are changing this enterprise just now. Send the row again in a moment.';
    return refused(row.line, [{ code: 'CHANGED_MEANWHILE', field: [], message }]);
  });
}

/** Loads the enterprises of rows, in their order. */
export function loadRows(
  imports: Imports,
  rows: readonly PendingRow[],
  now: Date,
): Promise<readonly LoadedEnterprise[]> {
  return imports.load(
    rows.map(({ row }) => row.uscc),
    now,
  );
}

/** Checks rows as far as can be told without the store. */
export function checkRows(input: readonly EnterpriseRowInput[]): (PendingRow | RowResult)[] {
  const lines = new Map<string, number>();
  return input.map(({ line, ...texts }) => {
    const present = Object.fromEntries(Object.entries(texts).filter(([, text]) => text != null));
    const decision = decideEnterpriseRow(present);
    if (!decision.ok) return refused(line, decision.refusals);
    const { uscc } = decision.value;
    const earlier = lines.get(uscc);
    if (earlier !== undefined) {
      const message = `Line ${earlier} has the same code.`;
      return refused(line, [{ code: 'TWICE_IN_ONE_CALL', field: ['uscc'], message }]);
    }
    lines.set(uscc, line);
    return { line, row: decision.value };
  });
}

/** Returns the results of all rows except those whose data changed between load and commit. */
async function importOnce(
  imports: Imports,
  { rows, loaded }: { readonly rows: readonly PendingRow[]; readonly loaded: readonly LoadedEnterprise[] },
  frame: ImportFrame,
  now: Date,
): Promise<ReadonlyMap<PendingRow, RowResult>> {
  const results = new Map<PendingRow, RowResult>();
  const writes = new Map<PendingRow, EnterpriseWrite>();
  for (const [i, pending] of rows.entries()) {
    const before = loaded[i] ?? { enterprise: null, reporting: null };
    const { enterprise, reporting } = before;
    const decision = decideImport(enterprise, pending.row, frame, reporting?.lastDay ?? null);
    if (!decision.ok) results.set(pending, refused(pending.line, decision.refusals));
    else if (decision.value) {
      const { after, event } = decision.value;
      writes.set(pending, { before, after: recordOf(enterprise, after, now), event });
    } else results.set(pending, { line: pending.line, status: 'UNCHANGED', enterprise, refusals: [] });
  }
  const committed = await imports.commit([...writes.values()], now);
  for (const [i, [pending, { before, after }]] of [...writes].entries()) {
    const outcome = committed[i];
    if (typeof outcome === 'object') {
      const message = closedDaysMessage(outcome.closedDays);
      results.set(pending, refused(pending.line, [{ code: 'DAY_CLOSED', field: [], message }]));
    }
    if (outcome !== 'COMMITTED') continue;
    const status = before.enterprise ? 'UPDATED' : 'CREATED';
    results.set(pending, { line: pending.line, status, enterprise: changedItem(after, now), refusals: [] });
  }
  return results;
}

/** Returns the stored record of an enterprise that was registered or changed. */
export function recordOf(before: EnterpriseItem | null, state: ImportedState, now: Date): RecordOf<EnterpriseItem> {
  if (before) return { ...before, ...state, version: before.version + 1 };
  return { ...state, id: newId('ent', now), version: 1, sites: [], qualifications: [], supplyLinks: [] };
}

function refused(line: number, refusals: readonly Refusal<RowRefusal>[]): RowResult {
  return { line, status: 'REFUSED', enterprise: null, refusals };
}
