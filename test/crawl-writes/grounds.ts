import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { hashCaseSecret } from '../../src/auth/case-secret.ts';
import { caseTokens } from '../../src/auth/case-token.ts';
import type { TokenKind } from '../../src/auth/trusted-issuers.ts';
import { configure } from '../../src/config.ts';
import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import { bearerClaims } from '../../src/local/dev-issuer/bearer.ts';
import { type DevIssuer, devIssuer } from '../../src/local/dev-issuer/dev-issuer.ts';
import { caseSecretItem } from '../../src/storage/credentials/items.ts';
import { readItem } from '../../src/storage/dynamodb/read.ts';
import { transact } from '../../src/storage/dynamodb/transaction.ts';
import { talentKeys } from '../../src/storage/tables.ts';
import { fileOfVersion } from '../../src/storage/talent/documents/documents.ts';
import { type DocumentVersionItem, documentVersionItem } from '../../src/storage/talent/documents/items.ts';
import { openPeople } from '../../src/storage/talent/people/people.ts';
import { announced, sendTo } from '../fixtures/files.ts';
import { startWechatRecorder } from '../fixtures/wechat-recorder.ts';
import { startTestSystem, type TestSystem } from '../harness.ts';
import { startRecordingProxy } from '../recording-proxy.ts';
import { SIDES, type Side, WRITERS, type Writer, writerNamed } from './callers.ts';
import { developerItems } from './developers-world.ts';
import { publishFigures } from './figures-world.ts';
import { FILE, type InputWorld } from './inputs/makers.ts';
import { applicantOf, DOCUMENT, makeWorld, type World } from './world.ts';

const CASE_TOKEN_SECRET = 'another secret that is for tests only';
const TOKEN_SECONDS = 3_600;
/** Of the secrets that case holders have. */
const SALT = randomBytes(16).toString('base64url');

/** The running system with the world in it, and a way through its front door. */
export interface WriteGrounds {
  readonly system: TestSystem;
  readonly schema: GraphQLSchema;
  readonly world: InputWorld;
  /** Sends a document as somebody. @returns the whole answer */
  ask(writer: Writer, query: string, variables: object): Promise<GraphQLAnswer>;
  /**
   * Returns the gateway's calls of the database while something is done, those that change a budget aside. In turns, which
   * takes longer, they are grouped by what they waited for, budgets among them.
   */
  callsDuring(doing: () => Promise<unknown>, inTurns: boolean): Promise<readonly (readonly string[])[]>;
  /** Sends the announced files again: one that was supplied has gone. */
  sendFiles(): Promise<void>;
  stop(): Promise<void>;
}

export interface GraphQLAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query, which is a text here.
  readonly data?: any;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

export async function startWriteGrounds(): Promise<WriteGrounds> {
  const folder = mkdtempSync(join(tmpdir(), 'bridgehead-writes-'));
  const system = await startTestSystem();
  const proxy = await startRecordingProxy(system.endpoint);
  const issuer = await devIssuer({ mode: 'local', dataDir: folder }, 'http://localhost/dev-issuer');
  const wechat = await startWechatRecorder();
  configure({
    newsChannels: wechat.settings,
    dynamodbEndpoint: proxy.endpoint,
    dataDir: system.dataDir,
    cursorSecret: 'a secret that is for tests only, and long',
    localMasterSecret: 'a master key that is for tests only',
    caseTokenSecret: CASE_TOKEN_SECRET,
    oidcIssuers: [issuer.trusted],
    plansFile: join(folder, 'no-plans.json'),
    budgetFactor: 100_000,
    freeQueries: 'all',
  });
  const { handler } = await import('../../src/handlers/gateway/gateway.ts');
  const now = new Date();
  const world = makeWorld(now);
  for (const store of ['parks', 'enterprises', 'linkages', 'talent'] as const)
    await system.write(store, world.items[store]);
  for (const side of SIDES) {
    const { credentials, talent } = developerItems(side, world.zones[side]);
    await system.write('credentials', credentials);
    await system.write('talent', talent);
  }
  await keepPersons(system, world, now);
  await keepFiles(system, world, now);
  for (const name of ['draft', 'delivered'] as const) {
    const { id: caseId, receiptNumber, applicant: applicantId } = world.cases.home[name];
    const secretHash = hashCaseSecret('K9K4693MT43YAQ0R', SALT);
    await system.write('credentials', [caseSecretItem({ receiptNumber, caseId, applicantId, salt: SALT, secretHash })]);
  }
  const headers = new Map<string, Record<string, string>>();
  for (const writer of WRITERS) headers.set(writer.name, await headersOf(writer, world, issuer, now));

  const ask: WriteGrounds['ask'] = async (writer, query, variables) => {
    const event = {
      rawPath: '/graphql',
      rawQueryString: '',
      headers: { 'content-type': 'application/json', 'bridgehead-request': 'crawl', ...headers.get(writer.name) },
      requestContext: { requestId: 'crawl', http: { method: 'POST', path: '/graphql', sourceIp: '192.0.2.1' } },
      body: JSON.stringify({ query, variables }),
      isBase64Encoded: false,
    } as unknown as APIGatewayProxyEventV2;
    const { body = '' } = await handler(event, { getRemainingTimeInMillis: () => 29_000 });
    return JSON.parse(body);
  };
  const targets = await announceFiles(ask, world);
  const published = await publishFigures({ system, ask, world, now });
  return {
    system,
    schema: buildSchema(readFileSync('schema/api.graphql', 'utf8'), { assumeValid: true }),
    world: { ...world, now, uploads: { home: targets.home.id, away: targets.away.id }, ...published },
    ask,
    callsDuring: async (doing, inTurns) => (inTurns ? proxy.turnsDuring(doing) : [await proxy.during(doing)]),
    async sendFiles() {
      for (const side of SIDES) await sendTo(system.uploads, targets[side], FILE, new Date());
    },
    async stop() {
      await wechat.stop();
      await proxy.stop();
      await system.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** What a case's files and opened values need: the applicants' own keys. */
async function keepPersons(system: TestSystem, { zones }: World, now: Date): Promise<void> {
  for (const [i, side] of SIDES.entries()) {
    const person = { name: '张某某', idNumber: syntheticResidentId('1988-02-03', 20 + i), phone: '10012345678' };
    const table = system.talentTable();
    const { writes } = await openPeople(table).seal(applicantOf(side), zones[side], person, now);
    await transact(table, writes);
  }
}

/** The file of the case under review, of each side, so that it can be opened. */
async function keepFiles(system: TestSystem, { cases }: World, now: Date): Promise<void> {
  for (const side of SIDES) {
    const { id, applicant } = cases[side].inReview;
    const table = system.talentTable();
    const sealed = await openPeople(table).sealInto(applicant, talentKeys.documentVersion(id, DOCUMENT, 1), {
      fileName: 'file.pdf',
    });
    const file = {
      ...announced(FILE),
      mediaType: 'application/pdf',
      code: DOCUMENT,
      version: 1,
      uploadId: side,
    } as const;
    const item = documentVersionItem(id, { ...file, receivedAt: now.toISOString(), sealed });
    await system.write('talent', [item]);
    const version = await readItem<DocumentVersionItem>(table, item);
    if (!version) throw new Error('a file is not recorded');
    const kept = fileOfVersion(version);
    const target = await system.uploads.target(kept, new Date(now.getTime() + 60_000));
    const headers = Object.entries(target.headers).map(([name, value]) => ({ name, value }));
    const status = await sendTo(system.uploads, { url: target.url, headers }, FILE, now);
    if (status !== 200) throw new Error(`a file was not taken: ${status}`);
    await system.uploads.store(kept);
  }
}

async function headersOf(writer: Writer, world: World, issuer: DevIssuer, now: Date): Promise<Record<string, string>> {
  const { kind, person, side, agency, roles, holds, speaksFor, isForged } = writer;
  if (kind === 'anonymous') return {};
  if (kind === 'caseHolder') {
    const { id: caseId, receiptNumber } = world.cases.home[holds ?? 'draft'];
    const token = await caseTokens(CASE_TOKEN_SECRET).sign({ caseId, receiptNumber, salt: SALT }, now);
    return { authorization: `Bearer ${token}` };
  }
  const choice = {
    person,
    ...(side && (kind === 'officer' || kind === 'partner') ? { zone: world.zones[side] } : {}),
    ...(side && kind === 'clerk' ? { enterprise: world.registered[side][speaksFor ?? 'settled'].id } : {}),
    ...(agency ? { agency } : {}),
    ...(roles ? { roles: roles.join() } : {}),
  };
  const token = await issuer.sign(bearerClaims(kind as TokenKind, choice, issuer.trusted), TOKEN_SECONDS);
  const signature = isForged ? 'A'.repeat(86) : token.slice(token.lastIndexOf('.') + 1);
  return { authorization: `Bearer ${token.slice(0, token.lastIndexOf('.'))}.${signature}` };
}

const ANNOUNCE = `mutation ($input: RequestUploadInput!) { requestUpload(input: $input) {
  upload { id url headers { name value } } userErrors { code message } } }`;

interface Target {
  readonly id: string;
  readonly url: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

async function announceFiles(ask: WriteGrounds['ask'], { cases }: World): Promise<Record<Side, Target>> {
  const announce = async (side: Side): Promise<Target> => {
    const file = { document: DOCUMENT, fileName: 'file.pdf', ...announced(FILE) };
    const input = { idempotencyKey: `announce-${side}`, case: cases[side].draft.id, ...file };
    const answer = await ask(writerNamed(`applicant ${side}`), ANNOUNCE, { input });
    const { upload } = answer.data?.requestUpload ?? {};
    if (!upload) throw new Error(`no file could be announced: ${JSON.stringify(answer)}`);
    return upload;
  };
  return { home: await announce('home'), away: await announce('away') };
}
