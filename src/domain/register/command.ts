/** What somebody wants changed of an enterprise's home, admissions or registration. */
import type { AdmissionTerms } from './admission.ts';
import type { ObjectionReason } from './move.ts';
import type { ChallengeReason } from './registration.ts';

type Nothing = Readonly<Record<never, never>>;

/** What comes with each action beside the version that was seen. */
interface Details {
  readonly CONFIRM_REGISTRATION: Nothing;
  readonly CHALLENGE_REGISTRATION: { readonly reason: ChallengeReason; readonly homeZoneId: string | null };
  readonly DECIDE_CHALLENGE: { readonly isUpheld: boolean };
  readonly AGREE_TO_ADMISSION: { readonly parkId: string; readonly from: string };
  readonly RECORD_ADMISSION: { readonly parkId: string; readonly from: string; readonly terms: AdmissionTerms };
  readonly END_ADMISSION: { readonly parkId: string; readonly lastDay: string };
  readonly REQUEST_MOVE: { readonly parkId: string; readonly keepsSites: boolean };
  readonly WITHDRAW_MOVE: Nothing;
  readonly ACCEPT_MOVE: Nothing;
  readonly HAND_OVER: Nothing;
  readonly OBJECT_TO_MOVE: { readonly reason: ObjectionReason };
  readonly DECIDE_MOVE: { readonly isApproved: boolean };
}

export type RegisterAction = keyof Details;

export type RegisterCommandOf<Action extends RegisterAction> = {
  readonly action: Action;
  /** The version of the enterprise that was seen; null where it doesn't matter what has changed since. */
  readonly version: number | null;
} & Details[Action];

export type RegisterCommand = { [Action in RegisterAction]: RegisterCommandOf<Action> }[RegisterAction];
