import { mayWrite } from '../../../domain/access/decision.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import type { OnceRequest } from '../../../storage/dynamodb/idempotency.ts';
import type { KnownParkItem } from '../../../storage/enterprises/items.ts';
import { keyRefusals, ONCE_CODES, type OnceRefusal, onceRequest } from '../../../subgraph/once.ts';
import { type UserErrorCode, userErrors } from '../../../subgraph/user-errors.ts';
import type { Context } from '../context.ts';
import type { ImportEnterprisesInput, MutationResolvers } from '../generated/types.ts';
import { relationToPark } from '../relations.ts';
import { checkRows, importRows, isPending, loadRows, type RowRefusal } from './import-rows.ts';

const MAX_ROWS = 200;

/** Decides each row by itself. A fault of the call as a whole refuses all rows. */
export const importEnterprises: NonNullable<MutationResolvers['importEnterprises']> = async (_, { input }, context) => {
  const { store, request, viewer } = context;
  const call = onceRequest('importEnterprises', input, request.now);
  const { park, refusals } = await refuseCall(context, call, input);
  if (!park) return { rows: null, userErrors: userErrors(refusals, IMPORT_CODES) };
  const rows = checkRows(input.rows);
  // A reused key is refused although its rows were read: it changes and shows none of them.
  const [earlier, loaded] = await Promise.all([
    store.imports.claim(call),
    loadRows(store.imports, rows.filter(isPending), request.now),
  ]);
  const reused = keyRefusals(call, earlier);
  if (reused.length > 0) return { rows: null, userErrors: userErrors(reused, IMPORT_CODES) };
  const frame = {
    parkId: park.parkId,
    zoneId: park.zoneId,
    residentFrom: input.residentFrom,
    isByAdministrator: viewer.kind === 'admin',
  };
  const results = await importRows(store.imports, { rows, loaded }, frame, request.now);
  return {
    rows: results.map(({ refusals, ...result }) => ({ ...result, userErrors: userErrors(refusals, IMPORT_CODES) })),
    userErrors: [],
  };
};

type CallRefusal = OnceRefusal | 'WRONG_NUMBER' | ParkRefusal;
type ParkRefusal = 'UNKNOWN_PARK' | 'NOT_YOUR_PARK';

/** The park of a call, or the reason for refusing the call. */
type Checked<Code extends string> =
  | { readonly park: KnownParkItem; readonly refusals: readonly [] }
  | { readonly park: null; readonly refusals: readonly Refusal<Code>[] };

/** Returns the park of a call that may begin, else the refusals of the whole call. */
async function refuseCall(
  context: Context,
  call: OnceRequest,
  { park, rows }: ImportEnterprisesInput,
): Promise<Checked<CallRefusal>> {
  const wrongKey = keyRefusals(call, { kind: 'NONE' });
  if (wrongKey.length > 0) return { park: null, refusals: wrongKey };
  if (rows.length < 1 || rows.length > MAX_ROWS) {
    const message = `From 1 to ${MAX_ROWS} at once.`;
    return { park: null, refusals: [{ code: 'WRONG_NUMBER', field: ['rows'], message }] };
  }
  return refusePark(park, context);
}

/** Returns the park if the caller may register enterprises in it, else the refusal. */
export async function refusePark(id: string, context: Context): Promise<Checked<ParkRefusal>> {
  const [park, relation] = await Promise.all([context.store.knownParks.load(id), relationToPark(id, context)]);
  const refuse = (code: ParkRefusal, message: string) =>
    ({ park: null, refusals: [{ code, field: ['park'], message }] }) as const;
  if (!park) return refuse('UNKNOWN_PARK', 'There is no such park.');
  if (!mayWrite(context.viewer, 'importEnterprises', relation)) {
    return refuse('NOT_YOUR_PARK', 'The enterprises of this park are not yours to import.');
  }
  return { park, refusals: [] };
}

/** The client's codes for an import's refusals. */
export const IMPORT_CODES = {
  ...ONCE_CODES,
  WRONG_NUMBER: 'INVALID',
  UNKNOWN_PARK: 'NOT_FOUND',
  NOT_YOUR_PARK: 'NOT_ALLOWED',
  INVALID_USCC: 'INVALID',
  MISSING_NAME: 'INVALID',
  NAME_TOO_LONG: 'INVALID',
  UNKNOWN_INDUSTRY: 'INVALID',
  UNKNOWN_SECTOR: 'INVALID',
  UNKNOWN_SIZE_CLASS: 'INVALID',
  INVALID_STAFF_COUNT: 'INVALID',
  TWICE_IN_ONE_CALL: 'INVALID',
  OTHER_ZONE: 'NOT_ALLOWED',
  CHALLENGED: 'NOT_ALLOWED',
  ENDED: 'NOT_ALLOWED',
  BEFORE_ITS_STAY: 'NOT_ALLOWED',
  DAYS_REPORTED: 'NOT_ALLOWED',
  CHANGED_MEANWHILE: 'VERSION_CONFLICT',
  DAY_CLOSED: 'DAY_CLOSED',
} as const satisfies Record<CallRefusal | RowRefusal, UserErrorCode>;
