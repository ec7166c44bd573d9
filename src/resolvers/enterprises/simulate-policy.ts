import { dayInShanghai } from '../../domain/calendar/day.ts';
import { decideSimulation, refuseDraft, type SimulationRefusalCode } from '../../domain/policies/simulation.ts';
import { ONCE_CODES, type OnceRefusal, once, onceRequest } from '../../subgraph/once.ts';
import { RECORD_CODES, type UserErrorCode, userErrors } from '../../subgraph/user-errors.ts';
import type { MutationResolvers } from './generated/types.ts';

/** Simulates a draft: load, decide, and commit to the quota and the log before anything is answered. */
export const simulatePolicy: NonNullable<MutationResolvers['simulatePolicy']> = async (_, { input }, context) => {
  const { viewer, request, store } = context;
  const { simulations } = store;
  const call = onceRequest('simulatePolicy', input, request.now);
  const today = dayInShanghai(request.now);
  const policyId = input.policy ?? null;
  const stated = { rule: input.rule ?? null, on: input.on ?? today, namesPolicy: policyId !== null };
  const zoneId = viewer.kind === 'officer' ? viewer.zone : 'ADMIN';
  const asked = { parkId: input.park, policyId, zoneId, today, readsRelocations: viewer.kind === 'officer' };
  const decision = await once(call, {
    load: () => simulations.load(call, asked, (grounds) => refuseDraft(stated, grounds, viewer).length > 0),
    decide: ({ grounds }) => decideSimulation(stated, grounds, { viewer, draw: simulations.draw }),
    commit: (result) =>
      simulations.commit(call, asked, {
        by: 'person' in viewer ? viewer.person : '',
        parkId: input.park,
        policyId,
        draft: JSON.stringify(stated.rule),
        result,
      }),
    again: async (answer) => simulations.answered(answer),
    done: (result) => result,
  });
  if (decision.ok) return { simulation: decision.value, userErrors: [] };
  return { simulation: null, userErrors: userErrors(decision.refusals, CODES) };
};

const CODES = {
  ...ONCE_CODES,
  ...RECORD_CODES,
  QUOTA_USED: 'QUOTA_EXCEEDED',
  TOO_FEW: 'INVALID',
  TOO_MANY: 'INVALID',
} as const satisfies Record<SimulationRefusalCode | OnceRefusal, UserErrorCode>;
