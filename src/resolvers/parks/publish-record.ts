import type { Publication } from '../../domain/records/publication.ts';
import { publicationBy } from '../../domain/records/publication.ts';
import type { RecordRefusalCode, Versioned } from '../../domain/records/record.ts';
import type { Decision } from '../../domain/refusal.ts';
import type { LoadedRecord, Records } from '../../storage/parks/records.ts';
import { ONCE_CODES, type OnceRefusal, once, onceRequest } from '../../subgraph/once.ts';
import { RECORD_CODES, type UserError, type UserErrorCode, userErrors } from '../../subgraph/user-errors.ts';
import type { Context } from './context.ts';

/** The steps of one record's publication that differ by its kind. */
interface PublicationSteps<Facts extends Versioned, Item, Loaded extends LoadedRecord<Item>> {
  readonly records: Records<Facts, Item>;
  load(records: Records<Facts, Item>, once: ReturnType<typeof onceRequest>): Promise<Loaded>;
  decide(loaded: Loaded): Decision<Facts, RecordRefusalCode>;
}

/** The published record, or the reasons for a refusal. */
export interface PublicationAnswer<Item> {
  readonly record: Item | null;
  readonly userErrors: readonly UserError[];
}

/** Publishes one version of a record: load, decide, commit. */
export async function publishRecord<Facts extends Versioned, Item, Loaded extends LoadedRecord<Item>>(
  mutation: string,
  input: { readonly idempotencyKey: string },
  { viewer, request }: Context,
  { records, load, decide }: PublicationSteps<Facts, Item, Loaded>,
): Promise<PublicationAnswer<Item>> {
  const call = onceRequest(mutation, input, request.now);
  const publication = (): Publication => publicationBy(viewer, request.now);
  const decision = await once(call, {
    load: () => load(records, call),
    decide,
    commit: (facts, loaded) => records.publish(call, loaded, facts, publication()),
    again: (answer) => records.answered(answer),
    done: (facts) => records.itemOf(facts),
  });
  if (decision.ok) return { record: decision.value, userErrors: [] };
  return { record: null, userErrors: userErrors(decision.refusals, CODES, NAMES) };
}

const CODES = {
  ...ONCE_CODES,
  ...RECORD_CODES,
} as const satisfies Record<RecordRefusalCode | OnceRefusal, UserErrorCode>;

/** The schema's names of the fields in the rules' refusals. */
const NAMES = { zoneId: 'zone', parentId: 'parent' };
