import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Cursors } from './cursor.ts';
import type { InputKeys } from './input-keys.ts';

export type Dynamo = DynamoDBDocumentClient;

/** Until when, and for whom, a store works: a request's, or a stream batch's. */
export interface Scope {
  /** Epoch milliseconds after which nobody waits for an answer. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  /** Names the caller, so that one's cursors and idempotency keys are no other's. */
  readonly owner: string;
  /** The applicant who asks: what they send is about themselves, and what is kept of it goes when they are erased. */
  readonly person?: string;
}

/** One table, opened for one request. */
export interface Table extends Scope {
  readonly dynamo: Dynamo;
  readonly name: string;
  readonly cursors: Cursors;
  /** What inputs of mutations are hashed by. */
  readonly inputKeys: InputKeys;
}
