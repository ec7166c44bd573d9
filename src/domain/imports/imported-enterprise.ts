import { lastFixedDay } from '../enterprises/history.ts';
import { type ResidencyChangeRefusal, resideFrom } from '../enterprises/residency-change.ts';
import { type Decision, refuse } from '../refusal.ts';
import type { RegisterEvent } from '../register/event.ts';
import type { RegisterRecord } from '../register/record.ts';
import { type RegistrationState, registrationAfter } from '../register/registration.ts';
import { hasEnded } from '../register/succession.ts';
import type { ImportedEnterprise } from './enterprise-import.ts';

/** The part of an enterprise that an import may change. */
export interface ImportedState extends ImportedEnterprise, Omit<RegisterRecord, 'id'> {}

/** The park of an import, and the day from which its rows are valid. */
export interface ImportFrame {
  readonly parkId: string;
  /** The zone of the park. It becomes the home of newly registered enterprises. */
  readonly zoneId: string;
  readonly residentFrom: string;
  /** Set for an administrator, whose registrations are confirmed at once. */
  readonly isByAdministrator: boolean;
}

export type ImportDecisionRefusal = ResidencyChangeRefusal | 'OTHER_ZONE' | 'CHALLENGED' | 'ENDED';

/** The change that a row makes to an enterprise. */
export interface ImportChange {
  readonly after: ImportedState;
  /** Null where only facts change. */
  readonly event: RegisterEvent | null;
}

/**
 * Decides the change that a row makes to an enterprise. The home zone, which is public, is checked first. So a park of
 * another zone learns no private data from a refusal.
 * @param before the enterprise with the row's code; null where there is none
 * @param lastReported the last day that it has reported; null where none
 * @returns null where the row changes nothing
 */
export function decideImport(
  before: ImportedState | null,
  row: ImportedEnterprise,
  frame: ImportFrame,
  lastReported: string | null,
): Decision<ImportChange | null, ImportDecisionRefusal> {
  const isNew = before === null || before.registration === 'VOID';
  if (!isNew && before.homeZoneId !== frame.zoneId) {
    return refuse('OTHER_ZONE', ['uscc'], 'The home of this enterprise is another zone.');
  }
  if (before && hasEnded(before)) {
    return refuse('ENDED', ['uscc'], 'This enterprise has ended: it has successors.');
  }
  if (before?.registration === 'CHALLENGED') {
    return refuse('CHALLENGED', ['uscc'], 'The registration of this enterprise is challenged.');
  }
  const stay = { parkId: frame.parkId, from: frame.residentFrom, registeredStaff: row.staffCount };
  const stays = resideFrom(before?.residencies ?? [], stay, lastFixedDay(before ?? {}, lastReported));
  if (!stays.ok) {
    // The reported days of an unconfirmed enterprise are private, so this message doesn't name them.
    if (before?.registration === 'CONFIRMED') return stays;
    return refuse('DAYS_REPORTED', [], 'The stay cannot begin on that day. Name a later one.');
  }
  const registration = registered(before?.registration ?? 'VOID', frame);
  const after: ImportedState = {
    ...(before ?? { challenge: null, admissions: [], move: null }),
    ...row,
    homeZoneId: frame.zoneId,
    registration,
    residencies: stays.value,
  };
  if (before && sameState(before, after)) return { ok: true, value: null };
  return { ok: true, value: { after, event: before?.registration === registration ? null : eventOf(isNew, frame) } };
}

function registered(state: RegistrationState, { isByAdministrator }: ImportFrame): RegistrationState {
  const begun = registrationAfter(state, 'REGISTER') ?? state;
  return isByAdministrator ? (registrationAfter(begun, 'CONFIRM') ?? begun) : begun;
}

function eventOf(isNew: boolean, { parkId, zoneId, isByAdministrator }: ImportFrame): RegisterEvent {
  return {
    kind: isNew ? 'REGISTERED' : 'CONFIRMED',
    by: isByAdministrator ? 'ADMINISTRATOR' : 'ZONE',
    zoneIds: [zoneId],
    isForAdministrators: false,
    parkId,
    reason: null,
  };
}

function sameState(a: ImportedState, b: ImportedState): boolean {
  return (
    a.registration === b.registration &&
    a.residencies === b.residencies &&
    a.name.zh === b.name.zh &&
    a.name.ja === b.name.ja &&
    a.name.en === b.name.en &&
    a.industryCode === b.industryCode &&
    a.sector === b.sector &&
    a.sizeClass === b.sizeClass &&
    a.staffCount === b.staffCount
  );
}
