import { mayWrite } from '../../../domain/access/decision.ts';
import { dayInShanghai } from '../../../domain/calendar/day.ts';
import { countingResidency } from '../../../domain/enterprises/residency.ts';
import type { Decision, Refusal } from '../../../domain/refusal.ts';
import {
  type AcceptedVersion,
  decideOperationReports,
  MAX_REPORTS,
  type OperationReportsRefusal,
  type ReportedBefore,
} from '../../../domain/reports/operation-report.ts';
import { ONCE_CODES, type OnceRefusal, once, onceRequest } from '../../../subgraph/once.ts';
import { type UserErrorCode, userErrors } from '../../../subgraph/user-errors.ts';
import type { Context } from '../context.ts';
import type { MutationResolvers } from '../generated/types.ts';
import { hostedParks, relationToEnterpriseId } from '../relations.ts';
import { statedReports } from './stated-reports.ts';

/** Reports operations. It is the model of every write: load, decide, commit; a refusal is data. */
export const reportOperations: NonNullable<MutationResolvers['reportOperations']> = async (_, { input }, context) => {
  const { store, request } = context;
  const call = onceRequest('reportOperations', input, request.now);
  const reports = await statedReports(input.reports, context);
  const foreign = await refuseForeign(reports, context);
  if (foreign.length > 0) return { reports: null, userErrors: userErrors(foreign, CODES, NAMES) };
  const hosted = await hostedParksOf(reports, context);
  const decision = await once(call, {
    load: () => store.reports.load(call, reports.slice(0, MAX_REPORTS)),
    decide: (loaded): Decision<readonly AcceptedVersion[], OperationReportsRefusal | 'NOT_YOURS'> => {
      const elsewhere = refuseOtherParks(reports, hosted, loaded);
      if (elsewhere.length > 0) return { ok: false, refusals: elsewhere };
      return decideOperationReports(reports, loaded, dayInShanghai(request.now));
    },
    commit: (accepted, loaded) => store.reports.commit(call, loaded, accepted),
    again: (answer) => store.reports.written(answer),
    done: (accepted) => store.reports.itemsOf(accepted, request.now),
  });
  if (decision.ok) return { reports: decision.value, userErrors: [] };
  return { reports: null, userErrors: userErrors(decision.refusals, CODES, NAMES) };
};

/** The parks that limit an officer of a host, by enterprise. An unknown enterprise has no limit. */
type HostedParks = ReadonlyMap<string, ReadonlySet<string>>;

async function hostedParksOf(
  reports: readonly { readonly enterpriseId: string }[],
  context: Context,
): Promise<HostedParks> {
  if (context.viewer.kind !== 'officer') return new Map();
  const ids = [...new Set(reports.slice(0, MAX_REPORTS).map(({ enterpriseId }) => enterpriseId))];
  const found = await context.store.enterprises.byId.loadMany(ids);
  return new Map(
    found.flatMap((enterprise): [string, ReadonlySet<string>][] => {
      const parks = enterprise && hostedParks(enterprise, context);
      return parks ? [[enterprise.id, parks]] : [];
    }),
  );
}

/**
 * Refuses an officer of a host the days that count for none of their parks. It runs before the rules of reports, whose
 * refusals reveal whether a day is reported.
 */
function refuseOtherParks(
  reports: readonly { readonly enterpriseId: string; readonly day: string }[],
  hosted: HostedParks,
  { residenciesOf }: Pick<ReportedBefore, 'residenciesOf'>,
): readonly Refusal<'NOT_YOURS'>[] {
  return reports.slice(0, MAX_REPORTS).flatMap(({ enterpriseId, day }, place) => {
    const stay = countingResidency(residenciesOf(enterpriseId) ?? [], day);
    return stay && hosted.get(enterpriseId)?.has(stay.parkId) === false ? [notYours(place, 'day')] : [];
  });
}

function notYours(place: number, field: string): Refusal<'NOT_YOURS'> {
  return {
    code: 'NOT_YOURS',
    field: ['reports', String(place), field],
    message: 'This enterprise is not yours to report for.',
  };
}

/** Refuses reports by strangers: a clerk reports for the own enterprise, an officer for those of the zone. */
async function refuseForeign(
  reports: readonly { readonly enterpriseId: string }[],
  context: Context,
): Promise<readonly Refusal<'NOT_YOURS'>[]> {
  const asked = reports.slice(0, MAX_REPORTS);
  const relations = await Promise.all(asked.map(({ enterpriseId }) => relationToEnterpriseId(enterpriseId, context)));
  return relations.flatMap((relation, place) => {
    // The rules refuse an unknown enterprise.
    if (relation === null || mayWrite(context.viewer, 'reportOperations', relation)) return [];
    return [notYours(place, 'enterpriseId')];
  });
}

const CODES = {
  ...ONCE_CODES,
  NOT_YOURS: 'NOT_ALLOWED',
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
  DAY_CLOSED: 'DAY_CLOSED',
} as const satisfies Record<OperationReportsRefusal | OnceRefusal | 'NOT_YOURS', UserErrorCode>;

/** The schema's names of the fields in the rules' refusals. */
const NAMES = { enterpriseId: 'enterprise', day: 'on' };
