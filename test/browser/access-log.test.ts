import type { Browser, BrowserContext, Page } from 'playwright-core';
import { findings, overflow } from './accessibility.ts';
import { NARROW, openCasePage, receiptOf, signIn } from './case-page.ts';
import { launchBrowser, type Misdeeds } from './explorer-page.ts';
import { startSystem } from './running-system.ts';

/** On the page of a case an applicant who signs in sees who was shown their data. */

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
  ({ page, context, misdeeds } = await openCasePage(browser, host.url));
});
afterEach(async () => {
  await context.close();
  expect(misdeeds).toEqual([]);
});

const log = () => page.locator('.access-log');
const speak = (name: string) => page.getByRole('button', { name, exact: true }).click();

/** Signs in at the local issuer, whose window the button opens. */
async function signInAs(role: string, person?: string): Promise<void> {
  const [picker] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('button', { name: 'Sign in as the applicant' }).click(),
  ]);
  const form = picker.getByRole('form', { name: role, exact: true });
  if (person !== undefined) await form.getByLabel('Person').selectOption(person);
  await form.getByRole('button').click();
  await log().waitFor();
}

test('an applicant sees the holder of a receipt, in three languages, on a phone, and signs out', async () => {
  const thief = await openCasePage(browser, host.url);
  await signIn(thief.page, 1);
  await thief.context.close();
  expect(await findings(page)).toEqual([]);

  await signInAs('Applicant', 'talent-000001');
  await log().getByText('holder of the receipt').first().waitFor();
  expect(await log().textContent()).toContain(`${receiptOf(1)} Opened the case by its receipt number and secret`);
  expect(await page.evaluate('document.activeElement.id')).toBe('access-log');
  for (const [name, text] of [
    ['中文', '持有受理回执者'],
    ['日本語', '受付票の所持者'],
    ['English', 'holder of the receipt'],
  ] as const) {
    await speak(name);
    await log().getByText(text).first().waitFor();
    expect([await findings(page), await overflow(page)]).toEqual([[], 0]);
    expect(await log().textContent()).not.toMatch(/undefined|null|\b[A-Z]+_[A-Z]+\b/);
  }
  await page.setViewportSize(NARROW);
  expect(await overflow(page)).toBe(0);

  const kept = await page.evaluate<string>(
    'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href])',
  );
  expect(kept).not.toMatch(/ey[\w-]{20}/);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('Your sign-in has ended.').waitFor();
  expect(await log().count()).toBe(0);
});

test('who is no applicant is told so', async () => {
  await signInAs('Analyst');
  await log().getByText('Only who signs in as an applicant has a record here.').waitFor();
});
