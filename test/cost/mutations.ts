/** The mutations of the month, asked as shipped documents, and what the streams' consumers do after each. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreams } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import { dayInShanghai } from '../../src/domain/calendar/day.ts';
import { STATUTORY_LIMITS } from '../../src/domain/calendar/deadline.ts';
import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import { loadFunction } from '../../src/local/lambda-function.ts';
import { recordFilter } from '../../src/local/streams/pump.ts';
import { streamReader } from '../../src/local/streams/reader.ts';
import { declaredFunctions } from '../../src/local/system.ts';
import type { FolderHost } from '../../src/storage/uploads/folder-uploads.ts';
import type { Bearer, DemoSystem } from '../demo-system.ts';
import { announced, pdf, sendTo } from '../fixtures/files.ts';

const ROOT = join(import.meta.dirname, '../..');
const ZONE = 'zone_teda';
const CASE_TYPE = 'ctype_cost-school';
const FILE = pdf('household book');
const DAY_MS = 86_400_000;
/** The enterprise of the clerk. */
const ENTERPRISE = JSON.parse(readFileSync('schema/operations/clerk/OwnEnterprise.variables.json', 'utf8')).enterprise;

const officer = (roles: string, agency = 'EDU'): Bearer => ({
  as: 'officer',
  zone: ZONE,
  agency,
  roles,
  person: `cost-${agency}-${roles}`,
});
const APPLICANT: Bearer = { as: 'applicant', person: 'cost-parent' };
const text = (en: string) => ({ zh: en, ja: en, en });

/** Asks a shipped mutation, and returns its payload. */
type Send = (document: string, bearer: Bearer, input: object) => Promise<Record<string, { readonly id: string }>>;

/** Returns what asks shipped mutations of a system. Throws where one is refused. */
export function senderOf(system: DemoSystem): Send {
  return async (document, bearer, input) => {
    const query = readFileSync(`schema/operations/${document}.graphql`, 'utf8');
    const variables = {
      input: { idempotencyKey: crypto.randomUUID(), ...input },
      ...(query.includes('$locale') ? { locale: 'EN' } : {}),
    };
    const { data, errors } = await system.answer(query, variables, bearer);
    const [payload] = Object.values(data ?? {}) as [Record<string, { readonly id: string }>?];
    const refused = errors ?? (payload?.userErrors as unknown as readonly unknown[] | undefined);
    if (!payload || (refused && refused.length > 0)) throw new Error(`${document}: ${JSON.stringify(refused)}`);
    return payload;
  };
}

/** Publishes the type of the cases: a place in a primary school, with one document. */
export async function publishCaseType(send: Send): Promise<void> {
  const steps = ['SUPPLEMENT_NOTICE', 'DECISION', 'DELIVERY', 'RECONSIDERATION'] as const;
  await send('officer/PublishCaseType', officer('PUBLISH'), {
    caseType: CASE_TYPE,
    kind: 'SCHOOLING',
    route: 'PRIMARY_SCHOOL',
    name: text('A primary school'),
    requiredDocuments: [{ code: 'household-book', name: text('Household book'), required: true }],
    opinionsFrom: ['EDU'],
    limits: steps.map((step) => {
      const { count, unit } = STATUTORY_LIMITS[step];
      return { step, promised: count, statutory: count, unit };
    }),
    retentionYears: 10,
  });
}

/** Sends the mutations of one case, from its opening to the delivered place, and a day's report of an enterprise. */
export async function sendAll(send: Send, uploads: FolderHost, repeat: number): Promise<void> {
  const year = Number(dayInShanghai(new Date()).slice(0, 4));
  const { case: opened } = await send('mobile/OpenCase', APPLICANT, {
    caseType: CASE_TYPE,
    zone: ZONE,
    park: 'park_binhai-zhongguancun',
    applicant: { name: '张某某', idNumber: syntheticResidentId('1988-02-03', 77), phone: '10012345678' },
    relation: 'CHILD',
    child: { bornOn: `${year - 8}-01-15` },
    residenceZone: ZONE,
  });
  const id = opened?.id;
  await send('mobile/GiveConsent', APPLICANT, { case: id });
  const file = { case: id, document: 'household-book', fileName: 'book.pdf', ...announced(FILE) };
  const { upload } = await send('mobile/RequestUpload', APPLICANT, file);
  await sendTo(uploads, upload as unknown as Parameters<typeof sendTo>[1], FILE, new Date());
  await send('mobile/SupplyDocument', APPLICANT, { case: id, upload: upload?.id });
  await send('mobile/SubmitCase', APPLICANT, { case: id });
  await send('officer/AcceptCase', officer('RECEIVE', 'PARK'), { case: id, version: 4 });
  await send('officer/StartReview', officer('REVIEW'), { case: id, version: 5 });
  await send('officer/GiveOpinion', officer('REVIEW'), { case: id, verdict: 'AGREE' });
  await send('officer/DecideCase', officer('DECIDE'), { case: id, version: 7, approved: true });
  const schoolPlace = { schoolName: { zh: '示例小学', en: 'Sample School' }, schoolYear: year };
  const result = { documentSha256: 'ab'.repeat(32), outcome: { schoolPlace } };
  await send('officer/DeliverResult', officer('DECIDE'), { case: id, version: 8, ...result });
  const on = dayInShanghai(new Date(Date.now() - repeat * DAY_MS));
  const report = { enterprise: ENTERPRISE, on, mode: 'ON_SITE', staffTotal: 40, staffReturned: 38 };
  await send('clerk/ReportOperations', { as: 'clerk', enterprise: ENTERPRISE }, { reports: [report] });
}

/** The functions that read streams, run when they are told to, and how often they were invoked. */
export interface MeteredStreams {
  /** Passes all waiting records to the functions, and those that they add meanwhile. Throws where one fails on a record. */
  drain(): Promise<void>;
  invocations(): number;
  close(): void;
}

/** Opens the streams of a system, in the order of its functions. */
export async function openStreams({ config }: DemoSystem): Promise<MeteredStreams> {
  const client = {
    endpoint: config.dynamodbEndpoint ?? '',
    region: config.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const [tables, streams] = [new DynamoDB(client), new DynamoDBStreams(client)];
  let invocations = 0;
  const readers: (() => Promise<boolean>)[] = [];
  for (const declared of declaredFunctions(ROOT)) {
    const [source] = declared.streams;
    if (source === undefined) continue;
    const invoke = await loadFunction(declared, ROOT);
    const store = source.table.replace(/Table$/, '').toLowerCase() as keyof typeof config.tables;
    const { Table } = await tables.describeTable({ TableName: config.tables[store] });
    const reader = streamReader(streams, Table?.LatestStreamArn ?? '');
    const passes = recordFilter(source.filterPatterns);
    const done = new Map<string, string | undefined>();
    readers.push(async () => {
      const found: DynamoDBRecord[] = [];
      for (const { id } of await reader.shards()) {
        const { records } = await reader.readAfter(id, done.get(id));
        done.set(id, records.at(-1)?.dynamodb?.SequenceNumber ?? done.get(id));
        found.push(...records);
      }
      const wanted = found.filter(passes);
      for (let at = 0; at < wanted.length; at += source.batchSize) {
        invocations += 1;
        const answer = await invoke({ Records: wanted.slice(at, at + source.batchSize) });
        const { batchItemFailures = [] } = (answer ?? {}) as { batchItemFailures?: readonly unknown[] };
        if (batchItemFailures.length > 0) throw new Error(`${declared.name} fails on a record.`);
      }
      return found.length > 0;
    });
  }
  tables.destroy();
  return {
    async drain() {
      for (let moved = true; moved; ) {
        moved = false;
        for (const read of readers) if (await read()) moved = true;
      }
    },
    invocations: () => invocations,
    close: () => streams.destroy(),
  };
}
