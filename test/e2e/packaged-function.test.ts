import { join } from 'node:path';
import { bundle } from '../../src/cli/packaging/bundle.ts';
import { zip } from '../../src/cli/packaging/zip.ts';
import { type Sandbox, startSandbox } from '../lambda/sandbox.ts';

const root = join(import.meta.dirname, '../..');
let sandbox: Sandbox | undefined;

afterEach(() => sandbox?.close());

describe('any bundle under the Lambda runtime client', () => {
  beforeEach(async () => {
    const { scripts } = await bundle(root, 'test/fixtures/echo-service/echo.ts');
    sandbox = await startSandbox(zip(scripts), 'test/fixtures/echo-service/echo.handler', {});
  });

  test('answers one event after another, frozen in between', async () => {
    for (const n of [1, 2]) {
      const outcome = await sandbox?.invoke({ n });
      expect(outcome).toMatchObject({
        kind: 'answer',
        value: { statusCode: 200, body: expect.stringContaining(`"n":${n}`) },
      });
    }
  });

  test('reports what a handler throws', async () => {
    const outcome = await sandbox?.invoke({ queryStringParameters: { do: 'throw' } });
    expect(outcome).toMatchObject({ kind: 'error', value: { errorType: 'Error', errorMessage: 'secret' } });
  });
});
