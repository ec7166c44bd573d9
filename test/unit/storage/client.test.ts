import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetCommand } from '../../../src/storage/dynamodb/client/dynamo.ts';
import { openDynamo } from '../../../src/storage/dynamodb/client/open.ts';

let server: Server;
let asked: IncomingHttpHeaders | undefined;
const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env;

beforeEach(async () => {
  asked = undefined;
  server = createServer((request, response) => {
    asked = request.headers;
    response.setHeader('content-type', 'application/x-amz-json-1.0').end('{"Item":{"pk":{"S":"a"}}}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.close();
  setOrDelete('AWS_ACCESS_KEY_ID', AWS_ACCESS_KEY_ID);
  setOrDelete('AWS_SECRET_ACCESS_KEY', AWS_SECRET_ACCESS_KEY);
});

function setOrDelete(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

test.each(['aws', 'local'] as const)(
  'in mode %s it finds its credentials, as a function finds its role',
  async (mode) => {
    process.env.AWS_ACCESS_KEY_ID = 'OFTHEROLE';
    process.env.AWS_SECRET_ACCESS_KEY = 'not a secret';
    const { port } = server.address() as AddressInfo;
    const dynamo = openDynamo({
      dynamodbClient: 'lean',
      mode,
      region: 'cn-north-1',
      dynamodbEndpoint: `http://127.0.0.1:${port}`,
    });
    const { Item } = await dynamo.send(new GetCommand({ TableName: 'table', Key: { pk: 'a' } }));
    dynamo.destroy();
    expect(Item).toEqual({ pk: 'a' });
    expect(asked?.authorization).toContain(`Credential=${mode === 'aws' ? 'OFTHEROLE' : 'local'}/`);
  },
);
