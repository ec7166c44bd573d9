import { randomBytes } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { type Accessed, type AccessedField, groupAccess } from '../../../domain/access-log/entry.ts';
import { ulidOf } from '../../../domain/ulid.ts';
import { recordedViewer, type Viewer } from '../../../domain/viewer.ts';
import { CodedError } from '../../../errors.ts';
import { log } from '../../../log.ts';
import { isNew } from '../../dynamodb/condition.ts';
import { sendWrite } from '../../dynamodb/send.ts';
import type { Table } from '../../dynamodb/table.ts';
import { waitingItem } from './items.ts';

/** Who accesses something, when and why. */
export interface Accessor {
  readonly viewer: Viewer;
  readonly now: Date;
  readonly requestId: string;
  /** As the viewer declared it; null where they declared none. */
  readonly purpose: string | null;
}

/** What one request shows of others' cases. */
export interface AccessNotes {
  /** Notes a field that is about to be shown. A field that is noted twice counts once. */
  note(field: AccessedField): void;
  /**
   * Records what was noted since the last time, in one conditional write; writes nothing where nothing was. Call it before
   * the answer is released: where it throws, nothing may be shown.
   * @param revealedFor the purpose, where one was given for this very access
   * @throws CodedError ACCESS_NOT_RECORDED
   */
  flush(revealedFor?: string): Promise<void>;
}

export function openAccessNotes(table: Table, accessor: Accessor): AccessNotes {
  let noted = new Map<string, AccessedField>();
  return {
    note(field) {
      noted.set(`${field.subject}\0${field.caseId}\0${field.field}\0${field.form}`, field);
    },
    async flush(revealedFor) {
      if (noted.size === 0) return;
      const accessed = groupAccess(noted.values());
      noted = new Map();
      await recordAccess(table, { ...accessor, purpose: revealedFor ?? accessor.purpose }, accessed);
    },
  };
}

/**
 * Records one entry of the access log.
 * @throws CodedError ACCESS_NOT_RECORDED
 */
export async function recordAccess(table: Table, accessor: Accessor, accessed: Accessed): Promise<void> {
  const { viewer, now, requestId, purpose } = accessor;
  const id = ulidOf(now.getTime(), BigInt(`0x${randomBytes(10).toString('hex')}`));
  const item = waitingItem(
    { id, requestId, viewer: recordedViewer(viewer), purpose, ...accessed },
    randomBytes(16).toString('base64url'),
  );
  const command = new PutCommand({ TableName: table.name, Item: item, ConditionExpression: isNew.expression });
  try {
    await sendWrite(table, () => table.dynamo.send(command));
  } catch (error) {
    // The id is of this very call: an item with it is what a first try wrote whose answer was lost.
    if (error instanceof ConditionalCheckFailedException) return;
    log.error('an access could not be recorded', { requestId, code: 'ACCESS_NOT_RECORDED' }, error);
    throw new CodedError('ACCESS_NOT_RECORDED', 'The access could not be recorded, so nothing is shown.', {
      cause: error,
    });
  }
}
