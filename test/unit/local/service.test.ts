import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { readService } from '../../../src/local/service.ts';

const folder = mkdtempSync(join(tmpdir(), 'bridgehead-'));
afterAll(() => rmSync(folder, { recursive: true }));

const stream = {
  type: 'dynamodb',
  arn: { 'Fn::GetAtt': ['EnterprisesTable', 'StreamArn'] },
  startingPosition: 'TRIM_HORIZON',
  batchSize: 10,
  maximumRetryAttempts: 2,
  maximumRecordAgeInSeconds: 60,
  bisectBatchOnFunctionError: true,
  filterPatterns: [{ eventName: ['INSERT'] }],
};

function read(events: readonly object[]) {
  const file = join(folder, 'serverless.yml');
  const one = { handler: 'src/handlers/one.handler', timeout: 5, memorySize: 128, events };
  writeFileSync(file, stringify({ service: 'x', functions: { one } }));
  return readService(file);
}

test('reads routes and streams', () => {
  const declared = read([{ httpApi: { method: 'GET', path: '/one' } }, { stream }]);
  expect(declared).toEqual([
    {
      name: 'one',
      handler: 'src/handlers/one.handler',
      timeoutSeconds: 5,
      memoryMegabytes: 128,
      routes: [{ method: 'GET', path: '/one' }],
      streams: [
        {
          table: 'EnterprisesTable',
          batchSize: 10,
          maximumRetryAttempts: 2,
          bisectBatchOnFunctionError: true,
          reportBatchItemFailures: false,
          filterPatterns: [{ eventName: ['INSERT'] }],
        },
      ],
      schedules: [],
    },
  ]);
});

test.each([
  ['an event of another kind', { sns: 'topic' }],
  ['an authorizer', { httpApi: { method: 'GET', path: '/one', authorizer: 'two' } }],
  ['a window', { stream: { ...stream, tumblingWindowInSeconds: 5 } }],
  ['another position', { stream: { ...stream, startingPosition: 'LATEST' } }],
])('refuses %s, which the local runtime lacks', (_, event) => {
  expect(() => read([event])).toThrow('declares what the local runtime does not know');
});
