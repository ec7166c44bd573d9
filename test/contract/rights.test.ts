import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { SUBGRAPHS } from '../../src/config.ts';
import { readService } from '../../src/local/service.ts';
import { readItem } from '../../src/storage/dynamodb/read.ts';
import { READY_KEY } from '../../src/storage/tables.ts';
import { readSdl, startTestSystem } from '../harness.ts';
import { ROLES_FILE, roleIdOf } from '../rights/committed-roles.ts';
import { isAllowed, type Statement, statement } from '../rights/iam.ts';
import { readRecorded, TABLE_IDS } from '../rights/recorded.ts';
import { asFunction } from '../rights/recorder.ts';
import { readWritten, rolesText } from '../rights/roles.ts';
import { type CompiledTemplate, compileTemplate } from './compile-template.ts';

/** What the deployed roles allow, read from the template as CloudFormation gets it. */

const ROOT = join(import.meta.dirname, '../..');
const functions = readService(join(ROOT, 'serverless.yml')).map(({ name }) => name);
/** IAM counts the inline policies of a role without white space. */
const MAX_INLINE_POLICY_CHARACTERS = 10_240;

let template: CompiledTemplate;

beforeAll(async () => {
  template = await compileTemplate();
});

const policies = z.object({
  Policies: z.array(z.object({ PolicyDocument: z.object({ Statement: z.array(statement) }) })),
});

function statementsOf(name: string): readonly Statement[] {
  return policies
    .parse(template.resources[roleIdOf(name)]?.Properties)
    .Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

/** Whether a function may do something to a partition of a table. */
function may(name: string, action: string, tableId: string, partition: string): boolean {
  const asked = { index: null, attributes: [], returnValues: null };
  return isAllowed(statementsOf(name), { ...asked, action: `dynamodb:${action}`, tableId, partitions: [partition] });
}

const whoMay = (actions: readonly string[], tableId: string, partition: string) =>
  functions.filter((name) => actions.some((action) => may(name, action, tableId, partition)));

/** The functions that have an action on something whose text says so. */
const whoHas = (action: string, on: string) =>
  functions.filter((name) =>
    statementsOf(name).some(
      ({ Action, Resource }) => Action.includes(action) && Resource.some((each) => JSON.stringify(each).includes(on)),
    ),
  );

const WRITES = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'];
const CHANGES = ['UpdateItem', 'DeleteItem'];

test('the roles are made of what tests record and what a person has written down', () => {
  expect(readFileSync(ROLES_FILE, 'utf8')).toBe(rolesText(functions, readRecorded(), readWritten()));
  expect(Object.keys(readWritten()).toSorted()).toEqual(functions.toSorted());
  for (const { function: name } of readRecorded()) expect(functions).toContain(name);
});

test('a function is refused what its role does not allow, and a test that asks for it fails', async () => {
  const system = await startTestSystem();
  const read = () => readItem(system.table('talent'), READY_KEY);
  await expect(asFunction('parks', read)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await expect(asFunction('talent', read)).resolves.toBeNull();
  await system.stop();
});

test('every function has a role of its own, without a wildcard, a Scan or a Deny, that IAM takes', () => {
  expect(
    template
      .ofType('AWS::IAM::Role')
      .map(([id]) => id)
      .toSorted(),
    // CodeDeploy's own beside them.
  ).toEqual([...functions.map(roleIdOf), 'ReleaseRole'].toSorted());
  for (const name of functions) {
    const statements = statementsOf(name);
    expect(JSON.stringify(statements).length).toBeLessThan(MAX_INLINE_POLICY_CHARACTERS);
    const actions = statements.flatMap(({ Action }) => Action);
    expect(actions.filter((action) => /\*|:Scan$/.test(action))).toEqual([]);
    const resources = statements.flatMap(({ Resource }) => Resource.map((each) => JSON.stringify(each)));
    expect(resources.filter((each) => /"\*"|index\/\*|arn:/.test(each))).toEqual([]);
  }
});

test('the gateway writes only tables that a mutation of its subgraphs writes, and clients’ budgets and keys’ use', () => {
  const written = Object.values(TABLE_IDS).filter((tableId) =>
    statementsOf('gateway').some(
      ({ Action, Resource }) =>
        WRITES.some((action) => Action.includes(`dynamodb:${action}`)) &&
        Resource.some((each) => JSON.stringify(each).includes(tableId)),
    ),
  );
  const mutating = SUBGRAPHS.filter((name) => name !== 'talent' && /type Mutation\b/.test(readSdl(name)));
  expect(written.toSorted()).toEqual(['CredentialsTable', ...mutating.map((name) => TABLE_IDS[name])].toSorted());
  expect(JSON.stringify(statementsOf('gateway'))).not.toMatch(/TalentTable|PersonKeysTable|MasterKey|kms:/);
});

test('one function may delete persons’ keys, and no route or event leads to it', () => {
  expect(whoMay(['DeleteItem'], 'PersonKeysTable', 'PERSON#p')).toEqual(['erasure']);
  expect(whoMay(WRITES, 'PersonKeysTable', 'PERSON#p')).toEqual(['talent', 'erasure']);
  expect(whoHas('s3:DeleteObject', 'UploadsBucket')).toEqual(['erasure']);
  const erasure = readService(join(ROOT, 'serverless.yml')).find(({ name }) => name === 'erasure');
  expect(erasure).toMatchObject({ routes: [], streams: [], schedules: [] });
});

test('what calls strangers’ addresses reads the outbox, and neither a case nor the stream', () => {
  expect(whoHas('dynamodb:GetRecords', 'TalentTable')).toEqual(['accessLogBatch', 'caseChanges']);
  for (const name of ['deliverOutbox', 'sweepOutbox']) {
    for (const partition of ['case_1', 'PERSON#p', 'ACCESS#p']) {
      expect(
        ['GetItem', 'BatchGetItem', 'Query', ...WRITES].filter((action) => may(name, action, 'TalentTable', partition)),
      ).toEqual([]);
    }
    expect(may(name, 'BatchGetItem', 'TalentTable', 'OUTBOX#case_1')).toBe(true);
    const opening = statementsOf(name).filter(({ Resource }) => JSON.stringify(Resource).includes('MasterKey'));
    expect(opening.map(({ Action, Condition }) => [Action, Condition])).toEqual([
      [['kms:Decrypt'], { StringEquals: { 'kms:EncryptionContext:use': 'WEBHOOKS' } }],
      [['kms:Decrypt'], { StringEquals: { 'kms:EncryptionContext:use': 'CONTACTS' } }],
    ]);
    const reads = ['GetItem', 'BatchGetItem', 'Query', ...WRITES];
    expect(reads.filter((action) => may(name, action, 'PersonKeysTable', 'CONTACT#case_1'))).toEqual([
      'GetItem',
      'DeleteItem',
    ]);
    for (const partition of ['PERSON#p', 'zone_teda', 'zone_teda#ID_NUMBER#1#h']) {
      expect(reads.filter((action) => may(name, action, 'PersonKeysTable', partition))).toEqual([]);
    }
  }
  expect(whoHas('lambda:InvokeFunction', 'DeliverOutboxLambdaFunction')).toEqual(['talent', 'caseChanges']);
});

test('providers’ secrets are read by what sends messages, and talent has WeChat’s codes exchanged there', () => {
  expect(whoHas('secretsmanager:GetSecretValue', 'NewsChannelsSecret')).toEqual([
    'deliverOutbox',
    'sweepOutbox',
    'digests',
  ]);
});

test('what sends digests reads counts and officers’ contacts, and no case, person or outbox', () => {
  const reads = ['GetItem', 'BatchGetItem', 'Query', ...WRITES];
  for (const partition of ['case_1', 'PERSON#p', 'ACCESS#p', 'OUTBOX#case_1']) {
    expect(reads.filter((action) => may('digests', action, 'TalentTable', partition))).toEqual([]);
  }
  expect(reads.filter((action) => may('digests', action, 'TalentTable', 'WORK_TALLY#zone_teda#PARK'))).toEqual([
    'Query',
  ]);
  expect(reads.filter((action) => may('digests', action, 'PersonKeysTable', 'DIGESTS'))).toEqual(['Query']);
  for (const partition of ['CONTACT#case_1', 'PERSON#p', 'zone_teda']) {
    expect(reads.filter((action) => may('digests', action, 'PersonKeysTable', partition))).toEqual([]);
  }
  const opening = statementsOf('digests').filter(({ Resource }) => JSON.stringify(Resource).includes('MasterKey'));
  expect(opening.map(({ Action, Condition }) => [Action, Condition])).toEqual([
    [['kms:Decrypt'], { StringEquals: { 'kms:EncryptionContext:use': 'CONTACTS' } }],
  ]);
});

test('the access log is recorded, batched and registered by different functions', () => {
  const who = (partition: string, actions: readonly string[] = WRITES) => whoMay(actions, 'TalentTable', partition);
  expect(who('ACCESS_WAITING#0', ['PutItem'])).toEqual(['caseHolder', 'talent']);
  expect(
    ['ACCESS#p', 'case_1', 'RECEIPT#r'].filter((each) => may('caseHolder', 'GetItem', 'TalentTable', each)),
  ).toEqual([]);
  expect(who('ACCESS_WAITING#0', CHANGES)).toEqual(['accessLogBatch', 'accessLogUpkeep', 'erasure']);
  for (const partition of ['ACCESS#p', 'ACCESS_LOG#l', 'ACCESS_BATCHES#0']) {
    expect(who(partition)).toEqual(['accessLogBatch', 'accessLogUpkeep', 'erasure']);
  }
  expect(who('ACCESS_BATCHES#0', CHANGES)).toEqual(['accessLogUpkeep']);
  expect(who('ACCESS_REGISTER#0')).toEqual(['accessLogSeal']);
  expect(whoHas('kms:Sign', 'AccessLogKey')).toEqual(['accessLogSeal']);
});

test('a write that is bound to attributes is bound in what it returns too', () => {
  const bound = functions.flatMap((name) =>
    statementsOf(name).flatMap(({ Action, Condition }) =>
      Condition?.['ForAllValues:StringEquals'] && !Action.includes('dynamodb:GetItem') ? [Condition] : [],
    ),
  );
  expect(bound.length).toBeGreaterThan(4);
  for (const condition of bound) {
    expect(condition.StringEqualsIfExists?.['dynamodb:ReturnValues']).not.toContain('ALL_OLD');
    expect(condition.StringEqualsIfExists?.['dynamodb:ReturnValues']).not.toContain('ALL_NEW');
    expect(condition.StringEqualsIfExists?.['dynamodb:ReturnValues']).toContain('NONE');
  }
});

test('credentials: the gateway notes keys’ use and takes from budgets, and nobody who reads a secret sets one', () => {
  const changes = (name: string, partition: string) =>
    WRITES.filter((action) => may(name, action, 'CredentialsTable', partition));
  expect([changes('gateway', 'KEY#k'), changes('gateway', 'RECEIPT#r'), changes('gateway', 'WEBHOOKS#z')]).toEqual([
    ['UpdateItem'],
    [],
    [],
  ]);
  const ofKeys = statementsOf('gateway').find(
    ({ Condition }) =>
      Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'].includes('KEY#*') &&
      Condition['ForAllValues:StringEquals'],
  );
  expect(ofKeys?.Condition?.['ForAllValues:StringEquals']).toEqual({
    'dynamodb:Attributes': ['lastUsedAt', 'pk', 'sk'],
  });
  const [readers, setters] = [['GetItem', 'BatchGetItem', 'Query'], ['PutItem']].map((actions) =>
    whoMay(actions, 'CredentialsTable', 'RECEIPT#r'),
  );
  expect([readers, setters]).toEqual([['caseHolder'], ['talent']]);
  const [salt, others] = statementsOf('gateway').filter(({ Condition }) =>
    Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'].includes('RECEIPT#*'),
  );
  expect([salt?.Condition?.StringEquals, salt?.Condition?.['ForAllValues:StringEquals'], others]).toEqual([
    { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
    { 'dynamodb:Attributes': ['pk', 'salt', 'sk'] },
    undefined,
  ]);
});
