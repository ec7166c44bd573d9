import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { ACCESS_LOG_LANES } from '../../../domain/access-log/batch.ts';
import type { AccessFrame } from '../../../domain/access-log/entry.ts';
import type { PartCase } from '../../../domain/access-log/part.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import { checkFirst, type Page, type PageRequest } from '../../dynamodb/page.ts';
import { type KeyRange, rangeInput, readItem } from '../../dynamodb/read.ts';
import { sendRead } from '../../dynamodb/send.ts';
import type { Table } from '../../dynamodb/table.ts';
import { accessLogKeys } from '../../tables.ts';
import { entryOf, type FrameItem, frameOf, type PartItem, type PersonLogItem, type WaitingItem } from './items.ts';

/** What one entry says of the person who asks. */
export interface DataAccess {
  readonly frame: AccessFrame;
  readonly cases: readonly PartCase[];
  /** Where its leaf is, as `<lane>/<batch>/<index>`; null while it waits for a batch. */
  readonly leaf: string | null;
}

/**
 * Returns a person's entries, newest first: those that wait and those in batches. Entries wait for a moment only, so all of
 * them are read, one Query a lane, before the person's log: an entry that is batched meanwhile is found in one place or in
 * both, where it counts once.
 */
export async function readDataAccess(
  table: Table,
  person: string,
  { first, after }: PageRequest,
): Promise<Page<DataAccess>> {
  checkFirst(first);
  const binding = { field: 'Query.myDataAccess', arguments: {}, owner: table.owner };
  const before = after == null ? undefined : table.cursors.read(binding, after).order;
  const waiting = (await Promise.all(ACCESS_LOG_LANES.map((lane) => readWaiting(table, lane, person)))).flat();
  const known = await readItem<PersonLogItem>(table, accessLogKeys.ofPerson(person), { consistent: true });
  const batched = known ? await readParts(table, known.log, first + 1, before) : [];
  const entries = new Map([...waiting, ...batched].map((access) => [access.frame.id, access]));
  const page = [...entries.values()]
    .filter(({ frame }) => before === undefined || frame.id < before)
    .sort((a, b) => (a.frame.id < b.frame.id ? 1 : -1));
  const nodes = page.slice(0, first);
  return {
    nodes,
    hasNextPage: page.length > first,
    cursorAt: (i) => {
      const node = nodes[i];
      if (!node) throw new RangeError(`the page has no node ${i}`);
      return table.cursors.write(binding, { order: node.frame.id });
    },
  };
}

/** Returns what the waiting entries of a lane say of a person. */
async function readWaiting(table: Table, lane: number, person: string): Promise<DataAccess[]> {
  const items: WaitingItem[] = [];
  const input = rangeInput(table, { partition: accessLogKeys.waiting(lane, '').pk });
  let from: Record<string, unknown> | undefined;
  do {
    const command = new QueryCommand({
      ...input,
      ConsistentRead: true,
      FilterExpression: 'contains(#subjects, :person)',
      ExpressionAttributeNames: { ...input.ExpressionAttributeNames, '#subjects': 'subjects' },
      ExpressionAttributeValues: { ...input.ExpressionAttributeValues, ':person': person },
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
    });
    const answer = await sendRead(table, (send) => table.dynamo.send(command, send));
    items.push(...((answer.Items ?? []) as WaitingItem[]));
    from = answer.LastEvaluatedKey;
  } while (from !== undefined);
  return items.map(entryOf).map((entry) => {
    const place = entry.subjects.indexOf(person);
    const cases = entry.cases.flatMap(({ subject, view, caseId }): PartCase[] =>
      subject === place ? [[view, caseId]] : [],
    );
    return { frame: entry, cases, leaf: null };
  });
}

/** Returns the newest entries of a log, or those before one. */
async function readParts(table: Table, log: string, limit: number, before: string | undefined): Promise<DataAccess[]> {
  const range: KeyRange = {
    partition: accessLogKeys.part(log, '').pk,
    ...(before === undefined ? {} : { sort: { from: '0', to: before } }),
    backwards: true,
  };
  // The entry that the page before ended with is in the range.
  const command = new QueryCommand({ ...rangeInput(table, range), ConsistentRead: true, Limit: limit + 1 });
  const answer = await sendRead(table, (send) => table.dynamo.send(command, send));
  const parts = (answer.Items ?? []) as PartItem[];
  const keys = parts.map(({ sk }) => accessLogKeys.entry(sk));
  const frames = await batchRead<FrameItem>(table, keys, { consistent: true });
  return parts.flatMap(({ said, lane, batch, index }, i) => {
    const frame = frames[i];
    return said && frame ? [{ frame: frameOf(frame), cases: said.cases, leaf: `${lane}/${batch}/${index}` }] : [];
  });
}
