/** A support request of an enterprise: its states, and the steps between them. */
import type { Localized } from '../locale.ts';
import type { Versioned } from '../records/record.ts';
import type { SupportKind, SupportNeed } from './need.ts';

/**
 * The states of a support request.
 * - OPEN: the enterprise has asked; no officer has taken the request.
 * - IN_PROGRESS: an officer of the home zone has taken it.
 * - ANSWERED: an officer has answered. Further answers and visits may follow.
 * - RESOLVED: an officer has closed it after an answer. The enterprise may rate it once.
 * - WITHDRAWN: the enterprise has withdrawn it.
 */
export const SUPPORT_STATES = ['OPEN', 'IN_PROGRESS', 'ANSWERED', 'RESOLVED', 'WITHDRAWN'] as const;
export type SupportState = (typeof SUPPORT_STATES)[number];

export const SUPPORT_STEPS = ['TAKE', 'VISIT', 'ANSWER', 'CLOSE', 'RATE', 'WITHDRAW'] as const;
export type SupportStep = (typeof SUPPORT_STEPS)[number];

/** State → step → next state; a missing step is refused. */
const NEXT_STATE = {
  OPEN: { TAKE: 'IN_PROGRESS', WITHDRAW: 'WITHDRAWN' },
  IN_PROGRESS: { VISIT: 'IN_PROGRESS', ANSWER: 'ANSWERED', WITHDRAW: 'WITHDRAWN' },
  ANSWERED: { VISIT: 'ANSWERED', ANSWER: 'ANSWERED', CLOSE: 'RESOLVED', WITHDRAW: 'WITHDRAWN' },
  RESOLVED: { RATE: 'RESOLVED' },
  WITHDRAWN: {},
} as const satisfies Record<SupportState, Partial<Record<SupportStep, SupportState>>>;

/** Returns the state after a step; null where the state doesn't allow the step. */
export function stateAfter(state: SupportState, step: SupportStep): SupportState | null {
  const steps: Partial<Record<SupportStep, SupportState>> = NEXT_STATE[state];
  return steps[step] ?? null;
}

/** The event of each step, and that of the request itself. */
export const EVENT_OF = {
  TAKE: 'TAKEN',
  VISIT: 'VISITED',
  ANSWER: 'ANSWERED',
  CLOSE: 'CLOSED',
  RATE: 'RATED',
  WITHDRAW: 'WITHDRAWN',
} as const satisfies Record<SupportStep, string>;
export type SupportEventKind = 'REQUESTED' | (typeof EVENT_OF)[SupportStep];

export interface SupportEvent {
  readonly kind: SupportEventKind;
  /** RFC 3339, UTC. */
  readonly at: string;
}

export type ServiceChannel = 'ONLINE' | 'ON_SITE';

/** A visit to the enterprise, on site or online. */
export interface Visit {
  readonly on: string;
  readonly channel: ServiceChannel;
  readonly outcome: Localized;
}

/** A request of an enterprise for support, as it stands. */
export interface SupportRequest extends Versioned {
  readonly id: string;
  readonly enterpriseId: string;
  readonly kind: SupportKind;
  readonly channel: ServiceChannel;
  readonly status: SupportState;
  readonly openedOn: string;
  /** Oldest first. */
  readonly visits: readonly Visit[];
  /** Missing in requests from before there were mutations of them, like all that follows. */
  readonly need?: SupportNeed;
  /** The newest answer. */
  readonly answer?: Localized;
  /** 1 to 5. */
  readonly rating?: number;
  /** Oldest first. */
  readonly events?: readonly SupportEvent[];
}
