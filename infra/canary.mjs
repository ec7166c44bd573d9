/**
 * A plugin of osls. Each function that publishes versions gets the alias `live`, by which the HTTP API and other functions
 * reach it. CodeDeploy shifts the alias to a new version: a share of the traffic first, the rest after a time, and back to
 * the version before if an alarm is raised meanwhile. `custom.canary` names CodeDeploy's configuration; `no` shifts at once.
 */

/** Alarms of infra/alarms.yml that a new version must not raise. */
const ALARMS = ['FunctionErrorsAlarm', 'ApiFaultsAlarm', 'FailedRequestsAlarm'];
/**
 * The resources whose references to a function are those of a caller. Functions and roles name the alias by the function's
 * ARN: by a reference they would wait for the alias, its group, the group's alarms, and those for the functions.
 */
const CALLERS = {
  'AWS::ApiGatewayV2::Integration': (id) => ({ Ref: aliasOf(id) }),
  'AWS::Lambda::Permission': (id) => ({ Ref: aliasOf(id) }),
  'AWS::Lambda::Function': (id) => ({ 'Fn::Sub': `\${${id}.Arn}:live` }),
  'AWS::IAM::Role': (id) => ({ 'Fn::Sub': `\${${id}.Arn}:live` }),
};
const aliasOf = (id) => id.replace(/LambdaFunction$/, 'Alias');

/**
 * Adds aliases to a compiled template, in place.
 * @param {{ Resources: Record<string, any> }} template
 * @param {string} canary
 */
export function addAliases(template, canary) {
  const { Resources } = template;
  const versions = Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::Lambda::Version');
  const named = new Set(versions.map(([, { Properties }]) => Properties.FunctionName.Ref));
  for (const [version, { Properties }] of versions) {
    const id = Properties.FunctionName.Ref;
    const name = aliasOf(id).replace(/Alias$/, '');
    Resources[`${name}Alias`] = {
      Type: 'AWS::Lambda::Alias',
      Properties: {
        FunctionName: { Ref: id },
        FunctionVersion: { 'Fn::GetAtt': [version, 'Version'] },
        Name: 'live',
      },
      ...(canary === 'no' ? {} : { UpdatePolicy: shiftOf(name) }),
    };
    if (canary !== 'no') Resources[`${name}DeploymentGroup`] = deploymentGroup(canary);
  }
  if (canary !== 'no' && versions.length > 0) Object.assign(Resources, RELEASE);
  for (const [id, resource] of Object.entries(Resources)) {
    const reference = CALLERS[resource.Type];
    if (reference) Resources[id] = byAlias(resource, { named, reference });
  }
}

const shiftOf = (name) => ({
  CodeDeployLambdaAliasUpdate: {
    ApplicationName: { Ref: 'ReleaseApplication' },
    DeploymentGroupName: { Ref: `${name}DeploymentGroup` },
  },
});

const deploymentGroup = (canary) => ({
  Type: 'AWS::CodeDeploy::DeploymentGroup',
  Properties: {
    ApplicationName: { Ref: 'ReleaseApplication' },
    ServiceRoleArn: { 'Fn::GetAtt': ['ReleaseRole', 'Arn'] },
    DeploymentConfigName: `CodeDeployDefault.${canary}`,
    DeploymentStyle: { DeploymentType: 'BLUE_GREEN', DeploymentOption: 'WITH_TRAFFIC_CONTROL' },
    AutoRollbackConfiguration: {
      Enabled: true,
      Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
    },
    AlarmConfiguration: {
      'Fn::If': [
        'WithAlarms',
        { Enabled: true, Alarms: ALARMS.map((alarm) => ({ Name: { Ref: alarm } })) },
        { Ref: 'AWS::NoValue' },
      ],
    },
  },
});

const RELEASE = {
  ReleaseApplication: { Type: 'AWS::CodeDeploy::Application', Properties: { ComputePlatform: 'Lambda' } },
  ReleaseRole: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: { 'Fn::Sub': `codedeploy.\${AWS::Region}.\${AWS::URLSuffix}` } },
            Action: 'sts:AssumeRole',
          },
        ],
      },
      ManagedPolicyArns: [
        { 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/service-role/AWSCodeDeployRoleForLambda` },
      ],
    },
  },
};

/** Replaces references to functions with an alias. */
function byAlias(value, { named, reference }) {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => byAlias(each, { named, reference }));
  const [only, ...others] = Object.entries(value);
  if (only !== undefined && others.length === 0) {
    const [name, argument] = only;
    const id = name === 'Ref' ? argument : name === 'Fn::GetAtt' && argument[1] === 'Arn' ? argument[0] : undefined;
    if (named.has(id)) return reference(id);
  }
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, byAlias(each, { named, reference })]));
}

export default class Canary {
  constructor(serverless) {
    this.hooks = {
      'after:aws:package:finalize:mergeCustomProviderResources': () => {
        const { provider, custom } = serverless.service;
        addAliases(provider.compiledCloudFormationTemplate, custom.canary);
      },
    };
  }
}
