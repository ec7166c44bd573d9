import { ACCESS_LOG_LANES } from '../../../domain/access-log/batch.ts';
import type { AccessFrame } from '../../../domain/access-log/entry.ts';
import type { PartCase } from '../../../domain/access-log/part.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import { QueryCommand } from '../../dynamodb/client/commands.ts';
import { type Page, type PageRequest, pageOf, sliceOf } from '../../dynamodb/page.ts';
import { type KeyRange, rangeInput, readItem } from '../../dynamodb/read.ts';
import { sendRead } from '../../dynamodb/send.ts';
import type { Table } from '../../dynamodb/table.ts';
import { accessLogKeys } from '../../tables.ts';
import { entryOf, type FrameItem, frameOf, type PartItem, type PersonLogItem, type WaitingItem } from './items.ts';

/** An access-log entry about the person who reads it. */
export interface AccessLogEntry {
  readonly frame: AccessFrame;
  readonly cases: readonly PartCase[];
  /** The place of its leaf, as `<lane>/<batch>/<index>`; null while it waits for a batch. */
  readonly leaf: string | null;
}

/**
 * Returns a page of a person's entries, newest first, waiting and batched ones. Entries wait only a moment, so all
 * waiting ones are read, one Query per lane, before the person's log. An entry that is batched meanwhile may be found
 * twice, and counts once.
 */
export async function readAccessLog(table: Table, person: string, page: PageRequest): Promise<Page<AccessLogEntry>> {
  const slice = sliceOf(page);
  const { size, isBackward, cursor } = slice;
  const binding = { field: 'Query.myAccessLog', arguments: {}, owner: table.owner };
  const from = cursor === null ? null : (table.cursors.read(binding, cursor).order ?? null);
  const entries = await readEntries(table, person, { isOldestFirst: isBackward, edge: from, limit: size + 1 });
  const shown = entries.slice(0, size);
  return pageOf(
    {
      slice,
      entries: shown,
      hasMore: entries.length > size,
      hasPassed: async () => {
        const against = { isOldestFirst: !isBackward, edge: shown[0]?.frame.id ?? null, limit: 1 };
        return (await readEntries(table, person, against)).length > 0;
      },
    },
    (access) => access,
    ({ frame }) => table.cursors.write(binding, { order: frame.id }),
  );
}

interface EntriesRead {
  readonly isOldestFirst: boolean;
  /** The id of the entry after which to begin; null for an end of the log. */
  readonly edge: string | null;
  readonly limit: number;
}

/** Reads a person's entries in one order, waiting and batched ones. */
async function readEntries(table: Table, person: string, read: EntriesRead): Promise<AccessLogEntry[]> {
  const { isOldestFirst, edge, limit } = read;
  const waiting = (await Promise.all(ACCESS_LOG_LANES.map((lane) => readWaiting(table, lane, person)))).flat();
  const known = await readItem<PersonLogItem>(table, accessLogKeys.ofPerson(person), { consistent: true });
  const batched = known ? await readParts(table, known.log, read) : [];
  const entries = new Map([...waiting, ...batched].map((access) => [access.frame.id, access]));
  return [...entries.values()]
    .filter(({ frame }) => edge === null || (isOldestFirst ? frame.id > edge : frame.id < edge))
    .sort((a, b) => (a.frame.id < b.frame.id === isOldestFirst ? -1 : 1))
    .slice(0, limit);
}

/** Returns the parts of a lane's waiting entries that are about a person. */
async function readWaiting(table: Table, lane: number, person: string): Promise<AccessLogEntry[]> {
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

/** Reads entries of a log in one order. */
async function readParts(
  table: Table,
  log: string,
  { isOldestFirst, edge, limit }: EntriesRead,
): Promise<AccessLogEntry[]> {
  const range: KeyRange = {
    partition: accessLogKeys.part(log, '').pk,
    ...(edge === null ? {} : { sort: isOldestFirst ? { from: edge, to: '~' } : { from: '0', to: edge } }),
    backwards: !isOldestFirst,
  };
  // The range includes the entry of the edge.
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
