import { decideRequest, decideStep, MUTATION_OF, type SupportCommand } from '../../../domain/support/decide.ts';
import type { SupportNeed } from '../../../domain/support/need.ts';
import { newId } from '../../../storage/dynamodb/new-id.ts';
import type { SupportRequestItem } from '../../../storage/enterprises/items.ts';
import { enterpriseKeys } from '../../../storage/tables.ts';
import type { UserError } from '../../../subgraph/user-errors.ts';
import { changeRecord } from '../change-record.ts';
import type { Context } from '../context.ts';
import type { MutationResolvers, SupportNeedInput } from '../generated/types.ts';

export const requestSupport: NonNullable<MutationResolvers['requestSupport']> = async (_, { input }, context) => {
  const { viewer, request, store } = context;
  const { enterprise: enterpriseId, kind, channel } = input;
  const stated = { id: newId('sreq', request.now), enterpriseId, kind, channel, need: needOf(input.need) };
  const { record, userErrors } = await changeRecord('requestSupport', input, context, {
    records: store.support.requests,
    key: enterpriseKeys.supportRequest(stated.id),
    ownersOf: () => ({ enterpriseId }),
    decide: (_, relation) => decideRequest(stated, relation, viewer, request.now),
  });
  return { request: record, userErrors };
};

/** Returns the facts that a need states. */
function needOf({ amount, ...others }: SupportNeedInput): SupportNeed {
  const given = Object.entries({ ...others, amount: amount == null ? null : String(amount) });
  return Object.fromEntries(given.filter(([, value]) => value !== null && value !== undefined));
}

interface StepInput {
  readonly idempotencyKey: string;
  readonly request: string;
  readonly version: number;
}

interface RequestAnswer {
  readonly request: SupportRequestItem | null;
  readonly userErrors: readonly UserError[];
}

type CommandDetails<Command> = Command extends SupportCommand ? Omit<Command, 'seen'> : never;

/** Returns the resolver of a mutation that takes a request one step further. */
export function stepping<Input extends StepInput>(detailsOf: (input: Input) => CommandDetails<SupportCommand>) {
  return async (_: unknown, { input }: { readonly input: Input }, context: Context): Promise<RequestAnswer> => {
    const { viewer, request, store } = context;
    const details = detailsOf(input);
    const command = { ...details, seen: input.version } as SupportCommand;
    const { record, userErrors } = await changeRecord(MUTATION_OF[command.step], input, context, {
      records: store.support.requests,
      key: enterpriseKeys.supportRequest(input.request),
      ownersOf: (before) => ({ enterpriseId: before?.enterpriseId ?? null }),
      decide: ({ before }, relation) => decideStep(before, command, relation, viewer, request.now),
    });
    return { request: record, userErrors };
  };
}
