import type { Browser, BrowserContext, Page } from 'playwright-core';
import { readConfig } from '../../src/config.ts';
import { afterEvent, type CaseEvent } from '../../src/domain/cases/fold.ts';
import { CASE_STATES, WAITING_ON } from '../../src/domain/cases/state.ts';
import { ANONYMOUS, viewerKey } from '../../src/domain/viewer.ts';
import { withDatabase } from '../../src/local/database/with-database.ts';
import { demoCaseSecret } from '../../src/local/demo-data/talent/case-secrets.ts';
import { connect, openTable } from '../../src/storage/dynamodb/connection.ts';
import { transactGroups } from '../../src/storage/dynamodb/transact-groups.ts';
import { put } from '../../src/storage/dynamodb/write.ts';
import { openCases } from '../../src/storage/talent/cases/cases.ts';
import { caseEventItem, caseItem } from '../../src/storage/talent/items.ts';
import { findings, overflow } from './accessibility.ts';
import { checkLook, NARROW, openCasePage, receiptOf, signIn, speak } from './case-page.ts';
import { launchBrowser, type Misdeeds } from './explorer-page.ts';
import { startSystem } from './running-system.ts';

/** Limit of a whole first visit: the page, the sign-in and the case, with headers. */
const MAX_PAGE_BYTES = 20_000;

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

const main = () => page.locator('main');
const state = () => page.locator('#state');
const news = () => page.locator('.news');

/** One more event of a case, as an agency's act would append it. */
async function happen(kind: CaseEvent['kind']): Promise<void> {
  const settings = readConfig({ BRIDGEHEAD_MODE: 'local', DATA_DIR: host.dataDir });
  await withDatabase(settings, async (found) => {
    const connection = connect(found);
    const table = openTable(connection, 'talent', {
      deadline: Date.now() + 10_000,
      signal: AbortSignal.timeout(10_000),
      owner: viewerKey(ANONYMOUS),
    });
    const cases = openCases(table);
    const id = await cases.idOfReceipt((await page.locator('.status .number').textContent()) ?? '');
    const before = await cases.byId.load(id ?? '');
    const event = { sequence: (before?.course.version ?? 0) + 1, kind, at: new Date().toISOString() };
    const course = before && afterEvent(before.course, event);
    if (!before || !course) throw new Error(`${kind} can't happen now`);
    const head = caseItem({ ...before, course, waitingOn: WAITING_ON[course.state], updatedAt: event.at });
    await transactGroups(table, [[put(head), put(caseEventItem(before.id, event))]]);
    connection.dynamo.destroy();
  });
}

const LANGUAGE_OF = ['zh-CN', 'ja-JP', 'en-GB'] as const;
const NAMES = ['中文', '日本語', 'English'] as const;

test.each(CASE_STATES.map((name, i) => [name, i] as const))(
  'a case in state %s is light, fits phones and wide screens in three languages, and breaks no rule of accessibility',
  async (_, i) => {
    await context.close();
    let weigh: Awaited<ReturnType<typeof openCasePage>>['weigh'];
    ({ page, context, misdeeds, weigh } = await openCasePage(browser, host.url, { locale: LANGUAGE_OF[i % 3] ?? '' }));
    await signIn(page, i + 4);
    if (await page.locator('.status.yours').count()) await page.locator('.supplies').waitFor();
    // Each language is the first one in six states.
    const bytes = await weigh();
    console.log(`/case, case ${i + 4}, ${LANGUAGE_OF[i % 3]}: ${bytes} bytes`);
    expect(bytes).toBeLessThan(MAX_PAGE_BYTES);
    for (const [j, name] of NAMES.entries()) {
      await speak(page, name);
      await checkLook(page, i + j, name);
      await page.setViewportSize(NARROW);
      expect([name, await overflow(page)]).toEqual([name, 0]);
      const lang = await page.getByRole('button', { name, exact: true }).getAttribute('lang');
      expect(await page.locator('html').getAttribute('lang')).toBe(lang);
    }
    expect(await main().locator('.timeline > ol > li').count()).toBeGreaterThan(0);
    expect(await page.title()).toContain(await state().evaluate((heading) => heading.lastChild?.textContent));
  },
);

test('what was passed on to another zone isn’t said to be done, and what nobody goes on with is', async () => {
  const hint = () => main().locator('.progress .hint').allInnerTexts();
  await signIn(page, 4 + CASE_STATES.indexOf('TRANSFERRED'));
  await speak(page, 'English');
  expect(await hint()).toEqual([]);
  await page.reload();
  await signIn(page, 4 + CASE_STATES.indexOf('LAPSED'));
  await speak(page, 'English');
  expect(await hint()).toEqual(['All steps are done']);
});

test('it speaks the browser’s language first, then the one that was chosen, and remembers nothing else', async () => {
  const other = await openCasePage(browser, host.url, { locale: 'ja-JP' });
  expect(await other.page.locator('html').getAttribute('lang')).toBe('ja');
  await other.page.getByRole('button', { name: '中文' }).click();
  await signIn(other.page, 1);
  expect(
    await other.page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])'),
  ).toBe(JSON.stringify([{ 'bridgehead.language': 'ZH' }, {}, '']));
  expect(other.page.url()).toBe(`${host.url}/case`);
  await other.page.reload();
  expect(await other.page.locator('html').getAttribute('lang')).toBe('zh-CN');
  expect(await other.page.locator('#secret').inputValue()).toBe('');
  await other.context.close();
});

test('a keyboard is enough: from the form to the case, another language, a check, and out', async () => {
  const focused = () => page.evaluate('document.activeElement.id || document.activeElement.textContent');
  for (let i = 0; (await focused()) !== 'receipt'; i++) {
    expect(i).toBeLessThan(10);
    await page.keyboard.press('Tab');
  }
  expect(await findings(page)).toEqual([]);
  await page.keyboard.type(receiptOf(11).toLowerCase());
  await page.keyboard.press('Tab');
  await page.keyboard.type(demoCaseSecret(receiptOf(11)).toLowerCase());
  await page.keyboard.press('Enter');
  await state().waitFor();
  expect(await focused()).toBe('state');
  expect(await state().textContent()).toContain('On public notice');

  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Check now');
  expect(await page.locator(':focus-visible').count()).toBe(1);
  await page.keyboard.press('Space');
  await page.getByText('Nothing has changed.').waitFor();
  for (let i = 0; (await focused()) !== '日本語'; i++) {
    expect(i).toBeLessThan(10);
    await page.keyboard.press('Shift+Tab');
  }
  await page.keyboard.press('Enter');
  await page.locator('.content[lang=ja]').waitFor();
  for (let i = 0; (await focused()) !== '終了する'; i++) {
    expect(i).toBeLessThan(10);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.locator('#receipt').waitFor();
  expect([await focused(), await page.locator('#secret').inputValue()]).toEqual(['receipt', '']);
});

test('a change is announced, and nothing is sent again where there is none', async () => {
  await signIn(page, 7);
  expect(await news().getAttribute('role')).toBe('status');
  const [same] = await Promise.all([
    page.waitForResponse('**/graphql?*'),
    page.getByRole('button', { name: 'Check now' }).click(),
  ]);
  expect([same.status(), same.request().headers()['if-none-match']]).toEqual([304, expect.stringMatching(/^"/)]);
  await happen('REVIEW_STARTED');
  await page.getByRole('button', { name: 'Check now' }).click();
  await page.getByText('News: Under review').waitFor();
  expect(await state().textContent()).toContain('Under review');
  expect(await page.locator('.timeline li').first().textContent()).toContain('Review started');
  expect(await news().textContent()).toBe('News: Under review');
});

test('it asks by itself, not before the instant that the case names', async () => {
  const start = new Date();
  const soon = new Date(start.getTime() + 10 * 60_000).toISOString();
  await page.clock.install({ time: start });
  await page.route('**/graphql?*', async (route) => {
    const response = await route.fetch();
    if (response.status() !== 200) return route.fulfill({ response });
    const json = await response.json();
    json.data.case.nextPollAfter = soon;
    return route.fulfill({ response, json });
  });
  const asked: string[] = [];
  await page.reload();
  await signIn(page, 5);
  page.on('request', (request) => asked.push(request.url()));
  await page.clock.runFor('09:30');
  expect(asked).toEqual([]);
  await Promise.all([page.waitForResponse('**/graphql?*'), page.clock.runFor('00:40')]);
  expect(asked).toHaveLength(1);
});

test('after a quarter of an hour the case is gone from the screen, and the secret is asked for again', async () => {
  await page.clock.install();
  await page.reload();
  await signIn(page, 5);
  await page.clock.fastForward('15:01');
  await page.getByText('this ended after 15 minutes').waitFor();
  expect(await state().count()).toBe(0);
  expect(await page.locator('#receipt').inputValue()).toBe(receiptOf(5));
  expect(await page.evaluate('document.activeElement.id')).toBe('secret');
  expect(await findings(page)).toEqual([]);
});

/** A browser notes requests that fail in its console; here they are meant to. */
function takeFailures(): string[] {
  return misdeeds.splice(0).map((message) => message.replace(/ \(.*/, ''));
}

test('without a network it keeps what it shows and says so, until there is one again', async () => {
  await signIn(page, 5);
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Check now' }).click();
  await page.getByText(/^No connection\. This is from \d\d:\d\d/).waitFor();
  expect(await state().textContent()).toContain('Submitted');
  expect(await findings(page)).toEqual([]);
  await context.setOffline(false);
  await page.locator('.trouble:empty').waitFor({ state: 'attached' });
  expect(takeFailures()).toEqual(['Failed to load resource: net::ERR_INTERNET_DISCONNECTED']);
});

test('a part that fails is left out and said to be missing; the rest is there', async () => {
  await page.route('**/graphql?*', async (route) => {
    const response = await route.fetch();
    const json = await response.json();
    json.data.case.documents = null;
    json.errors = [{ message: 'down', path: ['case', 'documents'] }];
    return route.fulfill({ response, json });
  });
  await signIn(page, 5);
  await page.getByText('A part can’t be shown just now').waitFor();
  expect(await page.locator('section.documents').count()).toBe(0);
  expect(await page.locator('section.timeline').count()).toBe(1);
  // What lacks a part is known by no tag: it is asked for whole.
  const [again] = await Promise.all([
    page.waitForResponse('**/graphql?*'),
    page.getByRole('button', { name: 'Check now' }).click(),
  ]);
  expect(again.request().headers()).not.toHaveProperty('if-none-match');
});

test('a wrong secret, and too many of them, are told in plain words', async () => {
  await page.locator('#receipt').fill('BHZ 1');
  await page.locator('button.primary').click();
  await page.getByText('Enter the receipt number').waitFor();
  await page.locator('#receipt').fill(receiptOf(21));
  await page.locator('#secret').fill('0000-0000-0000-0000');
  await page.locator('button.primary').click();
  await page.getByText('Receipt number or secret is not right').waitFor();
  expect(await page.evaluate('document.activeElement.id')).toBe('secret');
  expect(await page.locator('#secret').getAttribute('aria-describedby')).toContain('fault');
  expect(await findings(page)).toEqual([]);
  const wrong = { receiptNumber: receiptOf(21), secret: 'wrong' };
  for (let i = 0; i < 10; i++) {
    const headers = { 'content-type': 'application/json' };
    await fetch(`${host.url}/case-holder/token`, { method: 'POST', headers, body: JSON.stringify(wrong) });
  }
  await page.locator('button.primary').click();
  await page.getByText(/^Too many wrong tries.*after \d\d:\d\d\.$/).waitFor();
  expect(takeFailures().map((message) => /\d{3}/.exec(message)?.[0])).toEqual(['401', '429']);
});

test('a language whose words don’t come is said to be out of reach, and comes at the next try', async () => {
  await signIn(page, 5);
  let isBroken = true;
  await page.route('**/case/assets/ja-*', (route) => (isBroken ? route.abort('connectionreset') : route.continue()));
  await page.getByRole('button', { name: '日本語' }).click();
  await page.getByText('No connection. Check your network and try again.').waitFor();
  expect(await state().textContent()).toContain('Submitted');
  isBroken = false;
  await speak(page, '日本語');
  expect(await page.locator('.trouble').textContent()).toBe('');
  expect(takeFailures()).toEqual(['Failed to load resource: net::ERR_CONNECTION_RESET']);
});

test('the way to one’s own page is there, where people see who was shown their data', async () => {
  await page.getByRole('link', { name: 'Sign in to see' }).click();
  await page.getByRole('button', { name: 'Sign in as the applicant' }).waitFor();
  expect(page.url()).toBe(`${host.url}/my`);
});
