import type { Browser, BrowserContext, Page } from 'playwright-core';
import { STATE_LABELS } from '../../src/domain/cases/words/text.ts';
import { MY_WORDS } from '../../src/pages/my/words.ts';
import { startWechatRecorder, WECHAT_APP_ID, type WechatRecorder } from '../fixtures/wechat-recorder.ts';
import { findings, overflow } from './accessibility.ts';
import { checkLook, NARROW, openCasePage, PHONE, receiptOf, signIn, speak, turn } from './case-page.ts';
import { launchBrowser, type Misdeeds, watchedPage } from './explorer-page.ts';
import * as keys from './keyboard.ts';
import { startSystem } from './running-system.ts';

/** An applicant's own pages, by keys alone: what they may do with a case, and who was shown their data. */

let browser: Browser;
let wechat: WechatRecorder;
let host: Awaited<ReturnType<typeof startSystem>>;
let page: Page;
let context: BrowserContext;
let misdeeds: Misdeeds;

beforeAll(async () => {
  wechat = await startWechatRecorder();
  host = await startSystem(undefined, { WECHAT_APP_ID, NEWS_CHANNELS: wechat.settings });
  browser = await launchBrowser();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await host?.close();
  await wechat?.stop();
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
  const [picker] = await Promise.all([context.waitForEvent('page'), press('Sign in as the applicant')]);
  const form = picker.getByRole('form', { name: 'Applicant', exact: true });
  await form.getByLabel('Person').selectOption(person);
  await form.getByRole('button').click();
  await page.locator('.rows').first().waitFor();
}

const button = (name: string | RegExp) => page.getByRole('button', { name });
const press = (name: string | RegExp) => keys.press(page, button(name));

test('the applicant reads their cases, gets another secret, and withdraws', async () => {
  expect(await findings(page)).toEqual([]);
  await signInAs('talent-000003');
  await checkLook(page, 3, 'the list');
  await page.setViewportSize(PHONE);
  await press(/^See BHZ-000006/);
  await page.locator('#state', { hasText: 'More documents needed' }).waitFor();
  for (const [number, name] of ['中文', '日本語', 'English'].entries()) {
    await speak(page, name);
    await page.locator('#actions-title').waitFor();
    await checkLook(page, number, name);
    await page.setViewportSize(NARROW);
    expect([name, await overflow(page)]).toEqual([name, 0]);
    await page.setViewportSize(PHONE);
  }
  let turns = 0;
  /** Turns the page to the next language, width and scheme, and waits until the case is there. */
  const next = async () => {
    const lang = await turn(page, turns++);
    await page.locator(`.content[lang="${lang}"]`).waitFor();
    return MY_WORDS[lang === 'zh-CN' ? 'ZH' : lang === 'ja' ? 'JA' : 'EN'];
  };
  const { renewSecret, confirm, newSecret } = await next();
  await press(renewSecret);
  await press(confirm);
  await page.getByText(new RegExp(`^${newSecret.split('{')[0]}[0-9A-Z-]{16,}`)).waitFor();
  await next();
  expect(await findings(page)).toEqual([]);
  await next();
  await keys.type(page, page.getByLabel('Mobile number'), '1001234');
  await press('Tell me of news');
  await page.getByText('Enter a valid mobile number or e-mail address.').waitFor();
  expect(await findings(page)).toEqual([]);
  await keys.type(page, page.getByLabel('Mobile number'), '10087654321');
  await page.keyboard.press('Enter');
  await page.getByText('Messages go to 100****4321.').waitFor();
  await press('Stop telling me');
  await page.getByText('Stopped. The address is deleted.').waitFor();
  const inChinese = await next();
  await press(/^撤回/);
  expect(await findings(page)).toEqual([]);
  await press(inChinese.confirm);
  await page.locator('#state', { hasText: STATE_LABELS.WITHDRAWN.zh }).waitFor();
  expect(await button(/^撤回/).count()).toBe(0);
  await press((await next()).back);
  await page.locator('.rows').first().waitFor();
  await press((await next()).accessLog);
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
  await press('Who was shown my data');
  await log.getByText('holder of the receipt').first().waitFor();
  expect(await log.textContent()).toContain(`${receiptOf(1)} Opened the case by its receipt number and secret`);
  const said = [
    ['中文', '持有受理回执者'],
    ['日本語', '受付票の所持者'],
    ['English', 'holder of the receipt'],
  ] as const;
  for (const [number, [name, text]] of said.entries()) {
    await press(name);
    await log.getByText(text).first().waitFor();
    await checkLook(page, number, name);
    expect(await log.textContent()).not.toMatch(/undefined|null|\b[A-Z]+_[A-Z]+\b/);
  }
  await page.setViewportSize(NARROW);
  expect(await overflow(page)).toBe(0);
  await keys.press(page, log.getByRole('button', { name: 'Sign out' }));
  await page.getByText('Your sign-in has ended. Sign in again.').waitFor();
  expect(await log.count()).toBe(0);
});

test('who is no applicant is told so', async () => {
  const [picker] = await Promise.all([context.waitForEvent('page'), press('Sign in as the applicant')]);
  await picker.getByRole('form', { name: 'Analyst', exact: true }).getByRole('button').click();
  await page.getByText('Sign in as an applicant.').waitFor();
});

test('the address at which news is told is another one, on a wide screen', async () => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await signInAs('talent-000001');
  await press(/^See BHZ-000001$/);
  await page.locator('#news-title').waitFor();
  await page.getByText('Messages go to 100****0001.').waitFor();
  expect([await findings(page), await overflow(page)]).toEqual([[], 0]);
  await press('Stop telling me');
  await keys.choose(page, page.locator('input[name=news-channel][value=EMAIL]'));
  await keys.type(page, page.getByLabel('E-mail address'), 'wang@example.org');
  await page.keyboard.press('Enter');
  await page.getByText('Messages go to w***@example.org.').waitFor();
  await press('Stop telling me');
  // This browser has no push service; the page's worker is a real one.
  await context.grantPermissions(['notifications']);
  await page.evaluate(`PushManager.prototype.subscribe = async (options) => ({
    endpoint: 'https://push.example/1', expirationTime: null,
    keys: { p256dh: options.applicationServerKey, auth: 'BTBZMqHH6r4Tts7J_aSIgg' },
  })`);
  await keys.choose(page, page.locator('input[name=news-channel][value=WEB_PUSH]'));
  expect(await page.locator('#news-address').isVisible()).toBe(false);
  await page.keyboard.press('Enter');
  await page.getByText('Messages go to push.example/***.').waitFor();
  expect(
    await page.evaluate('navigator.serviceWorker.getRegistrations().then((all) => all.map(({ scope }) => scope))'),
  ).toEqual([`${host.url}/my/assets/`]);
}, 120_000);

test('WeChat is bound by its own page, and another state binds nothing', async () => {
  let asked = new URL('about:blank');
  let stateOf = (state: string) => `other${state}`;
  await context.route('https://open.weixin.qq.com/**', (route) => {
    asked = new URL(route.request().url());
    const back = new URL(asked.searchParams.get('redirect_uri') ?? '');
    back.searchParams.set('code', 'code-0001');
    back.searchParams.set('state', stateOf(asked.searchParams.get('state') ?? ''));
    const body = `<meta http-equiv="refresh" content="0;url=${back.href.replaceAll('&', '&amp;')}">`;
    return route.fulfill({ contentType: 'text/html', body });
  });
  await signInAs('talent-000002');
  await press(/^See BHZ-/);
  await page.locator('#news-title').waitFor();
  if (await button('Stop telling me').count()) await press('Stop telling me');
  await keys.choose(page, page.locator('input[name=news-channel][value=WECHAT]'));
  expect(await findings(page)).toEqual([]);
  const [stranger] = await Promise.all([context.waitForEvent('page'), press('Tell me of news')]);
  await stranger.getByText('Nobody was signed in').waitFor();
  expect(new URL(stranger.url()).search).toBe('');
  await stranger.close();
  expect(wechat.take()).toEqual([]);

  stateOf = (state) => state;
  await press('Tell me of news');
  await page.getByText('Messages go to oAbC***.').waitFor();
  expect(wechat.take()).toHaveLength(1);
  expect(Object.fromEntries(asked.searchParams)).toMatchObject({
    appid: WECHAT_APP_ID,
    response_type: 'code',
    scope: 'snsapi_base',
    state: expect.stringMatching(/^[\da-f]{32}$/),
  });
  expect([...asked.searchParams.keys()].join()).toBe('appid,redirect_uri,response_type,scope,state');
});
