/** The situation of an enterprise that decides a command, and the resulting change. */
import type { EnterpriseFacts } from '../enterprises/facts.ts';
import type { Holdings } from '../enterprises/holdings.ts';
import type { Decision, Refusal } from '../refusal.ts';
import type { RegisterActor, RegisterEvent } from './event.ts';
import type { RegisterRecord } from './record.ts';

export type RegisterRefusalCode =
  | 'UNKNOWN_ENTERPRISE'
  | 'UNKNOWN_PARK'
  | 'UNKNOWN_GAP'
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
  | 'NO_SUCCESSION'
  | 'INVALID_SUCCESSORS'
  | 'TOO_MANY'
  | 'INVALID_TEXT'
  | 'UNKNOWN_INDUSTRY'
  | 'INVALID_REASON'
  | 'INVALID_REGION'
  | 'INVALID_PARTNER'
  | 'NO_RECORD';

/** An enterprise in which a lapsed move is already carried out. */
export type SettledEnterprise = RegisterRecord & EnterpriseFacts & Holdings & { readonly version: number };

/** A gap of a supply chain, as the register knows it. */
export interface StatedGap {
  /** The zone of its park; null where there is no such park. */
  readonly parkZoneId: string | null;
  /** Enterprises of the park and sector that need the goods. */
  readonly needing: number;
}

/** An enterprise before a command. */
export interface RegisterSituation {
  readonly enterprise: SettledEnterprise;
  /** The successors that the command names, or those of the stated succession; unknown ones are missing. */
  readonly successors: readonly SettledEnterprise[];
  /** The park that the command names; null where there is none. */
  readonly park: { readonly parkId: string; readonly zoneId: string } | null;
  /** The gap that a stated site fills; absent where it fills none. */
  readonly gap?: StatedGap;
  /** The last day that the enterprise has reported, or the last settled one where that is later; null where none. */
  readonly lastReported: string | null;
  /** The last closed day that the end of its stays by the stated succession would change; absent where none. */
  readonly lastClosed?: string;
}

/** The facts that decide a step. */
export interface RegisterMoment extends RegisterSituation {
  /** The current day in Asia/Shanghai. */
  readonly today: string;
  readonly by: RegisterActor;
  /** The officer's zone; null for other viewers. */
  readonly byZoneId: string | null;
  /** The clerk's enterprise; null for other viewers. */
  readonly byEnterpriseId: string | null;
}

/** A change of an enterprise, and its event. */
interface OneChange {
  readonly change: Partial<Omit<RegisterRecord, 'id'> & EnterpriseFacts & Holdings>;
  readonly event: RegisterEvent;
}

/** The change of an enterprise by a command. */
export interface RegisterChange extends OneChange {
  /** Changes of its successors in the same transaction. */
  readonly others?: readonly (OneChange & { readonly enterpriseId: string })[];
}

export type RegisterDecision = Decision<RegisterChange, RegisterRefusalCode>;

export function refuseRegister(code: RegisterRefusalCode, field: string, message: string) {
  const refusal: Refusal<RegisterRefusalCode> = { code, field: [field], message };
  return { ok: false, refusals: [refusal] } as const;
}
