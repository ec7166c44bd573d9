import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { demoCaseSecret } from '../../src/local/demo-data/talent/case-secrets.ts';
import { watchedPage } from './explorer-page.ts';

/** A phone's screen, and the narrowest that WCAG 2.2 (1.4.10) asks a page to fit. */
export const PHONE = { width: 390, height: 844 };
export const NARROW = { width: 320, height: 640 };

/** The receipt number of a demo case: 4 and on are in the states of `CASE_STATES`, in their order. */
export const receiptOf = (number: number) => `BHZ-${String(number).padStart(6, '0')}`;

/** The page as a phone opens it. */
export async function openCasePage(browser: Browser, url: string, options: BrowserContextOptions = {}) {
  const opened = await watchedPage(browser, url, { viewport: PHONE, locale: 'en-GB', ...options });
  await opened.page.goto(`${url}/case`);
  await opened.page.locator('#receipt').waitFor();
  return opened;
}

export async function signIn(page: Page, number: number): Promise<void> {
  await page.locator('#receipt').fill(receiptOf(number));
  await page.locator('#secret').fill(demoCaseSecret(receiptOf(number)));
  await page.locator('button.primary').click();
  await page.locator('#state').waitFor();
}

/** Chooses a language by its own name, and waits until the case is there in it. */
export async function speak(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  const lang = await button.getAttribute('lang');
  await button.click();
  await page.locator(`.content[lang="${lang}"]`).waitFor();
}
