import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { zip } from '../../src/cli/packaging/zip.ts';
import { childEnvironment } from '../child-environment.ts';

const root = join(import.meta.dirname, '../..');

const resource = z.object({
  Type: z.string(),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
  Condition: z.string().optional(),
  DependsOn: z.union([z.string(), z.array(z.string())]).optional(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});
const output = z.object({ Value: z.unknown() });
const template = z.object({ Resources: z.record(z.string(), resource), Outputs: z.record(z.string(), output) });

export type Resource = z.infer<typeof resource>;

export interface CompiledTemplate {
  readonly text: string;
  readonly resources: Readonly<Record<string, Resource>>;
  readonly outputs: Readonly<Record<string, z.infer<typeof output>>>;
  ofType(type: string): [logicalId: string, resource: Resource][];
}

/**
 * Returns the CloudFormation template that osls makes of `serverless.yml`, with empty archives for its functions. The first
 * test file of a run that needs it compiles it; the others read what that one kept in the run's folder.
 */
export async function compileTemplate(): Promise<CompiledTemplate> {
  const run = process.env.BRIDGEHEAD_TEST_RUN;
  const kept = run === undefined ? undefined : join(run, 'template.json');
  const text = kept !== undefined && existsSync(kept) ? readFileSync(kept, 'utf8') : await packageTemplate();
  if (kept !== undefined) {
    // Renamed into place: a test file that reads beside this one finds all of it or nothing.
    writeFileSync(`${kept}.${process.pid}`, text);
    renameSync(`${kept}.${process.pid}`, kept);
  }
  const { Resources: resources, Outputs: outputs } = template.parse(JSON.parse(text));
  const ofType = (type: string) => Object.entries(resources).filter(([, { Type }]) => Type === type);
  return { text, resources, outputs, ofType };
}

async function packageTemplate(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bridgehead-'));
  try {
    const yaml = readFileSync(join(root, 'serverless.yml'), 'utf8');
    writeFileSync(join(folder, 'serverless.yml'), yaml);
    mkdirSync(join(folder, 'infra'));
    for (const part of ['roles', 'master-keys', 'alarms']) {
      copyFileSync(join(root, `infra/${part}.yml`), join(folder, `infra/${part}.yml`));
    }
    copyFileSync(join(root, 'infra/canary.mjs'), join(folder, 'infra/canary.mjs'));
    const { functions } = z
      .object({ functions: z.record(z.string(), z.object({ package: z.object({ artifact: z.string() }) })) })
      .parse(parse(yaml, { merge: true }));
    for (const { package: declared } of Object.values(functions)) {
      mkdirSync(dirname(join(folder, declared.artifact)), { recursive: true });
      writeFileSync(join(folder, declared.artifact), zip(new Map([['empty', new Uint8Array()]])));
    }
    await promisify(execFile)(process.execPath, [join(root, 'node_modules/serverless/bin/serverless.js'), 'package'], {
      cwd: folder,
      env: childEnvironment({ HOME: folder }),
    });
    return readFileSync(join(folder, '.serverless/cloudformation-template-update-stack.json'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
