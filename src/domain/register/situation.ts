/** The situation of an enterprise that decides a command, and the resulting change. */
import type { EnterpriseFacts } from '../enterprises/facts.ts';
import type { Decision, Refusal } from '../refusal.ts';
import type { RegisterActor, RegisterEvent } from './event.ts';
import type { RegisterRecord } from './record.ts';

export type RegisterRefusalCode =
  | 'UNKNOWN_ENTERPRISE'
  | 'UNKNOWN_PARK'
  | 'NOT_YOURS'
  | 'OTHER_VERSION'
  | 'WRONG_STATE'
  | 'WRONG_ZONE'
  | 'NO_ADMISSION'
  | 'TOO_MANY_ADMISSIONS'
  | 'INVALID_DAY'
  | 'INVALID_STAFF_COUNT'
  | 'INVALID_HOME_ZONE'
  | 'DAY_CLOSED'
  | 'NO_PROPOSAL'
  | 'NO_STAY'
  | 'TOO_MANY'
  | 'INVALID_TEXT'
  | 'UNKNOWN_INDUSTRY'
  | 'INVALID_REASON';

/** An enterprise before a command. A lapsed move is already carried out in it. */
export interface RegisterSituation {
  readonly enterprise: RegisterRecord & EnterpriseFacts & { readonly version: number };
  /** The park that the command names; null where there is none. */
  readonly park: { readonly parkId: string; readonly zoneId: string } | null;
  /** The last day that the enterprise has reported; null where none. */
  readonly lastReported: string | null;
}

/** The facts that decide a step. */
export interface RegisterMoment extends RegisterSituation {
  /** The current day in Asia/Shanghai. */
  readonly today: string;
  readonly by: RegisterActor;
  /** The officer's zone; null for other viewers. */
  readonly byZoneId: string | null;
}

/** The change of an enterprise by a command, and its event. */
export interface RegisterChange {
  readonly change: Partial<Omit<RegisterRecord, 'id'> & EnterpriseFacts>;
  readonly event: RegisterEvent;
}

export type RegisterDecision = Decision<RegisterChange, RegisterRefusalCode>;

export function refuseRegister(code: RegisterRefusalCode, field: string, message: string) {
  const refusal: Refusal<RegisterRefusalCode> = { code, field: [field], message };
  return { ok: false, refusals: [refusal] } as const;
}
