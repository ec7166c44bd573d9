import { mayKnow } from '../../../domain/access/case-relation.ts';
import type { CaseCommand } from '../../../domain/cases/command.ts';
import { decideCase, UNKNOWN_CASE } from '../../../domain/cases/decide.ts';
import type { CaseRefusalCode } from '../../../domain/cases/refusal.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import type { OnceRequest } from '../../../storage/dynamodb/idempotency.ts';
import type { LoadedCase } from '../../../storage/talent/cases/case-changes.ts';
import type { CaseItem } from '../../../storage/talent/items.ts';
import { ONCE_CODES, type OnceRefusal, once, onceRequest } from '../../../subgraph/once.ts';
import { type UserError, type UserErrorCode, userErrors } from '../../../subgraph/user-errors.ts';
import type { Context } from '../context.ts';

/** The answer to one action on one case. */
export interface CaseAnswer {
  readonly case: CaseItem | null;
  readonly userErrors: readonly UserError[];
}

interface CaseInput {
  readonly idempotencyKey: string;
  readonly case: string;
}

/**
 * Makes the resolver of a mutation that does one action on one case: load, decide, commit.
 * @param commandOf converts the input to the command
 */
export function changing<Input extends CaseInput>(mutation: string, commandOf: (input: Input) => CaseCommand) {
  return (_: unknown, { input }: { readonly input: Input }, context: Context): Promise<CaseAnswer> => {
    const call = onceRequest(mutation, input, context.request.now);
    return changeCase(
      call,
      () => commandOf(input),
      () => context.store.caseChanges.load(call, input.case),
      context,
    );
  };
}

/**
 * Runs one command on one case.
 * @param commandOf makes the command, with what was loaded for it
 * @param load loads the data of the decision; called again if they change before the commit
 */
export async function changeCase<Loaded extends LoadedCase>(
  call: OnceRequest,
  commandOf: (loaded: Loaded) => CaseCommand,
  load: () => Promise<Loaded>,
  { viewer, store, request }: Context,
): Promise<CaseAnswer> {
  const decision = await once(call, {
    load,
    decide: (loaded) =>
      loaded.situation
        ? decideCase(loaded.situation, commandOf(loaded), viewer, request)
        : { ok: false, refusals: [UNKNOWN_CASE] },
    commit: (change, loaded) => store.caseChanges.commit(call, loaded, change),
    again: (answer) => store.caseChanges.answered(answer),
    done: (change, loaded) => store.caseChanges.changed(loaded, change),
  });
  if (decision.ok) return answerWith(viewer, decision.value);
  return { case: null, userErrors: userErrors(decision.refusals, CASE_CODES) };
}

/** Returns the answer. An officer who transferred a case to another zone may no longer see it. */
export function answerWith(viewer: Viewer, of: CaseItem): CaseAnswer {
  return { case: mayKnow(viewer, of) ? of : null, userErrors: [] };
}

export const CASE_CODES = {
  ...ONCE_CODES,
  UNKNOWN_CASE: 'NOT_FOUND',
  NOT_YOURS: 'NOT_ALLOWED',
  OTHER_VERSION: 'VERSION_CONFLICT',
  WRONG_STATE: 'NOT_ALLOWED',
  INVALID_DAY: 'INVALID',
  INVALID_DOCUMENT: 'INVALID',
  UNKNOWN_UPLOAD: 'NOT_FOUND',
  UNKNOWN_DOCUMENT: 'NOT_FOUND',
  FILE_MISSING: 'NOT_FOUND',
  FILE_DIFFERS: 'INVALID',
  TOO_MANY_VERSIONS: 'NOT_ALLOWED',
  INVALID_REASONS: 'INVALID',
  INVALID_RATING: 'INVALID',
  INVALID_EXTENSION: 'INVALID',
  INVALID_OUTCOME: 'INVALID',
  INVALID_ZONE: 'INVALID',
  UNKNOWN_FACILITY: 'NOT_FOUND',
  OTHER_FACILITY: 'INVALID',
  FACILITY_FULL: 'FACILITY_FULL',
  NO_AGREEMENT: 'NO_AGREEMENT',
  NO_PLACE: 'NOT_ALLOWED',
  OTHER_NUMBER: 'NOT_ALLOWED',
  DONE_ALREADY: 'ALREADY_EXISTS',
  EMPLOYER_ENDED: 'ENTERPRISE_ENDED',
  TOO_EARLY: 'NOT_ALLOWED',
  TOO_LATE: 'NOT_ALLOWED',
  OPINIONS_AWAITED: 'NOT_ALLOWED',
  OPINION_AGAINST: 'NOT_ALLOWED',
  WINDOW_NOT_OPEN: 'NOT_ALLOWED',
  WINDOW_CLOSED: 'NOT_ALLOWED',
  DOCUMENT_MISSING: 'NOT_ALLOWED',
  CHILD_MISSING: 'NOT_ALLOWED',
  CONSENT_MISSING: 'NOT_ALLOWED',
  TERM_NOT_MET: 'NOT_ALLOWED',
  ZONE_NOT_SERVED: 'NOT_ALLOWED',
  POLICY_NOT_IN_FORCE: 'NOT_ALLOWED',
} as const satisfies Record<CaseRefusalCode | OnceRefusal, UserErrorCode>;
