import { dayInShanghai } from '../../../domain/calendar/day.ts';
import { localizedText } from '../../../subgraph/context.ts';
import { onceRequest } from '../../../subgraph/once.ts';
import type { MutationResolvers } from '../generated/types.ts';
import { changeCase } from './change-case.ts';

/**
 * Transfers a case to another zone, under an agreement in force between the two. The other zone finds it by its
 * applicant then; a repeated command completes that, too.
 */
export const transferCase: NonNullable<MutationResolvers['transferCase']> = async (_, { input }, context) => {
  const { store, request } = context;
  const { version, toZone, reasons } = input;
  const call = onceRequest('transferCase', input, request.now);
  let applicant = '';
  const load = async () => {
    const loaded = await store.caseChanges.load(call, input.case);
    const { zoneId: fromZone = '', applicantId = '' } = loaded.situation?.case ?? {};
    applicant = applicantId;
    return { ...loaded, agreement: await store.agreements.between(fromZone, toZone, dayInShanghai(request.now)) };
  };
  const answer = await changeCase(
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
  if (answer.userErrors.length === 0) await store.people.listIn(applicant, toZone, request.now);
  return answer;
};
