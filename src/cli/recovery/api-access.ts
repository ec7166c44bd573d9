import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DeleteFunctionConcurrencyCommand, LambdaClient, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';

/** The functions that clients and clocks reach and that write: without an instance nothing new comes into the tables. */
const WRITERS = ['Gateway', 'CaseHolder', 'Talent', 'Deadlines', 'Moves', 'SweepOutbox', 'Erasure'];

/** Gives the writing functions of a stack no instance: callers get 503 or 429. */
export async function closeApi(stack: string, region: string): Promise<void> {
  await forEachWriter(stack, region, async (client, FunctionName) => {
    await client.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
  });
}

/** Lifts that limit. Instances that a parameter reserves come back with the next deployment. */
export async function openApi(stack: string, region: string): Promise<void> {
  await forEachWriter(stack, region, async (client, FunctionName) => {
    await client.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
  });
}

async function forEachWriter(
  stack: string,
  region: string,
  work: (client: LambdaClient, functionName: string) => Promise<void>,
): Promise<void> {
  const [cloudFormation, lambda] = [new CloudFormationClient({ region }), new LambdaClient({ region })];
  try {
    const { StackResources = [] } = await cloudFormation.send(new DescribeStackResourcesCommand({ StackName: stack }));
    const writers = new Set(WRITERS.map((name) => `${name}LambdaFunction`));
    for (const { LogicalResourceId = '', PhysicalResourceId } of StackResources) {
      if (PhysicalResourceId && writers.has(LogicalResourceId)) await work(lambda, PhysicalResourceId);
    }
  } finally {
    cloudFormation.destroy();
    lambda.destroy();
  }
}
