import { isOwnCase } from '../../domain/look.ts';
import type { CaseItem } from '../../storage/talent/items.ts';
import type { Looker } from '../../storage/talent/looks.ts';
import type { Call } from '../../subgraph/request.ts';
import type { Context } from './context.ts';

export function lookerOf({ viewer, now, requestId, purpose }: Call): Looker {
  return { viewer, now, requestId, purpose: purpose ?? null };
}

/** Of these there are masked forms only. */
const MASKED_FIELDS: readonly string[] = ['applicant'];

/** Notes that a field of another's case is shown: every field, by whatever way the case was come to. */
export function noteLook(of: CaseItem, field: string, { viewer, store }: Context): void {
  if (isOwnCase(viewer, of)) return;
  store.looks.note({
    subject: of.applicantId,
    caseId: of.id,
    field: `TalentCase.${field}`,
    form: MASKED_FIELDS.includes(field) ? 'MASKED' : 'FULL',
  });
}
