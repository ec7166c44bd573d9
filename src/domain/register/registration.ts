/** The registration of an enterprise: nobody's private data open by it until the enterprise or an administrator confirms it. */

/**
 * - UNCONFIRMED: a zone's officer has registered the enterprise; nobody has confirmed it.
 * - CHALLENGED: the enterprise or another zone disputes the registration; an administrator decides, or the enterprise
 *   confirms it after all.
 * - CONFIRMED: the enterprise or an administrator has confirmed it.
 * - VOID: an administrator has upheld the challenge, or the enterprise has not asked for the registration. The next registration begins anew.
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

/** What each step makes of each state; a step that is missing is refused. */
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

/** The state after a step; null where the step is not open in this state. */
export function registrationAfter(state: RegistrationState, step: RegistrationStep): RegistrationState | null {
  const steps: Partial<Record<RegistrationStep, RegistrationState>> = REGISTRATION_STEPS[state];
  return steps[step] ?? null;
}

export const CHALLENGE_REASONS = ['OTHER_HOME', 'NOT_AGREED', 'NO_SUCH_ENTERPRISE'] as const;
export type ChallengeReason = (typeof CHALLENGE_REASONS)[number];

/** A dispute of a registration that waits for an administrator. */
export interface Challenge {
  readonly reason: ChallengeReason;
  /** The zone that the challenger names as the home; only for OTHER_HOME. */
  readonly homeZoneId: string | null;
  /** The zone whose officer challenges; null where the enterprise's clerk does. */
  readonly byZoneId: string | null;
  /** `YYYY-MM-DD`. */
  readonly on: string;
}
