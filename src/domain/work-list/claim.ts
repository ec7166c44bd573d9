/**
 * The claim of an agency's officer on a case. It is no event of the case, and no action requires it: it shows
 * colleagues who works on what. Revealing a whole value does require it (`access/reveal.ts`).
 */

import type { CaseBinding } from '../access/case-relation.ts';
import { mayWrite } from '../access/decision.ts';
import { claimRelation } from '../access/write-relation.ts';
import { relationOf } from '../cases/access.ts';
import type { Decision } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';
import type { Work } from './work-item.ts';

export interface Claim {
  /** The officer, as the issuer names them. */
  readonly by: string;
  /** RFC 3339, UTC, with milliseconds. */
  readonly at: string;
}

export type ClaimRefusal = 'UNKNOWN_CASE' | 'NOT_IN_YOUR_LIST' | 'NOT_YOURS' | 'CLAIMED_BY_ANOTHER';

/** The facts that decide a claim. */
export interface ClaimSituation {
  readonly case: CaseBinding | null;
  /** The case in the list of the officer's agency; null where the list doesn't have it. */
  readonly work: (Pick<Work, 'zoneId' | 'agency'> & { readonly claim?: Claim | null }) | null;
}

/** Decides `claimWork`: returns the new claim. An officer's own claim stays unchanged. */
export function decideClaim(situation: ClaimSituation, viewer: Viewer, now: Date): Decision<Claim, ClaimRefusal> {
  const listed = listedFor(situation, viewer, 'claimWork');
  if (!listed.ok) return listed;
  const { claim, by } = listed.value;
  return { ok: true, value: claim ?? { by, at: now.toISOString() } };
}

/** Decides `releaseWork`. Releasing an unclaimed case succeeds. */
export function decideRelease(situation: ClaimSituation, viewer: Viewer): Decision<null, ClaimRefusal> {
  const listed = listedFor(situation, viewer, 'releaseWork');
  return listed.ok ? { ok: true, value: null } : listed;
}

interface Listed {
  readonly claim: Claim | null;
  /** The officer, as the issuer names them. */
  readonly by: string;
}

function listedFor(
  { case: of, work }: ClaimSituation,
  viewer: Viewer,
  mutation: 'claimWork' | 'releaseWork',
): Decision<Listed, ClaimRefusal> {
  if (viewer.kind !== 'officer' || of === null || relationOf(viewer, of) === 'NONE') {
    return { ok: false, refusals: [{ code: 'UNKNOWN_CASE', field: ['case'], message: 'There is no such case.' }] };
  }
  const relation = claimRelation(viewer, work);
  if (relation === 'NONE') {
    const message = `The case is not in the list of ${viewer.agency}.`;
    return { ok: false, refusals: [{ code: 'NOT_IN_YOUR_LIST', field: ['case'], message }] };
  }
  const claim = work?.claim ?? null;
  if (mayWrite(viewer, mutation, relation)) return { ok: true, value: { claim, by: viewer.person } };
  if (claim && relation === 'COLLEAGUE') return claimedBy(claim);
  const message = 'Only an officer with a role for cases may do this.';
  return { ok: false, refusals: [{ code: 'NOT_YOURS', field: [], message }] };
}

function claimedBy({ by, at }: Claim): {
  ok: false;
  refusals: { code: ClaimRefusal; field: string[]; message: string }[];
} {
  const message = `${by} claimed the case at ${at}.`;
  return { ok: false, refusals: [{ code: 'CLAIMED_BY_ANOTHER', field: ['case'], message }] };
}
