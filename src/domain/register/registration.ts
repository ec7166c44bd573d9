/** The registration of an enterprise. It opens no private data until the enterprise or an administrator confirms it. */

/**
 * The states of a registration.
 * - UNCONFIRMED: a zone's officer has registered the enterprise; it is not confirmed.
 * - CHALLENGED: the enterprise or another zone disputes the registration. An administrator decides, or the enterprise
 * confirms it after all.
 * - CONFIRMED: the enterprise or an administrator has confirmed it.
 * - VOID: an administrator has upheld the challenge, or the enterprise never agreed. The next registration starts anew.
 */
export const REGISTRATION_STATES = ['UNCONFIRMED', 'CHALLENGED', 'CONFIRMED', 'VOID'] as const;
export type RegistrationState = (typeof REGISTRATION_STATES)[number];

export type RegistrationStep =
  | 'REGISTER'
  | 'CONFIRM'
  | 'CONFIRM_AFTER_ALL'
  | 'DISOWN'
  | 'CHALLENGE'
  | 'UPHOLD'
  | 'UPHOLD_OTHER_HOME'
  | 'REJECT';

/** State → step → next state; a missing step is refused. */
export const REGISTRATION_STEPS = {
  UNCONFIRMED: { CONFIRM: 'CONFIRMED', DISOWN: 'VOID', CHALLENGE: 'CHALLENGED' },
  CHALLENGED: {
    CONFIRM_AFTER_ALL: 'CONFIRMED',
    DISOWN: 'VOID',
    UPHOLD: 'VOID',
    UPHOLD_OTHER_HOME: 'CONFIRMED',
    REJECT: 'CONFIRMED',
  },
  CONFIRMED: {},
  VOID: { REGISTER: 'UNCONFIRMED' },
} as const satisfies Record<RegistrationState, Partial<Record<RegistrationStep, RegistrationState>>>;

/** Returns the state after a step; null where the state doesn't allow the step. */
export function registrationAfter(state: RegistrationState, step: RegistrationStep): RegistrationState | null {
  const steps: Partial<Record<RegistrationStep, RegistrationState>> = REGISTRATION_STEPS[state];
  return steps[step] ?? null;
}

export const CHALLENGE_REASONS = ['OTHER_HOME', 'NOT_AGREED', 'NO_SUCH_ENTERPRISE'] as const;
export type ChallengeReason = (typeof CHALLENGE_REASONS)[number];

/** A dispute of a registration that awaits an administrator's decision. */
export interface Challenge {
  readonly reason: ChallengeReason;
  /** The zone that the challenger names as the home; only for OTHER_HOME. */
  readonly homeZoneId: string | null;
  /** The zone of the challenging officer; null for the enterprise's clerk. */
  readonly byZoneId: string | null;
  /** `YYYY-MM-DD`. */
  readonly on: string;
}
