import { caseRelation } from '../../../domain/access/relation.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import type { CaseItem } from '../../../storage/talent/items.ts';

/** Tells whether a viewer may know that this case exists. To all others it is not found. */
export function mayKnow(viewer: Viewer, of: CaseItem): boolean {
  return caseRelation(viewer, of) !== 'NONE';
}
