import { caseRelation, worklistRelation } from '../../domain/access/relation.ts';
import type { CaseItem } from '../../storage/talent/items.ts';
import type { Guard, Guards } from '../../subgraph/guard.ts';
import { noteAccess } from './access-log/note-access.ts';
import type { Context } from './context.ts';
import type { ApplicantOfCase, BeneficiaryOfCase, ListedWork } from './parents.ts';

/**
 * Makes the access rules of a case's records. They depend on the viewer's relation to the case, and every access is
 * noted.
 */
function byCase<Parent>(caseOf: (record: Parent) => CaseItem): Guard<Context, Parent> {
  return {
    relationTo: (record, { viewer }) => caseRelation(viewer, caseOf(record)),
    shown: (record, seen, { store }) => noteAccess(store.accessRecorder, caseOf(record), seen),
  };
}

/** An entry of an agency's list reveals a case, so access to it is noted. */
const byList: Guard<Context, ListedWork> = {
  relationTo: ({ work }, { viewer }) => worklistRelation(viewer, work),
  shown: ({ case: of }, seen, { store }) => of && noteAccess(store.accessRecorder, of, seen),
};

export const guards: Guards<Context> = {
  TalentCase: byCase((of: CaseItem) => of),
  Applicant: byCase((of: ApplicantOfCase) => of),
  Beneficiary: byCase(({ of }: BeneficiaryOfCase) => of),
  WorkItem: byList,
};
