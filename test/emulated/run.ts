/** `npm run emulated`: deploys the packaged functions into an emulator of AWS and goes through the story there. */
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openApi } from './api.ts';
import { addZone } from './eighth-zone.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { left } from './left.ts';
import { tryAllRights, tryControls } from './probes.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { recover } from './recovery.ts';
import { liftContexts } from './rights.ts';
import { deploy, remove, runNode } from './stack.ts';
import { expectEqual, failedSteps, required, step } from './steps.ts';
import { buildPark, lookBehind, serveCase } from './story.ts';

const USAGE = `npm run emulated [-- --rights | --keep]

Deploys dist/functions and serverless.yml (npm run package) into MiniStack on loopback, with IAM enforced, goes through the
story there, takes away one right at a time, and removes the stack. docs/operating.md lists what the emulator can't show.
  --rights  takes away each right of the probed functions, one action of one statement at a time, and lists what is noticed
  --keep    leaves the emulator running, for a look at it`;

const ROOT = join(import.meta.dirname, '../..');
const ISSUER = 'https://issuer.test.example';

const { values } = parseArgs({
  options: {
    rights: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  if (!existsSync(join(ROOT, 'dist/functions/gateway.zip'))) throw new Error('Run npm run package first.');
  const folder = mkdtempSync(join(tmpdir(), 'bridgehead-emulated-'));
  const receiver = await startReceiver(folder);
  let emulator: Emulator | undefined;
  try {
    emulator = await required('the emulator runs', () => startEmulator(folder, receiver));
    await goThrough(emulator, receiver, folder);
  } catch (error) {
    console.log(error);
  } finally {
    if (values.keep) {
      console.log(`The emulator answers at ${emulator?.endpoint}, with its log in ${folder}. Ctrl-C ends it.`);
      await once(process, 'SIGINT');
    }
    await emulator?.stop();
    await receiver.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  const [failed, seconds] = [failedSteps(), Math.round(performance.now() / 1_000)];
  console.log(
    failed.length === 0 ? `All steps hold, in ${seconds} s.` : `${failed.length} steps fail: ${failed.join('; ')}.`,
  );
  if (failed.length > 0) process.exitCode = 1;
}

async function goThrough(emulator: Emulator, receiver: Receiver, folder: string): Promise<void> {
  const trusted = await runNode(emulator, join(ROOT, 'src/cli/test-issuer.ts'), '--url', ISSUER);
  // The emulator's CloudFormation has no alarms with metric math.
  const params = {
    oidcIssuers: trusted.trim(),
    freeQueries: 'all',
    budgetFactor: '100',
    alarms: 'no',
    canary: 'no',
    removal: 'Delete',
  };
  const stack = await required('the stack is deployed', () => deploy(emulator, params));
  await liftContexts(emulator, stack);
  const api = await openApi(stack.url, join(folder, 'data'), ISSUER);
  const scene = { emulator, stack, api, receiver };
  await buildPark(scene);
  await serveCase(scene);
  await lookBehind(scene);
  await addZone(scene, folder, params);
  await recover(scene);
  await (values.rights ? tryAllRights(emulator, stack, api) : tryControls(emulator, stack, api));
  await step('the stack is removed', async () => expectEqual(await remove(emulator), true));
  await step('nothing of the stack is left', async () => expectEqual(await left(emulator), []));
}

if (values.help) console.log(USAGE);
else await main();
