import { z } from 'zod';
import { readConfig, STORES, type StoreName } from '../../src/config.ts';
import { ACCESS_LOG_KEPT_YEARS } from '../../src/domain/access-log/entry.ts';
import { CLIENT_ADDRESS_HEADER, ORIGIN_SECRET_HEADER } from '../../src/handlers/caller-address.ts';
import { ALL_ZONES } from '../../src/local/demo-data/zones.ts';
import { caseSecretItem } from '../../src/storage/credentials/items.ts';
import {
  accessLogKeys,
  createTableInput,
  credentialKeys,
  TABLES,
  TTL_ATTRIBUTE,
  talentIndexes,
  talentKeys,
} from '../../src/storage/tables.ts';
import { faultsOf } from './cloudformation.ts';
import { type CompiledTemplate, compileTemplate } from './compile-template.ts';
import { logicalIdOf, role } from './role.ts';

let template: CompiledTemplate;

beforeAll(async () => {
  template = await compileTemplate();
}, 60_000);

const TABLE_OF: Readonly<Record<StoreName, string>> = {
  parks: 'ParksTable',
  enterprises: 'EnterprisesTable',
  talent: 'TalentTable',
  linkages: 'LinkagesTable',
  credentials: 'CredentialsTable',
  personKeys: 'PersonKeysTable',
};

/** What a role may do, one line each: `dynamodb:Query ParksTable`. */
function rights(roleId: string): string[] {
  const { Policies } = role.parse(template.resources[roleId]?.Properties);
  return Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement).flatMap(({ Effect, Action, Resource }) =>
    Effect === 'Deny'
      ? []
      : Action.flatMap((action) => Resource.map((resource) => `${action} ${logicalIdOf(resource)}`)),
  );
}

/** The beginnings of the partitions that a role is bound to. */
function leadingKeys(roleId: string): unknown {
  const { Policies } = role.parse(template.resources[roleId]?.Properties);
  const conditions = Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement).flatMap(
    ({ Condition }) => Condition ?? [],
  );
  const bound = z.object({ 'ForAllValues:StringLike': z.object({ 'dynamodb:LeadingKeys': z.array(z.string()) }) });
  return conditions.flatMap((condition) => bound.parse(condition)['ForAllValues:StringLike']['dynamodb:LeadingKeys']);
}

const roleOf = (functionId: string) =>
  z
    .object({ Role: z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }) })
    .parse(template.resources[functionId]?.Properties).Role['Fn::GetAtt'][0];

test('the role that faces the internet can touch neither the table nor the key of talent', () => {
  const gateway = rights(roleOf('GatewayLambdaFunction'));
  const forbidden = /Talent|PersonKeys|MasterKey|kms:|\*/;
  expect(gateway.filter((right) => forbidden.test(right))).toEqual(['lambda:InvokeFunction TalentLambdaFunction']);
  expect(JSON.stringify(template.resources.GatewayLambdaFunction)).not.toMatch(
    /TalentTable|TalentKey|PersonKeysTable|MasterKey/,
  );
  for (const [, key] of template.ofType('AWS::KMS::Key')) expect(JSON.stringify(key)).not.toContain('GatewayRole');
});

test('only the talent function and those that keep the access log, statistics and deadlines or deliver the outbox use the table and the key of talent', () => {
  const users = template
    .ofType('AWS::IAM::Role')
    .filter(([id]) => rights(id).some((right) => /Talent(Table|Key)/.test(right)));
  expect(users.map(([id]) => id)).toEqual([
    'CaseHolderRole',
    'TalentRole',
    'AccessLogBatchRole',
    'AccessLogSealRole',
    'AccessLogUpkeepRole',
    'CaseTalliesRole',
    'PublishStatisticsRole',
    'DeliverOutboxRole',
    'SweepOutboxRole',
    'DeadlinesRole',
  ]);
  expect(partitionRights('CaseHolderRole', 'TalentTable')).toEqual([
    ['Allow', ['dynamodb:PutItem'], all('ACCESS_WAITING#*')],
  ]);
  expect(leadingKeys('PublishStatisticsRole')).toEqual(['TALLY#*', 'CLOSED#*', 'STATISTICS#*']);
  expect(template.resources.TalentTable?.Properties.SSESpecification).toEqual({
    SSEEnabled: true,
    SSEType: 'KMS',
    KMSMasterKeyId: { 'Fn::GetAtt': ['TalentKey', 'Arn'] },
  });
});

test('who looks after deadlines reads cases and what is due of them, and writes cases and what is told of them', () => {
  const all = (...beginnings: string[]) => ({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': beginnings } });
  expect(partitionRights('DeadlinesRole', 'TalentTable')).toEqual([
    [
      'Allow',
      ['dynamodb:GetItem', 'dynamodb:Query'],
      all('case_*', 'ctype_*', 'DEADLINES', 'DUE#*', 'CALENDAR#*', 'IDEM#*'),
    ],
    [
      'Allow',
      ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:ConditionCheckItem'],
      all('case_*', 'DEADLINES', 'OUTBOX#*', 'IDEM#*'),
    ],
  ]);
  const unbound = rights('DeadlinesRole').filter((right) => right.startsWith('dynamodb:'));
  expect(unbound).toHaveLength(2 * 2 + 4);
  const partitions = [
    talentKeys.deadlineBookmark().pk,
    talentKeys.outboxOfNotice('c', 'n').pk,
    talentIndexes.dueOn('d', 0, 'c').gsi1pk,
    talentIndexes.dueByCalendar('v', 0, 'c').gsi2pk,
  ];
  expect(partitions.map((partition) => partition.split('#')[0])).toEqual(['DEADLINES', 'OUTBOX', 'DUE', 'CALENDAR']);
});

test('persons’ keys are touched by talent only, and its master keys only open and make keys: one a zone', () => {
  const users = (of: RegExp) =>
    template.ofType('AWS::IAM::Role').flatMap(([id]) => (rights(id).some((right) => of.test(right)) ? [id] : []));
  expect(users(/PersonKeysTable/)).toEqual(['TalentRole']);
  expect(users(/MasterKey/)).toEqual(['TalentRole', 'DeliverOutboxRole', 'SweepOutboxRole']);
  const ofMasterKeys = rights('TalentRole').filter((right) => right.endsWith('MasterKey'));
  const masterKeys = template
    .ofType('AWS::KMS::Key')
    .flatMap(([id]) => (['TalentKey', 'AccessLogKey'].includes(id) ? [] : [id]));
  expect(ofMasterKeys.toSorted()).toEqual(
    ['kms:Decrypt', 'kms:GenerateDataKey'].flatMap((action) => masterKeys.map((id) => `${action} ${id}`)).toSorted(),
  );
  const { Environment } = z
    .object({ Environment: z.object({ Variables: z.object({ MASTER_KEYS: z.object({ 'Fn::Sub': z.string() }) }) }) })
    .parse(template.resources.TalentLambdaFunction?.Properties);
  const named = Environment.Variables.MASTER_KEYS['Fn::Sub'];
  const { masterKeys: configured } = readConfig({ MASTER_KEYS: named });
  expect(Object.keys(configured ?? {}).toSorted()).toEqual(ALL_ZONES.toSorted());
  expect(new Set(Object.values(configured ?? {}))).toEqual(new Set(masterKeys.map((id) => `\${${id}.Arn}`)));
});

test.each(['DeliverOutboxRole', 'SweepOutboxRole'])(
  '%s reads the outbox and no case, writes down its delivery, and opens of the master keys what webhooks are signed with only',
  (roleId) => {
    const isOfKeys = (right: string) => right.endsWith('MasterKey');
    const all = (...beginnings: string[]) => ({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': beginnings } });
    const sweeps = roleId === 'SweepOutboxRole';
    expect(partitionRights(roleId, 'TalentTable')).toEqual([
      ...(sweeps ? [['Allow', ['dynamodb:Query'], all('UNDELIVERED#*')]] : []),
      ['Allow', ['dynamodb:BatchGetItem'], all('OUTBOX#*')],
      ['Allow', ['dynamodb:UpdateItem'], all('OUTBOX#*', 'DELIVERY#*')],
    ]);
    const [entry, delivery] = [talentKeys.outbox('c', 1), talentKeys.delivery('c', 'e', 'h')];
    expect([entry.pk, delivery.pk]).toEqual(['OUTBOX#c', 'DELIVERY#c']);
    expect(rights(roleId).filter((right) => /^dynamodb:\w*(Item|Query)/.test(right))).toHaveLength(sweeps ? 5 : 4);
    expect(rights(roleId).filter(isOfKeys).sort()).toEqual(
      rights('TalentRole')
        .filter((right) => isOfKeys(right) && right.startsWith('kms:Decrypt'))
        .sort(),
    );
    const environment = (id: string) =>
      z.object({ Variables: z.looseObject({}) }).parse(template.resources[id]?.Properties.Environment);
    expect(environment(roleId.replace('Role', 'LambdaFunction')).Variables.MASTER_KEYS).toEqual(
      environment('TalentLambdaFunction').Variables.MASTER_KEYS,
    );
    const { Policies } = role.parse(template.resources[roleId]?.Properties);
    const opening = Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement).filter(({ Resource }) =>
      Resource.some((resource) => isOfKeys(logicalIdOf(resource))),
    );
    expect(opening.map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { 'kms:EncryptionContext:use': 'WEBHOOKS' } },
    ]);
  },
);

test('what is deleted of persons’ keys can’t be brought back', () => {
  const { Properties } = template.resources.PersonKeysTable ?? {};
  expect(Properties).toMatchObject({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false } });
  expect(Properties).not.toHaveProperty('StreamSpecification');
  expect(template.ofType('AWS::Backup::BackupSelection')).toEqual([]);
  expect(STORES.filter((store) => !TABLES[store].keepsDeleted)).toEqual(['personKeys']);
});

/** What is said of a table's partitions: effect, actions and the partitions' beginnings. */
function partitionRights(roleId: string, table: string): unknown[] {
  return role
    .parse(template.resources[roleId]?.Properties)
    .Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .filter(({ Resource, Condition }) => Condition && Resource.some((resource) => logicalIdOf(resource) === table))
    .map(({ Effect, Action, Condition }) => [Effect, Action, Condition]);
}

const any = (...beginnings: string[]) => ({ 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': beginnings } });
const all = (...beginnings: string[]) => ({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': beginnings } });
const writesOf = (roleId: string) =>
  partitionRights(roleId, 'TalentTable').filter((right) => /PutItem|UpdateItem|DeleteItem/.test(JSON.stringify(right)));

test('the function that records entries can neither batch nor take any back, and the one that batches them deletes nothing of a log', () => {
  const change = ['dynamodb:UpdateItem', 'dynamodb:DeleteItem'];
  expect(partitionRights('TalentRole', 'TalentTable')).toEqual([
    [
      'Deny',
      ['dynamodb:PutItem', ...change],
      any('ACCESS#*', 'ACCESS_LOG#*', 'ACCESS_ENTRY#*', 'ACCESS_BATCHES#*', 'ACCESS_REGISTER#*'),
    ],
    ['Deny', change, any('ACCESS_WAITING#*')],
  ]);
  expect(writesOf('AccessLogBatchRole')).toEqual([
    ['Allow', ['dynamodb:PutItem'], all('ACCESS#*', 'ACCESS_LOG#*', 'ACCESS_ENTRY#*', 'ACCESS_BATCHES#*')],
    ['Allow', ['dynamodb:DeleteItem'], all('ACCESS_WAITING#*')],
  ]);
  const beginnings = [
    accessLogKeys.waiting(0, 'E'),
    accessLogKeys.ofPerson('p'),
    accessLogKeys.part('l', 'E'),
    accessLogKeys.entry('E'),
    accessLogKeys.batch(0, 1),
    accessLogKeys.registered(0, 1),
    accessLogKeys.cut(0),
    accessLogKeys.anchor(),
  ];
  expect(beginnings.map(({ pk }) => pk.split('#')[0])).toEqual([
    'ACCESS_WAITING',
    'ACCESS',
    'ACCESS_LOG',
    'ACCESS_ENTRY',
    'ACCESS_BATCHES',
    ...Array(3).fill('ACCESS_REGISTER'),
  ]);
});

test('one function keeps the register and signs, within five minutes of a change, and it can write no entry', () => {
  const signers = template.ofType('AWS::IAM::Role').filter(([id]) => rights(id).includes('kms:Sign AccessLogKey'));
  expect(signers.map(([id]) => id)).toEqual(['AccessLogSealRole']);
  expect(writesOf('AccessLogSealRole')).toEqual([
    ['Allow', ['dynamodb:PutItem', 'dynamodb:DeleteItem'], all('ACCESS_REGISTER#*')],
  ]);
  expect(writesOf('AccessLogUpkeepRole')).toEqual([
    ['Allow', ['dynamodb:PutItem'], all('ACCESS#*', 'ACCESS_LOG#*', 'ACCESS_ENTRY#*', 'ACCESS_BATCHES#*')],
    ['Allow', ['dynamodb:DeleteItem'], all('ACCESS_WAITING#*', 'ACCESS_LOG#*', 'ACCESS_ENTRY#*', 'ACCESS_BATCHES#*')],
  ]);
  const keepers = template
    .ofType('AWS::IAM::Role')
    .filter(([id]) => /"Allow",[^\]]*PutItem.*ACCESS_REGISTER/.test(JSON.stringify(writesOf(id))));
  expect(keepers.map(([id]) => id)).toEqual(['AccessLogSealRole']);
  expect(
    JSON.stringify(template.ofType('AWS::Events::Rule').filter(([id]) => id.startsWith('AccessLogSeal'))),
  ).toContain('rate(2 minutes)');
  expect(template.resources.AccessLogKey?.Properties).toMatchObject({
    KeySpec: 'ECC_NIST_P256',
    KeyUsage: 'SIGN_VERIFY',
  });
});

test('anchors are written by the signer only, and can be changed and deleted by nobody for longer than entries are kept', () => {
  const writers = template
    .ofType('AWS::IAM::Role')
    .filter(([id]) => rights(id).some((right) => /^s3:(Put|Delete).* AccessLogBucket/.test(right)));
  expect(writers.map(([id]) => id)).toEqual(['AccessLogSealRole']);
  expect(rights('AccessLogSealRole').filter((right) => right.startsWith('s3:'))).toEqual([
    's3:ListBucket AccessLogBucket',
    's3:GetObject AccessLogBucket',
    's3:PutObject AccessLogBucket',
  ]);
  expect(template.resources.AccessLogBucket).toMatchObject({
    DeletionPolicy: 'Retain',
    Properties: {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Years: ACCESS_LOG_KEPT_YEARS + 1 } } },
      VersioningConfiguration: { Status: 'Enabled' },
    },
  });
});

test('files of cases are touched by talent only, which can remove none, and rest encrypted and private, without older copies', () => {
  const users = template
    .ofType('AWS::IAM::Role')
    .filter(([id]) => rights(id).some((right) => right.endsWith(' UploadsBucket')));
  expect(users.map(([id]) => id)).toEqual(['TalentRole']);
  const resources = role
    .parse(template.resources.TalentRole?.Properties)
    .Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .filter(({ Action }) => Action.some((action) => String(action).startsWith('s3:')))
    .map(({ Effect, Action, Resource }) => [Effect, Action, Resource]);
  expect(resources).toEqual([
    ['Allow', ['s3:ListBucket'], [{ 'Fn::GetAtt': ['UploadsBucket', 'Arn'] }]],
    [
      'Allow',
      ['s3:GetObject', 's3:PutObject'],
      ['sent', 'kept'].map((part) => ({ 'Fn::Sub': `\${UploadsBucket.Arn}/${part}/*` })),
    ],
  ]);
  const { Properties } = template.resources.UploadsBucket ?? {};
  expect(Properties).not.toHaveProperty('VersioningConfiguration');
  expect(Properties).toMatchObject({
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        {
          ServerSideEncryptionByDefault: {
            SSEAlgorithm: 'aws:kms',
            KMSMasterKeyID: { 'Fn::GetAtt': ['TalentKey', 'Arn'] },
          },
        },
      ],
    },
    LifecycleConfiguration: { Rules: [{ Prefix: 'sent/', ExpirationInDays: 1, Status: 'Enabled' }] },
  });
});

test('pages of other sites send and fetch files where some are named, with what is signed and nothing else', () => {
  // None is by itself.
  expect(JSON.parse(template.text).Conditions).toMatchObject({
    HasOtherPages: { 'Fn::Not': [{ 'Fn::Equals': ['', ''] }] },
  });
  const rule = {
    AllowedOrigins: { 'Fn::Split': [',', ''] },
    AllowedMethods: ['PUT', 'GET'],
    AllowedHeaders: ['content-type', 'x-amz-checksum-sha256'],
    MaxAge: 600,
  };
  const cors = { 'Fn::If': ['HasOtherPages', { CorsRules: [rule] }, { Ref: 'AWS::NoValue' }] };
  expect(template.resources.UploadsBucket?.Properties).toMatchObject({ CorsConfiguration: cors });
});

test('who may invoke the scheduled functions is their schedule', () => {
  const rules = template.ofType('AWS::Events::Rule').map(([, { Properties }]) => Properties.ScheduleExpression);
  expect(rules.toSorted()).toEqual([
    'rate(1 day)',
    'rate(1 hour)',
    'rate(1 hour)',
    'rate(1 hour)',
    'rate(1 minute)',
    'rate(2 minutes)',
  ]);
});

test('credentials are read, and what may be changed of them is bound, function by function', () => {
  const ofCredentials = template.ofType('AWS::IAM::Role').flatMap(([id, { Properties }]) =>
    role
      .parse(Properties)
      .Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .filter(({ Resource }) => Resource.some((resource) => logicalIdOf(resource) === 'CredentialsTable'))
      .map(({ Action, Condition }) => [id, Action, Condition]),
  );
  const partition = (...beginnings: string[]) => ({
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': beginnings },
  });
  const attributes = (...names: string[]) => ({ 'ForAllValues:StringEquals': { 'dynamodb:Attributes': names } });
  expect(ofCredentials).toEqual([
    ['GatewayRole', ['dynamodb:GetItem'], partition('KEY#*', 'READY')],
    ['GatewayRole', ['dynamodb:UpdateItem'], { ...partition('KEY#*'), ...attributes('pk', 'sk', 'lastUsedAt') }],
    [
      'GatewayRole',
      ['dynamodb:GetItem'],
      {
        ...partition('RECEIPT#*'),
        ...attributes('pk', 'sk', 'salt'),
        StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
      },
    ],
    [
      'GatewayRole',
      ['dynamodb:UpdateItem'],
      { ...partition('BUDGET#*'), ...attributes('pk', 'sk', 'type', 'fullAt', 'ttl') },
    ],
    ['CaseHolderRole', ['dynamodb:GetItem'], partition('RECEIPT#*')],
    ['CaseHolderRole', ['dynamodb:Query'], partition('UNTAGGED_RECEIPTS')],
    [
      'TalentRole',
      ['dynamodb:PutItem'],
      {
        ...partition('RECEIPT#*'),
        ...attributes('pk', 'sk', 'type', 'receiptNumber', 'caseId', 'applicantId', 'salt', 'secretHash'),
      },
    ],
    ...['DeliverOutboxRole', 'SweepOutboxRole'].flatMap((id) => [
      [id, ['dynamodb:Query'], partition('WEBHOOKS#*')],
      [
        id,
        ['dynamodb:UpdateItem'],
        {
          ...partition('WEBHOOKS#*'),
          ...attributes('pk', 'sk', 'version', 'isEnabled', 'disabledAt', 'disabledBecause'),
        },
      ],
    ]),
  ]);
  expect(credentialKeys.webhook('zone_teda', 'h').pk).toBe('WEBHOOKS#zone_teda');
  const kept = caseSecretItem({ receiptNumber: 'r', caseId: 'c', applicantId: 'p', salt: 's', secretHash: 'h' });
  expect(Object.keys(kept).toSorted()).toEqual(
    ['pk', 'sk', 'type', 'receiptNumber', 'caseId', 'applicantId', 'salt', 'secretHash'].toSorted(),
  );
  const [key, secret] = [credentialKeys.apiKey('k'), credentialKeys.caseSecret('r')];
  expect([key.pk, secret.pk, credentialKeys.untaggedReceipts('r').pk, credentialKeys.budget('c').pk]).toEqual([
    'KEY#k',
    'RECEIPT#r',
    'UNTAGGED_RECEIPTS',
    'BUDGET#c',
  ]);
});

test('every function has a role of its own, without a wildcard and without a Scan', () => {
  const functions = template.ofType('AWS::Lambda::Function').map(([id]) => id);
  const roles = template.ofType('AWS::IAM::Role').map(([id]) => id);
  expect(functions.map(roleOf).sort()).toEqual(roles.sort());
  const all = roles.flatMap(rights);
  expect(all).not.toHaveLength(0);
  expect(all.filter((right) => /[*{[]|:Scan/.test(right))).toEqual([]);
});

test('every function writes to its own log group only', () => {
  for (const [id] of template.ofType('AWS::Lambda::Function')) {
    const logs = rights(roleOf(id)).filter((right) => right.startsWith('logs:'));
    expect(new Set(logs.map((right) => right.split(' ')[1]))).toEqual(
      new Set([id.replace('LambdaFunction', 'LogGroup')]),
    );
  }
});

test.each(STORES)(
  'the table of %s has the keys and indexes of src/storage/tables.ts, and is safe from loss',
  (store) => {
    const table = template.resources[TABLE_OF[store]];
    const { TableName, StreamSpecification, ...expected } = createTableInput(store, 'any');
    const { keepsDeleted } = TABLES[store];
    const byName = (a: { AttributeName?: unknown }, b: { AttributeName?: unknown }) =>
      String(a.AttributeName).localeCompare(String(b.AttributeName));
    expect({
      ...table?.Properties,
      AttributeDefinitions: z
        .array(z.object({ AttributeName: z.string(), AttributeType: z.string() }))
        .parse(table?.Properties.AttributeDefinitions)
        .sort(byName),
    }).toMatchObject({
      ...expected,
      AttributeDefinitions: expected.AttributeDefinitions?.toSorted(byName),
      ...(keepsDeleted ? { StreamSpecification: { StreamViewType: StreamSpecification?.StreamViewType } } : {}),
      TimeToLiveSpecification: { AttributeName: TTL_ATTRIBUTE, Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: keepsDeleted },
      DeletionProtectionEnabled: true,
    });
    expect(table).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(table?.Properties).not.toHaveProperty('TableName');
  },
);

test.each([
  [
    'Tallies',
    'EnterprisesTable',
    { eventName: ['INSERT'], dynamodb: { NewImage: { type: { S: ['OperationReported', 'EnterpriseChanged'] } } } },
  ],
  [
    'PolicyFacts',
    'ParksTable',
    { eventName: ['INSERT', 'MODIFY'], dynamodb: { NewImage: { type: { S: ['Policy', 'Park'] } } } },
  ],
  [
    'SubjectFacts',
    'EnterprisesTable',
    { eventName: ['INSERT', 'MODIFY'], dynamodb: { NewImage: { type: { S: ['Enterprise'] } } } },
  ],
  ['DeliverOutbox', 'TalentTable', { eventName: ['INSERT'], dynamodb: { NewImage: { type: { S: ['Outbox'] } } } }],
  [
    'AccessLogBatch',
    'TalentTable',
    { eventName: ['INSERT'], dynamodb: { NewImage: { type: { S: ['AccessWaiting'] } } } },
  ],
])(
  '%s gets of the stream of %s what it follows only, in batches that fit a transaction, with bounded retries and a queue for what fails',
  (consumer, table, pattern) => {
    const mappings = template
      .ofType('AWS::Lambda::EventSourceMapping')
      .map(([, { Properties }]) => Properties)
      .filter(({ FunctionName }) => logicalIdOf(FunctionName) === `${consumer}LambdaFunction`);
    expect(mappings).toEqual([
      expect.objectContaining({
        EventSourceArn: { 'Fn::GetAtt': [table, 'StreamArn'] },
        BatchSize: 90,
        StartingPosition: 'TRIM_HORIZON',
        MaximumRetryAttempts: 10,
        MaximumRecordAgeInSeconds: 82_800,
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        FilterCriteria: { Filters: [{ Pattern: JSON.stringify(pattern) }] },
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['StreamFailures', 'Arn'] } } },
      }),
    ]);
    expect(rights(`${consumer}Role`)).toContain('sqs:SendMessage StreamFailures');
  },
);

test.each(STORES)('its outputs name the table of %s, which commands have to be told', (store) => {
  expect(template.outputs[`${TABLE_OF[store]}Name`]?.Value).toEqual({ Ref: TABLE_OF[store] });
});

test('no other function follows a stream', () => {
  expect(template.ofType('AWS::Lambda::EventSourceMapping')).toHaveLength(6);
});

test('the only ways in from outside are the routes of the gateway and the pages', () => {
  const routes = template.ofType('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties.RouteKey);
  expect(routes.toSorted()).toEqual([
    'ANY /graphql',
    'GET /',
    'GET /.well-known/jwks.json',
    'GET /case',
    'GET /case/{proxy+}',
    'GET /explorer',
    'GET /explorer/{proxy+}',
    'GET /health',
    'GET /ready',
    'GET /sign-in/return',
    'HEAD /case',
    'HEAD /case/{proxy+}',
    'HEAD /explorer',
    'HEAD /explorer/{proxy+}',
    'POST /case-holder/token',
  ]);
  const invokable = template
    .ofType('AWS::Lambda::Permission')
    .filter(([, { Properties }]) => Properties.Principal !== 'events.amazonaws.com')
    .map(([, { Properties }]) => Properties.FunctionName);
  expect(new Set(invokable.map((name) => JSON.stringify(name)))).toEqual(
    new Set(
      ['GatewayLambdaFunction', 'CaseHolderLambdaFunction', 'PagesLambdaFunction'].map((id) =>
        JSON.stringify({ 'Fn::GetAtt': [id, 'Arn'] }),
      ),
    ),
  );
  expect(template.ofType('AWS::Lambda::Url')).toEqual([]);
});

test('it fits every partition, and nothing in it is frozen, custom or for another runtime', () => {
  expect(template.text).not.toMatch(/arn:aws:|SnapStart|Custom::|AWS::CloudFormation::CustomResource/);
  for (const [, { Properties }] of template.ofType('AWS::Lambda::Function')) {
    expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
  }
});

test('AWS knows every resource and property of it', () => {
  expect(Object.entries(template.resources).flatMap(([id, resource]) => faultsOf(id, resource))).toEqual([]);
});

test.each([
  [{ Type: 'AWS::SQS::Queues', Properties: {} }, ['X: there is no AWS::SQS::Queues']],
  [
    { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 'long', Colour: 1 } },
    ['X.DelaySeconds is no integer', 'X.Colour is unknown'],
  ],
  [
    { Type: 'AWS::DynamoDB::Table', Properties: { KeySchema: [{ KeyType: 'HASH' }] } },
    ['X.KeySchema[0].AttributeName is missing'],
  ],
])('the check of resources objects to %j', (resource, faults) => {
  expect(faultsOf('X', resource)).toEqual(faults);
});

test('a flood is refused before it reaches a function; sign-ins have a limit of their own, far above that', () => {
  const { Properties, DependsOn } = template.resources.HttpApiStage ?? {};
  expect(Properties).toMatchObject({
    DefaultRouteSettings: { ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 2000 },
    RouteSettings: { 'POST /case-holder/token': { ThrottlingRateLimit: 5000, ThrottlingBurstLimit: 5000 } },
  });
  expect(DependsOn).toContain('HttpApiRoutePostCaseDashholderToken');
  expect(template.resources.HttpApiRoutePostCaseDashholderToken?.Properties).toMatchObject({
    RouteKey: 'POST /case-holder/token',
  });
});

test('with CloudFront every function that has a route knows what it proves itself by, and nobody is told their address', () => {
  const reference = { 'Fn::Sub': `{{resolve:secretsmanager:\${OriginSecret}}}` };
  const secret = { 'Fn::If': ['WithCloudFront', reference, ''] };
  const routed = ['GatewayLambdaFunction', 'CaseHolderLambdaFunction', 'PagesLambdaFunction'];
  for (const id of routed) {
    expect(template.resources[id]?.Properties).toMatchObject({ Environment: { Variables: { ORIGIN_SECRET: secret } } });
  }
  const made = ['OriginSecret', 'ClientAddressFunction', 'Distribution', 'RateWebAcl'];
  expect(made.map((id) => template.resources[id]?.Condition)).toEqual([
    'WithCloudFront',
    'WithCloudFront',
    'WithCloudFront',
    'MakesWebAcl',
  ]);
  expect(template.resources.ClientAddressFunction?.Properties.FunctionCode).toContain(
    `headers['${CLIENT_ADDRESS_HEADER}'] = { value: event.viewer.ip }`,
  );
  expect(template.resources.Distribution?.Properties).toMatchObject({
    DistributionConfig: {
      Origins: [{ OriginCustomHeaders: [{ HeaderName: ORIGIN_SECRET_HEADER, HeaderValue: reference }] }],
    },
  });
});
