import { dayInShanghai } from '../../../domain/calendar/day.ts';
import { mayAct } from '../../../domain/cases/access.ts';
import type { CaseAgreement } from '../../../domain/cases/case-agreement.ts';
import type { PersonWithKeys } from '../../../storage/talent/people/person-with-keys.ts';
import { localizedText } from '../../../subgraph/context.ts';
import { onceRequest } from '../../../subgraph/once.ts';
import type { MutationResolvers } from '../generated/types.ts';
import { changeCase } from './change-case.ts';

/**
 * Transfers a case to another zone, under an agreement in force between the two. The other zone finds it by its
 * applicant then; a repeated command completes that, too.
 */
export const transferCase: NonNullable<MutationResolvers['transferCase']> = async (_, { input }, context) => {
  const { viewer, store, request } = context;
  const { version, toZone, reasons } = input;
  const call = onceRequest('transferCase', input, request.now);
  let personId = '';
  let reading: Promise<PersonWithKeys> | undefined;
  const load = async () => {
    let agreement: Promise<CaseAgreement | null> | undefined;
    const loaded = await store.caseChanges.load(call, input.case, (of) => {
      personId = of.applicantId;
      reading = undefined;
      if (!mayAct(viewer, 'transferCase', of)) return;
      agreement = store.agreements.between(of.zoneId, toZone, dayInShanghai(request.now));
      reading = store.people.withKeys(personId);
      // A fault is reported where the read is needed.
      for (const each of [agreement, reading]) each.catch(() => undefined);
    });
    return { ...loaded, agreement: (await agreement) ?? null };
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
  if (answer.userErrors.length > 0) return answer;
  const read = await (reading ?? store.people.withKeys(personId));
  await store.people.listIn({ personId, read }, toZone, request.now);
  return answer;
};
