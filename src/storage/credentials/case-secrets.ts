import { GetCommand, PutCommand } from '../dynamodb/client/dynamo.ts';
import { readItem } from '../dynamodb/read.ts';
import { sendRead, sendWrite } from '../dynamodb/send.ts';
import type { Table } from '../dynamodb/table.ts';
import { credentialKeys } from '../tables.ts';
import { type CaseSecretFacts, type CaseSecretItem, caseSecretItem } from './items.ts';

export function readCaseSecret(table: Table, receiptNumber: string): Promise<CaseSecretItem | null> {
  return readItem<CaseSecretItem>(table, credentialKeys.caseSecret(receiptNumber), { consistent: true });
}

/** Returns only the salt of a secret, read consistently; null where there is none. */
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

/** Stores a secret's hash and replaces the former one. Of two concurrent writes, the later one is valid. */
export async function writeCaseSecret(table: Table, facts: CaseSecretFacts): Promise<void> {
  const command = new PutCommand({ TableName: table.name, Item: caseSecretItem(facts) });
  await sendWrite(table, () => table.dynamo.send(command));
}
