/** Proposals to amend or to end a signed agreement. */
import { addDays, dayInShanghai } from '../calendar/day.ts';
import { type RecordRefusal, refuseVersion, unless } from '../records/record.ts';
import { type AgreementRecord, type AmendableTerms, agreementStatusOn, type PendingChange } from './agreement.ts';
import { refuseTerms } from './agreement-terms.ts';
import { afterSignedChange } from './change.ts';
import { type Act, type AgreementDecision, refuseWriter, signatureOf, unknownAgreement } from './signing.ts';

/** Upper bound of the amendments of an agreement, whose terms before are one item: DynamoDB's limit is 400 KB. */
export const MAX_AMENDMENTS = 40;

/** Decides the proposal of other terms (变更). They hold from the day of the last party's signature. */
export function decideAmendment(
  before: AgreementRecord | null,
  { seen, terms }: { readonly seen: number; readonly terms: AmendableTerms },
  act: Act,
): AgreementDecision {
  return decideChange(before, 'amendAgreement', act, (agreement) => {
    const { noticeDays: _, caseTerms: __, ...kept } = agreement;
    return {
      change: { kind: 'AMENDMENT', terms },
      signers: agreement.parties.map(({ zoneId }) => zoneId),
      refusals: [
        ...refuseVersion(seen, agreement),
        ...refuseTerms({ ...kept, ...terms }, dayInShanghai(act.now)),
        ...refuseOtherChange(agreement),
        ...unless(
          (agreement.amended?.times ?? 0) < MAX_AMENDMENTS,
          'KEPT',
          ['agreement'],
          `An agreement is amended ${MAX_AMENDMENTS} times at most: conclude a new one.`,
        ),
      ],
    };
  });
}

/**
 * Decides the proposal of an agreement's end (终止). One party ends it alone by giving the notice that the agreement
 * states, whatever else waits for signatures. Otherwise all parties sign.
 * @param lastDay the last day in force
 */
export function decideTermination(
  before: AgreementRecord | null,
  { seen, lastDay }: { readonly seen: number; readonly lastDay: string },
  act: Act,
): AgreementDecision {
  const today = dayInShanghai(act.now);
  return decideChange(before, 'terminateAgreement', act, (agreement, own) => {
    const { noticeDays, validTo, parties } = agreement;
    const isByNotice = noticeDays !== undefined && lastDay >= addDays(today, noticeDays);
    const isBeforeEnd = validTo === null || lastDay <= validTo;
    return {
      change: { kind: 'TERMINATION', lastDay },
      signers: isByNotice ? [own] : parties.map(({ zoneId }) => zoneId),
      refusals: [
        ...refuseVersion(seen, agreement),
        ...unless(lastDay >= today, 'INVALID_VALUE', ['lastDay'], 'The last day has passed.'),
        ...unless(isBeforeEnd, 'INVALID_VALUE', ['lastDay'], 'The agreement ends before.'),
        ...(isByNotice ? [] : refuseOtherChange(agreement)),
      ],
    };
  });
}

interface ProposedChange {
  readonly change:
    | Pick<Extract<PendingChange, { kind: 'AMENDMENT' }>, 'kind' | 'terms'>
    | Pick<Extract<PendingChange, { kind: 'TERMINATION' }>, 'kind' | 'lastDay'>;
  /** The zones that must sign. */
  readonly signers: readonly string[];
  readonly refusals: readonly RecordRefusal[];
}

function decideChange(
  before: AgreementRecord | null,
  mutation: 'amendAgreement' | 'terminateAgreement',
  act: Act,
  proposed: (agreement: AgreementRecord, own: string) => ProposedChange,
): AgreementDecision {
  if (!before) return { ok: false, refusals: unknownAgreement() };
  const signature = signatureOf(act, before.parties);
  const refused = refuseWriter(act.viewer, mutation, signature?.zoneId ?? null);
  if (refused.length > 0 || !signature) return { ok: false, refusals: refused };
  const { change, signers, refusals } = proposed(before, signature.zoneId);
  const all = [...refusals, ...refuseState(before, signature.today)];
  if (all.length > 0) return { ok: false, refusals: all };
  const pending: PendingChange = {
    ...change,
    proposedBy: signature.zoneId,
    signers: signers.map((zoneId) => ({ zoneId, signedOn: null })),
  };
  return { ok: true, value: { ...afterSignedChange(before, pending, signature), version: before.version + 1 } };
}

function refuseState({ status, validTo }: AgreementRecord, today: string): RecordRefusal[] {
  const isSigned = agreementStatusOn({ status, to: validTo }, today) === 'SIGNED';
  return unless(isSigned, 'KEPT', ['agreement'], 'Only a signed agreement that has not ended is changed.');
}

function refuseOtherChange({ change }: AgreementRecord): RecordRefusal[] {
  return unless(change === undefined, 'KEPT', ['agreement'], 'Another change waits for signatures.');
}
