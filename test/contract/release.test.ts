import { z } from 'zod';
import { addAliases } from '../../infra/canary.mjs';
import { planRelease, type ReleaseStep, sentenceOf } from '../../src/cli/release/plan.ts';
import { parseTemplate, type Template } from '../../src/cli/stack/template.ts';
import { configure } from '../../src/config.ts';
import { notesOf } from '../../src/edge/apollo-plugin.ts';
import { openRequestLine } from '../../src/handlers/gateway/request-line.ts';
import type { LogFields } from '../../src/log.ts';
import { type Datapoint, isInAlarm, metricsOf } from '../alarms/cloudwatch.ts';
import { type CompiledTemplate, compileTemplate } from './compile-template.ts';

let compiled: CompiledTemplate;
let template: Template;

beforeAll(async () => {
  configure({ stage: 'dev' });
  compiled = await compileTemplate();
  template = parseTemplate(compiled.text);
});

/** Returns the template with other properties of a table. */
function withTable(change: (properties: Record<string, unknown[]>) => object): Template {
  const copy = structuredClone(template);
  const properties = copy.Resources.TalentTable?.Properties as Record<string, unknown[]>;
  Object.assign(properties, change(properties));
  return copy;
}
const MIGRATIONS = [
  { version: 2, name: 'first' },
  { version: 3, name: 'second' },
];
const plan = (deployed: Template | null, dataVersion: number | null = 3) =>
  planRelease({ deployed, packaged: template, dataVersion, migrations: MIGRATIONS });
const kinds = (steps: readonly ReleaseStep[]) => steps.map(({ kind }) => kind);

describe('the plan of a release', () => {
  test('only deploys where indexes and data are as they should be', () => {
    expect(plan(template)).toEqual([{ kind: 'DEPLOY', added: 0, changed: 0, removed: 0 }]);
  });

  test('gives the empty tables of a new stack the data version, and those of a stack that never got it', () => {
    expect(kinds(plan(null, null))).toEqual(['DEPLOY', 'STAMP']);
    expect(plan(template, null).map(sentenceOf).at(-1)).toBe('The empty tables get data version 3.');
  });

  test('makes one index of a table in each update, before migrations and functions', () => {
    const lacking = ['gsi3', 'gsi4'];
    const old = withTable(({ GlobalSecondaryIndexes = [], AttributeDefinitions = [] }) => ({
      GlobalSecondaryIndexes: GlobalSecondaryIndexes.filter(
        (index) => !lacking.includes((index as { IndexName: string }).IndexName),
      ),
      AttributeDefinitions: AttributeDefinitions.filter(
        (attribute) => !/^gsi[34]/.test((attribute as { AttributeName: string }).AttributeName),
      ),
    }));
    const steps = plan(old, 1);
    expect(kinds(steps)).toEqual(['INDEXES', 'INDEXES', 'MIGRATE', 'DEPLOY', 'MIGRATE_AGAIN']);
    expect(steps.map(sentenceOf)).toEqual([
      expect.stringContaining('TalentTable.gsi3'),
      expect.stringContaining('TalentTable.gsi4'),
      'The data are migrated from version 1: first, second.',
      expect.stringContaining('0 resources are new, 1 change, 0 go'),
      expect.stringContaining('after version 1'),
    ]);
    const tables = steps.flatMap((step) => (step.kind === 'INDEXES' ? [step.template.Resources.TalentTable] : []));
    expect(tables).toMatchObject([3, 4].map((length) => ({ Properties: { GlobalSecondaryIndexes: { length } } })));
    // The last update leaves the table as the packaged template has it.
    expect(tables[1]).toEqual(template.Resources.TalentTable);
  });

  test('refuses to give up or replace what holds data, and to go back behind the data', () => {
    const other = withTable(() => ({ KeySchema: [{ AttributeName: 'other', KeyType: 'HASH' }] }));
    expect(() => plan(other)).toThrow('TalentTable');
    const more = { ...template, Resources: { ...template.Resources, OldBucket: { Type: 'AWS::S3::Bucket' } } };
    expect(() => plan(more)).toThrow('OldBucket');
    expect(() => plan(template, 4)).toThrow('The data have version 4');
  });
});

const VERSIONED = ['CaseHolder', 'Gateway', 'Pages', 'Talent'];

test('callers reach the answering functions by an alias that CodeDeploy shifts', () => {
  expect(
    compiled
      .ofType('AWS::Lambda::Alias')
      .map(([id]) => id)
      .toSorted(),
  ).toEqual(VERSIONED.map((name) => `${name}Alias`));
  for (const [id, { Properties }] of compiled.ofType('AWS::ApiGatewayV2::Integration')) {
    expect(Properties.IntegrationUri).toEqual({ Ref: id.replace('HttpApiIntegration', '').concat('Alias') });
  }
  expect(compiled.resources.GatewayLambdaFunction?.Properties.Environment).toMatchObject({
    Variables: { TALENT_FUNCTION: { 'Fn::Sub': expect.stringMatching(/^..TalentLambdaFunction\.Arn\}:live$/) } },
  });
  for (const name of VERSIONED) {
    expect(template.Resources[`${name}Alias`]?.UpdatePolicy).toEqual({
      CodeDeployLambdaAliasUpdate: {
        ApplicationName: { Ref: 'ReleaseApplication' },
        DeploymentGroupName: { Ref: `${name}DeploymentGroup` },
      },
    });
  }
});

test('a stage without a canary shifts all at once, and needs no CodeDeploy', () => {
  const { Resources } = structuredClone(template);
  const bare = Object.fromEntries(
    Object.entries(Resources).filter(([id, { Type }]) => !/CodeDeploy|Alias/.test(Type) && id !== 'ReleaseRole'),
  );
  const made = { Resources: bare };
  addAliases(made, 'no');
  expect(Object.values(made.Resources).filter(({ Type }) => Type.includes('CodeDeploy'))).toEqual([]);
  expect(made.Resources.GatewayAlias).not.toHaveProperty('UpdatePolicy');
});

const group = z.object({
  DeploymentConfigName: z.string().regex(/^CodeDeployDefault\.LambdaCanary(\d+)Percent(\d+)Minutes$/),
  AutoRollbackConfiguration: z.object({ Enabled: z.literal(true), Events: z.array(z.string()) }),
  AlarmConfiguration: z.object({
    'Fn::If': z.tuple([
      z.literal('WithAlarms'),
      z.object({ Enabled: z.literal(true), Alarms: z.array(z.object({ Name: z.object({ Ref: z.string() }) })) }),
      z.unknown(),
    ]),
  }),
});

/** One request of a second, as the gateway's own line and metrics tell of it. */
function request(at: number, isFault: boolean): Datapoint[] {
  const lines: LogFields[] = [];
  const info = (_: string, fields: LogFields = {}) => lines.push(fields);
  const line = openRequestLine({ info }, 'dev', `request-${at}`);
  line.facts.client = 'analyst';
  if (isFault) notesOf(`request-${at}`)?.codes.add('INTERNAL_SERVER_ERROR');
  line.write({ status: 200, durationMs: 40 });
  line.end();
  return lines.flatMap((each) => metricsOf(each, at));
}

/**
 * Goes through a release second by second, as the deployment group of the gateway says: CodeDeploy sends a share of the
 * traffic to the new version, and stops at the first alarm. Every second has a request.
 */
function release(isBad: boolean) {
  const read = group.parse(compiled.resources.GatewayDeploymentGroup?.Properties);
  expect(read.AutoRollbackConfiguration.Events).toContain('DEPLOYMENT_STOP_ON_ALARM');
  const [, percent = 0, minutes = 0] = (/(\d+)Percent(\d+)/.exec(read.DeploymentConfigName) ?? []).map(Number);
  const alarms = read.AlarmConfiguration['Fn::If'][1].Alarms.map(
    ({ Name }) => compiled.resources[Name.Ref]?.Properties,
  );
  const end = 3_600 + minutes * 60;
  const datapoints: Datapoint[] = [];
  let [toNew, sinceStart] = [0, 0];
  for (let at = 0; at < end; at++) {
    const isNew = at >= 3_600 && at % 100 < percent;
    if (at >= 3_600) sinceStart += 1;
    if (isNew) toNew += 1;
    datapoints.push(...request(at, isNew && isBad));
    if (at >= 3_600 && at % 60 === 59 && alarms.some((alarm) => isInAlarm(alarm, datapoints, at + 1))) {
      return { withdrawnAfterMinutes: (at + 1 - 3_600) / 60, share: toNew / sinceStart };
    }
  }
  return { withdrawnAfterMinutes: null, share: toNew / sinceStart };
}

test('withdraws a bad version by itself before it gets all traffic', () => {
  const { withdrawnAfterMinutes, share } = release(true);
  expect(withdrawnAfterMinutes).toBeLessThanOrEqual(10);
  expect(share).toBeLessThanOrEqual(0.1);
});

test('lets a good version through', () => {
  expect(release(false).withdrawnAfterMinutes).toBeNull();
});
