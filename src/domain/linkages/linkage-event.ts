/** The events of agreements and coverages that parties are told of. */
import { addDays, shanghaiInstant } from '../calendar/day.ts';
import type { AgreementRecord } from './agreement.ts';

export const AGREEMENT_EVENTS = [
  'PROPOSED',
  'SIGNED',
  'DECLINED',
  'WITHDRAWN',
  'CHANGE_PROPOSED',
  'CHANGE_DROPPED',
  'AMENDED',
  'TERMINATED',
  /** No command makes it: the last day has passed. */
  'EXPIRED',
] as const;
export type AgreementEvent = (typeof AGREEMENT_EVENTS)[number];

export const COVERAGE_EVENTS = ['ADDED', 'ENDED'] as const;

/**
 * Returns the event by which an agreement became what it is. Null for the first of two officers who sign for a zone:
 * that concerns no other.
 */
export function agreementEvent(before: AgreementRecord | null, after: AgreementRecord): AgreementEvent | null {
  if (!before) return 'PROPOSED';
  if (after.status !== before.status) return after.status;
  if (after.amended?.times !== before.amended?.times) return 'AMENDED';
  if (after.change && after.change.kind !== before.change?.kind) return 'CHANGE_PROPOSED';
  if (before.change && !after.change) return 'CHANGE_DROPPED';
  return signaturesOf(after) > signaturesOf(before) ? 'SIGNED' : null;
}

/** Returns the instant at which an agreement expires: midnight in Shanghai after its last day; null where it doesn't. */
export function expiryOf({ status, validTo }: Pick<AgreementRecord, 'status' | 'validTo'>): string | null {
  return status === 'SIGNED' && validTo !== null ? shanghaiInstant(addDays(validTo, 1), '00:00').toISOString() : null;
}

function signaturesOf({ parties, change }: AgreementRecord): number {
  return [...parties, ...(change?.signers ?? [])].filter(({ signedOn }) => signedOn !== null).length;
}
