import { CodedError } from '../../errors.ts';

/** The outputs of `serverless.yml` that commands read, by the variable of `src/config.ts` that each stands for. */
export const VARIABLE_OF_OUTPUT = {
  Stage: 'STAGE',
  ParksTableName: 'PARKS_TABLE',
  EnterprisesTableName: 'ENTERPRISES_TABLE',
  TalentTableName: 'TALENT_TABLE',
  LinkagesTableName: 'LINKAGES_TABLE',
  CredentialsTableName: 'CREDENTIALS_TABLE',
  PersonKeysTableName: 'PERSON_KEYS_TABLE',
  MasterKeys: 'MASTER_KEYS',
  UploadsBucketName: 'UPLOADS_BUCKET',
  AccessLogKeyId: 'ACCESS_LOG_KEY',
  AccessLogBucketName: 'ACCESS_LOG_BUCKET',
  ErasuresBucketName: 'ERASURES_BUCKET',
  ErasureFunctionName: 'ERASURE_FUNCTION',
  CursorSecretId: 'CURSOR_SECRET_ID',
  CaseTokenSecretId: 'CASE_TOKEN_SECRET_ID',
} as const;

/** The output of a stack as CloudFormation describes it. */
export interface Output {
  readonly OutputKey?: string | undefined;
  readonly OutputValue?: string | undefined;
}

/**
 * Returns the variables that a stack's outputs stand for.
 * @throws CodedError CONFIGURATION if one is missing: the stack is of another version
 */
export function variablesOf(stack: string, outputs: readonly Output[]): Readonly<Record<string, string>> {
  const values = new Map(outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  const missing = Object.keys(VARIABLE_OF_OUTPUT).filter((name) => !values.get(name));
  if (missing.length > 0) {
    throw new CodedError(
      'CONFIGURATION',
      `The stack ${stack} has no output ${missing.join(', ')}: deploy this version.`,
    );
  }
  const named = Object.entries(VARIABLE_OF_OUTPUT).map(([output, variable]) => [variable, values.get(output)]);
  return { BRIDGEHEAD_MODE: 'aws', ...Object.fromEntries(named) };
}

/**
 * Reads the outputs of a stack in a region. The caller needs `cloudformation:DescribeStacks`.
 * @throws CodedError CONFIGURATION if there is no such stack
 */
export async function readOutputs(stack: string, region: string): Promise<readonly Output[]> {
  const { CloudFormationClient, DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient({ region });
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    return Stacks[0]?.Outputs ?? [];
  } catch (cause) {
    if (!(cause instanceof Error) || cause.name !== 'ValidationError') throw cause;
    throw new CodedError('CONFIGURATION', `There is no stack ${stack} in ${region}: set AWS_REGION.`, { cause });
  } finally {
    client.destroy();
  }
}
