import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { OFFICER_ROLES } from '../../src/domain/viewer.ts';
import { titleOf } from '../../src/pages/explorer/titles.ts';
import { isRun, launchBrowser, type Misdeeds, openExplorer, runExample } from './explorer-page.ts';
import { account, openDocumentation, openPicker, signInAs } from './role-picker.ts';
import { startSystem } from './running-system.ts';

let browser: Browser;
let system: Awaited<ReturnType<typeof startSystem>>;
let page: Page;
let misdeeds: Misdeeds;

beforeAll(async () => {
  system = await startSystem();
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await system?.close();
});
beforeEach(async () => {
  ({ page, misdeeds } = await openExplorer(browser, system.url));
});
afterEach(async () => {
  await page.context().close();
  expect(misdeeds).toEqual([]);
});

const example = (name: string) =>
  page.getByRole('navigation', { name: 'Examples' }).getByRole('button', { name, exact: true });
const notice = () => page.getByRole('main').getByRole('alert').first();

/** The `authorization` of the next request to the gateway, which `act` makes. */
async function credentialOf(act: () => Promise<void>): Promise<string | undefined> {
  const [asked] = await Promise.all([page.waitForRequest(isRun), act()]);
  return asked.headers().authorization;
}

test('who signs in is shown as the token says, and is who the gateway is asked as', async () => {
  expect(await credentialOf(() => runExample(page, 'Headline'))).toBeUndefined();
  await signInAs(page, 'Officer', { Agency: 'Education', Zone: 'Dongjiang Port Area' });
  const said = (await account(page).textContent()) ?? '';
  expect(said).toContain('AgencyEducation and Sports BureauZonezone_dongjiangRolesReceive cases, Review, Decide, ');
  expect(
    await account(page)
      .locator(`dd[title="${OFFICER_ROLES.join(', ')}"]`)
      .count(),
  ).toBe(1);
  const officer = await credentialOf(() => runExample(page, 'Headline'));
  expect(officer).toMatch(/^Bearer ey/);
  await signInAs(page, 'Analyst');
  expect(await credentialOf(() => runExample(page, 'Headline'))).not.toBe(officer);
});

test('the documentation is of what one may use, and changes with who looks; so do the examples', async () => {
  const caseStatus = page.getByRole('navigation', { name: 'Examples' }).getByRole('button', { name: /^Case status/ });
  await signInAs(page, 'Officer');
  const documentation = await openDocumentation(page, 'Enterprise');
  const field = (name: string) => documentation.getByRole('link', { name, exact: true });
  await field('staffCount').waitFor();
  await field('tracking').waitFor();
  expect(await caseStatus.getAttribute('data-allowed')).toBe('true');

  await signInAs(page, 'Analyst');
  await field('staffCount').waitFor({ state: 'detached' });
  expect(await field('sizeClass').count()).toBe(1);
  expect(await field('tracking').count()).toBe(0);
  expect(await caseStatus.getAttribute('data-allowed')).toBe('false');
  expect(await caseStatus.textContent()).toContain('not yours');

  await signInAs(page, 'Clerk of an enterprise');
  await field('staffCount').waitFor();
  await account(page).getByRole('button', { name: 'Sign out' }).click();
  await field('staffCount').waitFor({ state: 'detached' });
});

test('an officer’s examples are of their own agency and zone, and begin with a list that holds something', async () => {
  await signInAs(page, 'Officer', { Agency: 'Education' });
  await runExample(page, 'Worklist');
  const answer = page.getByRole('region', { name: 'Answer as figures and tables' });
  expect(await answer.getByRole('alert').allInnerTexts()).toEqual([]);
  await runExample(page, 'OfficerCase');
  expect(await answer.locator('.lists label', { has: page.locator('input:checked') }).textContent()).not.toMatch(/ 0$/);
  await answer.locator('table').waitFor();
});

test('the token is in no storage, no address and no history, and signing out forgets it', async () => {
  const addresses: string[] = [];
  page.context().on('request', (asked) => addresses.push(asked.url()));
  await signInAs(page, 'Clerk of an enterprise');
  const token = (await credentialOf(() => runExample(page, 'Headline')))?.split(' ')[1] ?? '';
  expect(token.length).toBeGreaterThan(100);
  const kept = await page.evaluate<string>(`(async () => JSON.stringify([
    { ...localStorage }, { ...sessionStorage }, document.cookie, location.href, history.state,
    await indexedDB.databases(), await caches.keys(),
  ]))()`);
  expect(kept).toContain('graphiql:');
  for (const where of [kept, ...addresses, await page.content()]) {
    expect(where).not.toContain(token);
    expect(where).not.toContain(token.split('.')[2]);
    expect(where).not.toContain('code_verifier');
  }
  expect((await page.context().storageState()).cookies).toEqual([]);
  expect(page.context().pages()).toEqual([page]);

  const answer = page.getByRole('region', { name: 'Answer as figures and tables' });
  await answer.locator('table').waitFor();
  await account(page).getByRole('button', { name: 'Sign out' }).click();
  await account(page).getByText('You are not signed in.').waitFor();
  await answer.getByText('Choose an example').waitFor();
  expect(await credentialOf(() => runExample(page, 'Headline'))).toBeUndefined();
  await signInAs(page, 'Analyst');
  await page.reload();
  await account(page).getByText('You are not signed in.').waitFor();
});

test('an answer that nobody asked for, or of another state, signs nobody in', async () => {
  const stray = await page.context().newPage();
  await stray.goto(`${system.url}/sign-in/return?code=stolen&state=made-up`);
  await stray.getByText('Nobody was signed in').waitFor();
  expect(stray.url()).toBe(`${system.url}/sign-in/return`);
  await stray.close();

  const picker = await openPicker(page);
  const exchanges: string[] = [];
  page.on('request', (asked) => exchanges.push(asked.url()));
  await picker.goto(`${system.url}/sign-in/return?code=stolen&state=made-up`);
  await picker.getByText('Nobody was signed in').waitFor();
  expect(exchanges).toEqual([]);
  await account(page).getByRole('button', { name: 'Cancel' }).click();
  await account(page).getByText('You are not signed in.').waitFor();
});

test('an answer in the name of another issuer is refused before its code is used', async () => {
  await changeAnswer((answer) => answer.searchParams.set('iss', 'https://evil.example'));
  const exchanges: string[] = [];
  page.on('request', (asked) => exchanges.push(asked.url()));
  await chooseAnalyst();
  expect(await notice().textContent()).toContain("The issuer's answer is not what was asked for, and is not used");
  expect(exchanges.filter((url) => url.endsWith('/token'))).toEqual([]);
  await notice().getByRole('button', { name: 'Dismiss' }).click();
  await account(page).getByText('You are not signed in.').waitFor();
});

test('an issuer that declines is said in words', async () => {
  await changeAnswer((answer) => {
    answer.searchParams.delete('code');
    answer.searchParams.set('error', 'access_denied');
  });
  await chooseAnalyst();
  expect(await notice().textContent()).toContain('The sign-in was declined at the issuer.');
});

test('a code that has been used before gives no token', async () => {
  await changeAnswer((answer) => answer.searchParams.set('code', 'used-before'));
  await chooseAnalyst();
  expect(await notice().textContent()).toContain('The issuer did not give a token (invalid_grant).');
  expect(misdeeds.splice(0)).toEqual([expect.stringContaining('400 (Bad Request)')]);
});

test('a token of another nonce is not used', async () => {
  await page.context().route('**/dev-issuer/authorize?*', async (route) => {
    const url = new URL(route.request().url());
    url.searchParams.set('nonce', 'another');
    await route.continue({ url: url.href });
  });
  await chooseAnalyst();
  expect(await notice().textContent()).toContain("The issuer's answer is not what was asked for");
});

test('a sign-in that is over says so, asks nothing as nobody, and can begin again', async () => {
  await page.clock.install();
  await signInAs(page, 'Analyst');
  await page.clock.fastForward('00:59:50');
  await account(page).getByText('Analyst', { exact: true }).waitFor();
  await page.clock.fastForward('00:00:11');
  expect(await notice().textContent()).toContain('Your sign-in as analyst has ended: its time is over.');
  const sent: string[] = [];
  page.on('request', (asked) => sent.push(asked.url()));
  await example(titleOf('Headline', 'EN')).click();
  await page.getByText('SIGN_IN_ENDED').first().waitFor();
  expect(sent.filter((url) => url.endsWith('/graphql'))).toEqual([]);
  await notice().getByRole('button', { name: 'Go on without' }).click();
  expect(await credentialOf(() => runExample(page, 'Headline'))).toBeUndefined();
});

test('a token that the gateway does not take ends the sign-in', async () => {
  await signInAs(page, 'Administrator');
  await page.route('**/graphql', (route) =>
    route.continue({ headers: { ...route.request().headers(), authorization: 'Bearer of.something.else' } }),
  );
  await example(titleOf('Headline', 'EN')).click();
  await page.getByText('The gateway no longer accepts your sign-in as administrator.').waitFor();
  expect(misdeeds.splice(0).every((line) => line.includes('401'))).toBe(true);
  await page.unroute('**/graphql');
  await Promise.all([
    page
      .context()
      .waitForEvent('page')
      .then((picker) => picker.getByRole('form', { name: 'Analyst' }).getByRole('button').click()),
    notice().getByRole('button', { name: 'Sign in again' }).click(),
  ]);
  await account(page).getByText('Analyst', { exact: true }).waitFor();
  expect(await page.getByText('no longer accepts').count()).toBe(0);
});

test('the whole way in and out is walked by keyboard', async () => {
  await account(page).getByRole('button', { name: 'Sign in' }).focus();
  const opening = page.context().waitForEvent('page');
  await page.keyboard.press('Enter');
  const picker = await opening;
  await picker.getByRole('heading', { name: 'Who do you want to be?' }).waitFor();
  const focused = () => picker.evaluate<string | null>('document.activeElement?.getAttribute("name")');
  const walked: (string | null)[] = [];
  while (walked.at(-1) !== 'as') {
    await picker.keyboard.press('Tab');
    walked.push(await focused());
  }
  expect(walked).toEqual(['agency', 'zone', ...OFFICER_ROLES.map(() => 'roles'), 'as']);
  await picker.keyboard.press('Enter');
  await account(page).getByText('Officer', { exact: true }).waitFor();
  await account(page).getByRole('button', { name: 'Sign out' }).focus();
  await page.keyboard.press('Enter');
  await account(page).getByText('You are not signed in.').waitFor();
});

test('the account is in the language of the page', async () => {
  for (const [lang, sentence, button] of [
    ['zh', '您尚未登录。', '登录'],
    ['ja', 'ログインしていません。', 'ログイン'],
  ] as const) {
    await page.goto(`${system.url}/explorer?lang=${lang}`);
    const own = page.locator('.account');
    await own.getByText(sentence).waitFor();
    expect(await own.getByRole('button').textContent()).toBe(button);
    expect(await axeFindings(page, '.account')).toEqual([]);
  }
});

test('who needs a reader, a keyboard or contrast can sign in too', async () => {
  const picker = await openPicker(page);
  expect(await axeFindings(picker, 'html')).toEqual([]);
  await picker.emulateMedia({ colorScheme: 'dark' });
  expect(await axeFindings(picker, 'html')).toEqual([]);
  expect(await axeFindings(page, '.account')).toEqual([]);
  await picker.getByRole('form', { name: 'Officer', exact: true }).getByRole('button').click();
  await account(page).getByText('Officer', { exact: true }).waitFor();
  expect(await axeFindings(page, '.examples')).toEqual([]);
  await page.goto(`${system.url}/sign-in/return`);
  await page.getByText('Nobody was signed in').waitFor();
  expect(await axeFindings(page, 'html')).toEqual([]);
});

/** What axe finds in a part of a page by WCAG 2.2, A and AA. */
async function axeFindings(where: Page, part: string): Promise<readonly string[]> {
  await where.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  return where.evaluate(`axe.run('${part}', { runOnly: ${JSON.stringify(tags)} }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target.join(' '))))`);
}

/** Changes what the issuer sends people back with. */
async function changeAnswer(change: (answer: URL) => void): Promise<void> {
  await page.context().route('**/dev-issuer/authorize', async (route) => {
    const sent = await route.fetch({ maxRedirects: 0 });
    const answer = new URL(sent.headers().location ?? '');
    change(answer);
    await route.fulfill({ status: 303, headers: { location: answer.href } });
  });
}

async function chooseAnalyst(): Promise<void> {
  const picker = await openPicker(page);
  await picker.getByRole('form', { name: 'Analyst' }).getByRole('button').click();
  await notice().waitFor();
}
