/** Application scenarios (应用场景) and cooperation offers (合作) that enterprises and zones publish. */
import { mayWrite } from '../access/decision.ts';
import { type OfferBinding, offerRelation } from '../access/write-relation.ts';
import type { MutationName } from '../access/write-table.ts';
import { dayInShanghai } from '../calendar/day.ts';
import type { Sector } from '../enterprises/industry.ts';
import type { Localized } from '../locale.ts';
import { refuseText, refuseVersion, unless, type Versioned } from '../records/record.ts';
import type { Decision, Refusal } from '../refusal.ts';
import type { StepRefusalCode } from '../support/refusals.ts';
import type { Viewer } from '../viewer.ts';

export interface Offer extends Versioned, OfferBinding {
  readonly id: string;
  readonly kind: 'SCENARIO' | 'OFFER';
  readonly sector: Sector;
  readonly title: Localized;
  readonly text: Localized;
  /** The last day, `YYYY-MM-DD`. */
  readonly validTo: string;
  readonly state: 'OPEN' | 'WITHDRAWN';
}

export type StatedOffer = Omit<Offer, 'version' | 'state' | keyof OfferBinding>;
export type OfferDecision = Decision<Offer, StepRefusalCode>;

const MAX_TEXT_CHARACTERS = 2_000;
/** Days for which an offer may be valid. */
const MAX_VALID_DAYS = 366;

/**
 * Decides a new offer.
 * @param publisher null where the input names no enterprise with a confirmed registration and no zone
 */
export function decideOffer(
  stated: StatedOffer,
  publisher: OfferBinding | null,
  viewer: Viewer,
  now: Date,
): OfferDecision {
  if (!publisher) {
    const message = 'Name a zone, or an enterprise whose registration is confirmed; one of the two.';
    return { ok: false, refusals: [{ code: 'UNKNOWN_REFERENCE', field: ['enterprise'], message }] };
  }
  const refused = refusePublisherOf(publisher, viewer, 'publishOffer');
  if (refused.length > 0) return { ok: false, refusals: refused };
  const today = dayInShanghai(now);
  const last = dayInShanghai(new Date(now.getTime() + MAX_VALID_DAYS * 86_400_000));
  const refusals = [
    ...refuseText(stated.title, ['title']),
    ...refuseText(stated.text, ['text'], MAX_TEXT_CHARACTERS),
    ...unless(
      stated.validTo >= today && stated.validTo <= last,
      'INVALID_VALUE',
      ['validTo'],
      `An offer is valid to today or later, at most for ${MAX_VALID_DAYS} days.`,
    ),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  return { ok: true, value: { ...stated, ...publisher, version: 1, state: 'OPEN' } };
}

/**
 * Decides the withdrawal of an offer.
 * @param seen the version that the publisher has seen
 */
export function decideWithdrawal(before: Offer | null, seen: number, viewer: Viewer): OfferDecision {
  if (!before) {
    return { ok: false, refusals: [{ code: 'UNKNOWN_RECORD', field: ['offer'], message: 'There is no such offer.' }] };
  }
  const refused = refusePublisherOf(before, viewer, 'withdrawOffer');
  const refusals = refused.length > 0 ? refused : refuseVersion(seen, before);
  if (refusals.length > 0) return { ok: false, refusals };
  if (before.state === 'WITHDRAWN') {
    return { ok: false, refusals: [{ code: 'WRONG_STATE', field: [], message: 'The offer is withdrawn already.' }] };
  }
  return { ok: true, value: { ...before, version: before.version + 1, state: 'WITHDRAWN' } };
}

/** Refuses a caller who does not speak for the publisher. */
export function refusePublisherOf(
  { enterpriseId, zoneId }: OfferBinding,
  viewer: Viewer,
  mutation: MutationName & ('publishOffer' | 'withdrawOffer' | 'acceptInterest'),
): readonly Refusal<StepRefusalCode>[] {
  const isAllowed = mayWrite(viewer, mutation, offerRelation(viewer, { enterpriseId, zoneId }));
  return unless(isAllowed, 'NOT_YOURS', [], 'You may not do this for this publisher.');
}

/** Returns whether enterprises may show interest. */
export function isOpen({ state, validTo }: Offer, now: Date): boolean {
  return state === 'OPEN' && validTo >= dayInShanghai(now);
}
