import { ACCESS_LOG_LANES, type AccessFrame } from '../../../domain/access-log/entry.ts';
import type { PartCase } from '../../../domain/access-log/part.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import { QueryCommand } from '../../dynamodb/client/dynamo.ts';
import type { CursorBinding } from '../../dynamodb/cursor.ts';
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

/** The part of a person's log that is about one case. */
export interface LogOfCase {
  /** The applicant of the case. */
  readonly person: string;
  readonly caseId: string;
  /** The zones whose officers' accesses are read; null for all accesses. */
  readonly zoneIds: readonly string[] | null;
}

/** The entries of a page, and the name of their list. */
interface Listed {
  readonly person: string;
  readonly of: Omit<LogOfCase, 'person'> | null;
  readonly binding: Pick<CursorBinding, 'field' | 'arguments'>;
}

/** Returns a page of a person's entries, newest first, waiting and batched ones. */
export function readAccessLog(table: Table, person: string, page: PageRequest): Promise<Page<AccessLogEntry>> {
  return readPageOf(table, page, { person, of: null, binding: { field: 'Query.myAccessLog', arguments: {} } });
}

/** Returns a page of the entries about a case, newest first, each with that case alone. */
export function readAccessLogOfCase(table: Table, of: LogOfCase, page: PageRequest): Promise<Page<AccessLogEntry>> {
  const binding = { field: 'TalentCase.accessLog', arguments: { case: of.caseId } };
  return readPageOf(table, page, { person: of.person, of, binding });
}

/**
 * Entries wait only a moment, so all waiting ones are read, one Query per lane, before the person's log. An entry that is
 * batched meanwhile may be found twice, and counts once.
 */
async function readPageOf(
  table: Table,
  page: PageRequest,
  { person, of, binding: named }: Listed,
): Promise<Page<AccessLogEntry>> {
  const slice = sliceOf(page);
  const { size, isBackward, cursor } = slice;
  const binding = { ...named, owner: table.owner };
  const from = cursor === null ? null : (table.cursors.read(binding, cursor).order ?? null);
  const read = (one: EntriesRead) => readEntries(table, person, one, of);
  const entries = await read({ isOldestFirst: isBackward, edge: from, limit: size + 1 });
  const shown = entries.slice(0, size);
  return pageOf(
    {
      slice,
      entries: shown,
      hasMore: entries.length > size,
      hasPassed: async () => {
        const against = { isOldestFirst: !isBackward, edge: shown[0]?.frame.id ?? null, limit: 1 };
        return (await read(against)).length > 0;
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

/** Reads a person's entries in one order, waiting and batched ones; of one case where given. */
async function readEntries(
  table: Table,
  person: string,
  read: EntriesRead,
  of: Listed['of'],
): Promise<AccessLogEntry[]> {
  const { isOldestFirst, edge, limit } = read;
  const waiting = (await Promise.all(ACCESS_LOG_LANES.map((lane) => readWaiting(table, lane, person)))).flat();
  const known = await readItem<PersonLogItem>(table, accessLogKeys.ofPerson(person), { consistent: true });
  const batched = known
    ? await (of ? readPartsOfCase(table, known.log, read, of) : readParts(table, known.log, read))
    : [];
  const aboutIt = of ? waiting.flatMap((entry) => aboutCase(entry, of)) : waiting;
  const entries = new Map([...aboutIt, ...batched].map((access) => [access.frame.id, access]));
  return [...entries.values()]
    .filter(({ frame }) => edge === null || (isOldestFirst ? frame.id > edge : frame.id < edge))
    .sort((a, b) => (a.frame.id < b.frame.id === isOldestFirst ? -1 : 1))
    .slice(0, limit);
}

/** Returns an entry with one case alone; none where it is about others, or its viewer is of another zone. */
function aboutCase(entry: AccessLogEntry, { caseId, zoneIds }: NonNullable<Listed['of']>): readonly AccessLogEntry[] {
  const cases = entry.cases.filter(([, id]) => id === caseId);
  const { viewer } = entry.frame;
  const isTheirs = zoneIds === null || (viewer.kind === 'officer' && zoneIds.includes(viewer.zone));
  return cases.length > 0 && isTheirs ? [{ ...entry, cases }] : [];
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

/** Parts that one Query reads of a log that is looked through for a case. A part has some 250 bytes. */
const PARTS_A_QUERY = 1_000;

/** Reads entries of a log about one case in one order. Parts of other cases are passed over. */
async function readPartsOfCase(
  table: Table,
  log: string,
  { isOldestFirst, edge, limit }: EntriesRead,
  of: NonNullable<Listed['of']>,
): Promise<AccessLogEntry[]> {
  const found: AccessLogEntry[] = [];
  let from = edge;
  let parts: PartItem[];
  do {
    parts = await queryParts(table, log, { isOldestFirst, edge: from, limit: PARTS_A_QUERY });
    const ofCase = parts.filter(({ said }) => said?.cases.some(([, id]) => id === of.caseId));
    for (let i = 0; i < ofCase.length && found.length < limit + 1; i += MAX_FRAMES) {
      const entries = await withFrames(table, ofCase.slice(i, i + MAX_FRAMES));
      found.push(...entries.flatMap((entry) => aboutCase(entry, of)));
    }
    from = parts.at(-1)?.sk ?? from;
  } while (parts.length > PARTS_A_QUERY && found.length < limit + 1);
  return found;
}

/** Frames that one BatchGet reads. */
const MAX_FRAMES = 100;

/** Reads entries of a log in one order. */
async function readParts(table: Table, log: string, read: EntriesRead): Promise<AccessLogEntry[]> {
  return withFrames(table, await queryParts(table, log, read));
}

/** Reads parts of a log in one order, up to one more than the limit. The range includes the entry of the edge. */
async function queryParts(table: Table, log: string, { isOldestFirst, edge, limit }: EntriesRead): Promise<PartItem[]> {
  const range: KeyRange = {
    partition: accessLogKeys.part(log, '').pk,
    ...(edge === null ? {} : { sort: isOldestFirst ? { from: edge, to: '~' } : { from: '0', to: edge } }),
    backwards: !isOldestFirst,
  };
  const command = new QueryCommand({ ...rangeInput(table, range), ConsistentRead: true, Limit: limit + 1 });
  const answer = await sendRead(table, (send) => table.dynamo.send(command, send));
  return (answer.Items ?? []) as PartItem[];
}

async function withFrames(table: Table, parts: readonly PartItem[]): Promise<AccessLogEntry[]> {
  const keys = parts.map(({ sk }) => accessLogKeys.entry(sk));
  const frames = await batchRead<FrameItem>(table, keys, { consistent: true });
  return parts.flatMap(({ said, lane, batch, index }, i) => {
    const frame = frames[i];
    return said && frame ? [{ frame: frameOf(frame), cases: said.cases, leaf: `${lane}/${batch}/${index}` }] : [];
  });
}
