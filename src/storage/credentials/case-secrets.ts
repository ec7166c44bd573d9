import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { missingOrLess } from '../condition.ts';
import { readItem } from '../read.ts';
import { sendRead, sendWrite } from '../send.ts';
import type { Table } from '../table.ts';
import { credentialKeys, TTL_ATTRIBUTE } from '../tables.ts';
import { updateExpression } from '../write.ts';
import { type CaseSecretFacts, type CaseSecretItem, caseSecretItem } from './items.ts';

export function readCaseSecret(table: Table, receiptNumber: string): Promise<CaseSecretItem | null> {
  return readItem<CaseSecretItem>(table, credentialKeys.caseSecret(receiptNumber), { consistent: true });
}

/** Returns the salt of a secret and no more of it, as written just now; null where there is none. */
export async function readSaltOfCaseSecret(table: Table, receiptNumber: string): Promise<string | null> {
  const { pk, sk } = credentialKeys.caseSecret(receiptNumber);
  const command = new GetCommand({
    TableName: table.name,
    Key: { pk, sk },
    ConsistentRead: true,
    ProjectionExpression: '#salt',
    ExpressionAttributeNames: { '#salt': 'salt' },
  });
  const { Item } = await sendRead(table, (send) => table.dynamo.send(command, send));
  return typeof Item?.salt === 'string' ? Item.salt : null;
}

/** Keeps a secret's hash in place of the one before: of two at once the later one is right. */
export async function writeCaseSecret(table: Table, facts: CaseSecretFacts): Promise<void> {
  const command = new PutCommand({ TableName: table.name, Item: caseSecretItem(facts) });
  await sendWrite(table, () => table.dynamo.send(command));
}

/** A span of time in which tries are counted together. */
export interface TrySpan {
  /** Epoch seconds. */
  readonly from: number;
  readonly to: number;
  readonly mostTries: number;
}

/**
 * Takes one of the tries that a receipt number has in a span of time, before the secret is looked at, so that tries at once
 * can't be more. Whether there is such a receipt makes no difference.
 * @returns false where none is left
 */
export async function takeTry(table: Table, receiptNumber: string, span: TrySpan): Promise<boolean> {
  const { pk, sk } = credentialKeys.caseTries(receiptNumber, span.from);
  const command = new UpdateCommand({
    TableName: table.name,
    Key: { pk, sk },
    ...updateExpression(
      { set: { type: 'CaseTries', [TTL_ATTRIBUTE]: span.to }, add: { tries: 1 } },
      missingOrLess('tries', span.mostTries),
    ),
  });
  try {
    await sendWrite(table, () => table.dynamo.send(command));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
