/** Commands about an enterprise's home, admissions, registration, facts or stays. */
import type { AdmissionTerms } from './admission.ts';
import type { ObjectionReason } from './move.ts';
import type { RejectionReason, Stated } from './proposal.ts';
import type { ChallengeReason } from './registration.ts';
import type { SuccessionTerms } from './succession.ts';

type Nothing = Readonly<Record<never, never>>;

/** The input of each action, besides the version that the caller read. */
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
  /** The park of the change; null where it names none. */
  readonly STATE: { readonly stated: Stated; readonly parkId: string | null };
  /** The reason is for a rejection only. */
  readonly DECIDE_PROPOSAL: {
    readonly number: number;
    readonly isAccepted: boolean;
    readonly reason: RejectionReason | null;
  };
  /** The source is for an administrator only. */
  readonly SUCCEED: SuccessionTerms & { readonly source: string | null };
  readonly CONFIRM_SUCCESSION: Nothing;
  readonly END_SUCCESSION: Nothing;
}

export type RegisterAction = keyof Details;

export type RegisterCommandOf<Action extends RegisterAction> = {
  readonly action: Action;
  /** The version of the enterprise that the caller read; null where later changes don't matter. */
  readonly version: number | null;
} & Details[Action];

export type RegisterCommand = { [Action in RegisterAction]: RegisterCommandOf<Action> }[RegisterAction];
