/** Interest of enterprises in offers, private to the two sides, its withdrawal, and matches. */
import { mayWrite } from '../access/decision.ts';
import type { EnterpriseRelation } from '../access/relation.ts';
import type { OfferBinding } from '../access/write-relation.ts';
import type { Localized } from '../locale.ts';
import { refuseText, refuseVersion, type Versioned } from '../records/record.ts';
import { type Decision, refuse } from '../refusal.ts';
import { refuseRelation, type StepRefusalCode } from '../support/refusals.ts';
import type { Viewer } from '../viewer.ts';
import { isOpen, type Offer, refusePublisherOf } from './offer.ts';

export interface Interest extends Versioned {
  readonly offerId: string;
  /** The interested enterprise. */
  readonly enterpriseId: string;
  readonly publisher: OfferBinding;
  readonly message: Localized;
  readonly state: 'INTERESTED' | 'MATCHED' | 'WITHDRAWN';
}

export type InterestDecision = Decision<Interest, StepRefusalCode>;

const MAX_MESSAGE_CHARACTERS = 500;
const PUBLISHER_GONE = 'The offer has ended: its enterprise has ended, or has left all parks.';

/** The stored facts that decide an interest. */
export interface InterestSituation {
  readonly offer: Offer | null;
  readonly before: Interest | null;
  /** Set where the publisher is an enterprise that is gone: its offers end with it. */
  readonly isPublisherGone?: boolean;
}

/**
 * Decides the interest of an enterprise.
 * @param relation the viewer's relation to the enterprise; null where there is no such enterprise
 */
export function decideInterest(
  { enterpriseId, message }: Pick<Interest, 'enterpriseId' | 'message'>,
  { offer, before, isPublisherGone = false }: InterestSituation,
  relation: EnterpriseRelation | null,
  viewer: Viewer,
  now: Date,
): InterestDecision {
  const refused = refuseRelation(relation, (of) => mayWrite(viewer, 'showInterest', of));
  if (refused.length > 0) return { ok: false, refusals: refused };
  if (!offer) return refuse('UNKNOWN_RECORD', ['offer'], 'There is no such offer.');
  if (!isOpen(offer, now)) return refuse('WRONG_STATE', ['offer'], 'The offer is withdrawn, or no longer valid.');
  if (isPublisherGone) return refuse('ENDED', ['offer'], PUBLISHER_GONE);
  if (offer.enterpriseId === enterpriseId) {
    return refuse('INVALID_VALUE', ['enterprise'], 'This is the publisher of the offer.');
  }
  if (before && before.state !== 'WITHDRAWN') {
    return refuse('RECORD_EXISTS', ['offer'], 'The enterprise has shown interest already.');
  }
  const refusals = refuseText(message, ['message'], MAX_MESSAGE_CHARACTERS);
  if (refusals.length > 0) return { ok: false, refusals };
  const publisher = { enterpriseId: offer.enterpriseId, zoneId: offer.zoneId };
  const version = (before?.version ?? 0) + 1;
  const value: Interest = { offerId: offer.id, enterpriseId, publisher, message, state: 'INTERESTED', version };
  return { ok: true, value };
}

/**
 * Decides the withdrawal of an interest by the enterprise. It may follow the end of the offer.
 * @param seen the version of the interest that the clerk has seen
 * @param relation the viewer's relation to the enterprise; null where there is no such enterprise
 */
export function decideInterestWithdrawal(
  seen: number,
  before: Interest | null,
  relation: EnterpriseRelation | null,
  viewer: Viewer,
): InterestDecision {
  const refused = refuseRelation(relation, (of) => mayWrite(viewer, 'withdrawInterest', of));
  if (refused.length > 0) return { ok: false, refusals: refused };
  if (!before) return refuse('UNKNOWN_RECORD', ['offer'], 'The enterprise has shown no interest.');
  const outdated = refuseVersion(seen, before);
  if (outdated.length > 0) return { ok: false, refusals: outdated };
  if (before.state !== 'INTERESTED')
    return refuse('WRONG_STATE', [], 'The interest is accepted, or withdrawn already.');
  return { ok: true, value: { ...before, state: 'WITHDRAWN', version: before.version + 1 } };
}

/**
 * Decides the acceptance of an interest by the publisher: a match.
 * @param seen the version of the interest that the publisher has seen
 */
export function decideMatch(
  seen: number,
  { offer, before, isPublisherGone = false }: InterestSituation,
  viewer: Viewer,
  now: Date,
): InterestDecision {
  if (!offer) return refuse('UNKNOWN_RECORD', ['offer'], 'There is no such offer.');
  const refused = refusePublisherOf(offer, viewer, 'acceptInterest');
  if (refused.length > 0) return { ok: false, refusals: refused };
  if (!before) return refuse('UNKNOWN_RECORD', ['enterprise'], 'The enterprise has shown no interest.');
  const outdated = refuseVersion(seen, before);
  if (outdated.length > 0) return { ok: false, refusals: outdated };
  if (!isOpen(offer, now)) return refuse('WRONG_STATE', ['offer'], 'The offer is withdrawn, or no longer valid.');
  if (isPublisherGone) return refuse('ENDED', ['offer'], PUBLISHER_GONE);
  if (before.state !== 'INTERESTED')
    return refuse('WRONG_STATE', [], 'The interest is accepted already, or withdrawn.');
  return { ok: true, value: { ...before, state: 'MATCHED', version: before.version + 1 } };
}
