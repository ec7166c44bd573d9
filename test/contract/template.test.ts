import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readZones } from '../../src/cli/stack/master-keys.ts';
import { VARIABLE_OF_OUTPUT } from '../../src/cli/stack/outputs.ts';
import { readConfig, STORES, type StoreName, VARIABLES } from '../../src/config.ts';
import { ACCESS_LOG_KEPT_YEARS } from '../../src/domain/access-log/entry.ts';
import { COST_HEADER } from '../../src/edge/budget/budgets.ts';
import { PURPOSE_HEADER, VALIDATE_ONLY_HEADER } from '../../src/handlers/gateway/graphql-event.ts';
import { CLIENT_ADDRESS_HEADER, ORIGIN_SECRET_HEADER } from '../../src/handlers/http/caller-address.ts';
import { VARY } from '../../src/handlers/http/event-answer.ts';
import { CASE_CONSUMERS } from '../../src/handlers/streams/case-changes.ts';
import { takes } from '../../src/handlers/streams/hand-on.ts';
import { PARKS_CONSUMERS } from '../../src/handlers/streams/parks-changes.ts';
import { ALL_ZONES } from '../../src/local/demo-data/parks/zones.ts';
import { readService } from '../../src/local/service.ts';
import { recordFilter } from '../../src/local/streams/pump.ts';
import { createTableInput, TABLES, TTL_ATTRIBUTE } from '../../src/storage/tables.ts';
import { faultsOf } from './cloudformation.ts';
import { type CompiledTemplate, compileTemplate } from './compile-template.ts';
import { logicalIdOf, role } from './role.ts';

const ROOT = join(import.meta.dirname, '../..');
let template: CompiledTemplate;

beforeAll(async () => {
  template = await compileTemplate();
});

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

/** A value of stages that keep their data, and of test stages that leave none. */
const whereDataAreKept = (kept: unknown, otherwise: unknown) => ({ 'Fn::If': ['KeepsData', kept, otherwise] });

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

test('only talent’s own functions use its table and key, and the one that tells zones of policies', () => {
  const users = template
    .ofType('AWS::IAM::Role')
    .filter(([id]) => rights(id).some((right) => /Talent(Table|Key)/.test(right)));
  expect(users.map(([id]) => id)).toEqual([
    'CaseHolderRole',
    'TalentRole',
    // It puts entries into the outbox and copies of what cases rest on, and reads none of the table.
    'ParksChangesRole',
    'LinkageNewsRole',
    // It puts copies of enterprises that have ended, and reads none of the table.
    'SubjectFactsRole',
    'AccessLogBatchRole',
    'AccessLogSealRole',
    'AccessLogUpkeepRole',
    'CaseChangesRole',
    'PublishStatisticsRole',
    'DeliverOutboxRole',
    'ErasureRole',
    'SweepOutboxRole',
    'DeadlinesRole',
    'DigestsRole',
  ]);
  expect(template.resources.TalentTable?.Properties.SSESpecification).toEqual({
    SSEEnabled: true,
    SSEType: 'KMS',
    KMSMasterKeyId: { 'Fn::GetAtt': ['TalentKey', 'Arn'] },
  });
});

test('persons’ keys are touched by talent only, and its master keys only open and make keys: one a zone', () => {
  const users = (of: RegExp) =>
    template.ofType('AWS::IAM::Role').flatMap(([id]) => (rights(id).some((right) => of.test(right)) ? [id] : []));
  // Functions that tell applicants of news and send officers digests read contacts, and no person's key: rights.test.ts.
  expect(users(/PersonKeysTable/)).toEqual([
    'TalentRole',
    'DeliverOutboxRole',
    'ErasureRole',
    'SweepOutboxRole',
    'DigestsRole',
  ]);
  expect(users(/MasterKey/)).toEqual(['TalentRole', 'DeliverOutboxRole', 'SweepOutboxRole', 'DigestsRole']);
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

test('deleted keys of persons are in no stream, and in no copy for longer than an entry of the register of erasures', () => {
  const { Properties } = template.resources.PersonKeysTable ?? {};
  expect(Properties).toMatchObject({ PointInTimeRecoverySpecification: { RecoveryPeriodInDays: 35 } });
  expect(template.resources.ErasuresBucket?.Properties).toMatchObject({
    LifecycleConfiguration: { Rules: [{ ExpirationInDays: 50 }] },
    VersioningConfiguration: { Status: 'Enabled' },
  });
  const writers = template
    .ofType('AWS::IAM::Role')
    .flatMap(([id]) => rights(id).flatMap((right) => (right.endsWith(' ErasuresBucket') ? [`${id} ${right}`] : [])));
  expect(writers).toEqual(['ErasureRole s3:PutObject ErasuresBucket']);
  expect(Properties).not.toHaveProperty('StreamSpecification');
  expect(template.ofType('AWS::Backup::BackupSelection')).toEqual([]);
  expect(STORES.filter((store) => !TABLES[store].hasStream)).toEqual(['personKeys']);
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
      ObjectLockEnabled: whereDataAreKept(true, { Ref: 'AWS::NoValue' }),
      ObjectLockConfiguration: whereDataAreKept(
        {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Years: ACCESS_LOG_KEPT_YEARS + 1 } },
        },
        { Ref: 'AWS::NoValue' },
      ),
      VersioningConfiguration: { Status: 'Enabled' },
    },
  });
});

test('files of cases are touched by talent and by erasure, which alone can remove any, and rest encrypted and private, without older copies', () => {
  const users = template
    .ofType('AWS::IAM::Role')
    .filter(([id]) => rights(id).some((right) => right.endsWith(' UploadsBucket')));
  expect(users.map(([id]) => id)).toEqual(['TalentRole', 'ErasureRole']);
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

test('the product’s pages send files, and named other sites send and fetch them, with what is signed and nothing else', () => {
  // None is by itself.
  expect(JSON.parse(template.text).Conditions).toMatchObject({
    HasOtherPages: { 'Fn::Not': [{ 'Fn::Equals': ['', ''] }] },
  });
  const signed = { AllowedHeaders: ['content-type', 'x-amz-checksum-sha256'], MaxAge: 600 };
  const own = {
    'Fn::If': [
      'WithCloudFront',
      { 'Fn::Sub': expect.stringContaining('{Distribution.DomainName}') },
      { 'Fn::Sub': expect.stringMatching(/^https:..\$\{HttpApi\}\.execute-api\./) },
    ],
  };
  const others = { AllowedOrigins: { 'Fn::Split': [',', ''] }, AllowedMethods: ['PUT', 'GET'], ...signed };
  expect(template.resources.UploadsBucket?.Properties).toMatchObject({
    CorsConfiguration: {
      CorsRules: [
        { AllowedOrigins: [own], AllowedMethods: ['PUT'], ...signed },
        { 'Fn::If': ['HasOtherPages', others, { Ref: 'AWS::NoValue' }] },
      ],
    },
  });
});

test('who may invoke the scheduled functions is their schedule', () => {
  const rules = template.ofType('AWS::Events::Rule').map(([, { Properties }]) => Properties.ScheduleExpression);
  expect(rules.toSorted()).toEqual([
    'rate(1 day)',
    'rate(1 hour)',
    'rate(1 hour)',
    'rate(1 hour)',
    'rate(1 hour)',
    'rate(1 minute)',
    'rate(2 minutes)',
  ]);
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
    const { hasStream } = TABLES[store];
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
      ...(hasStream ? { StreamSpecification: { StreamViewType: StreamSpecification?.StreamViewType } } : {}),
      TimeToLiveSpecification: { AttributeName: TTL_ATTRIBUTE, Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
      DeletionProtectionEnabled: whereDataAreKept(true, false),
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
    'ParksChanges',
    'ParksTable',
    {
      eventName: ['INSERT', 'MODIFY'],
      dynamodb: {
        NewImage: { type: { S: ['Zone', 'Policy', 'Park', 'RecordVersion', 'ParkFacilities', 'CalendarYear'] } },
      },
    },
  ],
  [
    'Relocations',
    'LinkagesTable',
    {
      eventName: ['INSERT'],
      dynamodb: {
        NewImage: { type: { S: ['RecordVersion'] }, of: { S: ['Relocation'] } },
      },
    },
  ],
  [
    'LinkageNews',
    'LinkagesTable',
    { eventName: ['INSERT'], dynamodb: { NewImage: { type: { S: ['RecordVersion'] } } } },
  ],
  [
    'SubjectFacts',
    'EnterprisesTable',
    { eventName: ['INSERT', 'MODIFY'], dynamodb: { NewImage: { type: { S: ['Enterprise', 'SettledStay'] } } } },
  ],
  [
    'CaseChanges',
    'TalentTable',
    { eventName: ['INSERT', 'MODIFY'], dynamodb: { NewImage: { type: { S: ['TalentCase', 'Work'] } } } },
    { eventName: ['INSERT'], dynamodb: { NewImage: { type: { S: ['Outbox'] } } } },
    { eventName: ['REMOVE'], dynamodb: { OldImage: { type: { S: ['Work'] } } } },
  ],
  [
    'AccessLogBatch',
    'TalentTable',
    { eventName: ['INSERT'], dynamodb: { NewImage: { type: { S: ['AccessWaiting'] } } } },
  ],
])(
  '%s gets of the stream of %s what it follows only, in batches that fit a transaction, with bounded retries and a queue for what fails',
  (consumer, table, ...patterns) => {
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
        FilterCriteria: { Filters: patterns.map((pattern) => ({ Pattern: JSON.stringify(pattern) })) },
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['StreamFailures', 'Arn'] } } },
      }),
    ]);
    expect(rights(`${consumer}Role`)).toContain('sqs:SendMessage StreamFailures');
  },
);

test('every setting is a variable of a function, or belongs to commands, one machine or Lambda itself', () => {
  const environments = z.record(z.string(), z.unknown());
  const set = new Set(
    template.ofType('AWS::Lambda::Function').flatMap(([, { Properties }]) => {
      const { Variables } = z.object({ Variables: environments }).parse(Properties.Environment);
      return Object.keys(Variables);
    }),
  );
  expect(VARIABLES.filter((name) => !set.has(name))).toEqual([
    // Set by Lambda, or known from it.
    ...['BRIDGEHEAD_MODE', 'AWS_REGION', 'AWS_LAMBDA_FUNCTION_NAME'],
    ...['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'],
    // For a machine and its commands.
    ...['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_SECRETS_MANAGER'],
    ...['DYNAMODB_ENDPOINT', 'ERASURE_FUNCTION', 'SCHEMA_DIR', 'PLANS_FILE'],
    // Functions fetch these by their ids.
    ...['NEWS_CHANNELS', 'CURSOR_SECRET', 'SERVICE_TOKEN_KEY', 'CASE_TOKEN_SECRET', 'ORIGIN_SECRET'],
    ...['PORT', 'WORKERS', 'BRIDGEHEAD_TOKEN', 'DATA_DIR', 'LAMBDA_TASK_ROOT'],
  ]);
});

test('no stream has more than two readers', () => {
  const mappings = template.ofType('AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);
  const readers = Map.groupBy(mappings, ({ EventSourceArn }) => JSON.stringify(EventSourceArn));
  expect([...readers].filter(([, all]) => all.length > 2)).toEqual([]);
  expect(readers.size).toBe(4);
});

test.each([
  ['parksChanges', PARKS_CONSUMERS],
  ['caseChanges', CASE_CONSUMERS],
] as const)('%s gets exactly what one of its consumers takes', (name, consumers) => {
  const declared = readService(join(ROOT, 'serverless.yml')).find((each) => each.name === name)?.streams[0];
  const passes = recordFilter(declared?.filterPatterns ?? []);
  const types = ['Unknown', ...consumers.flatMap(({ takes }) => Object.values(takes).flat())];
  for (const eventName of ['INSERT', 'MODIFY', 'REMOVE'] as const) {
    for (const type of types) {
      const image = { type: { S: type } };
      const record = { eventName, dynamodb: eventName === 'REMOVE' ? { OldImage: image } : { NewImage: image } };
      const isTaken = consumers.some((consumer) => takes(consumer, record));
      expect([eventName, type, passes(record)]).toEqual([eventName, type, isTaken]);
    }
  }
});

test.each(STORES)('its outputs name the table of %s, which commands have to be told', (store) => {
  expect(template.outputs[`${TABLE_OF[store]}Name`]?.Value).toEqual({ Ref: TABLE_OF[store] });
});

test('no other function follows a stream', () => {
  expect(template.ofType('AWS::Lambda::EventSourceMapping')).toHaveLength(7);
});

test('the only ways in from outside are the routes of the gateway and the pages', () => {
  const routes = template.ofType('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties.RouteKey);
  expect(routes.toSorted()).toEqual([
    'ANY /graphql',
    'GET /',
    'GET /.well-known/jwks.json',
    'GET /apply',
    'GET /apply/{proxy+}',
    'GET /case',
    'GET /case/{proxy+}',
    'GET /explorer',
    'GET /explorer/{proxy+}',
    'GET /health',
    'GET /my',
    'GET /my/{proxy+}',
    'GET /ready',
    'GET /sign-in/return',
    'GET /{proxy+}',
    'HEAD /',
    'HEAD /apply',
    'HEAD /apply/{proxy+}',
    'HEAD /case',
    'HEAD /case/{proxy+}',
    'HEAD /explorer',
    'HEAD /explorer/{proxy+}',
    'HEAD /my',
    'HEAD /my/{proxy+}',
    'HEAD /{proxy+}',
    'POST /case-holder/token',
  ]);
  const invokable = template
    .ofType('AWS::Lambda::Permission')
    .filter(([, { Properties }]) => Properties.Principal !== 'events.amazonaws.com')
    .map(([, { Properties }]) => Properties.FunctionName);
  expect(new Set(invokable.map((name) => JSON.stringify(name)))).toEqual(
    new Set(['GatewayAlias', 'CaseHolderAlias', 'PagesAlias'].map((id) => JSON.stringify({ Ref: id }))),
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

test('the functions of requests reserve instances only where a parameter says how many', () => {
  for (const name of ['Gateway', 'Talent', 'CaseHolder']) {
    expect(template.resources[`${name}LambdaFunction`]?.Properties.ReservedConcurrentExecutions).toEqual({
      'Fn::If': [`Reserves${name}`, '0', { Ref: 'AWS::NoValue' }],
    });
    expect(JSON.parse(template.text).Conditions[`Reserves${name}`]).toEqual({
      'Fn::Not': [{ 'Fn::Equals': ['0', '0'] }],
    });
  }
});

test('serverless.yml names no zone', () => {
  const yaml = readFileSync('serverless.yml', 'utf8').toLowerCase();
  for (const zone of readZones()) expect(yaml).not.toMatch(new RegExp(`\\b${zone.replace('zone_', '')}\\b`));
});

test('the outputs that commands read are there', () => {
  for (const output of Object.keys(VARIABLE_OF_OUTPUT)) expect(template.outputs).toHaveProperty(output);
});

test('no secret stands in an environment variable: they are named, and fetched', () => {
  for (const [, { Properties }] of template.ofType('AWS::Lambda::Function')) {
    const { Variables } = z.object({ Variables: z.record(z.string(), z.unknown()) }).parse(Properties.Environment);
    expect(JSON.stringify(Variables)).not.toContain('resolve:');
    expect(Object.keys(Variables).filter((name) => /SECRET|TOKEN/.test(name) && !/_(ID|ISSUER)$/.test(name))).toEqual(
      [],
    );
  }
});

test('with CloudFront every function that has a route knows what it proves itself by, and nobody is told their address', () => {
  const reference = { 'Fn::Sub': `{{resolve:secretsmanager:\${OriginSecret}:SecretString:current}}` };
  const secret = { 'Fn::If': ['WithCloudFront', { Ref: 'OriginSecret' }, ''] };
  const routed = ['GatewayLambdaFunction', 'CaseHolderLambdaFunction', 'PagesLambdaFunction'];
  for (const id of routed) {
    expect(template.resources[id]?.Properties).toMatchObject({
      Environment: { Variables: { ORIGIN_SECRET_ID: secret } },
    });
  }
  const made = ['ClientAddressFunction', 'Distribution', 'RateWebAcl'];
  expect(made.map((id) => template.resources[id]?.Condition)).toEqual([
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

test('CloudFront keeps answers of the gateway by every header that they depend on', () => {
  expect(template.resources.Distribution?.Properties).toMatchObject({
    DistributionConfig: {
      CacheBehaviors: [{ PathPattern: '/graphql', CachePolicyId: { Ref: 'PublicAnswersPolicy' } }],
    },
  });
  // By `accept-encoding` too, which the policy has members of its own for.
  const dependedOn = VARY.split(', ').filter((name) => name !== 'accept-encoding');
  const wished = [COST_HEADER, PURPOSE_HEADER, VALIDATE_ONLY_HEADER];
  expect(template.resources.PublicAnswersPolicy?.Properties).toMatchObject({
    CachePolicyConfig: {
      MinTTL: 0,
      DefaultTTL: 0,
      MaxTTL: 60,
      ParametersInCacheKeyAndForwardedToOrigin: {
        HeadersConfig: { Headers: [...dependedOn, ...wished].sort() },
        QueryStringsConfig: { QueryStringBehavior: 'all' },
      },
    },
  });
});
