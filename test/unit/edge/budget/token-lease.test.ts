import fc from 'fast-check';
import { type ChangeBucket, LEASE_MS, type Reservation, TokenLease } from '../../../../src/edge/budget/token-lease.ts';
import { type SharedBucket, sharedBucket } from '../../../fixtures/shared-bucket.ts';

const NOW = 1_584_410_400_000;
const ALLOWANCE = { capacity: 1_000, perSecond: 100 };

function instances(count: number, { change }: Pick<SharedBucket, 'change'>): TokenLease[] {
  return Array.from({ length: count }, () => new TokenLease(ALLOWANCE, change));
}

const isReservation = (answer: Awaited<ReturnType<TokenLease['reserve']>>): answer is Reservation => 'tokens' in answer;

test('a client who comes often costs a write now and then, and one who comes rarely one each time', async () => {
  const bucket = sharedBucket();
  const [lease] = instances(1, bucket) as [TokenLease];
  for (let asked = 0; asked < 500; asked++) {
    expect(isReservation(await lease.reserve(8, NOW + asked * 100))).toBe(true);
  }
  expect(bucket.writes).toEqual({ done: expect.any(Number), refused: 0 });
  expect(bucket.writes.done).toBeLessThan(50);

  const rare = sharedBucket();
  const [other] = instances(1, rare) as [TokenLease];
  for (let asked = 0; asked < 10; asked++) await other.reserve(8, NOW + asked * 60_000);
  expect(rare.writes).toEqual({ done: 10, refused: 0 });
});

test('there is never more left than may be spent at once, though the bucket fills beside what is leased', async () => {
  const [lease] = instances(1, sharedBucket()) as [TokenLease];
  for (let asked = 0; asked < 20; asked++) await lease.reserve(8, NOW + asked * 20);
  const later = NOW + LEASE_MS / 2;
  expect(lease.resetsAt(1, later)).toBe(later);
  expect(lease.remaining(later)).toBe(ALLOWANCE.capacity);
});

test('those who come at once wait for one write, and not for one each', async () => {
  const bucket = sharedBucket();
  const [lease] = instances(1, bucket) as [TokenLease];
  const answers = await Promise.all(Array.from({ length: 50 }, () => lease.reserve(10, NOW)));
  expect(answers.filter(isReservation)).toHaveLength(50);
  expect(bucket.writes.done).toBeLessThanOrEqual(2);
});

test('what was paid too much may be spent again, here and elsewhere', async () => {
  const bucket = sharedBucket();
  const [here, there, elsewhere] = instances(3, bucket) as [TokenLease, TokenLease, TokenLease];
  const reservation = await here.reserve(1_000, NOW);
  expect(isReservation(await there.reserve(900, NOW))).toBe(false);
  await here.refund(reservation as Reservation, 950, NOW + 200);
  expect(here.remaining(NOW + 200)).toBeGreaterThanOrEqual(950);
  expect(isReservation(await elsewhere.reserve(900, NOW + 200))).toBe(true);
});

test('who is refused is told when to come again, is granted it then, and costs no write before', async () => {
  const bucket = sharedBucket();
  const [lease] = instances(1, bucket) as [TokenLease];
  await lease.reserve(1_000, NOW);
  const before = { ...bucket.writes };
  const refused = await lease.reserve(300, NOW + 10);
  expect(refused).toEqual({ resetsAt: NOW + 3_000 });
  for (let asked = 0; asked < 100; asked++) expect(isReservation(await lease.reserve(1, NOW + 20 + asked))).toBe(false);
  expect(bucket.writes).toEqual(before);
  expect(isReservation(await lease.reserve(300, NOW + 3_000))).toBe(true);
});

test('leased tokens are void after a while, and so is a refund of what was paid with them', async () => {
  const bucket = sharedBucket();
  const [lease] = instances(1, bucket) as [TokenLease];
  const reservation = (await lease.reserve(500, NOW)) as Reservation;
  await lease.refund(reservation, 499, NOW + LEASE_MS);
  expect(lease.remaining(NOW + 1)).toBe(500);
});

test('a bucket that others change all the time is given up after some tries, without a grant', async () => {
  let tries = 0;
  const change: ChangeBucket = async ({ now }) => ({ isDone: false, fullAt: now + ++tries });
  const [lease] = instances(1, { change }) as [TokenLease];
  expect(await lease.reserve(10, NOW)).toEqual({ resetsAt: expect.any(Number) });
  expect(tries).toBeLessThan(20);
});

test('without the shared bucket an instance grants a tenth', () => {
  const lease = new TokenLease(ALLOWANCE, () => Promise.reject(new Error('down')));
  const reservation = lease.reserveLocally(100, NOW) as Reservation;
  expect(lease.reserveLocally(10, NOW)).toEqual({ resetsAt: NOW + 1_000 });
  expect(isReservation(lease.reserveLocally(10, NOW + 1_000))).toBe(true);
  lease.refund(reservation, 50, NOW + 1_000);
  expect(isReservation(lease.reserveLocally(50, NOW + 1_000))).toBe(true);
});

/** What instances are told, in whatever order the store's answers come, and however many are lost. */
test('no interleaving of instances is granted more than a capacity and what came in since', async () => {
  const step = fc.record({
    instance: fc.nat(3),
    wait: fc.nat(3_000),
    tokens: fc.integer({ min: 1, max: 1_000 }),
    used: fc.double({ min: 0, max: 1, noNaN: true }),
    isLost: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(step, { minLength: 1, maxLength: 40 }), async (s, steps) => {
      const bucket = sharedBucket();
      const lost = steps.filter(({ isLost }) => isLost).length;
      let toLose = Math.floor(lost / 3);
      const change: ChangeBucket = async (wanted) => {
        await s.schedule(Promise.resolve(), 'on its way');
        const answer = await bucket.change(wanted);
        await s.schedule(Promise.resolve(), 'on its way back');
        if (toLose-- > 0) throw new Error('lost');
        return answer;
      };
      const leases = instances(4, { change });
      let now = NOW;
      let spent = 0;
      const asked = steps.map(async ({ instance, wait, tokens, used }) => {
        now += wait;
        const at = now;
        const lease = leases[instance] as TokenLease;
        const answer = await lease.reserve(tokens, at).catch(() => ({ resetsAt: 0 }));
        if (!isReservation(answer)) return;
        spent += tokens;
        const unused = Math.floor(tokens * (1 - used));
        await s.schedule(Promise.resolve(), 'runs');
        if (at < answer.until) spent -= unused;
        await lease.refund(answer, unused, at).catch(() => {});
      });
      await s.waitFor(Promise.all(asked));
      expect(spent).toBeLessThanOrEqual(ALLOWANCE.capacity + (ALLOWANCE.perSecond * (now - NOW)) / 1_000);
    }),
    { numRuns: 300, seed: 20200317 },
  );
});

test('twenty instances that are flooded reservation what there is, and don’t flood the store', async () => {
  const bucket = sharedBucket();
  const leases = instances(20, bucket);
  const SECONDS = 60;
  let granted = 0;
  for (let at = 0; at <= SECONDS * 1_000; at += 50) {
    const answers = await Promise.all(leases.map((lease) => lease.reserve(7, NOW + at)));
    granted += 7 * answers.filter(isReservation).length;
  }
  const most = ALLOWANCE.capacity + ALLOWANCE.perSecond * SECONDS;
  expect(granted).toBeLessThanOrEqual(most);
  expect(granted).toBeGreaterThan(most * 0.9);
  // Of 24,000 requests: an instance looks about once a second.
  expect(bucket.writes.done + bucket.writes.refused).toBeLessThan(20 * SECONDS * 2.5);
});
