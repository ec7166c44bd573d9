import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { exportLine } from '../../../../src/local/demo-data/write-export.ts';

const item = {
  pk: 'zone_teda',
  sk: 'ZONE',
  name: { zh: '泰达', ja: 'テダ', en: '"TEDA"' },
  list: [1, -2.5, true, null, ['a'], {}],
  ids: new Set(['a', 'b']),
  missing: undefined,
};

test("an item's line has the SDK's form", async () => {
  const client = new DynamoDBClient({
    region: 'local',
    endpoint: 'http://127.0.0.1:1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const sent: Uint8Array[] = [];
  client.middlewareStack.add(
    () => async (args) => {
      const { body } = args.request as { body: Uint8Array };
      sent.push(body);
      return { response: {}, output: { $metadata: {} } as never };
    },
    { step: 'finalizeRequest' },
  );
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  await documents.send(new PutCommand({ TableName: 't', Item: item }));
  expect(JSON.parse(exportLine(item)).Item).toEqual(JSON.parse(new TextDecoder().decode(sent[0])).Item);
});

test("throws for values that DynamoDB can't store", () => {
  expect(() => exportLine({ pk: 'a', sk: 'b', at: Symbol('b') })).toThrow(TypeError);
});
