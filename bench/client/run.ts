/** The CPU time of DynamoDB's calls by the clients: the AWS SDK as it comes, the SDK with its protocol replaced, and ours. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, BatchGetCommand as SdkBatchGet, GetCommand as SdkGet } from '@aws-sdk/lib-dynamodb';
import { readConfig } from '../../src/config.ts';
import { createTables } from '../../src/local/database/create-tables.ts';
import { startDatabase } from '../../src/local/database/embedded-database.ts';
import { BatchGetCommand, type Command, GetCommand, PutCommand } from '../../src/storage/dynamodb/client/dynamo.ts';
import { leanDynamo } from '../../src/storage/dynamodb/client/lean-client.ts';
import { connect } from '../../src/storage/dynamodb/connection.ts';
import { table } from '../table.ts';
import { withLeanProtocol } from './lean-protocol.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 7);
const CREDENTIALS = { accessKeyId: 'bench', secretAccessKey: 'not a secret' };
const TABLE = 'bridgehead-local-parks';

interface Client {
  readonly name: string;
  send(command: Command): Promise<object>;
}

/** Returns a table of CPU microseconds a call, as the middle of rounds in turn. All clients sign. */
export async function compareClients(): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bridgehead-bench-'));
  const database = await startDatabase({ dataDir });
  try {
    const config = { ...readConfig({ BRIDGEHEAD_MODE: 'local' }), dynamodbEndpoint: database.endpoint };
    const connection = connect(config);
    await createTables(database.endpoint, config.tables);
    for (let i = 0; i < 100; i++) await connection.dynamo.send(new PutCommand({ TableName: TABLE, Item: itemOf(i) }));
    const clients = clientsOf(database.endpoint);
    const calls: Readonly<Record<string, { readonly command: Command; readonly times: number }>> = {
      'one item': { command: new GetCommand({ TableName: TABLE, Key: keyOf(1) }), times: 1_000 },
      '100 items': { command: batchOf(100), times: 150 },
    };
    const rows: string[][] = [];
    for (const [what, { command, times }] of Object.entries(calls)) {
      const seen = await rounds(clients, command, times);
      const base = seen[0] ?? Number.NaN;
      clients.forEach(({ name }, i) => {
        const cpu = seen[i] ?? Number.NaN;
        rows.push([what, name, cpu.toFixed(0), (cpu / base).toFixed(2)]);
      });
    }
    return table(['call', 'client', 'CPU µs', 'of the SDK'], rows);
  } finally {
    await database.stop();
    rmSync(dataDir, { recursive: true });
  }
}

function clientsOf(endpoint: string): Client[] {
  const settings = { region: 'cn-north-1', endpoint, credentials: CREDENTIALS };
  const byDocuments = (name: string, client: DynamoDBDocumentClient): Client => ({
    name,
    send: ({ operation, input }) =>
      client.send(operation === 'Get' ? new SdkGet(input as never) : new SdkBatchGet(input as never)),
  });
  const lean = leanDynamo({ endpoint, region: settings.region, credentials: async () => CREDENTIALS });
  return [
    byDocuments('SDK', DynamoDBDocumentClient.from(new DynamoDBClient(settings))),
    { name: 'SDK, lean protocol', send: withLeanProtocol(settings) },
    { name: 'lean', send: (command) => lean.send(command) },
  ];
}

async function rounds(clients: readonly Client[], command: Command, times: number): Promise<number[]> {
  const seen = clients.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [i, client] of clients.entries()) {
      const before = process.cpuUsage();
      for (let call = 0; call < times; call++) await client.send(command);
      const { user, system } = process.cpuUsage(before);
      // The first round warms up.
      if (round > 0) seen[i]?.push((user + system) / times);
    }
  }
  return seen.map((values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN);
}

function batchOf(count: number): Command {
  const Keys = Array.from({ length: count }, (_, i) => keyOf(i));
  return new BatchGetCommand({ RequestItems: { [TABLE]: { Keys } } });
}

const keyOf = (i: number) => ({ pk: `ent_${i}`, sk: 'ENTERPRISE' });

function itemOf(i: number): object {
  return {
    ...keyOf(i),
    type: 'Enterprise',
    name: { zh: `合成企业${i}`, ja: `合成企業${i}`, en: `Synthetic enterprise ${i}` },
    uscc: '91110108551385082Q',
    sector: 'DIGITAL_ECONOMY',
    staffCount: 28 + i,
    isConfirmed: true,
    stays: [
      { parkId: 'park_binhai-zhongguancun', kind: 'OPERATING', from: '2019-01-01', to: null, registeredStaff: 28 },
    ],
    admissions: [],
    version: 3,
  };
}
