import type { CaseItem } from '../../storage/talent/items.ts';
import type { Looker, Looks } from '../../storage/talent/looks.ts';
import type { Seen } from '../../subgraph/guard.ts';
import type { Call } from '../../subgraph/request.ts';

export function lookerOf({ viewer, now, requestId, purpose }: Call): Looker {
  return { viewer, now, requestId, purpose: purpose ?? null };
}

/** Notes that a field of another's case is shown: every field, by whatever way the case was come to. */
export function noteLook(looks: Looks, of: CaseItem, { field, form, relation }: Seen): void {
  if (relation === 'OWN') return;
  looks.note({ subject: of.applicantId, caseId: of.id, field, form });
}
