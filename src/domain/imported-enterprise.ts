import type { ImportedEnterprise } from './enterprise-import.ts';
import type { Decision } from './refusal.ts';
import type { Residency } from './residency.ts';
import { type ResidencyChangeRefusal, resideFrom } from './residency-change.ts';

/** What an import may change of an enterprise. */
export interface ImportedState extends ImportedEnterprise {
  /** Newest first. */
  readonly residencies: readonly Residency[];
}

/** The park that a file is imported for, and the day from which its rows hold. */
export interface ImportFrame {
  readonly parkId: string;
  readonly residentFrom: string;
}

/**
 * Decides what a row makes of an enterprise.
 * @param before the enterprise with the row's code; null where there is none
 * @param lastReported the last day that it has reported; null where none
 * @returns null where the row says nothing new
 */
export function decideImport(
  before: ImportedState | null,
  row: ImportedEnterprise,
  { parkId, residentFrom }: ImportFrame,
  lastReported: string | null,
): Decision<ImportedState | null, ResidencyChangeRefusal> {
  const stay = { parkId, from: residentFrom, registeredStaff: row.staffCount };
  const stays = resideFrom(before?.residencies ?? [], stay, lastReported);
  if (!stays.ok) return stays;
  const after = { ...row, residencies: stays.value };
  return { ok: true, value: before && sameState(before, after) ? null : after };
}

function sameState(a: ImportedState, b: ImportedState): boolean {
  return (
    a.residencies === b.residencies &&
    a.name.zh === b.name.zh &&
    a.name.ja === b.name.ja &&
    a.name.en === b.name.en &&
    a.industryCode === b.industryCode &&
    a.sector === b.sector &&
    a.sizeClass === b.sizeClass &&
    a.staffCount === b.staffCount
  );
}
