import type { Accessor, AccessRecorder } from '../../../storage/talent/access-log/record.ts';
import type { CaseItem } from '../../../storage/talent/items.ts';
import type { ShownField } from '../../../subgraph/guards/fields.ts';
import type { Call } from '../../../subgraph/request.ts';

export function accessorOf({ viewer, now, requestId, purpose }: Call): Accessor {
  return { viewer, now, requestId, purpose: purpose ?? null };
}

/** Notes the access to a shown field of another person's case, however the case was found. */
export function noteAccess(notes: AccessRecorder, of: CaseItem, { field, form, relation }: ShownField): void {
  if (relation === 'OWN') return;
  notes.add({ subject: of.applicantId, caseId: of.id, field, form });
}
