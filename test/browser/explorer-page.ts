import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
  type Request,
} from 'playwright-core';
import { titleOf } from '../../src/pages/explorer/titles.ts';

/** What a page did that its policy or we forbid; empty after a good test. */
export type Misdeeds = string[];

/** Debian's Chromium, or the one that `CHROMIUM` names. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
}

/**
 * An empty page in a fresh profile. Requests to other hosts are cut off and noted, as are violations of the policy, whatever
 * is written to the console as an error, and errors that nobody caught.
 */
export async function watchedPage(browser: Browser, url: string, options: BrowserContextOptions) {
  const context = await browser.newContext({ colorScheme: 'light', ...options });
  const misdeeds: Misdeeds = [];
  await noteForeignRequests(context, url, misdeeds);
  const page = await context.newPage();
  // A busy machine takes ten times as long as a quiet one.
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (error) => misdeeds.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.text().startsWith('violation')) misdeeds.push(message.text());
  });
  await page.addInitScript(
    `document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.log('violation of ' + violatedDirective + ' by ' + blockedURI))`,
  );
  return { page, context, misdeeds };
}

/** The explorer, watched, ready for a first click. */
export async function openExplorer(browser: Browser, url: string, size = { width: 1440, height: 900 }) {
  const { page, context, misdeeds } = await watchedPage(browser, url, { viewport: size, locale: 'en-GB' });
  await page.goto(`${url}/explorer`);
  await page.getByRole('navigation', { name: 'Examples' }).locator('li button:enabled').first().waitFor();
  // A first visit runs the headline by itself.
  await page.locator('.answer[aria-busy=false] table').waitFor();
  return { page, context, misdeeds };
}

async function noteForeignRequests(context: BrowserContext, url: string, misdeeds: Misdeeds): Promise<void> {
  const { host } = new URL(url);
  await context.route(
    (target) => target.protocol.startsWith('http') && target.host !== host,
    (route) => {
      misdeeds.push(`request to ${route.request().url()}`);
      return route.abort();
    },
  );
}

/** Tells whether a request runs what is in the editor. The list of saved questions asks by trusted documents. */
export const isRun = (request: Request): boolean =>
  request.url().endsWith('/graphql') && request.postDataJSON()?.documentId === undefined;

/** Runs one of the examples by its operation's name, e.g. `ResumptionSeries`, or its title, and waits for its answer. */
export async function runExample(page: Page, operation: string): Promise<void> {
  const answered = page.waitForResponse((answer) => isRun(answer.request()));
  const name = titleOf(operation, 'EN');
  await page.getByRole('navigation', { name: 'Examples' }).getByRole('button', { name, exact: true }).click();
  await answered;
  await page.locator('.answer[aria-busy=false]').waitFor();
}

/** The texts of one column of the table on the screen. */
export async function columnTexts(page: Page, name: string): Promise<string[]> {
  const heads = await page.locator('.list th').allInnerTexts();
  const column = heads.map((head) => head.replace(/[ ↑↓]+$/, '')).indexOf(name);
  return page.locator(`.list tbody td:nth-child(${column + 1})`).allInnerTexts();
}
