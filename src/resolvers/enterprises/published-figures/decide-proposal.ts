import { mayWrite } from '../../../domain/access/decision.ts';
import { canonical } from '../../../domain/canonical.ts';
import {
  decideReason,
  decideStep,
  type ProposalRefusal,
  type ProposalStep,
  type ReasonRefusal,
} from '../../../domain/published-figures/proposal.ts';
import type { Decision, Refusal } from '../../../domain/refusal.ts';
import { securityEvent } from '../../../security-event.ts';
import type { FiguresProposalItem } from '../../../storage/enterprises/items.ts';
import type { LoadedFigures } from '../../../storage/enterprises/published-figures/proposals.ts';
import { ONCE_CODES, type OnceRefusal, once, onceRequest } from '../../../subgraph/once.ts';
import { type UserErrorCode, userErrors } from '../../../subgraph/user-errors.ts';
import type { Context } from '../context.ts';
import type { MutationResolvers } from '../generated/types.ts';
import { relationToPark } from '../relations.ts';
import { decideAsked } from './propose.ts';

type DecisionRefusal = ProposalRefusal | ReasonRefusal | 'CHANGED_SINCE' | 'NOT_YOUR_PARK';
type Decided = Decision<FiguresProposalItem, DecisionRefusal>;

export const withdrawFigures: NonNullable<MutationResolvers['withdrawFigures']> = (_, { input }, context) =>
  close('withdrawFigures', 'WITHDRAW', input, context);

export const rejectFigures: NonNullable<MutationResolvers['rejectFigures']> = (_, { input }, context) =>
  close('rejectFigures', 'REJECT', input, context);

interface DecideInput {
  readonly idempotencyKey: string;
  readonly park: string;
  readonly proposal: string;
  readonly version: number;
  readonly reason?: string;
}

/** Accepts another officer's proposal: decides it again on the stored data and applies it. */
export const acceptFigures: NonNullable<MutationResolvers['acceptFigures']> = async (_, { input }, context) => {
  const { store, request } = context;
  const officer = await officerOf('acceptFigures', input.park, context);
  if (!officer) return refused([NOT_YOUR_PARK]);
  const call = onceRequest('acceptFigures', input, request.now);
  const name = { parkId: input.park, id: input.proposal };
  const decision = await once(call, {
    load: () => store.proposals.loadForAcceptance(call, name),
    decide: ({ proposal, figures }): Decided => {
      const step = decideStep(proposal, 'ACCEPT', { person: officer, seen: input.version, now: request.now });
      if (!step.ok) return step;
      return proposal && figures && isUnchanged(proposal, figures) ? { ok: true, value: proposal } : CHANGED_SINCE;
    },
    commit: (proposal, { figures }) => store.proposals.accept(call, proposal, figures as LoadedFigures, officer),
    again: async () => false,
    done: () => true,
  });
  if (!decision.ok) return refused(decision.refusals);
  const applied = await store.proposals.finish(name, request.now);
  const proposal = applied?.id === name.id ? applied : await store.proposals.byId.load(name);
  if (decision.value && proposal?.kind === 'CORRECTION') {
    const { viewer } = context;
    securityEvent(context.log, { kind: 'FIGURES_CORRECTED', viewer, park: input.park, days: proposal.days.length });
  }
  return { proposal, userErrors: [] };
};

/** Tells whether the proposal still gives the same changes and figures as when it was made. */
function isUnchanged({ asked, changes, days }: FiguresProposalItem, figures: LoadedFigures): boolean {
  const again = decideAsked(asked, figures);
  return again.ok && canonical(again.value) === canonical({ changes, days });
}

async function close(
  mutation: 'withdrawFigures' | 'rejectFigures',
  step: ProposalStep,
  input: DecideInput,
  context: Context,
) {
  const { store, request } = context;
  const officer = await officerOf(mutation, input.park, context);
  if (!officer) return refused([NOT_YOUR_PARK]);
  const call = onceRequest(mutation, input, request.now);
  const name = { parkId: input.park, id: input.proposal };
  const reason = input.reason === undefined ? null : decideReason(input.reason);
  const decision = await once(call, {
    load: () => store.proposals.loadCourse(call, name),
    decide: ({ proposal }): Decided => {
      if (reason && !reason.ok) return reason;
      const decided = decideStep(proposal, step, { person: officer, seen: input.version, now: request.now });
      return decided.ok && proposal ? { ok: true, value: proposal } : (decided as Decided);
    },
    commit: (proposal) =>
      store.proposals.close(call, proposal, {
        state: step === 'WITHDRAW' ? 'WITHDRAWN' : 'REJECTED',
        decidedBy: officer,
        decidedAt: request.now.toISOString(),
        ...(reason?.ok ? { decisionReason: reason.value } : {}),
      }),
    again: async () => null,
    done: () => null,
  });
  if (!decision.ok) return refused(decision.refusals);
  return { proposal: await store.proposals.byId.load(name), userErrors: [] };
}

/** Returns the officer's identifier at the issuer if they may act for the park; null for everybody else. */
async function officerOf(
  mutation: 'acceptFigures' | 'rejectFigures' | 'withdrawFigures',
  park: string,
  context: Context,
): Promise<string | null> {
  const { viewer } = context;
  const isAllowed = mayWrite(viewer, mutation, await relationToPark(park, context));
  return viewer.kind === 'officer' && isAllowed ? viewer.person : null;
}

function refused(refusals: readonly Refusal<DecisionRefusal | OnceRefusal>[]) {
  return { proposal: null, userErrors: userErrors(refusals, CODES) };
}

const NOT_YOUR_PARK: Refusal<DecisionRefusal> = {
  code: 'NOT_YOUR_PARK',
  field: ['park'],
  message: 'The figures of this park are not yours to decide on.',
};

const CHANGED_SINCE: Decided = {
  ok: false,
  refusals: [
    {
      code: 'CHANGED_SINCE',
      field: ['proposal'],
      message: 'What it was computed from has changed since it was proposed. Have it proposed again.',
    },
  ],
};

const CODES = {
  ...ONCE_CODES,
  NOT_YOUR_PARK: 'NOT_ALLOWED',
  INVALID_REASON: 'INVALID',
  UNKNOWN_PROPOSAL: 'NOT_FOUND',
  OTHER_VERSION: 'VERSION_CONFLICT',
  CHANGED_SINCE: 'VERSION_CONFLICT',
  ALREADY_DECIDED: 'NOT_ALLOWED',
  EXPIRED: 'NOT_ALLOWED',
  OWN_PROPOSAL: 'NOT_ALLOWED',
  NOT_PROPOSER: 'NOT_ALLOWED',
} as const satisfies Record<DecisionRefusal | OnceRefusal, UserErrorCode>;
