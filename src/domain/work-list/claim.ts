/**
 * Who of an agency has taken a case in hand. It is no event of the case and no step of the case asks for it: colleagues see
 * who is at work on what. Opening a whole value does ask for it (`access/reveal.ts`).
 */
import { mayWrite } from '../access/may-write.ts';
import type { CaseBinding } from '../access/relation.ts';
import { claimRelation } from '../access/write-relation.ts';
import { standingOf } from '../cases/access.ts';
import type { Decision } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';
import type { Work } from './work-item.ts';

export interface Claim {
  /** The officer, as the issuer calls them. */
  readonly by: string;
  /** RFC 3339, UTC, with milliseconds. */
  readonly at: string;
}

export type ClaimRefusal = 'UNKNOWN_CASE' | 'NOT_IN_YOUR_LIST' | 'NOT_YOURS' | 'CLAIMED_BY_ANOTHER';

/** What a claim is decided by. */
export interface ClaimSituation {
  readonly case: CaseBinding | null;
  /** The case in the list of the officer's agency; null where that doesn't have it. */
  readonly work: (Pick<Work, 'zoneId' | 'agency'> & { readonly claim?: Claim | null }) | null;
}

/** Decides the claim after `claimWork`. An officer's own claim stays as it was. */
export function decideClaim(situation: ClaimSituation, viewer: Viewer, now: Date): Decision<Claim, ClaimRefusal> {
  const listed = listedFor(situation, viewer, 'claimWork');
  if (!listed.ok) return listed;
  const { claim, by } = listed.value;
  return { ok: true, value: claim ?? { by, at: now.toISOString() } };
}

/** Decides that there is no claim after `releaseWork`. What nobody has is released already. */
export function decideRelease(situation: ClaimSituation, viewer: Viewer): Decision<null, ClaimRefusal> {
  const listed = listedFor(situation, viewer, 'releaseWork');
  return listed.ok ? { ok: true, value: null } : listed;
}

interface Listed {
  readonly claim: Claim | null;
  /** The officer, as the issuer calls them. */
  readonly by: string;
}

function listedFor(
  { case: of, work }: ClaimSituation,
  viewer: Viewer,
  mutation: 'claimWork' | 'releaseWork',
): Decision<Listed, ClaimRefusal> {
  if (viewer.kind !== 'officer' || of === null || standingOf(viewer, of) === 'NONE') {
    return { ok: false, refusals: [{ code: 'UNKNOWN_CASE', field: ['case'], message: 'There is no such case.' }] };
  }
  const relation = claimRelation(viewer, work);
  if (relation === 'NONE') {
    const message = `The case is not in the list of ${viewer.agency}.`;
    return { ok: false, refusals: [{ code: 'NOT_IN_YOUR_LIST', field: ['case'], message }] };
  }
  const claim = work?.claim ?? null;
  if (mayWrite(viewer, mutation, relation)) return { ok: true, value: { claim, by: viewer.person } };
  if (claim && relation === 'COLLEAGUE') return heldBy(claim);
  const message = 'Only an officer with a role for cases may do this.';
  return { ok: false, refusals: [{ code: 'NOT_YOURS', field: [], message }] };
}

function heldBy({ by, at }: Claim): {
  ok: false;
  refusals: { code: ClaimRefusal; field: string[]; message: string }[];
} {
  const message = `${by} has it in hand since ${at}.`;
  return { ok: false, refusals: [{ code: 'CLAIMED_BY_ANOTHER', field: ['case'], message }] };
}
