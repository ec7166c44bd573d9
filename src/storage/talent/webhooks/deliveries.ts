import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '../../dynamodb/client/dynamo.ts';
import { isConditionFailed } from '../../dynamodb/client/store-error.ts';
import { sendWrite } from '../../dynamodb/send.ts';
import type { Table } from '../../dynamodb/table.ts';
import { attributeIs, type Change, type Condition, epochSeconds, updateExpression } from '../../dynamodb/write.ts';
import { type PrimaryKey, TTL_ATTRIBUTE, talentIndexes, talentKeys } from '../../tables.ts';
import type { DeliveryFacts, DeliveryItem } from '../items.ts';

/** Lease of an attempt, longer than a call and the write after it. */
const LEASE_MS = 30_000;
/** Lifetime of a delivery's record, longer than the entry's, so that nothing is delivered twice. */
const RECORD_TTL_DAYS = 60;

export type DeliveryPlace = Pick<DeliveryFacts, 'caseId' | 'entry' | 'endpointId'>;

export type Claim =
  /** The caller has the lease for 30 seconds. */
  | { readonly is: 'CLAIMED'; readonly attempts: number; readonly lease: string }
  | { readonly is: 'DELIVERED' | 'NONE' }
  | { readonly is: 'GIVEN_UP' }
  /** The next attempt isn't due before that instant. */
  | { readonly is: 'WAITING'; readonly until: string }
  /** Another instance has the lease. */
  | { readonly is: 'TAKEN' };

/**
 * Claims an attempt to deliver an entry to an endpoint, unless it is delivered, not yet due, or leased. An instance
 * that dies has used up its attempt.
 * @param mayBeNew set where an unknown delivery is created; else it is `NONE`
 */
export async function claimDelivery(
  table: Table,
  place: DeliveryPlace,
  { mayBeNew, now }: { readonly mayBeNew: boolean; readonly now: Date },
): Promise<Claim> {
  const lease = randomUUID();
  const set = {
    ...place,
    type: 'Delivery',
    state: 'WAITING',
    nextAttemptAt: new Date(now.getTime() + LEASE_MS).toISOString(),
    lease,
    attemptedAt: now.toISOString(),
    ...talentIndexes.deliveriesTo(place.endpointId, now.toISOString(), place.caseId, place.entry),
    [TTL_ATTRIBUTE]: epochSeconds(now) + RECORD_TTL_DAYS * 86_400,
  };
  const outcome = await change(table, keyOf(place), { set, add: { attempts: 1 } }, isDue(now, mayBeNew));
  // After a lost answer, the SDK has tried again. Then the refused item has our lease.
  if (outcome.isDone || outcome.item?.lease === lease) {
    return { is: 'CLAIMED', attempts: outcome.item?.attempts ?? 1, lease };
  }
  if (!outcome.item) return { is: 'NONE' };
  const { state, nextAttemptAt, lease: theirs } = outcome.item;
  if (state !== 'WAITING') return { is: state };
  return theirs === null ? { is: 'WAITING', until: nextAttemptAt } : { is: 'TAKEN' };
}

/** The result of an attempt. */
export type Ended =
  | { readonly state: 'DELIVERED' | 'GIVEN_UP'; readonly status: number | null }
  | { readonly state: 'WAITING'; readonly status: number | null; readonly until: string };

/** Records the result of a claimed attempt, unless its lease has expired and another instance has claimed it. */
export async function endAttempt(table: Table, place: DeliveryPlace, lease: string, ended: Ended): Promise<void> {
  const set = {
    state: ended.state,
    lastStatus: ended.status,
    lease: null,
    ...(ended.state === 'WAITING' ? { nextAttemptAt: ended.until } : {}),
  };
  await change(table, keyOf(place), { set }, attributeIs('lease', lease));
}

const keyOf = ({ caseId, entry, endpointId }: DeliveryPlace) => talentKeys.delivery(caseId, entry, endpointId);

function isDue(now: Date, mayBeNew: boolean): Condition {
  const due = '#c_state = :c_waiting AND #c_nextAttemptAt <= :c_now';
  return {
    expression: mayBeNew ? `attribute_not_exists(pk) OR (${due})` : due,
    names: { '#c_state': 'state', '#c_nextAttemptAt': 'nextAttemptAt' },
    values: { ':c_waiting': 'WAITING', ':c_now': now.toISOString() },
  };
}

/** @returns the item after the change; where the condition fails, the unchanged item */
async function change(table: Table, { pk, sk }: PrimaryKey, wanted: Change, condition: Condition) {
  const command = new UpdateCommand({
    TableName: table.name,
    Key: { pk, sk },
    ...updateExpression(wanted, condition),
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  try {
    const { Attributes } = await sendWrite(table, () => table.dynamo.send(command));
    return { isDone: true, item: Attributes as DeliveryItem | undefined };
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
    return { isDone: false, item: error.item as DeliveryItem | undefined };
  }
}
