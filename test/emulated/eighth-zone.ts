import { cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Caller } from './api.ts';
import { openCase, stateOf } from './case.ts';
import { liftContexts } from './rights.ts';
import { clientOf, deploy, type Params, runCommandOnStack, runNode } from './stack.ts';
import { expectEqual, required, step } from './steps.ts';
import type { Scene } from './story.ts';

const ROOT = join(import.meta.dirname, '../..');
/** The files that the command and a deployment read: the copy's own, and those that are as they are here. */
const COPIED = ['infra', 'src', 'test/rights', 'serverless.yml', 'package.json'];
const SHARED = ['node_modules', 'dist', 'schema', 'packages', 'clients'];

const ZONE = 'zone_emulated';
const RESIDENT: Caller = ['applicant', { person: 'emulated-in-eighth-zone' }];

/**
 * Adds a zone to the running stack as an operator does: by the command and a deployment, in a copy of the project. Its key
 * wraps the secret of a webhook and a person's key, and its partner's token is answered.
 */
export async function addZone(scene: Scene, folder: string, params: Params): Promise<void> {
  const { emulator, stack, api } = scene;
  const project = join(folder, 'project');
  await required('an eighth zone gets a key by a command and a deployment', async () => {
    for (const path of COPIED) cpSync(join(ROOT, path), join(project, path), { recursive: true });
    for (const path of SHARED) symlinkSync(join(ROOT, path), join(project, path));
    await runNode(emulator, join(project, 'src/cli/stack/zones.ts'), 'add', ZONE);
    const { resources } = await deploy(emulator, params, project);
    await liftContexts(emulator, stack);
    const key = resources.get('EmulatedMasterKey') ?? '';
    const keys = await masterKeysOf(scene);
    expectEqual([Object.keys(keys).length, keys[ZONE]?.endsWith(`/${key}`)], [8, true]);
  });
  await step('the eighth zone is published, and its partner and a resident are answered', async () => {
    const name = { zh: '第八区', ja: '第八区', en: 'The eighth zone' };
    const zone = { code: 'emulated', name, kind: 'DEVELOPMENT', regionCode: '120116' };
    await api.does(['admin', {}], 'publishZone', zone, 'zone { id }');
    await runCommandOnStack(emulator, 'webhooks', 'create', '--zone', ZONE, '--url', 'https://systems.example/eighth');
    const partner = (await runCommandOnStack(emulator, 'keys', 'create', '--zone', ZONE)).trim();
    const { data } = await api.answer('{ developerAccount { zone { id name(locale: EN) } } }', {}, partner);
    expectEqual(data?.developerAccount?.zone, { id: ZONE, name: name.en });
    const { id } = await openCase(api, RESIDENT, ZONE);
    expectEqual(await stateOf(api, id, RESIDENT), 'DRAFT');
  });
}

/** Returns the keys by zone that the function of talent is told. */
async function masterKeysOf({ emulator, stack }: Scene): Promise<Readonly<Record<string, string>>> {
  const client = new LambdaClient(clientOf(emulator));
  const FunctionName = stack.resources.get('TalentLambdaFunction');
  const { Environment } = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
  client.destroy();
  return JSON.parse(Environment?.Variables?.MASTER_KEYS ?? '{}');
}
