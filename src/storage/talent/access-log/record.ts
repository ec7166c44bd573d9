import { randomBytes } from 'node:crypto';
import {
  type AccessEntry,
  type Accessed,
  type AccessedField,
  groupAccess,
  laneOf,
} from '../../../domain/access-log/entry.ts';
import { ulidOf } from '../../../domain/ids.ts';
import { recordedViewer, type Viewer } from '../../../domain/viewer.ts';
import { CodedError } from '../../../errors.ts';
import { log } from '../../../log.ts';
import { PutCommand } from '../../dynamodb/client/dynamo.ts';
import { isConditionFailed } from '../../dynamodb/client/store-error.ts';
import { randomBits } from '../../dynamodb/new-id.ts';
import { sendWrite } from '../../dynamodb/send.ts';
import type { Table } from '../../dynamodb/table.ts';
import { isNew } from '../../dynamodb/write.ts';
import { accessLogKeys } from '../../tables.ts';
import type { WaitingItem } from './items.ts';

/** The viewer of an access, with its time and purpose. */
export interface Accessor {
  readonly viewer: Viewer;
  readonly now: Date;
  readonly requestId: string;
  /** The purpose that the viewer declared; null for none. */
  readonly purpose: string | null;
}

/** Returns the accessor of a request. */
export function accessorOf({
  viewer,
  now,
  requestId,
  purpose = null,
}: Omit<Accessor, 'purpose'> & { readonly purpose?: string | null | undefined }): Accessor {
  return { viewer, now, requestId, purpose };
}

/** The recorder of one request's accesses to other persons' cases. */
export interface AccessRecorder {
  /** Adds a field that is about to be shown. A repeated field counts once. */
  add(field: AccessedField): void;
  /**
   * Begins to record the fields added since the last call, as `flush`. Every later `flush` waits for it, and throws its fault.
   * @param revealedFor the purpose of this very access, if any
   */
  begin(revealedFor?: string): void;
  /**
   * Records the fields added since the last call, in one conditional write, or nothing without any, and waits for what
   * was begun. Call it before the response is released: if it throws, nothing may be shown.
   * @param revealedFor the purpose of this very access, if any
   * @throws CodedError ACCESS_NOT_RECORDED
   */
  flush(revealedFor?: string): Promise<void>;
}

export function openAccessRecorder(table: Table, accessor: Accessor): AccessRecorder {
  let added = new Map<string, AccessedField>();
  const begun: Promise<void>[] = [];
  const record = async (revealedFor?: string): Promise<void> => {
    if (added.size === 0) return;
    const accessed = groupAccess(added.values());
    added = new Map();
    await recordAccess(table, { ...accessor, purpose: revealedFor ?? accessor.purpose }, accessed);
  };
  return {
    add(field) {
      added.set(`${field.subject}\0${field.caseId}\0${field.field}\0${field.form}`, field);
    },
    begin(revealedFor) {
      const recorded = record(revealedFor);
      recorded.catch(() => undefined);
      begun.push(recorded);
    },
    async flush(revealedFor) {
      await Promise.all([record(revealedFor), ...begun]);
    },
  };
}

/**
 * Records one entry of the access log.
 * @throws CodedError ACCESS_NOT_RECORDED
 */
export async function recordAccess(table: Table, accessor: Accessor, accessed: Accessed): Promise<void> {
  const { viewer, now, requestId, purpose } = accessor;
  const id = ulidOf(now.getTime(), randomBits());
  const item = waitingItem(
    { id, requestId, viewer: recordedViewer(viewer), purpose, ...accessed },
    randomBytes(16).toString('base64url'),
  );
  const command = new PutCommand({ TableName: table.name, Item: item, ConditionExpression: isNew.expression });
  try {
    await sendWrite(table, () => table.dynamo.send(command));
  } catch (error) {
    // The id belongs to this very call. An existing item was written by a first try whose answer was lost.
    if (isConditionFailed(error)) return;
    log.error('an access could not be recorded', { requestId, code: 'ACCESS_NOT_RECORDED' }, error);
    throw new CodedError('ACCESS_NOT_RECORDED', 'The access could not be recorded, so nothing is shown.', {
      cause: error,
    });
  }
}

/** Returns an entry as it waits for its batch. */
export function waitingItem(entry: AccessEntry, seed: string): WaitingItem {
  const { id, requestId, viewer, purpose, subjects, views, cases, carried } = entry;
  return {
    ...accessLogKeys.waiting(laneOf(id), id),
    type: 'AccessWaiting',
    requestId,
    viewer,
    purpose,
    subjects,
    views,
    cases: cases.map(({ subject, view, caseId }) => [subject, view, caseId] as const),
    ...(carried === undefined ? {} : { carried }),
    seed,
  };
}
