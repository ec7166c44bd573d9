import type { Browser } from 'playwright-core';
import { bearerClaims } from '../../src/local/dev-issuer/bearer.ts';
import { type DevIssuer, devIssuer } from '../../src/local/dev-issuer/dev-issuer.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../fixtures/webhook-receiver.ts';
import { findings, overflow } from './accessibility.ts';
import { PHONE } from './case-page.ts';
import { signInAsZone, takeSecret } from './developers-page.ts';
import { launchBrowser, watchedPage } from './explorer-page.ts';
import { startSystem } from './running-system.ts';

/** A partner's engineer without the repository: from `/` to a first answer, a key, and a webhook sent again. */

const WIDE = { width: 1440, height: 900 };
/** The sweep sends a webhook again within a minute. */
const MAX_SWEEP_MS = 90_000;

let browser: Browser;
let system: Awaited<ReturnType<typeof startSystem>>;
let issuer: DevIssuer;
let receiver: WebhookReceiver;
/** The webhook that the page has sent again. It comes while the other tests run. */
let sentAgain: string;

beforeAll(async () => {
  system = await startSystem();
  issuer = await devIssuer({ mode: 'local', dataDir: system.dataDir }, `${system.url}/dev-issuer`);
  browser = await launchBrowser();
  receiver = await startWebhookReceiver();
}, 180_000);
afterAll(async () => {
  await receiver?.stop();
  await browser?.close();
  await system?.close();
});

async function ask(query: string, variables: object, authorization?: string) {
  const response = await fetch(`${system.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
    body: JSON.stringify({ query, variables }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query, which is a text here.
  return (await response.json()) as any;
}

/** An officer accepts a case of the zone, which its systems are told of. */
async function acceptCase(): Promise<void> {
  const claims = bearerClaims('officer', { agency: 'PARK', zone: 'zone_teda' }, issuer.trusted);
  const bearer = `Bearer ${await issuer.sign(claims, 60)}`;
  const list =
    '{ worklist(zone: "zone_teda", agency: PARK, state: SUBMITTED, first: 1) { nodes { case { id version } } } }';
  const [{ case: of }] = (await ask(list, {}, bearer)).data.worklist.nodes;
  const input = { idempotencyKey: 'developers-browser', case: of.id, version: of.version };
  const accept = 'mutation ($input: AcceptCaseInput!) { acceptCase(input: $input) { userErrors { message } } }';
  expect((await ask(accept, { input }, bearer)).data.acceptCase.userErrors).toEqual([]);
}

async function received(): Promise<string> {
  for (const deadline = Date.now() + MAX_SWEEP_MS; Date.now() < deadline; ) {
    const [one] = receiver.take();
    if (one) return String(one.headers['webhook-id']);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('no webhook came in time');
}

test('a partner gets a first answer, makes a key, and asks for a webhook again, from the pages alone', async () => {
  const { page, context, misdeeds } = await watchedPage(browser, system.url, { viewport: WIDE, locale: 'en-GB' });
  await page.goto(system.url);
  await page.getByRole('link', { name: 'For developers' }).click();
  const command = (await page.locator('#first pre').textContent()) ?? '';
  expect(command).toContain(`${new URL(system.url).host}/graphql`);
  const [, body = ''] = /-d '([^']*)'/.exec(command) ?? [];
  expect((await ask(JSON.parse(body).query, {})).data.zones.nodes).toHaveLength(3);

  await page.getByRole('link', { name: 'Keys, webhooks and usage' }).click();
  await signInAsZone(page, 'zone_teda');
  await page.getByText('Systems of Tianjin Economic-Technological Development Area').waitFor();
  await page.getByLabel('Label').fill('Registry');
  await page.getByRole('button', { name: 'Make a key' }).click();
  const key = await takeSecret(page);
  expect(await page.evaluate('document.activeElement.id')).toBe('content');
  expect((await ask('{ developerAccount { zone { id } } }', {}, `Bearer ${key}`)).data.developerAccount.zone.id).toBe(
    'zone_teda',
  );

  await page.getByLabel('Address').fill('ftp://example.com/events');
  await page.getByRole('button', { name: 'Register the endpoint' }).click();
  const refused = page.getByLabel('Address');
  await page.locator('form .fault').waitFor();
  // The typed text stays, and the keyboard is where the fault is.
  expect(await refused.inputValue()).toBe('ftp://example.com/events');
  expect(await page.evaluate('document.activeElement.getAttribute("aria-invalid")')).toBe('true');
  await refused.fill(receiver.url);
  await page.getByRole('button', { name: 'Register the endpoint' }).click();
  expect(await takeSecret(page)).toMatch(/^whsec_/);
  await acceptCase();
  const first = await received();
  await page.getByRole('button', { name: 'Refresh' }).click();
  await page.getByRole('row', { name: /case\.accepted.*delivered/ }).waitFor();
  await page.getByRole('button', { name: 'Send again: case.accepted' }).click();
  await page.getByText('It is sent again within a minute.').waitFor();
  sentAgain = first;
  expect(await page.getByRole('row', { name: /case\.accepted/ }).textContent()).toContain(first);

  // Two secrets wait side by side until each is stored, and what can't be undone asks first.
  for (const label of ['Night', 'Day']) {
    await page.getByLabel('Label').fill(label);
    await page.getByRole('button', { name: 'Make a key' }).click();
    await page.locator('.secret').getByText(`: ${label}`).waitFor();
  }
  expect(await page.locator('.secret code').allTextContents()).toEqual([
    expect.stringMatching(/^bhk_/),
    expect.stringMatching(/^bhk_/),
  ]);
  for (const label of ['Night', 'Day']) await page.locator('.secret').getByRole('button', { name: label }).click();
  const questions: string[] = [];
  page.on('dialog', (dialog) => {
    questions.push(dialog.message());
    void (questions.length === 1 ? dialog.dismiss() : dialog.accept());
  });
  const revoke = page.getByRole('button', { name: 'Revoke: Night' });
  await revoke.click();
  expect(await revoke.count()).toBe(1);
  await revoke.click();
  await revoke.waitFor({ state: 'detached' });
  expect(questions).toEqual(Array(2).fill('Revoke “Night”? This can’t be undone.'));
  expect(misdeeds).toEqual([]);
  await context.close();
}, 240_000);

test.each([
  ['zh-CN', 'zh', 'light', '事件类型须是文档所列的类型，至少一种。'],
  ['ja-JP', 'ja', 'dark', '種類は文書にあるものを一つ以上指定してください。'],
  ['en-GB', 'en', 'dark', 'There is no such type of webhooks.'],
] as const)(
  'the pages in %s break no rule and fit every screen',
  async (locale, lang, colorScheme, refusal) => {
    const { page, context, misdeeds } = await watchedPage(browser, system.url, {
      ...{ locale, colorScheme, viewport: WIDE, bypassCSP: true },
    });
    const check = async (path: string) => {
      for (const size of [WIDE, PHONE]) {
        await page.setViewportSize(size);
        expect([path, size.width, await overflow(page)]).toEqual([path, size.width, 0]);
        expect([path, size.width, await findings(page)]).toEqual([path, size.width, []]);
      }
      await page.setViewportSize(WIDE);
    };
    for (const path of [`/developers?lang=${lang}`, `/developers/integrating?lang=${lang}`]) {
      await page.goto(`${system.url}${path}`);
      await check(path);
    }
    await page.goto(`${system.url}/developers/account?lang=${lang}`);
    await check('signed out');
    await signInAsZone(page, 'zone_teda');
    await check('signed in');
    await page.locator('input[name=url]').fill(receiver.url);
    await page.locator('input[name=types]').fill('case.invented');
    await page.locator('form:has(input[name=url]) button').click();
    await page.locator('form .fault').getByText(refusal).waitFor();
    expect(misdeeds).toEqual([]);
    await context.close();
  },
  180_000,
);

test('a webhook that was sent again comes within a minute', async () => {
  expect(await received()).toBe(sentAgain);
}, 120_000);
