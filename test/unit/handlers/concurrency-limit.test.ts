import fc from 'fast-check';
import { concurrencyLimit, type Leave } from '../../../src/handlers/gateway/admission.ts';

const LIMITS = { maxConcurrent: 1, maxWhenBusy: 1, maxWaiting: 4, maxWaitMs: 10_000, isBusy: () => false };

test('who waits gets the next free place, the clients in turn', async () => {
  const { enter } = concurrencyLimit({ ...LIMITS, maxWaiting: 9 });
  const first = enter('hasty') as Leave;
  const admitted: string[] = [];
  const leaving: Promise<void>[] = ['hasty 1', 'hasty 2', 'hasty 3', 'patient 1', 'other 1', 'patient 2'].map(
    async (request) => {
      const leave = await enter(request.split(' ')[0] ?? '');
      admitted.push(request);
      leave?.();
    },
  );
  first();
  await Promise.all(leaving);
  expect(admitted).toEqual(['hasty 1', 'patient 1', 'other 1', 'hasty 2', 'patient 2', 'hasty 3']);
});

test('who waits too long, or behind too many, gets no place', async () => {
  const { enter } = concurrencyLimit({ ...LIMITS, maxWaiting: 1, maxWaitMs: 20 });
  const leave = enter('a') as Leave;
  const waiting = enter('b');
  expect(enter('c')).toBeUndefined();
  expect(await waiting).toBeUndefined();
  leave();
  expect(enter('c')).toEqual(expect.any(Function));
});

test('while the process is busy fewer are admitted, and those who wait when it no longer is', async () => {
  let isBusy = true;
  const { enter } = concurrencyLimit({ ...LIMITS, maxConcurrent: 3, isBusy: () => isBusy });
  const first = enter('a') as Leave;
  const others = [enter('a'), enter('a')];
  isBusy = false;
  first();
  expect(await Promise.all(others)).toEqual([expect.any(Function), expect.any(Function)]);
});

test('never more than the limit are in flight, and every place is freed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(3)), { maxLength: 40 }),
      async (maxConcurrent, requests) => {
        const { enter } = concurrencyLimit({ ...LIMITS, maxConcurrent, maxWhenBusy: maxConcurrent, maxWaiting: 40 });
        let inFlight = 0;
        let most = 0;
        const served = await Promise.all(
          requests.map(async ([client, turns]) => {
            const leave = await enter(client);
            most = Math.max(most, ++inFlight);
            for (let turn = 0; turn < turns; turn++) await null;
            inFlight--;
            leave?.();
            return leave !== undefined;
          }),
        );
        expect(served).not.toContain(false);
        expect(most).toBeLessThanOrEqual(maxConcurrent);
        expect(enter('d')).toEqual(expect.any(Function));
      },
    ),
    { seed: 20_200_316, numRuns: 100 },
  );
});
