/** A second reading of recognitions, from the rounds of signatures of their agreements and without any code of the domain. */
import type { Caller, ModelAgreement } from './model-linkages.ts';

export interface ModelRecognition {
  readonly by: string;
  readonly of: string;
  readonly kind: string;
  readonly agreement: ModelAgreement;
  readonly firstDay: string;
  lastDay: string | null;
  version: number;
}

const isBefore = (last: string | null, day: string) => last !== null && last < day;

/** Whether a zone may recognise what another has granted: both are parties of an agreement for it that holds then. */
export function mayRecognise(
  caller: Caller,
  agreement: ModelAgreement,
  given: Pick<ModelRecognition, 'of' | 'firstDay' | 'lastDay'>,
  today: string,
): boolean {
  const { parties, signedOn, lastDay, terms } = agreement;
  if (![caller.zone, given.of].every((zone) => parties.includes(zone)) || caller.zone === given.of) return false;
  if (signedOn === null || signedOn > given.firstDay || !terms.isForRecognition) return false;
  if (isBefore(terms.validTo, given.firstDay) || isBefore(lastDay, given.firstDay)) return false;
  return given.firstDay >= today && !isBefore(given.lastDay, given.firstDay);
}

/** Ends a recognition. Returns whether that may be. */
export function endModelRecognition(
  { zone }: Caller,
  recognition: ModelRecognition,
  { seen, lastDay }: { readonly seen: number; readonly lastDay: string },
  today: string,
): boolean {
  if (zone !== recognition.by || seen !== recognition.version || lastDay < today) return false;
  if (recognition.lastDay !== null && lastDay >= recognition.lastDay) return false;
  recognition.lastDay = lastDay;
  recognition.version += 1;
  return true;
}

/** Whether a kind of one zone counts in another on a day. What a zone has granted itself counts there on every day. */
export function countsIn(
  recognitions: readonly ModelRecognition[],
  { kind, of, at, day }: { readonly kind: string; readonly of: string; readonly at: string; readonly day: string },
): boolean {
  if (of === at) return true;
  return recognitions.some(
    (each) =>
      each.by === at &&
      each.of === of &&
      each.kind === kind &&
      each.firstDay <= day &&
      !isBefore(each.lastDay, day) &&
      each.agreement.carriesOn(day),
  );
}
