import type { Act, AgreementDecision } from '../../../domain/linkages/signing.ts';
import { publicationBy } from '../../../domain/records/publication.ts';
import type { RecordRefusalCode } from '../../../domain/records/record.ts';
import type { LoadedAgreement } from '../../../storage/linkages/agreements/agreement-records.ts';
import { agreementItem } from '../../../storage/linkages/items.ts';
import { ONCE_CODES, type OnceRefusal, once, onceRequest } from '../../../subgraph/once.ts';
import { RECORD_CODES, type UserErrorCode, userErrors } from '../../../subgraph/user-errors.ts';
import type { Context } from '../context.ts';

/** The steps of a change that differ by the mutation. */
interface ChangeSteps {
  readonly id: string;
  /** The zones of a proposal; absent for other changes. */
  readonly zones?: readonly string[];
  decide(loaded: LoadedAgreement, act: Act): AgreementDecision;
}

/** Changes an agreement by one version: load, decide, commit. */
export async function changeAgreement(
  mutation: string,
  input: { readonly idempotencyKey: string },
  { viewer, request, store }: Context,
  { id, zones = [], decide }: ChangeSteps,
) {
  const { records } = store.agreements;
  const { now } = request;
  const call = onceRequest(mutation, input, now);
  const decision = await once(call, {
    load: () => records.load(call, { id, zone: viewer.kind === 'officer' ? viewer.zone : null, zones }),
    decide: (loaded) => decide(loaded, { viewer, now, officers: loaded.officers }),
    commit: (agreement, loaded) => records.commit(call, loaded, agreement, publicationBy(viewer, now)),
    again: (answer) => records.answered(answer),
    done: (agreement) => agreementItem(agreement),
  });
  if (decision.ok) return { agreement: decision.value, userErrors: [] };
  return { agreement: null, userErrors: userErrors(decision.refusals, CODES) };
}

export const CODES = {
  ...ONCE_CODES,
  ...RECORD_CODES,
} as const satisfies Record<RecordRefusalCode | OnceRefusal, UserErrorCode>;
