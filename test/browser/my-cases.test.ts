import type { Browser, BrowserContext, Page } from 'playwright-core';
import { findings, overflow } from './accessibility.ts';
import { checkLook, NARROW, openCasePage, PHONE, receiptOf, signIn } from './case-page.ts';
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
  await checkLook(page, 3, 'the list');
  await page.setViewportSize(PHONE);
  await button(/^See BHZ-000006/).click();
  await page.locator('#state', { hasText: 'More documents needed' }).waitFor();
  for (const [number, name] of ['中文', '日本語', 'English'].entries()) {
    await page.getByRole('button', { name, exact: true }).click();
    const lang = await page.getByRole('button', { name, exact: true }).getAttribute('lang');
    await page.locator(`.content[lang="${lang}"] #actions-title`).waitFor();
    await checkLook(page, number, name);
    await page.setViewportSize(NARROW);
    expect([name, await overflow(page)]).toEqual([name, 0]);
    await page.setViewportSize(PHONE);
  }
  await button('Get another secret').click();
  await button('Confirm').click();
  await page.getByText(/^Your new secret: [0-9A-Z-]{16,}/).waitFor();
  await page.getByLabel('Mobile number').fill('1001234');
  await button('Tell me of news').click();
  await page.getByText('Enter a valid mobile number or e-mail address.').waitFor();
  expect(await findings(page)).toEqual([]);
  await page.getByLabel('Mobile number').fill('10087654321');
  await page.keyboard.press('Enter');
  await page.getByText('Messages go to 100****4321.').waitFor();
  await button('Stop telling me').click();
  await page.getByText('Stopped. The address is deleted.').waitFor();
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

test('who was shown their data: the holder of a receipt is there, in three languages, until one signs out', async () => {
  const holder = await openCasePage(browser, host.url);
  await signIn(holder.page, 1);
  await holder.context.close();
  const log = page.locator('.access-log');
  await signInAs('talent-000001');
  await button('Who was shown my data').click();
  await log.getByText('holder of the receipt').first().waitFor();
  expect(await log.textContent()).toContain(`${receiptOf(1)} Opened the case by its receipt number and secret`);
  const said = [
    ['中文', '持有受理回执者'],
    ['日本語', '受付票の所持者'],
    ['English', 'holder of the receipt'],
  ] as const;
  for (const [number, [name, text]] of said.entries()) {
    await page.getByRole('button', { name, exact: true }).click();
    await log.getByText(text).first().waitFor();
    await checkLook(page, number, name);
    expect(await log.textContent()).not.toMatch(/undefined|null|\b[A-Z]+_[A-Z]+\b/);
  }
  await page.setViewportSize(NARROW);
  expect(await overflow(page)).toBe(0);
  await log.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('Your sign-in has ended. Sign in again.').waitFor();
  expect(await log.count()).toBe(0);
});

test('who is no applicant is told so', async () => {
  const [picker] = await Promise.all([context.waitForEvent('page'), button('Sign in as the applicant').click()]);
  await picker.getByRole('form', { name: 'Analyst', exact: true }).getByRole('button').click();
  await page.getByText('Sign in as an applicant.').waitFor();
});

test('a keyboard is enough on a wide screen: a case is opened, and news of it is asked for', async () => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const tabTo = async (text: RegExp) => {
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('Tab');
      const focused = 'document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent';
      if (text.test(String(await page.evaluate(focused)))) return;
    }
    throw new Error(`Tab never reaches ${text}`);
  };
  await tabTo(/^Sign in as the applicant$/);
  const [picker] = await Promise.all([context.waitForEvent('page'), page.keyboard.press('Enter')]);
  const form = picker.getByRole('form', { name: 'Applicant', exact: true });
  await form.getByLabel('Person').selectOption('talent-000001');
  await form.getByRole('button').press('Enter');
  await page.locator('.rows').first().waitFor();
  await tabTo(/^See BHZ-000001$/);
  await page.keyboard.press('Enter');
  await page.locator('#news-title').waitFor();
  await page.getByText('Messages go to 100****0001.').waitFor();
  expect([await findings(page), await overflow(page)]).toEqual([[], 0]);
  await tabTo(/^Stop telling me$/);
  await page.keyboard.press('Enter');
  await tabTo(/^Text message$/);
  await page.keyboard.press('ArrowDown');
  await tabTo(/^E-mail address$/);
  await page.keyboard.type('wang@example.org');
  await page.keyboard.press('Enter');
  await page.getByText('Messages go to w***@example.org.').waitFor();
}, 120_000);
