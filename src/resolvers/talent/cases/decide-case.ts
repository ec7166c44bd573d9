import { decideEndOfPlace, UNKNOWN_CASE } from '../../../domain/cases/decide.ts';
import { localizedText } from '../../../subgraph/context.ts';
import { once, onceRequest } from '../../../subgraph/once.ts';
import { userErrors } from '../../../subgraph/user-errors.ts';
import type { MutationResolvers } from '../generated/types.ts';
import { answerWith, CASE_CODES, changeCase } from './change-case.ts';

/** Approves or rejects a case. An approval may take a place of a facility, in the same transaction. */
export const decideCase: NonNullable<MutationResolvers['decideCase']> = (_, { input }, context) => {
  const { store, request } = context;
  const { version, approved, reasons } = input;
  const call = onceRequest('decideCase', input, request.now);
  const id = approved ? (input.facility ?? null) : null;
  const load = async () => {
    const [loaded, places] = await Promise.all([
      store.caseChanges.load(call, input.case),
      id === null ? null : store.places.offered(id),
    ]);
    return { ...loaded, facility: id === null ? null : { id, places } };
  };
  return changeCase(
    call,
    ({ facility }: Awaited<ReturnType<typeof load>>) =>
      approved
        ? { action: 'APPROVE', version, facility }
        : { action: 'REJECT', version, reasons: (reasons ?? []).map(localizedText) },
    load,
    context,
  );
};

/** Ends the place of a case, which is no event of the case: its file may be closed long before. */
export const endPlace: NonNullable<MutationResolvers['endPlace']> = async (
  _,
  { input },
  { viewer, store, request },
) => {
  const call = onceRequest('endPlace', input, request.now);
  const decision = await once(call, {
    load: () => store.caseChanges.load(call, input.case),
    decide: ({ situation }) =>
      situation ? decideEndOfPlace(situation, viewer, request.now) : { ok: false, refusals: [UNKNOWN_CASE] },
    commit: (ended, loaded) => store.caseChanges.endPlace(call, loaded, ended),
    again: (answer) => store.caseChanges.answered(answer),
    done: (_ended, { situation }) => {
      if (!situation) throw new Error('the place of no case was ended');
      return situation.case;
    },
  });
  if (decision.ok) return answerWith(viewer, decision.value);
  return { case: null, userErrors: userErrors(decision.refusals, CASE_CODES) };
};
