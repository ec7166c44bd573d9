import {
  BatchGetItemCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  GetItemCommand,
} from '@aws-sdk/client-dynamodb';
import { HttpRequest } from '@smithy/core/protocols';
import type { Command } from '../../src/storage/dynamodb/client/dynamo.ts';
import { answerOf, bodyOf, targetOf } from '../../src/storage/dynamodb/client/protocol.ts';

/** Returns a client of the SDK, with its signing, retries and connections, whose protocol is Bridgehead's. */
export function withLeanProtocol(
  settings: DynamoDBClientConfig & { readonly endpoint: string },
): (command: Command) => Promise<object> {
  const { hostname, port } = new URL(settings.endpoint);
  const protocol = {
    getShapeId: () => 'lean',
    getPayloadCodec: () => undefined,
    setSerdeContext() {},
    getRequestType: () => HttpRequest,
    getResponseType: () => undefined,
    updateServiceEndpoint: (request: HttpRequest) => request,
    async serializeRequest(_schema: unknown, input: { readonly lean: Command }) {
      return new HttpRequest({
        protocol: 'http:',
        hostname,
        port: Number(port),
        method: 'POST',
        path: '/',
        headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': targetOf(input.lean) },
        body: bodyOf(input.lean),
      });
    },
    async deserializeResponse(_schema: unknown, _context: unknown, response: { readonly body: AsyncIterable<Buffer> }) {
      const chunks: Buffer[] = [];
      for await (const chunk of response.body) chunks.push(chunk);
      return { ...answerOf(Buffer.concat(chunks).toString()), $metadata: {} };
    },
  };
  const client = new DynamoDBClient({ ...settings, protocol: protocol as never });
  return ({ operation, ...command }) => {
    const SdkCommand = operation === 'Get' ? GetItemCommand : BatchGetItemCommand;
    return client.send(new SdkCommand({ lean: { operation, ...command } } as never) as never);
  };
}
