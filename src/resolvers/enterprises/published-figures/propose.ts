import { mayWrite } from '../../../domain/access/decision.ts';
import type { Correction, CorrectionRefusal, DecidedCorrection } from '../../../domain/published-figures/correction.ts';
import { decideCorrection } from '../../../domain/published-figures/decide-correction.ts';
import {
  type Backfill,
  type BackfillRefusal,
  decideBackfill,
  decideReason,
  type Proposal,
  type ReasonRefusal,
} from '../../../domain/published-figures/proposal.ts';
import type { Decision } from '../../../domain/refusal.ts';
import { newUlid } from '../../../storage/dynamodb/new-id.ts';
import type { LoadedFigures } from '../../../storage/enterprises/published-figures/proposals.ts';
import { ONCE_CODES, type OnceRefusal, once, onceRequest } from '../../../subgraph/once.ts';
import { type UserErrorCode, userErrors } from '../../../subgraph/user-errors.ts';
import type { Context } from '../context.ts';
import type { MutationResolvers, ProposeCorrectionInput } from '../generated/types.ts';
import { relationToPark } from '../relations.ts';
import { statedReports } from '../reports/stated-reports.ts';

export const proposeBackfill: NonNullable<MutationResolvers['proposeBackfill']> = (_, { input }, context) =>
  propose('proposeBackfill', input, { parkId: input.park, days: input.days }, context);

export const proposeCorrection: NonNullable<MutationResolvers['proposeCorrection']> = async (_, { input }, context) =>
  propose('proposeCorrection', input, await correctionOf(input, context), context);

interface ProposeInput {
  readonly idempotencyKey: string;
  readonly park: string;
  readonly reason: string;
}

type ProposeRefusal = CorrectionRefusal | BackfillRefusal | ReasonRefusal;

/** Decides a request on the stored data, and stores it until another person decides on it. */
async function propose(
  mutation: 'proposeBackfill' | 'proposeCorrection',
  input: ProposeInput,
  asked: Correction | Backfill,
  context: Context,
) {
  const { viewer, store, request } = context;
  const relation = await relationToPark(input.park, context);
  if (viewer.kind !== 'officer' || !mayWrite(viewer, mutation, relation)) {
    const message = 'The figures of this park are not yours to publish.';
    return { proposal: null, userErrors: userErrors([{ code: 'NOT_YOUR_PARK', field: ['park'], message }], CODES) };
  }
  const call = onceRequest(mutation, input, request.now);
  const id = newUlid(request.now);
  const decision = await once(call, {
    load: () => store.proposals.load(call, asked),
    decide: (loaded): Decision<Proposal, ProposeRefusal> => {
      const reason = decideReason(input.reason);
      if (!reason.ok) return reason;
      const decided = decideAsked(asked, loaded);
      if (!decided.ok) return decided;
      return {
        ok: true,
        value: {
          ...decided.value,
          id,
          parkId: input.park,
          kind: mutation === 'proposeBackfill' ? 'BACKFILL' : 'CORRECTION',
          reason: reason.value,
          proposedBy: viewer.person,
          proposedAt: request.now.toISOString(),
          expiresAt: new Date(request.now.getTime() + loaded.proposalDays * 86_400_000).toISOString(),
          asked,
        },
      };
    },
    commit: (proposal) => store.proposals.propose(call, proposal),
    again: async ([parkId = '', earlier = '']) => ({ parkId, id: earlier }),
    done: ({ parkId }) => ({ parkId, id }),
  });
  if (!decision.ok) return { proposal: null, userErrors: userErrors(decision.refusals, CODES, NAMES) };
  return { proposal: await store.proposals.byId.load(decision.value), userErrors: [] };
}

/** Decides a backfill or a correction on the stored data, both when it is proposed and when it is accepted. */
export function decideAsked(
  asked: Correction | Backfill,
  loaded: LoadedFigures,
): Decision<DecidedCorrection, CorrectionRefusal | BackfillRefusal> {
  if ('reports' in asked) return decideCorrection(asked, loaded);
  return decideBackfill(asked, { ...loaded, computedOf: loaded.hasFigures ? loaded.computedOf : null });
}

async function correctionOf(input: ProposeCorrectionInput, context: Context): Promise<Correction> {
  const { park, reports, withdrawals, stays, recount } = input;
  return {
    parkId: park,
    reports: await statedReports(reports ?? [], context),
    withdrawals: (withdrawals ?? []).map(({ enterprise, on, version }) => ({
      enterpriseId: enterprise,
      day: on,
      version,
    })),
    stays: (stays ?? []).map(({ enterprise, version, stays: stated, settledDays }) => ({
      enterpriseId: enterprise,
      version,
      ...(settledDays && { settledDays: { from: settledDays.from, to: settledDays.to } }),
      stays: stated.map(({ to, ...stay }) => ({ ...stay, to: to ?? null })),
    })),
    recount: recount ?? [],
  };
}

const CODES = {
  ...ONCE_CODES,
  NOT_YOUR_PARK: 'NOT_ALLOWED',
  INVALID_REASON: 'INVALID',
  WRONG_NUMBER: 'INVALID',
  TWICE_IN_ONE_CALL: 'INVALID',
  UNKNOWN_ENTERPRISE: 'NOT_FOUND',
  OTHER_ZONE: 'NOT_ALLOWED',
  NOT_CONFIRMED: 'NOT_ALLOWED',
  OTHER_VERSION: 'VERSION_CONFLICT',
  INVALID_STAY: 'INVALID',
  STAYS_SETTLED: 'NOT_ALLOWED',
  INVALID_REPORT: 'INVALID',
  OTHER_PARK: 'NOT_ALLOWED',
  DAYS_REPORTED: 'NOT_ALLOWED',
  DAY_NOT_CLOSED: 'NOT_ALLOWED',
  NOTHING_CHANGED: 'INVALID',
  DAY_IN_FUTURE: 'NOT_ALLOWED',
  NOTHING_COUNTED: 'NOT_FOUND',
  PUBLISHED_ALREADY: 'ALREADY_EXISTS',
  OTHER_FIGURES: 'VERSION_CONFLICT',
} as const satisfies Record<ProposeRefusal | OnceRefusal | 'NOT_YOUR_PARK', UserErrorCode>;

/** The schema's names of the fields in the rules' refusals. */
const NAMES = { day: 'on' };
