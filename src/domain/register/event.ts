/** Events of the register. They are stored with the enterprise and reported to the zones concerned. */
import type { ObjectionReason } from './move.ts';
import type { RejectionReason, Stated } from './proposal.ts';
import type { ChallengeReason } from './registration.ts';

export const REGISTER_EVENT_KINDS = [
  'REGISTERED',
  'CONFIRMED',
  'CHALLENGED',
  'CHALLENGE_UPHELD',
  'CHALLENGE_REJECTED',
  'ADMISSION_AGREED',
  'ADMISSION_RECORDED',
  'ADMITTED',
  'ADMISSION_ENDED',
  'MOVE_ARRANGED',
  'MOVE_REQUESTED',
  'MOVE_WITHDRAWN',
  'MOVE_ACCEPTED',
  'MOVE_OBJECTED',
  'MOVE_REFUSED',
  'MOVED',
  'PROPOSED',
  'PROPOSAL_REJECTED',
  'CHANGED',
  'LEFT',
  'SUCCESSION_STATED',
  'SUCCESSION_AGREED',
  'SUCCESSION_CONFIRMED',
  'SUCCESSION_ENDED',
  'SUCCEEDED',
  'BECAME_SUCCESSOR',
] as const;
export type RegisterEventKind = (typeof REGISTER_EVENT_KINDS)[number];

/** Actors of an event. RULE is a deadline that passed without a decision. */
export const REGISTER_ACTORS = ['ENTERPRISE', 'ZONE', 'ADMINISTRATOR', 'RULE'] as const;
export type RegisterActor = (typeof REGISTER_ACTORS)[number];

export interface RegisterEvent {
  readonly kind: RegisterEventKind;
  readonly by: RegisterActor;
  /** The zones that it concerns, each once. Their officers are notified. */
  readonly zoneIds: readonly string[];
  /** Set where an administrator must act. */
  readonly isForAdministrators: boolean;
  readonly parkId: string | null;
  readonly reason: ChallengeReason | ObjectionReason | RejectionReason | null;
  /** The change that was stated; absent in all other events. */
  readonly stated?: Stated;
}
