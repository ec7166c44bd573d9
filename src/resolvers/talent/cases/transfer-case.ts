import { dayInShanghai } from '../../../domain/calendar/day.ts';
import { localizedText } from '../../../subgraph/context.ts';
import { onceRequest } from '../../../subgraph/once.ts';
import type { MutationResolvers } from '../generated/types.ts';
import { changeCase } from './change-case.ts';

/** Transfers a case to another zone, under an agreement in force between the two. */
export const transferCase: NonNullable<MutationResolvers['transferCase']> = (_, { input }, context) => {
  const { store, request } = context;
  const { version, toZone, reasons } = input;
  const call = onceRequest('transferCase', input, request.now);
  const load = async () => {
    const loaded = await store.caseChanges.load(call, input.case);
    const fromZone = loaded.situation?.case.zoneId ?? '';
    return { ...loaded, agreement: await store.agreements.between(fromZone, toZone, dayInShanghai(request.now)) };
  };
  return changeCase(
    call,
    ({ agreement }: Awaited<ReturnType<typeof load>>) => ({
      action: 'TRANSFER',
      version,
      toZone,
      agreement,
      reasons: reasons.map(localizedText),
    }),
    load,
    context,
  );
};
