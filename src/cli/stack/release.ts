import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { config, configureFrom } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { connect } from '../../storage/dynamodb/connection.ts';
import { dataVersion, migrate } from '../../storage/migrations/migrate.ts';
import { MIGRATIONS } from '../../storage/migrations/migrations.ts';
import { keyringOf } from '../../storage/person-keys/keyring.ts';
import { parseOptions } from '../parse-options.ts';
import { runCommand } from '../refusals.ts';
import { planRelease, type ReleaseStep, sentenceOf } from '../release/plan.ts';
import { readOutputs, variablesOf } from './outputs.ts';
import { parseTemplate } from './template.ts';
import { openStackUpdates, type StackUpdates } from './updates.ts';

const USAGE = `npm run release -- --stage STAGE [--param NAME=VALUE]... [--yes]

Releases the packaged functions (npm run package) to the stack bridgehead-STAGE in the region of AWS_REGION. It prints what
it will do, in order: new indexes, one of a table in each update; migrations; functions and all else, with a share of the
traffic at first; migrations once more. With --yes it does that. A release that would lose a table, a bucket, a key or a
secret is refused. The tables of a new stack get the data version. CodeDeploy withdraws a version that raises an alarm, and CloudFormation rolls the stack back.
  --param  A parameter of serverless.yml; name all that the stage has.
  --yes    Does it.`;

const ROOT = join(import.meta.dirname, '../../..');

interface Release {
  readonly stack: string;
  /** Options of osls. */
  readonly options: readonly string[];
}

async function main(): Promise<void> {
  const values = parseOptions(USAGE, {
    stage: { type: 'string' },
    param: { type: 'string', multiple: true, default: [] },
    yes: { type: 'boolean', default: false },
    help: { type: 'boolean' },
  });
  if (values.stage === undefined) throw new CodedError('CONFIGURATION', USAGE);
  const { region } = config();
  const params = values.param.flatMap((param) => ['--param', param]);
  const release = {
    stack: `bridgehead-${values.stage}`,
    options: ['--stage', values.stage, '--region', region, ...params],
  };
  runServerless('package', release);
  const packaged = parseTemplate(
    readFileSync(join(ROOT, '.serverless/cloudformation-template-update-stack.json'), 'utf8'),
  );
  const updates = await openStackUpdates(release.stack, region);
  try {
    const deployed = await updates.template();
    const steps = planRelease({
      deployed,
      packaged,
      dataVersion: deployed === null ? null : await storedVersion(release.stack, region),
      migrations: MIGRATIONS,
    });
    for (const [i, step] of steps.entries()) console.log(`${i + 1}. ${sentenceOf(step)}`);
    if (!values.yes) return console.log('Nothing is done yet: --yes does it.');
    for (const step of steps) {
      console.error(`${sentenceOf(step)} …`);
      await carryOut(step, { release, updates });
    }
    console.log(`${release.stack} is released.`);
  } finally {
    updates.close();
  }
}

async function carryOut(
  step: ReleaseStep,
  { release, updates }: { readonly release: Release; readonly updates: StackUpdates },
): Promise<void> {
  switch (step.kind) {
    case 'INDEXES':
      return updates.update(step.template);
    case 'DEPLOY':
      return runServerless('deploy', release);
    case 'MIGRATE':
      return migrateStack();
    case 'MIGRATE_AGAIN':
      return migrateStack(step.from);
    case 'STAMP':
      await storedVersion(release.stack, config().region);
      return migrateStack();
  }
}

async function storedVersion(stack: string, region: string): Promise<number | null> {
  configureFrom(variablesOf(stack, await readOutputs(stack, region)));
  return withConnection(dataVersion);
}

async function migrateStack(from?: number): Promise<void> {
  const options = { keyring: keyringOf(config()), now: new Date(), ...(from === undefined ? {} : { from }) };
  await withConnection((connection) => migrate(connection, options));
}

async function withConnection<T>(work: (connection: ReturnType<typeof connect>) => Promise<T>): Promise<T> {
  const connection = connect(config());
  try {
    return await work(connection);
  } finally {
    connection.dynamo.destroy();
  }
}

/** Runs osls. @throws CodedError CONFIGURATION where it fails: an alarm may have withdrawn the version */
function runServerless(command: 'package' | 'deploy', { stack, options }: Release): void {
  const program = join(ROOT, 'node_modules/serverless/bin/serverless.js');
  const { status } = spawnSync(process.execPath, [program, command, ...options], { cwd: ROOT, stdio: 'inherit' });
  if (status === 0) return;
  throw new CodedError(
    'CONFIGURATION',
    command === 'package'
      ? 'The template cannot be packaged: run "npm run package" first.'
      : `The release of ${stack} failed, and the stack is rolled back to the version before. Its events name the cause; an alarm of docs/runbooks.md may have withdrawn it.`,
  );
}

await runCommand(main);
