import { mayWrite } from '../../domain/access/may-write.ts';
import type { ImportRefusal } from '../../domain/enterprise-import.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { ResidencyChangeRefusal } from '../../domain/residency-change.ts';
import type { OnceRequest } from '../../storage/idempotency.ts';
import { keyRefusals, ONCE_CODES, type OnceRefusal, onceRequest } from '../../subgraph/once.ts';
import { type UserErrorCode, userErrors } from '../../subgraph/user-errors.ts';
import type { Context } from './context.ts';
import type { ImportEnterprisesInput, MutationResolvers } from './generated/types.ts';
import { importRows, type RowRefusal } from './import-rows.ts';
import { relationToPark } from './relations.ts';

const MOST_ROWS = 200;

/** Each row is decided by itself; what is wrong with the call as a whole refuses all of them. */
export const importEnterprises: NonNullable<MutationResolvers['importEnterprises']> = async (_, { input }, context) => {
  const { store, request } = context;
  const call = onceRequest('importEnterprises', input, request.now);
  const refusals = await refuseCall(context, call, input);
  if (refusals.length > 0) return { rows: null, userErrors: userErrors(refusals, CODES) };
  const frame = { parkId: input.park, residentFrom: input.residentFrom };
  const results = await importRows(store.imports, input.rows, frame, request.now);
  return {
    rows: results.map(({ refusals, ...result }) => ({ ...result, userErrors: userErrors(refusals, CODES) })),
    userErrors: [],
  };
};

type CallRefusal = OnceRefusal | 'WRONG_NUMBER' | 'UNKNOWN_PARK' | 'NOT_YOUR_PARK';

async function refuseCall(
  context: Context,
  call: OnceRequest,
  { park, rows }: ImportEnterprisesInput,
): Promise<readonly Refusal<CallRefusal>[]> {
  const wrongKey = keyRefusals(call, { kind: 'NONE' });
  if (wrongKey.length > 0) return wrongKey;
  if (rows.length < 1 || rows.length > MOST_ROWS) {
    return [{ code: 'WRONG_NUMBER', field: ['rows'], message: `From 1 to ${MOST_ROWS} at once.` }];
  }
  const { store } = context;
  const [known, relation] = await Promise.all([store.knownParks.load(park), relationToPark(park, context)]);
  if (!known) return [{ code: 'UNKNOWN_PARK', field: ['park'], message: 'There is no such park.' }];
  if (!mayWrite(context.viewer, 'importEnterprises', relation)) {
    return [
      { code: 'NOT_YOUR_PARK', field: ['park'], message: 'The enterprises of this park are not yours to import.' },
    ];
  }
  return keyRefusals(call, await store.imports.claim(call));
}

const CODES = {
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
  BEFORE_ITS_STAY: 'NOT_ALLOWED',
  DAYS_REPORTED: 'NOT_ALLOWED',
  CHANGED_MEANWHILE: 'VERSION_CONFLICT',
  DAY_CLOSED: 'DAY_CLOSED',
} as const satisfies Record<CallRefusal | ImportRefusal | ResidencyChangeRefusal | RowRefusal, UserErrorCode>;
