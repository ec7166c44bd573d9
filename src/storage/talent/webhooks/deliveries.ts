import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { attributeIs, type Condition, epochSeconds } from '../../dynamodb/condition.ts';
import { sendWrite } from '../../dynamodb/send.ts';
import type { Table } from '../../dynamodb/table.ts';
import { type Change, updateExpression } from '../../dynamodb/write.ts';
import { type PrimaryKey, TTL_ATTRIBUTE, talentKeys } from '../../tables.ts';
import type { DeliveryFacts, DeliveryItem } from '../items.ts';

/** Longer than a call may take, and what is written after it. */
const LEASE_MS = 30_000;
/** Longer than the entry itself is kept: what was delivered once isn't again because nobody remembers. */
const KEPT_DAYS = 60;

export type DeliveryPlace = Pick<DeliveryFacts, 'caseId' | 'entry' | 'endpointId'>;

export type Claim =
  /** It is the caller's for half a minute. */
  | { readonly is: 'CLAIMED'; readonly attempts: number; readonly lease: string }
  | { readonly is: 'DELIVERED' | 'NONE' }
  | { readonly is: 'GIVEN_UP' }
  /** It isn't to be tried before that. */
  | { readonly is: 'WAITING'; readonly until: string }
  /** Somebody else is at it. */
  | { readonly is: 'TAKEN' };

/**
 * Takes an attempt to tell an endpoint of an entry, unless it is through, not yet due, or somebody else's just now. Who dies
 * over it has used an attempt up.
 * @param mayBeNew whether it is begun where it is unheard of; otherwise such a one is `NONE`
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
    [TTL_ATTRIBUTE]: epochSeconds(now) + KEPT_DAYS * 86_400,
  };
  const outcome = await change(table, keyOf(place), { set, add: { attempts: 1 } }, isDue(now, mayBeNew));
  // Where the answer was lost, the SDK has asked again: then the refusal shows that it is ours.
  if (outcome.isDone || outcome.item?.lease === lease) {
    return { is: 'CLAIMED', attempts: outcome.item?.attempts ?? 1, lease };
  }
  if (!outcome.item) return { is: 'NONE' };
  const { state, nextAttemptAt, lease: theirs } = outcome.item;
  if (state !== 'WAITING') return { is: state };
  return theirs === null ? { is: 'WAITING', until: nextAttemptAt } : { is: 'TAKEN' };
}

/** How an attempt has ended. */
export type Ended =
  | { readonly state: 'DELIVERED' | 'GIVEN_UP'; readonly status: number | null }
  | { readonly state: 'WAITING'; readonly status: number | null; readonly until: string };

/** Writes down what became of a claimed attempt, unless the claim has run out and somebody else has it. */
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

/** @returns the item as it is after the change; where the condition doesn't hold, as it is without it */
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
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { isDone: false, item: error.Item && (unmarshall(error.Item) as DeliveryItem) };
  }
}
