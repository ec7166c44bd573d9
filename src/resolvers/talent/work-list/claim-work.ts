import { worklistRelation } from '../../../domain/access/relation.ts';
import type { Agency } from '../../../domain/cases/agency.ts';
import type { Decision } from '../../../domain/refusal.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { type Claim, type ClaimRefusal, decideClaim, decideRelease } from '../../../domain/work-list/claim.ts';
import { CodedError } from '../../../errors.ts';
import type { ListedWork, LoadedWork } from '../../../storage/talent/work-list/work-list.ts';
import { ONCE_CODES, type OnceRefusal, once, onceRequest } from '../../../subgraph/once.ts';
import { type UserErrorCode, userErrors } from '../../../subgraph/user-errors.ts';
import type { Context } from '../context.ts';
import type { ClaimWorkInput, MutationResolvers, ReleaseWorkInput } from '../generated/types.ts';

export const claimWork: NonNullable<MutationResolvers['claimWork']> = changingClaim('claimWork', decideClaim);
export const releaseWork: NonNullable<MutationResolvers['releaseWork']> = changingClaim('releaseWork', decideRelease);

type Decide = (loaded: LoadedWork, viewer: Viewer, now: Date) => Decision<Claim | null, ClaimRefusal>;

function changingClaim(mutation: string, decide: Decide) {
  return async (_: unknown, { input }: { readonly input: ClaimWorkInput | ReleaseWorkInput }, context: Context) => {
    const { viewer, store, request } = context;
    const agency = agencyOf(viewer);
    const call = onceRequest(mutation, input, request.now);
    const decision = await once(call, {
      load: () => store.worklist.load(call, input.case, agency),
      decide: (loaded) => decide(loaded, viewer, request.now),
      commit: (claim, loaded) => store.worklist.commit(call, loaded, claim),
      again: async ([caseId = '']) => ownOnly(viewer, await store.worklist.answered(caseId, agency)),
      done: (claim, { work, case: of }): ListedWork | null => work && { work: { ...work, claim }, case: of },
    });
    if (decision.ok) return { work: decision.value, userErrors: [] };
    return { work: null, userErrors: userErrors(decision.refusals, CODES) };
  };
}

/** Returns an entry only if it is still the agency's: the case may have moved to the same agency of another zone. */
function ownOnly(viewer: Viewer, listed: ListedWork | null): ListedWork | null {
  return listed && worklistRelation(viewer, listed.work) === 'AGENCY' ? listed : null;
}

function agencyOf(viewer: Viewer): Agency {
  if (viewer.kind === 'officer') return viewer.agency;
  throw new CodedError('FORBIDDEN', 'Only officers can claim cases.');
}

const CODES = {
  ...ONCE_CODES,
  UNKNOWN_CASE: 'NOT_FOUND',
  NOT_IN_YOUR_LIST: 'NOT_ALLOWED',
  NOT_YOURS: 'NOT_ALLOWED',
  CLAIMED_BY_ANOTHER: 'ALREADY_CLAIMED',
} as const satisfies Record<ClaimRefusal | OnceRefusal, UserErrorCode>;
