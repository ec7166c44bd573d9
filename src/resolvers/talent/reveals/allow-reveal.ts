import { decideReveal, type Reveal, type RevealRefusal, type RevealRequest } from '../../../domain/access/reveal.ts';
import { quotaFor, type RevealQuota } from '../../../domain/access/reveal-quota.ts';
import { dayInShanghai } from '../../../domain/calendar/day.ts';
import type { Decision, Refusal } from '../../../domain/refusal.ts';
import { securityEvent } from '../../../security-event.ts';
import type { CaseItem } from '../../../storage/talent/items.ts';
import type { UserErrorCode } from '../../../subgraph/user-errors.ts';
import type { Context } from '../context.ts';
import { noteAccess } from '../entities.ts';

/** A permitted reveal, subject to the quota. */
export interface AllowedReveal extends Reveal {
  readonly case: CaseItem;
  readonly quota: RevealQuota | null;
}

/** Decides whether a value or a file of a case may be shown to the caller. */
export async function allowReveal(
  caseId: string,
  request: RevealRequest,
  { viewer, store }: Context,
): Promise<Decision<AllowedReveal, RevealRefusal>> {
  const { quota, ...situation } =
    viewer.kind === 'officer'
      ? await store.reveals.load(caseId, viewer)
      : { case: await store.cases.byId.load(caseId), work: null, quota: null };
  const decision = decideReveal(viewer, situation, request);
  if (!decision.ok) return decision;
  if (situation.case === null) throw new Error('a reveal of no case was allowed');
  return { ok: true, value: { ...decision.value, case: situation.case, quota } };
}

/**
 * Charges a reveal to the caller's quota, records it in the access log, and reports it. The value may be opened only
 * afterwards.
 * @param field the schema coordinate of the value
 * @returns the refusal, or null if the value may be opened
 */
export async function recordReveal(
  mutation: string,
  allowed: AllowedReveal,
  field: string,
  { purpose, emergency }: RevealRequest,
  { viewer, store, request, log }: Context,
): Promise<Refusal<'QUOTA_EXCEEDED'> | null> {
  const { case: of, relation, ground, quota } = allowed;
  const event = { viewer, requestId: request.id, mutation, purpose, isClaimed: ground === 'CLAIMED' };
  if (viewer.kind === 'officer' && ground !== 'OWN' && quota !== null) {
    const limit = quotaFor(ground, quota);
    const { now } = request;
    const taken = { officer: viewer.person, person: of.applicantId, ground, limit, day: dayInShanghai(now), now };
    if (!(await store.reveals.count(taken))) {
      securityEvent(log, { kind: 'REVEAL_QUOTA_EXCEEDED', ...event, limit });
      const message = `You have opened values of ${limit} persons today, which is your quota. It begins anew at midnight.`;
      return { code: 'QUOTA_EXCEEDED', field: ['case'], message };
    }
  }
  noteAccess(store.accessRecorder, of, { field, form: 'FULL', relation });
  await store.accessRecorder.flush(purpose);
  if (ground === 'CLAIMED') securityEvent(log, { kind: 'DATA_REVEALED', ...event });
  if (ground === 'EMERGENCY') securityEvent(log, { kind: 'EMERGENCY_REVEAL', ...event, reason: emergency ?? '' });
  return null;
}

export const REVEAL_CODES = {
  UNKNOWN_CASE: 'NOT_FOUND',
  NOT_REVEALED: 'NOT_ALLOWED',
  NO_REVEALING_ROLE: 'NOT_ALLOWED',
  NOT_CLAIMED: 'NOT_ALLOWED',
  QUOTA_EXCEEDED: 'QUOTA_EXCEEDED',
} as const satisfies Record<RevealRefusal | 'QUOTA_EXCEEDED', UserErrorCode>;
