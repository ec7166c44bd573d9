import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { findings, overflow } from './accessibility.ts';
import { matrix } from './analyst-tasks.ts';
import { NARROW, PHONE } from './case-page.ts';
import { launchBrowser, watchedPage } from './explorer-page.ts';
import { startSystem } from './running-system.ts';

const WIDE = { width: 1440, height: 900 };

let browser: Browser;
let system: Awaited<ReturnType<typeof startSystem>>;

beforeAll(async () => {
  system = await startSystem();
  browser = await launchBrowser();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await system?.close();
});

const open = (options: BrowserContextOptions) => watchedPage(browser, system.url, options);

test.each([
  ['zh-CN', 'light'],
  ['ja-JP', 'dark'],
  ['en-GB', 'light'],
  ['zh-CN', 'dark'],
] as const)('the home page in %s and %s breaks no rule and fits every screen', async (locale, colorScheme) => {
  // The page has no script of its own: the policy would stop axe-core, so that it is put in past the policy.
  const { page, context, misdeeds } = await open({ locale, colorScheme, viewport: WIDE, bypassCSP: true });
  for (const path of [
    '/',
    '/look',
    '/look/Headline',
    '/look/Linkages?view=graph',
    '/look/Enterprises',
    '/look/CaseStatisticsSeries?view=chart',
    '/look/question_facilities-of-a-park',
    '/no-such-page',
  ]) {
    await page.goto(`${system.url}${path}`);
    await page.evaluate(`for (const folded of document.querySelectorAll('details')) folded.open = true`);
    for (const size of [WIDE, PHONE, NARROW]) {
      await page.setViewportSize(size);
      expect([path, size.width, await overflow(page)]).toEqual([path, size.width, 0]);
      expect([path, size.width, await findings(page)]).toEqual([path, size.width, []]);
    }
  }
  expect(misdeeds.filter((text) => !text.includes('404'))).toEqual([]);
  await context.close();
});

test('without script a visitor changes the language and reads every table by keyboard', async () => {
  const { page, context, misdeeds } = await open({ locale: 'en-GB', viewport: PHONE, javaScriptEnabled: false });
  await page.goto(system.url);
  expect(await page.locator('h1').textContent()).toBe('Binhai-Zhongguancun Science Park');
  await page.locator('#climb summary').press('Enter');
  expect(await page.locator('#climb tbody tr').count()).toBe(36);
  expect(await page.locator('#climb tbody tr').last().textContent()).toMatch(/87\.2% 206 \/ 236/);
  await page.getByRole('link', { name: '日本語' }).press('Enter');
  expect(await page.locator('h2').first().textContent()).toBe('再開の推移');
  expect(misdeeds).toEqual([]);
  await context.close();
});

test.each(matrix())('an analyst finds %s in three steps: %s', async (_, __, { steps, shows }, cell) => {
  expect(steps.length).toBeLessThanOrEqual(3);
  const { page, context, misdeeds } = await open(cell);
  const others: Awaited<ReturnType<typeof open>>[] = [];
  await page.goto(system.url);
  for (const step of steps) await step(page);
  await shows(page, async (address) => {
    const other = await open(cell);
    others.push(other);
    await other.page.goto(address);
    return other.page;
  });
  expect(await overflow(page)).toBe(0);
  expect([misdeeds, ...others.map((other) => other.misdeeds)].flat()).toEqual([]);
  for (const each of [context, ...others.map((other) => other.context)]) await each.close();
});

test('all 236 enterprises are three clicks away in a table, with progress and a stop', async () => {
  const { page, context, misdeeds } = await open({ locale: 'ja-JP', viewport: PHONE });
  await page.goto(system.url);
  await page.locator('.doors a[href^="/look"]').click();
  await page.locator('.questions a[href^="/look/Enterprises?"]').click();
  const rows = page.locator('#table-0 tbody tr');
  expect(await page.locator('#paging small').textContent()).toMatch(/^残りは約[\d,]+ポイント/);
  // The second page waits until the list is stopped, so that a part is shown.
  const { promise: isStopped, resolve: stopped } = Promise.withResolvers<void>();
  await page.route(/after=/, (route) => isStopped.then(() => route.continue()).catch(() => undefined), { times: 1 });
  await page.locator('a[data-all]').click();
  expect(await page.locator('progress').getAttribute('max')).toBe('236');
  await page.locator('#paging button').click();
  stopped();
  await page.locator('a[data-all]').waitFor();
  expect(await rows.count()).toBe(50);
  await page.locator('a[data-all]').click();
  await page.getByRole('status').getByText('全236件のうち236件を取得しました。').waitFor();
  expect(await rows.count()).toBe(236);
  expect(await overflow(page)).toBe(0);
  expect(misdeeds).toEqual([]);
  await context.close();
});

test('a part leads to its query in the explorer, which runs with the same variables', async () => {
  const { page, context, misdeeds } = await open({ locale: 'en-GB', viewport: WIDE });
  await page.goto(system.url);
  await page.locator('#climb .links a').last().click();
  await page.locator('.list tbody tr').first().waitFor();
  expect(await page.locator('.list tbody tr').count()).toBe(36);
  expect(misdeeds).toEqual([]);
  await context.close();
});

interface Saved {
  readonly data: { readonly saveQuestion: { readonly question: { readonly id: string } } };
}

/** Chooses a role of the local issuer on `/look`. */
async function chooseRole(page: Page, role: string): Promise<void> {
  await page.goto(`${system.url}/look`);
  const [picker] = await Promise.all([
    page.context().waitForEvent('page'),
    page.locator('#account').getByRole('button', { name: 'Sign in' }).click(),
  ]);
  await picker.getByRole('form', { name: role, exact: true }).getByRole('button').click();
}

/** Signs in on `/look`. Returns the `authorization` with which the page is shown again. */
async function signInOnLook(page: Page, role: string): Promise<string> {
  const shown = page.waitForRequest(
    (request) => request.url().endsWith('/look') && 'authorization' in request.headers(),
  );
  const [asked] = await Promise.all([shown, chooseRole(page, role)]);
  const { authorization = '' } = asked.headers();
  await page.locator('#account').getByText(`Signed in as ${role}`).waitFor();
  return authorization;
}

/** Saves a question of the bearer's own. */
async function saveQuestion(authorization: string, name: string): Promise<void> {
  const query = 'query Zones($first: Int!) { zones(first: $first) { nodes { code } } }';
  const input = { idempotencyKey: `browser-${name}`, forZone: false, name: { zh: name }, query, view: 'TABLE' };
  const saved = await fetch(`${system.url}/graphql`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({
      query: 'mutation ($input: SaveQuestionInput!) { saveQuestion(input: $input) { question { id } } }',
      variables: { input: { ...input, variables: '{"first":3}' } },
    }),
  });
  expect(((await saved.json()) as Saved).data.saveQuestion.question.id).toMatch(/^question_/);
}

test('an administrator signs in on /look, and finds and asks a question of their own', async () => {
  const { page, context, misdeeds } = await open({ locale: 'en-GB', viewport: WIDE });
  await saveQuestion(await signInOnLook(page, 'Administrator'), 'Codes for all zones');
  await page.getByRole('link', { name: '日本語' }).click();
  await page.getByRole('heading', { name: '自分の質問' }).waitFor();
  await page.locator('#saved-own').getByRole('link', { name: 'Codes for all zones' }).click();
  await page.getByText('自分だけに見える質問です。').waitFor();
  expect(await page.locator('#table-0 tbody tr').count()).toBe(3);
  expect(misdeeds).toEqual([]);
  await context.close();
});

test('a clerk who signs in on /look is told that their account keeps no questions', async () => {
  const { page, context } = await open({ locale: 'en-GB', viewport: WIDE });
  await chooseRole(page, 'Clerk of an enterprise');
  await page.locator('#account').getByText('This account keeps no questions.').waitFor();
  await page.locator('#account').getByRole('button', { name: 'Sign in' }).waitFor();
  await context.close();
});

test('an analyst signs in on /look, asks a question of their own and downloads it; its address alone shows nothing', async () => {
  const { page, context, misdeeds } = await open({ locale: 'en-GB', viewport: PHONE, bypassCSP: true });
  await saveQuestion(await signInOnLook(page, 'Analyst'), 'Codes');
  await page.getByRole('link', { name: '中文' }).click();
  await page.getByRole('heading', { name: '我的问题' }).waitFor();
  await page.locator('#saved-own').getByRole('link', { name: 'Codes' }).click();
  await page.getByText('此问题仅您本人可见。').waitFor();
  await page.locator('#v-first').fill('2');
  await page.locator('form button').click();
  await page.waitForURL(/first=2/);
  expect(await page.locator('#table-0 tbody tr').count()).toBe(2);
  expect([await overflow(page), await findings(page)]).toEqual([0, []]);
  const download = page.waitForEvent('download');
  await page.locator('a[href*=".csv"]').click();
  expect((await download).suggestedFilename()).toBe('Codes.csv');

  const other = await open({ locale: 'en-GB', viewport: PHONE });
  await other.page.goto(page.url());
  expect(await other.page.locator('main').textContent()).not.toContain('Codes');
  await page.goBack();
  await page.locator('#v-first[value="3"]').waitFor();
  await page.locator('#account button').click();
  await page.getByText('此地址下没有公开的问题').waitFor();
  expect(misdeeds.filter((text) => !text.includes('404'))).toEqual([]);
  for (const each of [context, other.context]) await each.close();
});
