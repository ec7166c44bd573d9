import { apiKeyCheck } from '../../src/auth/api-key-check.ts';
import { createApiKey, endApiKey, listApiKeys, rotateApiKey } from '../../src/auth/api-key-life.ts';
import type { TokenCheck } from '../../src/auth/issued-token.ts';
import { readApiKey } from '../../src/storage/credentials/api-keys.ts';
import { momentOf } from '../fixtures/moment.ts';
import { NOW, startTestSystem, type TestSystem } from '../harness.ts';

/** The life of a partner zone's API key: made, used, changed over, ended. */

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
const at = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);

let system: TestSystem;
let zones = 0;
/** Each story has a zone of its own, and a gateway that has seen no key yet. */
let zone: string;
let check: TokenCheck;

beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => system.stop());
beforeEach(() => {
  zone = `zone_story-${zones++}`;
  check = newCheck();
});

const table = () => system.table('credentials');
const newCheck = () => apiKeyCheck(({ deadline, signal }) => system.table('credentials', { deadline, signal }));
const create = (days = 365) => createApiKey(table(), { zone, label: 'story', days, now: NOW });
const use = (text: string, milliseconds = 0, by = check) => by(text, momentOf(at(milliseconds)));
/** What was noted of a key's use, once the note that nobody waited for is there. */
async function noted(id: string, previous: string | null): Promise<string | null> {
  for (let tries = 0; tries < 200; tries++) {
    const lastUsedAt = (await readApiKey(table(), id))?.lastUsedAt ?? null;
    if (lastUsedAt !== previous) return lastUsedAt;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return previous;
}

test('a key says which zone asks, and is stored so that it can’t be read back', async () => {
  const { text, facts } = await create();
  expect(text).toMatch(/^bhk_[0-9a-z]{12}_[\w-]{43}$/);
  expect(await use(text)).toEqual({ viewer: { kind: 'partner', zone, key: facts.id } });
  const stored = JSON.stringify(await readApiKey(table(), facts.id));
  expect(stored).toContain(facts.id);
  expect(stored).not.toContain(text.split('_').slice(2).join('_'));
});

test('what is not a key, not ours, or not whole is refused', async () => {
  const { text, facts } = await create();
  const other = await create();
  const secretOf = (key: string) => key.slice(key.indexOf('_', 4));
  expect(await use(`bhk_${facts.id}${secretOf(other.text)}`)).toEqual({ refused: 'WRONG_API_KEY' });
  expect(await use(`bhk_zzzzzzzzzzzz${secretOf(text)}`)).toEqual({ refused: 'UNKNOWN_API_KEY' });
  expect(await use(text.slice(0, -1))).toEqual({ refused: 'NO_API_KEY' });
  expect(await use(`${text} `)).toEqual({ refused: 'NO_API_KEY' });
});

test('a key ends on its day', async () => {
  const { text } = await create(30);
  expect(await use(text, 30 * DAY - 1)).toHaveProperty('viewer');
  expect(await use(text, 30 * DAY)).toEqual({ refused: 'EXPIRED' });
});

test('its record is read once in 20 s, by the request that finds it older', async () => {
  const { text } = await create();
  const reads = async (milliseconds: number) => {
    const calls = await system.dynamo.during(() => use(text, milliseconds));
    return calls.filter(({ command }) => command === 'Get').length;
  };
  expect(await reads(0)).toBe(1);
  expect(await reads(5 * SECOND)).toBe(0);
  expect(await reads(19.999 * SECOND)).toBe(0);
  expect(await reads(20 * SECOND)).toBe(1);
});

test('a revoked key is refused at the latest 20 s later, by every process', async () => {
  const { text, facts } = await create();
  const other = newCheck();
  expect(await use(text, 0)).toHaveProperty('viewer');
  expect(await use(text, 9 * SECOND, other)).toHaveProperty('viewer');
  await endApiKey(table(), { zone, key: facts.id, now: at(10 * SECOND) });
  expect(await use(text, 11 * SECOND)).toHaveProperty('viewer');
  expect(await use(text, 20 * SECOND)).toEqual({ refused: 'REVOKED' });
  expect(await use(text, 29 * SECOND, other)).toEqual({ refused: 'REVOKED' });
  expect(await use(text, 11 * SECOND, newCheck())).toEqual({ refused: 'REVOKED' });
  await expect(endApiKey(table(), { zone, key: facts.id, now: NOW })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
});

test('where the record can’t be read, nobody is let in by what was known of it', async () => {
  const { text } = await create();
  expect(await use(text)).toHaveProperty('viewer');
  system.dynamo.throttle('Get', 1);
  await expect(use(text, 21 * SECOND)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  expect(await use(text, 21 * SECOND)).toHaveProperty('viewer');
});

test('its use is noted once an hour, and nobody waits for it', async () => {
  const { text, facts } = await create();
  await use(text, 0);
  expect(await noted(facts.id, null)).toBe(at(0).toISOString());
  const calls = await system.dynamo.during(async () => {
    for (let minute = 1; minute < 60; minute++) await use(text, minute * 60 * SECOND);
  });
  expect(calls.filter(({ command }) => command === 'Update')).toEqual([]);
  await use(text, HOUR + SECOND);
  expect(await noted(facts.id, at(0).toISOString())).toBe(at(HOUR + SECOND).toISOString());

  system.dynamo.throttle('Update', 1);
  expect(await use(text, 3 * HOUR)).toHaveProperty('viewer');
  // What failed is tried again when the record was read anew.
  await use(text, 3 * HOUR + 20 * SECOND);
  expect(await noted(facts.id, at(HOUR + SECOND).toISOString())).toBe(at(3 * HOUR + 20 * SECOND).toISOString());
});

test('a rotated key is taken beside the new one until the overlap ends', async () => {
  const old = await create();
  const made = await rotateApiKey(table(), { zone, days: 365, overlapDays: 7, now: at(SECOND) });
  expect(made).toMatchObject({ replaced: old.facts.id, replacedUntil: at(SECOND + 7 * DAY).toISOString() });
  for (const milliseconds of [SECOND, SECOND + 7 * DAY - 1]) {
    expect(await use(old.text, milliseconds)).toEqual({ viewer: { kind: 'partner', zone, key: old.facts.id } });
    expect(await use(made.text, milliseconds)).toEqual({ viewer: { kind: 'partner', zone, key: made.facts.id } });
  }
  expect(await use(old.text, SECOND + 7 * DAY)).toEqual({ refused: 'EXPIRED' });
  expect(await use(made.text, SECOND + 7 * DAY)).toHaveProperty('viewer');
  expect(await listApiKeys(table(), zone, at(8 * DAY))).toMatchObject([
    { facts: { id: old.facts.id, replacedBy: made.facts.id }, fault: 'EXPIRED' },
    { facts: { id: made.facts.id, replacedBy: null, label: 'story' }, fault: null },
  ]);
  // The old one is not rotated again, and the overlap never makes a key live longer.
  await expect(
    rotateApiKey(table(), { zone, key: old.facts.id, days: 365, overlapDays: 7, now: NOW }),
  ).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  const again = await rotateApiKey(table(), { zone, days: 1, overlapDays: 900, now: NOW });
  expect(again.replacedUntil).toBe(made.facts.expiresAt);
});

test('of two rotations of a key at once one is done', async () => {
  const { facts } = await create();
  const rotate = () => rotateApiKey(table(), { zone, key: facts.id, days: 365, overlapDays: 7, now: NOW });
  const outcomes = await Promise.allSettled([rotate(), rotate()]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await listApiKeys(table(), zone, NOW)).toHaveLength(2);
});

test('it must be clear which key is meant', async () => {
  await create();
  await create();
  await expect(rotateApiKey(table(), { zone, days: 1, overlapDays: 1, now: NOW })).rejects.toThrow(
    /Choose one with --key/,
  );
  await expect(createApiKey(table(), { zone: 'baodi', label: '', days: 1, now: NOW })).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
  });
});
