/** Decides a support request and each step of one: returns the request after it, or the refusal. */
import { mayWrite } from '../access/decision.ts';
import type { EnterpriseRelation } from '../access/relation.ts';
import type { MutationName } from '../access/write-table.ts';
import { dayInShanghai } from '../calendar/day.ts';
import type { Localized } from '../locale.ts';
import { refuseText, refuseVersion, unless } from '../records/record.ts';
import { type Decision, type Refusal, refuse } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';
import { refuseNeed, type SupportKind, type SupportNeed } from './need.ts';
import { refuseRelation, type StepRefusalCode } from './refusals.ts';
import {
  EVENT_OF,
  type ServiceChannel,
  type SupportRequest,
  type SupportStep,
  stateAfter,
  type Visit,
} from './request.ts';

export type SupportDecision = Decision<SupportRequest, StepRefusalCode>;

/** The request as an enterprise's clerk states it. */
export interface StatedRequest {
  readonly id: string;
  readonly enterpriseId: string;
  readonly kind: SupportKind;
  readonly channel: ServiceChannel;
  readonly need: SupportNeed;
}

/**
 * Decides a new request.
 * @param relation the viewer's relation to the enterprise; null where there is no such enterprise
 */
export function decideRequest(
  stated: StatedRequest,
  relation: EnterpriseRelation | null,
  viewer: Viewer,
  now: Date,
): SupportDecision {
  const openedOn = dayInShanghai(now);
  const refused = refuseRelation(relation, (of) => mayWrite(viewer, 'requestSupport', of));
  const refusals = refused.length > 0 ? refused : refuseNeed(stated.kind, stated.need, openedOn);
  if (refusals.length > 0) return { ok: false, refusals };
  const events = [{ kind: 'REQUESTED', at: now.toISOString() }] as const;
  return { ok: true, value: { ...stated, version: 1, status: 'OPEN', openedOn, visits: [], events } };
}

/** The input of each step, besides the version that the caller has seen. */
interface Details {
  readonly TAKE: object;
  readonly VISIT: { readonly visit: Visit };
  readonly ANSWER: { readonly answer: Localized };
  readonly CLOSE: object;
  readonly RATE: { readonly rating: number };
  readonly WITHDRAW: object;
}
export type SupportCommand = {
  [Step in SupportStep]: { readonly step: Step; readonly seen: number } & Details[Step];
}[SupportStep];

/** The mutation of each step. */
export const MUTATION_OF = {
  TAKE: 'takeSupportRequest',
  VISIT: 'logVisit',
  ANSWER: 'answerSupportRequest',
  CLOSE: 'closeSupportRequest',
  RATE: 'rateSupportRequest',
  WITHDRAW: 'withdrawSupportRequest',
} as const satisfies Record<SupportStep, MutationName>;

/**
 * Visits and answers of a request stop at this version, so that its item stays small. It can still be closed, rated and
 * withdrawn.
 */
export const MAX_WORKED_VERSIONS = 100;

/**
 * Decides a step. A request that the viewer may not see is refused like one that doesn't exist.
 * @param relation the viewer's relation to the enterprise that asked; null where there is no such request
 */
export function decideStep(
  before: SupportRequest | null,
  command: SupportCommand,
  relation: EnterpriseRelation | null,
  viewer: Viewer,
  now: Date,
): SupportDecision {
  if (!before || relation === null || relation === 'NONE' || relation === 'HOST') {
    return refuse('UNKNOWN_RECORD', ['request'], 'There is no such request.');
  }
  const { step, seen } = command;
  if (!mayWrite(viewer, MUTATION_OF[step], relation)) {
    return refuse('NOT_YOURS', [], 'You may not do this for this request.');
  }
  const outdated = refuseVersion(seen, before);
  if (outdated.length > 0) return { ok: false, refusals: outdated };
  const status = stateAfter(before.status, step);
  if (status === null || (step === 'RATE' && before.rating !== undefined)) {
    return refuse('WRONG_STATE', [], `A request in state ${before.status} can't go this step.`);
  }
  if ((step === 'VISIT' || step === 'ANSWER') && before.version >= MAX_WORKED_VERSIONS) {
    return refuse('WRONG_STATE', [], 'The request has as many visits and answers as it can hold.');
  }
  const refusals = refuseDetails(before, command, dayInShanghai(now));
  if (refusals.length > 0) return { ok: false, refusals };
  const events = [...(before.events ?? []), { kind: EVENT_OF[step], at: now.toISOString() }];
  return { ok: true, value: { ...before, ...changeBy(before, command), status, events, version: before.version + 1 } };
}

const MAX_WORDS_CHARACTERS = 1_000;

function refuseDetails(
  { openedOn }: SupportRequest,
  command: SupportCommand,
  today: string,
): readonly Refusal<StepRefusalCode>[] {
  switch (command.step) {
    case 'VISIT': {
      const { on, outcome } = command.visit;
      const isPast = on >= openedOn && on <= today;
      return [
        ...unless(isPast, 'INVALID_VALUE', ['on'], 'A visit is between the day of the request and today.'),
        ...refuseText(outcome, ['outcome'], MAX_WORDS_CHARACTERS),
      ];
    }
    case 'ANSWER':
      return refuseText(command.answer, ['answer'], MAX_WORDS_CHARACTERS);
    case 'RATE': {
      const { rating } = command;
      return unless(rating >= 1 && rating <= 5, 'INVALID_VALUE', ['rating'], 'A rating is 1 to 5.');
    }
    default:
      return [];
  }
}

function changeBy({ visits }: SupportRequest, command: SupportCommand): Partial<SupportRequest> {
  switch (command.step) {
    case 'VISIT':
      return { visits: [...visits, command.visit] };
    case 'ANSWER':
      return { answer: command.answer };
    case 'RATE':
      return { rating: command.rating };
    default:
      return {};
  }
}
