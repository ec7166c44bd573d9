import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import {
  BatchGetCommand,
  BatchWriteCommand,
  type Command,
  DeleteCommand,
  type Dynamo,
  GetCommand,
  mayHaveBeenCarriedOut,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '../../src/storage/dynamodb/client/dynamo.ts';
import { leanDynamo } from '../../src/storage/dynamodb/client/lean-client.ts';
import { openDynamo } from '../../src/storage/dynamodb/client/open.ts';
import { awsSigner } from '../../src/storage/dynamodb/client/signature.ts';
import { ConnectionError, StoreError } from '../../src/storage/dynamodb/client/store-error.ts';
import { startTestSystem, type TestSystem } from '../harness.ts';

/** Both clients of DynamoDB are asked the same, and answer the same. */

const SEED = 20_200_316;

let system: TestSystem;
let lean: Dynamo;
let sdk: Dynamo;
let TableName: string;

beforeAll(async () => {
  system = await startTestSystem();
  TableName = system.table('parks').name;
  const address = { mode: 'local', region: 'cn-north-1', dynamodbEndpoint: system.endpoint } as const;
  lean = openDynamo({ ...address, dynamodbClient: 'lean' });
  sdk = openDynamo({ ...address, dynamodbClient: 'sdk' });
});
afterAll(async () => {
  lean.destroy();
  sdk.destroy();
  await system.stop();
});

/** What a call came to, without what differs between two calls that are the same. */
async function outcomeOf(dynamo: Dynamo, command: Command): Promise<unknown> {
  try {
    const { $metadata: _, ...answer } = (await dynamo.send(command)) as { $metadata?: unknown };
    return definedOf(answer);
  } catch (error) {
    if (!(error instanceof StoreError)) return 'refused by the client';
    const { name, status, cancellationReasons, item } = error;
    return { name, status, item, codes: cancellationReasons?.map(({ Code }) => Code) };
  }
}

/** The SDK has properties that are undefined where the answer has none. */
const definedOf = (answer: object) =>
  Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== undefined));

const number = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e100, max: 1e100 }),
  fc.bigInt({ min: -(10n ** 37n), max: 10n ** 37n }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -(2 ** 60)),
);
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '落户', '\u2028', '😀', 'constructor'),
);
const bytes = fc.uint8Array({ minLength: 1, maxLength: 20 });
const name = fc.oneof(
  fc.string({ minLength: 1, maxLength: 10 }),
  fc.constantFrom('S', 'N', 'toString', 'Item', 'Keys'),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    text,
    number,
    fc.boolean(),
    fc.constantFrom(null, undefined),
    bytes,
    fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 4 }).map((members) => new Set(members)),
    fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 4 }).map((members) => new Set(members)),
    fc.array(bytes, { minLength: 1, maxLength: 2 }).map((members) => new Set(members)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    fc.constant(new Date(0)),
  ),
}));

test('both store, read, change and refuse random items alike', async () => {
  let stored = 0;
  await fc.assert(
    fc.asyncProperty(value, value, async (first, second) => {
      const Key = { pk: 'any', sk: 'ITEM' };
      const calls: Command[] = [
        new PutCommand({
          TableName,
          Item: { ...Key, first, ...(second === undefined ? {} : { second }) },
          ReturnValues: 'ALL_OLD',
        }),
        new GetCommand({ TableName, Key, ConsistentRead: true }),
        new UpdateCommand({
          TableName,
          Key,
          UpdateExpression: 'SET #a = :a',
          ExpressionAttributeNames: { '#a': 'third' },
          ExpressionAttributeValues: { ':a': second },
          ReturnValues: 'ALL_NEW',
        }),
        new PutCommand({
          TableName,
          Item: Key,
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
        new DeleteCommand({ TableName, Key, ReturnValues: 'ALL_OLD' }),
      ];
      const outcomes: unknown[][] = [];
      for (const dynamo of [lean, sdk]) {
        const seen: unknown[] = [];
        for (const command of calls) seen.push(await outcomeOf(dynamo, command));
        outcomes.push(seen);
      }
      if (typeof outcomes[0]?.[1] === 'object' && 'Item' in (outcomes[0][1] as object)) stored += 1;
      expect(outcomes[0]).toEqual(outcomes[1]);
    }),
    { seed: SEED, numRuns: 150 },
  );
  expect(stored).toBeGreaterThan(60);
});

test("attributes may have the names of an object's own", async () => {
  const item = {
    pk: 'any',
    sk: 'NAMES',
    names: { constructor: { name: 'Date' }, ['__proto__']: 1, hasOwnProperty: null },
  };
  await lean.send(new PutCommand({ TableName, Item: item }));
  const { Item } = await lean.send(new GetCommand({ TableName, Key: { pk: 'any', sk: 'NAMES' } }));
  const entries = ({ names }: { names?: object }) => Object.entries(names ?? {}).toSorted();
  expect(entries(Item ?? {})).toEqual(entries(item));
  expect(entries(item)).toHaveLength(3);
});

test('both answer ranges, batches, transactions and refusals alike', async () => {
  const items = [1, 2, 3].map((i) => ({ pk: 'range', sk: `ITEM#${i}`, i, tags: new Set(['a', 'b']) }));
  const RequestItems = { [TableName]: items.map((Item) => ({ PutRequest: { Item } })) };
  const writes = [
    { Put: { TableName, Item: { pk: 'range', sk: 'ITEM#4' } } },
    { ConditionCheck: { TableName, Key: { pk: 'none', sk: 'none' }, ConditionExpression: 'attribute_exists(pk)' } },
  ];
  const query = {
    TableName,
    KeyConditionExpression: '#pk = :pk AND begins_with(#sk, :sk)',
    ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
    ExpressionAttributeValues: { ':pk': 'range', ':sk': 'ITEM#' },
  };
  const calls: readonly Command[] = [
    new BatchWriteCommand({ RequestItems }),
    new BatchGetCommand({
      RequestItems: { [TableName]: { Keys: items.map(({ pk, sk }) => ({ pk, sk })).slice(0, 1) } },
    }),
    new QueryCommand(query),
    new QueryCommand({ ...query, Limit: 2 }),
    new QueryCommand({ ...query, ExclusiveStartKey: { pk: 'range', sk: 'ITEM#2' }, ScanIndexForward: true }),
    new QueryCommand({ ...query, Select: 'COUNT' }),
    new ScanCommand({
      TableName,
      FilterExpression: 'i = :i',
      ExpressionAttributeValues: { ':i': 2 },
      ConsistentRead: true,
    }),
    new TransactWriteCommand({ TransactItems: writes }),
    new TransactWriteCommand({ TransactItems: writes.slice(0, 1) }),
    new GetCommand({ TableName: 'no-such-table', Key: { pk: 'a', sk: 'b' } }),
    new GetCommand({ TableName, Key: { pk: '', sk: 'b' } }),
    new QueryCommand({ ...query, KeyConditionExpression: 'nonsense' }),
  ];
  for (const command of calls) {
    expect([command.operation, await outcomeOf(lean, command)]).toEqual([
      command.operation,
      await outcomeOf(sdk, command),
    ]);
  }
});

describe('with a server that fails', () => {
  let server: Server;
  let answers: ((request: IncomingMessage, response: ServerResponse) => void)[];
  let dates: (string | undefined)[];
  let refreshes: number;

  beforeEach(async () => {
    answers = [];
    dates = [];
    refreshes = 0;
    server = createServer((request, response) => {
      dates.push(String(request.headers['x-amz-date']));
      request.resume().on('end', () => (answers.shift() ?? answered)(request, response));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const answered = (_: IncomingMessage, response: ServerResponse) => response.end('{"Item":{"pk":{"S":"a"}}}');
  const refused = (status: number, name: string, date?: Date) => (_: IncomingMessage, response: ServerResponse) =>
    response
      .writeHead(status, date ? { date: date.toUTCString() } : {})
      .end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'made by the test' }));
  const reset = (request: IncomingMessage) => request.socket.destroy();
  const half = (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(200, { 'content-length': '100' }).write('{"Item":');
    setTimeout(() => response.destroy(), 5);
  };
  const unreadable = (_: IncomingMessage, response: ServerResponse) => response.end('<html>');

  const get = new GetCommand({ TableName: 'table', Key: { pk: 'a', sk: 'b' } });
  function clientOf(kind: 'lean' | 'sdk'): Dynamo {
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return openDynamo({ mode: 'local', region: 'cn-north-1', dynamodbEndpoint: endpoint, dynamodbClient: kind });
  }
  function signingClient(): Dynamo {
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const credentials = async ({ forceRefresh = false } = {}) => {
      if (forceRefresh) refreshes += 1;
      return { accessKeyId: 'KEY', secretAccessKey: 'not a secret' };
    };
    return leanDynamo({ endpoint, region: 'cn-north-1', credentials });
  }
  async function tried(dynamo: Dynamo): Promise<{ outcome: string; isUncertain: boolean }> {
    try {
      await dynamo.send(get);
      return { outcome: 'answered', isUncertain: false };
    } catch (error) {
      const outcome =
        error instanceof StoreError ? error.name : error instanceof ConnectionError ? 'no connection' : 'other';
      return { outcome, isUncertain: mayHaveBeenCarriedOut(error) };
    } finally {
      dynamo.destroy();
    }
  }

  const PASSING = { reset, half, 'a fault': refused(500, 'InternalServerError') };
  const THROTTLED = refused(400, 'ProvisionedThroughputExceededException');

  test.each(Object.entries(PASSING))('both try again after %s, and tell what is uncertain', async (_, fault) => {
    for (const kind of ['lean', 'sdk'] as const) {
      answers = [fault, fault];
      expect([kind, await tried(clientOf(kind))]).toEqual([kind, { outcome: 'answered', isUncertain: false }]);
      answers = Array.from({ length: 6 }, () => fault);
      expect([kind, (await tried(clientOf(kind))).isUncertain]).toEqual([kind, true]);
      expect(answers).toEqual([]);
    }
  });

  test('both try again when they are throttled, which carries nothing out', async () => {
    for (const kind of ['lean', 'sdk'] as const) {
      answers = Array.from({ length: 6 }, () => THROTTLED);
      const outcome = { outcome: 'ProvisionedThroughputExceededException', isUncertain: false };
      expect([kind, await tried(clientOf(kind))]).toEqual([kind, outcome]);
      expect(answers).toEqual([]);
    }
  });

  test('both give up at once when they are refused', async () => {
    for (const kind of ['lean', 'sdk'] as const) {
      dates = [];
      answers = [refused(400, 'ValidationException')];
      expect(await tried(clientOf(kind))).toEqual({ outcome: 'ValidationException', isUncertain: false });
      expect(dates).toHaveLength(1);
    }
  });

  test('an answer that is no JSON is a lost answer', async () => {
    answers = [unreadable];
    expect((await tried(clientOf('lean'))).outcome).toBe('answered');
    answers = Array.from({ length: 6 }, () => unreadable);
    expect(await tried(clientOf('lean'))).toEqual({ outcome: 'no connection', isUncertain: true });
  });

  test('a clock that is an hour behind is set by the refusal', async () => {
    const serverClock = new Date(Date.now() + 3_600_000);
    answers = [refused(400, 'InvalidSignatureException', serverClock)];
    const dynamo = signingClient();
    expect((await dynamo.send(get)).Item).toEqual({ pk: 'a' });
    await dynamo.send(get);
    dynamo.destroy();
    const seconds = dates.map(
      (date = '') => Date.parse(date.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z')) / 1_000,
    );
    expect(seconds).toHaveLength(3);
    for (const second of seconds.slice(1)) expect(Math.abs(second - serverClock.getTime() / 1_000)).toBeLessThan(120);
  });

  test('a wrong signature under a right clock is no reason to try again', async () => {
    answers = [refused(400, 'InvalidSignatureException', new Date())];
    expect((await tried(signingClient())).outcome).toBe('InvalidSignatureException');
    expect(dates).toHaveLength(1);
  });

  test('expired credentials are renewed once', async () => {
    answers = [refused(400, 'ExpiredTokenException')];
    expect((await tried(signingClient())).outcome).toBe('answered');
    expect(refreshes).toBe(1);
    answers = [refused(400, 'ExpiredTokenException'), refused(400, 'ExpiredTokenException')];
    expect((await tried(signingClient())).outcome).toBe('ExpiredTokenException');
    expect(answers).toEqual([]);
  });

  test('a call ends when its caller ends it', async () => {
    const ending = new AbortController();
    answers = [() => ending.abort()];
    const dynamo = clientOf('lean');
    await expect(dynamo.send(get, { abortSignal: ending.signal })).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(dynamo.send(get, { abortSignal: ending.signal })).rejects.toMatchObject({ code: 'ABORTED' });
    dynamo.destroy();
  });
});

test('signatures are those of the SDK', async () => {
  class Sha256 {
    readonly #hash;
    constructor(secret?: string | Uint8Array) {
      this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as Buffer);
    }
    update(data: string | Uint8Array) {
      this.#hash.update(data);
    }
    digest = async () => new Uint8Array(this.#hash.digest());
    reset() {}
  }
  const signer = awsSigner('cn-northwest-1', 'dynamodb');
  await fc.assert(
    fc.asyncProperty(
      fc.json(),
      fc.stringMatching(/^[A-Z0-9]{16,20}$/),
      fc.stringMatching(/^[\w/+]{30,40}$/),
      fc.option(fc.stringMatching(/^[\w/+=]{20,60}$/), { nil: undefined }),
      fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
      async (body, accessKeyId, secretAccessKey, sessionToken, at) => {
        const credentials = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
        const headers = {
          'content-type': 'application/x-amz-json-1.0',
          host: 'db.example:8000',
          'x-amz-target': 'T.GetItem',
        };
        const theirs = await new SignatureV4({
          service: 'dynamodb',
          region: 'cn-northwest-1',
          credentials,
          sha256: Sha256 as never,
          applyChecksum: false,
        }).sign(
          { method: 'POST', protocol: 'https:', hostname: 'db.example', path: '/', query: {}, headers, body },
          { signingDate: at },
        );
        const ours = signer.sign({ path: '/', headers, body }, credentials, at);
        expect(ours.authorization).toBe(theirs.headers.authorization);
      },
    ),
    { seed: SEED, numRuns: 200 },
  );
});
