/**
 * Who of an agency has taken a case in hand. It is no event of the case and forbids nobody anything: colleagues see who is at
 * work on what.
 */
import { type CaseBinding, worklistRelation } from './access/relation.ts';
import { standingOf } from './cases/access.ts';
import type { Work } from './cases/work.ts';
import type { Decision } from './refusal.ts';
import type { Viewer } from './viewer.ts';

export interface Claim {
  /** The officer, as the issuer calls them. */
  readonly by: string;
  /** RFC 3339, UTC, with milliseconds. */
  readonly at: string;
}

export type ClaimRefusal = 'UNKNOWN_CASE' | 'NOT_IN_YOUR_LIST' | 'CLAIMED_BY_ANOTHER';

/** What a claim is decided by. */
export interface ClaimSituation {
  readonly case: CaseBinding | null;
  /** The case in the list of the officer's agency; null where that doesn't have it. */
  readonly work: (Pick<Work, 'zoneId' | 'agency'> & { readonly claim?: Claim | null }) | null;
}

/** The claim after it: an officer's own stays as it was. */
export function decideClaim(situation: ClaimSituation, viewer: Viewer, now: Date): Decision<Claim, ClaimRefusal> {
  const listed = listedFor(situation, viewer);
  if (!listed.ok) return listed;
  const { claim, officer } = listed.value;
  if (!claim) return { ok: true, value: { by: officer.person, at: now.toISOString() } };
  return claim.by === officer.person ? { ok: true, value: claim } : heldBy(claim);
}

/** No claim after it. What nobody has is released already. */
export function decideRelease(situation: ClaimSituation, viewer: Viewer): Decision<null, ClaimRefusal> {
  const listed = listedFor(situation, viewer);
  if (!listed.ok) return listed;
  const { claim, officer } = listed.value;
  if (claim && claim.by !== officer.person && !officer.roles.includes('DECIDE')) return heldBy(claim);
  return { ok: true, value: null };
}

interface Listed {
  readonly claim: Claim | null;
  readonly officer: Extract<Viewer, { kind: 'officer' }>;
}

function listedFor({ case: of, work }: ClaimSituation, viewer: Viewer): Decision<Listed, ClaimRefusal> {
  if (viewer.kind !== 'officer' || of === null || standingOf(viewer, of) === 'NONE') {
    return { ok: false, refusals: [{ code: 'UNKNOWN_CASE', field: ['case'], message: 'There is no such case.' }] };
  }
  if (work === null || worklistRelation(viewer, work) !== 'AGENCY') {
    const message = `The case is not in the list of ${viewer.agency}.`;
    return { ok: false, refusals: [{ code: 'NOT_IN_YOUR_LIST', field: ['case'], message }] };
  }
  return { ok: true, value: { claim: work.claim ?? null, officer: viewer } };
}

function heldBy({ by, at }: Claim): {
  ok: false;
  refusals: { code: ClaimRefusal; field: string[]; message: string }[];
} {
  const message = `${by} has it in hand since ${at}.`;
  return { ok: false, refusals: [{ code: 'CLAIMED_BY_ANOTHER', field: ['case'], message }] };
}
