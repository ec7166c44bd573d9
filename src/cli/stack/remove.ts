import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { config } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { parseOptions } from '../parse-options.ts';
import { runCommand } from '../refusals.ts';

const USAGE = `npm run remove -- --stage STAGE

Removes the stack bridgehead-STAGE in the region of AWS_REGION, with all its data, if it was deployed with
--param removal=Delete. It empties the stack's buckets first. KMS keys are deleted seven days later at the earliest, as KMS
requires. A stack that keeps its data is refused.`;

const ROOT = join(import.meta.dirname, '../../..');

async function main(): Promise<void> {
  const { stage } = parseOptions(USAGE, { stage: { type: 'string' }, help: { type: 'boolean' } });
  if (stage === undefined) throw new CodedError('CONFIGURATION', USAGE);
  const { region } = config();
  const stack = `bridgehead-${stage}`;
  const { openStackUpdates } = await import('./updates.ts');
  const updates = await openStackUpdates(stack, region);
  try {
    const template = await updates.template();
    if (template === null) throw new CodedError('CONFIGURATION', `There is no stack ${stack} in ${region}.`);
    if (
      Object.values(template.Resources).some(
        ({ Type, DeletionPolicy }) => Type === 'AWS::DynamoDB::Table' && DeletionPolicy !== 'Delete',
      )
    ) {
      throw new CodedError(
        'CONFIGURATION',
        `${stack} keeps its data: it was not deployed with --param removal=Delete.`,
      );
    }
    await updates.emptyBuckets();
  } finally {
    updates.close();
  }
  const program = join(ROOT, 'node_modules/serverless/bin/serverless.js');
  const options = ['remove', '--stage', stage, '--region', region, '--param', 'removal=Delete'];
  const { status } = spawnSync(process.execPath, [program, ...options], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) throw new CodedError('CONFIGURATION', `${stack} is not removed: its events name the cause.`);
}

await runCommand(main);
