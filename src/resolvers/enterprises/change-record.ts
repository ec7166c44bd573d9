import type { EnterpriseRelation } from '../../domain/access/relation.ts';
import type { MutationName } from '../../domain/access/write-table.ts';
import { dayInShanghai } from '../../domain/calendar/day.ts';
import type { Versioned } from '../../domain/records/record.ts';
import type { Decision } from '../../domain/refusal.ts';
import { refuseGone, type StepRefusalCode } from '../../domain/support/refusals.ts';
import type {
  LoadedVersion,
  Owners,
  RecordChange,
  VersionedRecords,
} from '../../storage/enterprises/versioned-records.ts';
import type { PrimaryKey } from '../../storage/tables.ts';
import { ONCE_CODES, type OnceRefusal, once, onceRequest } from '../../subgraph/once.ts';
import { RECORD_CODES, type UserError, type UserErrorCode, userErrors } from '../../subgraph/user-errors.ts';
import type { Context } from './context.ts';
import { relationToEnterprise } from './relations.ts';

/** The steps of a change that differ by the record's kind. */
interface ChangeSteps<Facts extends Versioned, Item> {
  readonly records: VersionedRecords<Facts, Item>;
  readonly key: PrimaryKey;
  ownersOf(before: Item | null): Owners;
  /** @param relation the caller's relation to the enterprise; null where there is no such enterprise */
  decide(loaded: LoadedVersion<Item>, relation: EnterpriseRelation | null): Decision<Facts, StepRefusalCode>;
}

/** The record after a change, or why the change is refused. */
export interface ChangeAnswer<Item> {
  readonly record: Item | null;
  readonly userErrors: readonly UserError[];
}

/** Changes a record of an enterprise by one version: load, decide, commit. */
export async function changeRecord<Facts extends Versioned, Item>(
  mutation: MutationName,
  input: { readonly idempotencyKey: string },
  context: Context,
  { records, key, ownersOf, decide }: ChangeSteps<Facts, Item>,
): Promise<ChangeAnswer<Item>> {
  const call = onceRequest(mutation, input, context.request.now);
  const decision = await once(call, {
    load: () => records.load(call, key, ownersOf),
    decide: (loaded) => {
      const { enterprise } = loaded;
      const decision = decide(loaded, enterprise && relationToEnterprise(enterprise, context));
      // Comes last, so that a caller without the right learns nothing.
      const refusals = refuseGone(mutation, enterprise, dayInShanghai(context.request.now));
      return decision.ok && refusals.length > 0 ? { ok: false, refusals } : decision;
    },
    commit: (facts, loaded) => records.commit(call, loaded, facts, changeBy(context)),
    again: (answer) => records.answered(answer),
    done: (facts) => records.itemOf(facts),
  });
  if (decision.ok) return { record: decision.value, userErrors: [] };
  return { record: null, userErrors: userErrors(decision.refusals, CODES) };
}

function changeBy({ viewer, request }: Context): RecordChange {
  if (!('person' in viewer)) throw new Error('only persons change records of enterprises');
  return { at: request.now.toISOString(), by: { kind: viewer.kind, person: viewer.person } };
}

const CODES = {
  ...ONCE_CODES,
  ...RECORD_CODES,
  WRONG_STATE: 'NOT_ALLOWED',
  FULL: 'COURSE_FULL',
  ENDED: 'ENTERPRISE_ENDED',
} as const satisfies Record<StepRefusalCode | OnceRefusal, UserErrorCode>;
