/** Events of the register: kept with the enterprise, and told to the zones that they concern. */
import type { ObjectionReason } from './move.ts';
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
  'MOVE_REQUESTED',
  'MOVE_WITHDRAWN',
  'MOVE_ACCEPTED',
  'MOVE_OBJECTED',
  'MOVE_REFUSED',
  'MOVED',
] as const;
export type RegisterEventKind = (typeof REGISTER_EVENT_KINDS)[number];

/** Who brought an event about; RULE is silence until a deadline. */
export const REGISTER_ACTORS = ['ENTERPRISE', 'ZONE', 'ADMINISTRATOR', 'RULE'] as const;
export type RegisterActor = (typeof REGISTER_ACTORS)[number];

export interface RegisterEvent {
  readonly kind: RegisterEventKind;
  readonly by: RegisterActor;
  /** The zones that it concerns, each once: their officers are told. */
  readonly zoneIds: readonly string[];
  /** Whether it waits for an administrator. */
  readonly isForAdministrators: boolean;
  readonly parkId: string | null;
  readonly reason: ChallengeReason | ObjectionReason | null;
}
