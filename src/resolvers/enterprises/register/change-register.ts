import { industryCodeOf } from '../../../domain/enterprises/industry.ts';
import type { RegisterCommand } from '../../../domain/register/command.ts';
import { decideRegister } from '../../../domain/register/decide.ts';
import type { RegisterEvent } from '../../../domain/register/event.ts';
import type { Stated } from '../../../domain/register/proposal.ts';
import type { RegisterRefusalCode } from '../../../domain/register/situation.ts';
import { securityEvent } from '../../../security-event.ts';
import type { EnterpriseItem } from '../../../storage/enterprises/items.ts';
import type { RegisterNames } from '../../../storage/enterprises/register/register.ts';
import { ONCE_CODES, type OnceRefusal, once, onceRequest } from '../../../subgraph/once.ts';
import { type UserError, type UserErrorCode, userErrors } from '../../../subgraph/user-errors.ts';
import type { Context } from '../context.ts';

/** The answer to one command about one enterprise. */
export interface EnterpriseAnswer {
  readonly enterprise: EnterpriseItem | null;
  readonly userErrors: readonly UserError[];
}

interface RegisterInput {
  readonly idempotencyKey: string;
  readonly enterprise: string;
}

/** Returns the resolver of a mutation that runs one command: load, decide, commit. */
export function commanding<Input extends RegisterInput>(
  mutation: string,
  commandOf: (input: Input, context: Context) => RegisterCommand | Promise<RegisterCommand>,
) {
  return async (_: unknown, { input }: { readonly input: Input }, context: Context): Promise<EnterpriseAnswer> => {
    const { store, viewer, request } = context;
    const { register } = store;
    const call = onceRequest(mutation, input, request.now);
    const command = await commandOf(input, context);
    const names: RegisterNames = {
      enterpriseId: input.enterprise,
      ...('parkId' in command && { parkId: command.parkId }),
      ...('stated' in command && gapOf(command.stated)),
      ...('successorIds' in command && { successorIds: command.successorIds }),
    };
    const decision = await once(call, {
      load: () => register.load(call, names),
      decide: ({ situation }) => decideRegister(situation, command, viewer, request.now),
      commit: (change, loaded) => register.commit(call, loaded, change),
      again: (answer) => register.answered(answer),
      done: (change, loaded) => {
        reportEvent(change.event, input.enterprise, context);
        return register.changed(loaded, change, call.now);
      },
    });
    if (decision.ok) return { enterprise: decision.value, userErrors: [] };
    return { enterprise: null, userErrors: userErrors(decision.refusals, CODES, NAMES) };
  };
}

/** Returns the gap that a stated site fills, with its goods' code as links have it. */
function gapOf(stated: Stated): Pick<RegisterNames, 'fills'> {
  const fills = stated.kind === 'SITE' ? stated.site.fills : undefined;
  if (!fills) return {};
  return { fills: { ...fills, goodsCode: industryCodeOf(fills.goodsCode.toUpperCase()) ?? fills.goodsCode } };
}

const REPORTED = {
  MOVED: 'ENTERPRISE_MOVED',
  ADMITTED: 'ENTERPRISE_ADMITTED',
  CHALLENGED: 'REGISTRATION_CHALLENGED',
  CHALLENGE_UPHELD: 'REGISTRATION_CHALLENGED',
} as const satisfies Partial<Record<RegisterEvent['kind'], string>>;

function reportEvent(
  { kind, by, zoneIds }: RegisterEvent,
  enterprise: string,
  { log, viewer, request }: Context,
): void {
  if (kind !== 'MOVED' && kind !== 'ADMITTED' && kind !== 'CHALLENGED' && kind !== 'CHALLENGE_UPHELD') return;
  // An administrator upholds a challenge whose report was an event before.
  if (kind === 'CHALLENGE_UPHELD' && by === 'ADMINISTRATOR') return;
  const [fromZone, toZone] = zoneIds;
  securityEvent(log, {
    kind: REPORTED[kind],
    enterprise,
    viewer,
    requestId: request.id,
    ...(fromZone === undefined ? {} : { fromZone }),
    ...(toZone === undefined ? {} : { toZone }),
  });
}

const CODES = {
  ...ONCE_CODES,
  UNKNOWN_ENTERPRISE: 'NOT_FOUND',
  UNKNOWN_PARK: 'NOT_FOUND',
  UNKNOWN_GAP: 'NOT_FOUND',
  NOT_YOURS: 'NOT_ALLOWED',
  OTHER_VERSION: 'VERSION_CONFLICT',
  WRONG_STATE: 'NOT_ALLOWED',
  WRONG_ZONE: 'NOT_ALLOWED',
  NO_ADMISSION: 'NOT_FOUND',
  TOO_MANY_ADMISSIONS: 'NOT_ALLOWED',
  INVALID_DAY: 'INVALID',
  INVALID_STAFF_COUNT: 'INVALID',
  INVALID_HOME_ZONE: 'INVALID',
  DAY_CLOSED: 'DAY_CLOSED',
  NO_PROPOSAL: 'NOT_FOUND',
  NO_STAY: 'NOT_FOUND',
  NO_SUCCESSION: 'NOT_FOUND',
  INVALID_SUCCESSORS: 'INVALID',
  TOO_MANY: 'NOT_ALLOWED',
  INVALID_TEXT: 'INVALID',
  UNKNOWN_INDUSTRY: 'INVALID',
  INVALID_REASON: 'INVALID',
  INVALID_REGION: 'INVALID',
  INVALID_PARTNER: 'INVALID',
  NO_RECORD: 'NOT_FOUND',
} as const satisfies Record<RegisterRefusalCode | OnceRefusal, UserErrorCode>;

/** The schema's names of the fields in the rules' refusals. */
const NAMES = { parkId: 'park', homeZoneId: 'homeZone' };
