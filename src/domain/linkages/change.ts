/** Changes of a signed agreement, once proposed: their signatures, and the agreement after the last one. */
import { addDays } from '../calendar/day.ts';
import { type RecordRefusal, unless } from '../records/record.ts';
import type { AgreementRecord, PendingChange, ReplacedTerms } from './agreement.ts';
import { refuseTerms } from './agreement-terms.ts';
import { isComplete, type Signature, withSignature } from './signature.ts';

/** Returns the agreement after a signature under a change: the last one carries the change out. */
export function afterSignedChange(
  before: AgreementRecord,
  change: PendingChange,
  signature: Signature,
): AgreementRecord {
  const signers = withSignature(change.signers, signature);
  if (!isComplete(signers)) return { ...before, change: { ...change, signers } };
  const after = withoutChange(before);
  if (change.kind === 'TERMINATION') return { ...after, status: 'TERMINATED', terminatedOn: change.lastDay };
  const { noticeDays: _, caseTerms: __, ...kept } = after;
  const times = (before.amended?.times ?? 0) + 1;
  return { ...kept, ...change.terms, amended: { times, on: signature.today } };
}

/** Returns an agreement with nothing that waits for signatures. */
export function withoutChange({ change: _, ...agreement }: AgreementRecord): AgreementRecord {
  return agreement;
}

/** Refuses to sign a change whose days have passed since it was proposed. */
export function refuseSigningChange(before: AgreementRecord, today: string): RecordRefusal[] {
  const { change } = before;
  if (!change) return [];
  if (change.kind === 'AMENDMENT') {
    const { caseTerms: _, ...kept } = before;
    return refuseTerms({ ...kept, ...change.terms }, today).map(keptBack);
  }
  const isByNotice = change.signers.length < before.parties.length;
  const first = isByNotice && before.noticeDays !== undefined ? addDays(today, before.noticeDays) : today;
  return unless(change.lastDay >= first, 'KEPT', ['agreement'], `The last day is ${first} at the earliest.`);
}

const keptBack = ({ message }: RecordRefusal): RecordRefusal => ({ code: 'KEPT', field: ['agreement'], message });

/** Returns the terms that a change of an agreement has replaced; null where it has replaced none. */
export function replacedTerms(before: AgreementRecord | null, after: AgreementRecord): ReplacedTerms | null {
  const { amended } = after;
  if (!before || !amended || amended.times === (before.amended?.times ?? 0)) return null;
  const { title, validTo, purposes, shareTerms, noticeDays, caseTerms } = before;
  const notice = { ...(noticeDays === undefined ? {} : { noticeDays }), ...(caseTerms && { caseTerms }) };
  const signedOn = before.amended?.on ?? before.signedOn ?? amended.on;
  return { title, validTo, purposes, shareTerms, ...notice, number: amended.times, signedOn, replacedOn: amended.on };
}
