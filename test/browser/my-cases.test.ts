import type { Browser, BrowserContext, Page } from 'playwright-core';
import { findings, overflow, rawTexts } from './accessibility.ts';
import { NARROW, PHONE } from './case-page.ts';
import { launchBrowser, type Misdeeds, watchedPage } from './explorer-page.ts';
import { startSystem } from './running-system.ts';

/** An applicant's own pages: what they may do with a case, and who was shown their data. */

let browser: Browser;
let host: Awaited<ReturnType<typeof startSystem>>;
let page: Page;
let context: BrowserContext;
let misdeeds: Misdeeds;

beforeAll(async () => {
  host = await startSystem();
  browser = await launchBrowser();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await host?.close();
});
beforeEach(async () => {
  ({ page, context, misdeeds } = await watchedPage(browser, host.url, { viewport: PHONE, locale: 'en-GB' }));
  await page.goto(`${host.url}/my`);
});
afterEach(async () => {
  await context.close();
  expect(misdeeds).toEqual([]);
});

async function signInAs(person: string): Promise<void> {
  const [picker] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('button', { name: 'Sign in as the applicant' }).click(),
  ]);
  const form = picker.getByRole('form', { name: 'Applicant', exact: true });
  await form.getByLabel('Person').selectOption(person);
  await form.getByRole('button').click();
  await page.locator('.rows').first().waitFor();
}

const button = (name: string | RegExp) => page.getByRole('button', { name });

test('the applicant reads their cases, gets another secret, and withdraws', async () => {
  expect(await findings(page)).toEqual([]);
  await signInAs('talent-000003');
  expect([await findings(page), await rawTexts(page), await overflow(page)]).toEqual([[], [], 0]);
  await button(/^See BHZ-000006/).click();
  await page.locator('#state', { hasText: 'More documents needed' }).waitFor();
  for (const name of ['中文', '日本語', 'English']) {
    await page.getByRole('button', { name, exact: true }).click();
    const lang = await page.getByRole('button', { name, exact: true }).getAttribute('lang');
    await page.locator(`.content[lang="${lang}"] #actions-title`).waitFor();
    expect([name, await rawTexts(page), await findings(page)]).toEqual([name, [], []]);
    await page.setViewportSize(NARROW);
    expect([name, await overflow(page)]).toEqual([name, 0]);
    await page.setViewportSize(PHONE);
  }
  await button('Get another secret').click();
  await button('Confirm').click();
  await page.getByText(/^Your new secret: [0-9A-Z-]{16,}/).waitFor();
  await button('Withdraw the application').click();
  expect(await findings(page)).toEqual([]);
  await button('Confirm').click();
  await page.locator('#state', { hasText: 'Withdrawn' }).waitFor();
  expect(await button('Withdraw the application').count()).toBe(0);
  await button('All my cases').click();
  await button('Who was shown my data').click();
  await page.locator('#access-log').waitFor();
  const kept = await page.evaluate<string>(
    'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href])',
  );
  expect(kept).not.toMatch(/ey[\w-]{20}|BHZ-/);
}, 120_000);
