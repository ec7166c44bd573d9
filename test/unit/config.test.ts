import { join } from 'node:path';
import { readConfig } from '../../src/config.ts';

test('an empty environment means local mode', () => {
  expect(readConfig({})).toMatchObject({
    mode: 'local',
    stage: 'local',
    port: 4000,
    dataDir: join(process.cwd(), '.data'),
    schemaDir: join(process.cwd(), 'schema'),
    tables: { parks: 'bridgehead-local-parks' },
    dynamodbEndpoint: undefined,
    talentFunction: undefined,
    cursorSecret: undefined,
  });
});

test('an empty variable counts as unset', () => {
  expect(readConfig({ PORT: '', DYNAMODB_ENDPOINT: '', STAGE: '' })).toEqual(readConfig({}));
});

test('in Lambda the default mode is aws', () => {
  const lambda = { LAMBDA_TASK_ROOT: '/var/task', STAGE: 'dev' };
  expect(readConfig(lambda)).toMatchObject({ mode: 'aws', stage: 'dev', schemaDir: '/var/task/schema' });
  expect(readConfig({ ...lambda, BRIDGEHEAD_MODE: 'local' }).mode).toBe('local');
});

test.each([
  [{ PORT: '65536' }, 'PORT must be a port number'],
  [{ PORT: 'http' }, 'PORT must be a port number'],
  [{ BRIDGEHEAD_MODE: 'cloud' }, 'BRIDGEHEAD_MODE must be "local" or "aws"'],
  [{ DYNAMODB_ENDPOINT: '127.0.0.1:8000' }, 'DYNAMODB_ENDPOINT must be a URL'],
  [{ CURSOR_SECRET: 'short' }, 'CURSOR_SECRET must have at least 32 characters'],
  [{ MASTER_KEYS: 'key' }, "MASTER_KEYS must be a JSON object of zones' ids and KMS keys"],
  [{ MASTER_KEYS: '{"teda": "key"}' }, 'MASTER_KEYS must be'],
  [{ STAGE: 'Prod' }, 'STAGE must be 1 to 20 lower-case letters'],
  [{ LAMBDA_TASK_ROOT: '/var/task' }, 'STAGE must be set outside local mode'],
  [{ PORT: '-1', STAGE: '_' }, 'STAGE must be 1 to 20 lower-case letters, digits and hyphens; PORT must'],
])('%p is refused in one sentence', (environment, sentence) => {
  expect(() => readConfig(environment)).toThrow(
    expect.objectContaining({ code: 'CONFIGURATION', message: expect.stringContaining(sentence) }),
  );
  expect(() => readConfig(environment)).toThrow(/^[^\n]+\.$/);
});

test('lists allowed origins one by one', () => {
  const read = (CORS_ORIGINS: string) => readConfig({ BRIDGEHEAD_MODE: 'local', CORS_ORIGINS }).corsOrigins;
  expect(read('')).toEqual([]);
  expect(read('https://parks.example, http://localhost:5173')).toEqual([
    'https://parks.example',
    'http://localhost:5173',
  ]);
  for (const wrong of [
    '*',
    'null',
    'https://parks.example/',
    'parks.example',
    'https://a.example,,',
    'https://*.example/a',
  ]) {
    expect(() => read(wrong)).toThrow('CORS_ORIGINS');
  }
});
