import { randomBytes } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { gatherSeen, type SeenField } from '../../domain/look.ts';
import { ulidOf } from '../../domain/ulid.ts';
import type { Viewer } from '../../domain/viewer.ts';
import { CodedError } from '../../errors.ts';
import { log } from '../../log.ts';
import { isNew } from '../condition.ts';
import { sendWrite } from '../send.ts';
import type { Table } from '../table.ts';
import { lookItem } from './look-items.ts';

/** Who looks, when and why. */
export interface Looker {
  readonly viewer: Viewer;
  readonly now: Date;
  readonly requestId: string;
  /** As they said it; null where they said none. */
  readonly purpose: string | null;
}

/** What one request shows of others' cases. */
export interface Looks {
  /** Notes what is about to be shown: as often as one likes, it counts once. */
  note(seen: SeenField): void;
  /**
   * Writes down what was noted since the last time, in one conditional write; none where nothing was. To be called before
   * the answer is released: where it throws, nothing may be.
   * @param revealedFor why, where that was said of this very look
   * @throws CodedError LOOK_NOT_RECORDED
   */
  flush(revealedFor?: string): Promise<void>;
}

export function openLooks(table: Table, { viewer, now, requestId, purpose }: Looker): Looks {
  let noted = new Map<string, SeenField>();
  return {
    note(seen) {
      noted.set(`${seen.subject}\0${seen.caseId}\0${seen.field}\0${seen.form}`, seen);
    },
    async flush(revealedFor) {
      if (noted.size === 0) return;
      const views = gatherSeen(noted.values());
      noted = new Map();
      const id = ulidOf(now.getTime(), BigInt(`0x${randomBytes(10).toString('hex')}`));
      const why = revealedFor ?? purpose;
      const item = lookItem({ id, at: now.toISOString(), requestId, viewer, purpose: why, views });
      const command = new PutCommand({ TableName: table.name, Item: item, ConditionExpression: isNew.expression });
      try {
        await sendWrite(table, () => table.dynamo.send(command));
      } catch (error) {
        // The id is of this very call: what is there is what a first try wrote whose answer was lost.
        if (error instanceof ConditionalCheckFailedException) return;
        log.error('a look could not be recorded', { requestId, code: 'LOOK_NOT_RECORDED' }, error);
        throw new CodedError('LOOK_NOT_RECORDED', 'Who looks could not be recorded, so nothing is shown.', {
          cause: error,
        });
      }
    },
  };
}
