import { mayWrite } from '../../../domain/access/decision.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { decideWithdrawal, type WithdrawalRefusal } from '../../../domain/reports/withdrawal.ts';
import { exactlyOne } from '../../../subgraph/arguments.ts';
import { ONCE_CODES, type OnceRefusal, once, onceRequest } from '../../../subgraph/once.ts';
import { type UserErrorCode, userErrors } from '../../../subgraph/user-errors.ts';
import type { Context } from '../context.ts';
import type { MutationResolvers } from '../generated/types.ts';
import { hostedParks, relationToEnterpriseId } from '../relations.ts';

/** Withdraws an enterprise's report of an open day. */
export const withdrawReport: NonNullable<MutationResolvers['withdrawReport']> = async (_, { input }, context) => {
  const { store, request } = context;
  const { on: day, version, reason } = input;
  const call = onceRequest('withdrawReport', input, request.now);
  const named = exactlyOne({ enterprise: input.enterprise ?? null, uscc: input.uscc ?? null });
  const byCode = named.name === 'uscc' ? await store.enterprises.byUscc.load(named.value) : null;
  const enterpriseId = byCode?.id ?? named.value;
  const strange = await refuseStranger(enterpriseId, named.name, context);
  if (strange) return { report: null, userErrors: userErrors([strange], CODES) };
  const parks = await hostedParksOf(enterpriseId, context);
  const decision = await once(call, {
    load: () => store.withdrawals.load(call, { enterpriseId, day }),
    decide: (loaded) => {
      // A host learns nothing of days that count for other parks.
      const isShown = parks === null || (loaded.report !== null && parks.has(loaded.report.parkId));
      return decideWithdrawal(isShown ? loaded : { ...loaded, report: null }, { day, version, reason });
    },
    commit: (stated, loaded) => store.withdrawals.commit(call, loaded, stated),
    again: (answer) => store.withdrawals.written(answer),
    done: (stated, loaded) => store.withdrawals.itemOf(loaded, stated, request.now),
  });
  if (decision.ok) return { report: decision.value, userErrors: [] };
  return { report: null, userErrors: userErrors(decision.refusals, CODES, NAMES) };
};

/** Refuses a caller who may not report for the enterprise, and an enterprise that doesn't exist. */
async function refuseStranger(
  enterpriseId: string,
  field: string,
  context: Context,
): Promise<Refusal<'UNKNOWN_ENTERPRISE' | 'NOT_YOURS'> | null> {
  const relation = await relationToEnterpriseId(enterpriseId, context);
  if (relation === null) {
    return { code: 'UNKNOWN_ENTERPRISE', field: [field], message: 'There is no such enterprise.' };
  }
  if (mayWrite(context.viewer, 'withdrawReport', relation)) return null;
  return { code: 'NOT_YOURS', field: [field], message: 'This enterprise is not yours to report for.' };
}

/** Returns the parks to which an officer of a host is limited; null for callers without that limit. */
async function hostedParksOf(enterpriseId: string, context: Context): Promise<ReadonlySet<string> | null> {
  const enterprise = context.viewer.kind === 'officer' && (await context.store.enterprises.byId.load(enterpriseId));
  return enterprise ? hostedParks(enterprise, context) : null;
}

const CODES = {
  ...ONCE_CODES,
  UNKNOWN_ENTERPRISE: 'NOT_FOUND',
  NOT_YOURS: 'NOT_ALLOWED',
  NOT_REPORTED: 'NOT_FOUND',
  OTHER_VERSION: 'VERSION_CONFLICT',
  WITHDRAWN_ALREADY: 'NOT_ALLOWED',
  DAY_CLOSED: 'DAY_CLOSED',
  INVALID_REASON: 'INVALID',
} as const satisfies Record<WithdrawalRefusal | OnceRefusal | 'UNKNOWN_ENTERPRISE' | 'NOT_YOURS', UserErrorCode>;

/** The schema's names of the fields in the rules' refusals. */
const NAMES = { day: 'on' };
