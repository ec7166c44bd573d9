import type { Browser, BrowserContextOptions, Page, Request } from 'playwright-core';
import { demoCaseSecret } from '../../src/local/demo-data/talent/case-secrets.ts';
import { findings, overflow, rawTexts } from './accessibility.ts';
import { watchedPage } from './explorer-page.ts';
import { press, type } from './keyboard.ts';

/** A phone's screen, and the narrowest that WCAG 2.2 (1.4.10) asks a page to fit. */
export const PHONE = { width: 390, height: 844 };
export const NARROW = { width: 320, height: 640 };

/** The receipt number of a demo case: 4 and on are in the states of `CASE_STATES`, in their order. */
export const receiptOf = (number: number) => `BHZ-${String(number).padStart(6, '0')}`;

export const WIDE = { width: 1440, height: 900 };

/** The page as a phone opens it. */
export async function openCasePage(browser: Browser, url: string, options: BrowserContextOptions = {}) {
  const opened = await watchedPage(browser, url, { viewport: PHONE, locale: 'en-GB', ...options });
  const weigh = scale(opened.page);
  await opened.page.goto(`${url}/case`);
  await opened.page.locator('#receipt').waitFor();
  return { ...opened, weigh };
}

/**
 * Weighs what a page receives from now on: bodies as they are sent, and headers.
 * @returns gives the bytes so far of the addresses that match
 */
export function scale(page: Page): (of?: RegExp) => Promise<number> {
  const requests: Request[] = [];
  page.on('request', (request) => requests.push(request));
  return async (of = /./) => {
    const weights = requests
      .filter((request) => of.test(request.url()))
      .map(async (request) => {
        await request.response();
        const { responseBodySize, responseHeadersSize } = await request.sizes();
        return responseBodySize + responseHeadersSize;
      });
    return (await Promise.all(weights)).reduce((a, b) => a + b, 0);
  };
}

/** The looks that a page is checked in. */
const LOOKS = [
  { size: PHONE, colorScheme: 'light' },
  { size: WIDE, colorScheme: 'dark' },
  { size: PHONE, colorScheme: 'dark' },
  { size: WIDE, colorScheme: 'light' },
] as const;

/**
 * Checks a page in one of four looks: no rule of accessibility is broken, nothing scrolls sideways, and no code name is
 * visible. Checks with numbers in a row cover each pair of a language, a size and a colour scheme.
 */
export async function checkLook(page: Page, number: number, what: string): Promise<void> {
  const { size, colorScheme } = LOOKS[number % LOOKS.length] ?? LOOKS[0];
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme });
  const found = [what, size.width, colorScheme, await findings(page), await rawTexts(page), await overflow(page)];
  expect(found).toEqual([what, size.width, colorScheme, [], [], 0]);
}

/** Signs in on `/case` by receipt number and secret, by keys alone. */
export async function signIn(page: Page, number: number): Promise<void> {
  await type(page, page.locator('#receipt'), receiptOf(number));
  await type(page, page.locator('#secret'), demoCaseSecret(receiptOf(number)));
  await page.keyboard.press('Enter');
  await page.locator('#state').waitFor();
}

/** Chooses a language by its own name, by keys alone, and waits until the case is there in it. */
export async function speak(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  const lang = await button.getAttribute('lang');
  await press(page, button);
  await page.locator(`.content[lang="${lang}"]`).waitFor();
}

/** Six turns, among which is each pair of a language, a width and a colour scheme. */
const TURNS = [
  { lang: 'zh-CN', size: PHONE, colorScheme: 'light' },
  { lang: 'ja', size: WIDE, colorScheme: 'dark' },
  { lang: 'en-GB', size: PHONE, colorScheme: 'dark' },
  { lang: 'zh-CN', size: WIDE, colorScheme: 'dark' },
  { lang: 'ja', size: PHONE, colorScheme: 'light' },
  { lang: 'en-GB', size: WIDE, colorScheme: 'light' },
] as const;

/** Turns a page to one of six languages, widths and schemes, the language by keys, and returns the language. */
export async function turn(page: Page, number: number): Promise<(typeof TURNS)[number]['lang']> {
  const { lang, size, colorScheme } = TURNS[number % TURNS.length] ?? TURNS[0];
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme });
  await press(page, page.locator(`.languages button[lang="${lang}"]`));
  await page.locator(`html[lang="${lang}"]`).waitFor();
  return lang;
}
