import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { deliverDue, deliverEntries } from '../../src/notify/deliver.ts';
import type { OutboxItem } from '../../src/storage/talent/items.ts';
import { type Reply, startWebhookReceiver, type WebhookReceiver } from '../fixtures/webhook-receiver.ts';
import { webhookWorld } from '../fixtures/webhooks.ts';
import { startTestSystem, type TestSystem } from '../harness.ts';

/** Whatever happens on the way, each entry arrives, under one id; twice only where the store failed in between. */

const MINUTE = 60_000;
const ENTRIES = 8;
/** Long enough for two to be at the same entry. */
const ANSWER_MS = 5;

let system: TestSystem;
let world: ReturnType<typeof webhookWorld>;
let receiver: WebhookReceiver;
beforeAll(async () => {
  system = await startTestSystem();
  world = webhookWorld(system);
  receiver = await startWebhookReceiver();
});
afterAll(async () => {
  await receiver.stop();
  await system.stop();
});

type Happening =
  /** Records that come twice, in any order, to one consumer or to two at once. */
  | { readonly what: 'STREAM'; readonly which: readonly number[]; readonly twice: boolean }
  | { readonly what: 'SWEEP'; readonly minutes: number }
  /** The store refuses as many writes: as if the process had died before each. */
  | { readonly what: 'STORE_FAILS'; readonly times: number }
  | { readonly what: 'RECEIVER'; readonly reply: Reply };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant('STREAM'),
      which: fc.array(fc.nat({ max: ENTRIES - 1 }), { minLength: 4, maxLength: 16 }),
      twice: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('SWEEP'), minutes: fc.integer({ min: 0, max: 10 }) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('STORE_FAILS'), times: fc.integer({ min: 1, max: 4 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('RECEIVER'),
      reply: fc.constantFrom<Reply>({ status: 204 }, { status: 503 }, { status: 302 }, 'HANG_UP'),
    }),
  },
);

async function happen(one: Happening, entries: readonly OutboxItem[], later: number): Promise<number> {
  switch (one.what) {
    case 'STREAM': {
      const batch = one.which.flatMap((i) => entries[i] ?? []);
      const consumers = one.twice ? [batch, batch.toReversed()] : [batch];
      await Promise.all(consumers.map((records) => deliverEntries(world.notifier(later), records)));
      return later;
    }
    case 'SWEEP':
      await deliverDue(world.notifier(later + one.minutes * MINUTE));
      return later + one.minutes * MINUTE;
    case 'STORE_FAILS':
      system.dynamo.throttle('Update', one.times);
      return later;
    case 'RECEIVER':
      receiver.reply = () => sleep(ANSWER_MS, one.reply);
      return later;
  }
}

test('each entry arrives, under one id, and once where the store never failed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 10 }), async (happenings) => {
      const zone = world.newZone();
      await world.endpoint(zone, receiver.url);
      const entries = await world.entries(zone, ENTRIES, { ago: MINUTE });
      const accepted: string[] = [];
      let later = 0;
      let isTaken = true;
      const collect = () => {
        const ids = receiver.take().map(({ headers }) => String(headers['webhook-id']));
        if (isTaken) accepted.push(...ids);
      };
      receiver.reply = () => sleep(ANSWER_MS, { status: 204 });
      for (const one of happenings) {
        later = await happen(one, entries, later);
        collect();
        if (one.what === 'RECEIVER') isTaken = one.reply !== 'HANG_UP' && one.reply.status === 204;
      }
      system.dynamo.throttle('Update', 0);
      receiver.reply = () => sleep(ANSWER_MS, { status: 204 });
      isTaken = true;
      for (let sweeps = 0; sweeps < 4 && (await world.waiting(entries)) > 0; sweeps++) {
        later += 360 * MINUTE;
        await deliverDue(world.notifier(later));
        collect();
      }
      expect(await world.waiting(entries)).toBe(0);
      expect(new Set(accepted).size).toBe(ENTRIES);
      if (!happenings.some(({ what }) => what === 'STORE_FAILS')) expect(accepted).toHaveLength(ENTRIES);
    }),
    { seed: 1, numRuns: 12 },
  );
});
