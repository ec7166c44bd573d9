import { caseRelation } from '../../../domain/access/relation.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import type { CaseItem } from '../../../storage/talent/items.ts';

/** Whether a viewer may know that there is this case: to all others it is as one that there isn't. */
export function mayKnow(viewer: Viewer, of: CaseItem): boolean {
  return caseRelation(viewer, of) !== 'NONE';
}
