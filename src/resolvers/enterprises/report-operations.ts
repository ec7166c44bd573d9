import { dayInShanghai } from '../../domain/day.ts';
import { decideOperationReports, MOST_REPORTS, type OperationReportsRefusal } from '../../domain/operation-reports.ts';
import { ONCE_CODES, type OnceRefusal, once, onceRequest } from '../../subgraph/once.ts';
import { type UserErrorCode, userErrors } from '../../subgraph/user-errors.ts';
import type { MutationResolvers } from './generated/types.ts';

/** The model of every write: load, decide, commit; a refusal is data. */
export const reportOperations: NonNullable<MutationResolvers['reportOperations']> = async (
  _,
  { input },
  { store, request },
) => {
  const call = onceRequest('reportOperations', input, request.now);
  const reports = input.reports.map(({ enterprise, on, corrects, ...figures }) => ({
    ...figures,
    enterpriseId: enterprise,
    day: on,
    corrects: corrects ?? null,
  }));
  const decision = await once(call, {
    load: () => store.reports.load(call, reports.slice(0, MOST_REPORTS)),
    decide: (loaded) => decideOperationReports(reports, loaded, dayInShanghai(request.now)),
    commit: (accepted, loaded) => store.reports.commit(call, loaded, accepted),
    again: (answer) => store.reports.written(answer),
    done: (accepted) => store.reports.itemsOf(accepted, request.now),
  });
  if (decision.ok) return { reports: decision.value, userErrors: [] };
  return { reports: null, userErrors: userErrors(decision.refusals, CODES, NAMES) };
};

const CODES = {
  ...ONCE_CODES,
  INVALID_DAY: 'INVALID',
  DAY_IN_FUTURE: 'NOT_ALLOWED',
  NOT_RESIDENT: 'NOT_ALLOWED',
  INVALID_STAFF_TOTAL: 'INVALID',
  INVALID_STAFF_RETURNED: 'INVALID',
  MORE_RETURNED_THAN_STAFF: 'INVALID',
  RETURNED_WITHOUT_RESUMING: 'INVALID',
  WRONG_NUMBER: 'INVALID',
  TWICE_IN_ONE_CALL: 'INVALID',
  UNKNOWN_ENTERPRISE: 'NOT_FOUND',
  REPORTED_ALREADY: 'ALREADY_EXISTS',
  OTHER_VERSION: 'VERSION_CONFLICT',
} as const satisfies Record<OperationReportsRefusal | OnceRefusal, UserErrorCode>;

/** What the schema calls the fields that the rules name. */
const NAMES = { enterpriseId: 'enterprise', day: 'on' };
