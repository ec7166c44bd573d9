import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { readService } from '../../src/local/service.ts';
import { type Api, ZONE } from './api.ts';
import { openCase, publishCaseType, stateOf, takeToDelivery } from './case.ts';
import type { Emulator } from './emulator.ts';
import { giveUpBatch } from './failed-batch.ts';
import { invoke, SCHEDULED, streamResults } from './functions.ts';
import type { Receiver } from './receiver.ts';
import { runCommandOnStack, runNode, type Stack } from './stack.ts';
import { expectEqual, expectOk, required, step, until } from './steps.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface Scene {
  readonly emulator: Emulator;
  readonly stack: Stack;
  readonly api: Api;
  readonly receiver: Receiver;
}

/** Builds the park of the story by public operations alone, up to its headline, which a stream counts. */
export async function buildPark({ emulator, stack }: Scene): Promise<void> {
  await step('the tables are stamped with the data version', () => runCommandOnStack(emulator, 'data/migrate'));
  await step('the API and its tables answer', () => expectOk(`${stack.url}/ready`));
  await step('the pages answer', () => expectOk(`${stack.url}/case`));
  await required('the park of the story is built, with its headline', async () => {
    const script = join(ROOT, 'examples/binhai-zhongguancun/build.ts');
    const built = await runNode(emulator, script, `${stack.url}/graphql`);
    const { resumption } = JSON.parse(built.slice(built.indexOf('{'))).park;
    expectEqual([resumption.production.rate, resumption.returnToWork.rate], ['87.2', '83.9']);
  });
}

/** Takes a case from its opening to the delivered place, with its webhook, and asks as a partner. */
export async function serveCase({ emulator, api, receiver }: Scene): Promise<void> {
  const endpoint = await required('a zone has an endpoint of webhooks', () =>
    runCommandOnStack(emulator, 'webhooks', 'create', '--zone', ZONE, '--url', `https://${receiver.host}/hook`),
  );
  const id = await required('a case goes from its opening to the delivered place', async () => {
    await publishCaseType(api);
    const { id, receiptNumber, receiptSecret } = await openCase(api);
    await takeToDelivery(api, id);
    expectEqual(await stateOf(api, id), 'DELIVERED');
    // The holder of the receipt signs in too.
    await expectOk(`${api.url}/case-holder/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ receiptNumber, secret: receiptSecret }),
    });
    return id;
  });
  await step('its webhooks arrive, correctly signed', async () => {
    const secret = /whsec_\S+/.exec(endpoint)?.[0] ?? '';
    await until(() => receiver.received.some(({ body }) => body.includes('case.delivered') && body.includes(id)));
    for (const { headers, body } of receiver.received) {
      new Webhook(secret).verify(body, headers as Record<string, string>);
    }
  });
  await step('a partner asks by its key', async () => {
    const key = (await runCommandOnStack(emulator, 'keys', 'create', '--zone', 'zone_baodi')).trim();
    const { data } = await api.answer('{ developerAccount { zone { id } } }', {}, key);
    expectEqual(data?.developerAccount?.zone?.id, 'zone_baodi');
  });
}

/** Runs what no request starts: schedules, the access log, streams. */
export async function lookBehind({ emulator, stack }: Scene): Promise<void> {
  for (const name of SCHEDULED) {
    await step(`the schedule of ${name} runs`, async () => expectEqual(await invoke(emulator, stack, name), undefined));
  }
  await step('the access log is whole', () => runCommandOnStack(emulator, 'access-log', 'verify'));
  await step('every stream has a consumer that is not stuck', async () => {
    const results = await streamResults(emulator);
    const declared = readService(join(ROOT, 'serverless.yml')).flatMap(({ streams }) => streams);
    expectEqual(results.length, declared.length);
    expectEqual(
      results.filter(([, result]) => !result.startsWith('OK')),
      [],
    );
  });
  await step('a batch that was given up is redriven', async () => {
    await giveUpBatch(emulator, stack);
    const said = await runCommandOnStack(emulator, 'redrive', '--all');
    if (!said.includes('is processed and leaves the queue')) throw new Error(said);
  });
}
