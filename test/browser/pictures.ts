import type { BrowserContextOptions, Page } from 'playwright-core';
import { PHONE, signIn } from './case-page.ts';
import { signInAsZone, takeSecret } from './developers-page.ts';
import { lookAtPartner } from './example-partner.ts';
import { runExample } from './explorer-page.ts';
import { openDocumentation, type Role, signInAs } from './role-picker.ts';

/** A picture of the documentation: an address, and the steps that bring to the screen what is to be seen. */
interface Picture {
  /** Its file is `docs/images/<name>.webp`. */
  readonly name: string;
  readonly path: string;
  readonly on: BrowserContextOptions;
  readonly look?: (page: Page) => Promise<unknown>;
  /** True for the system with the example partner beside it. */
  readonly withPartner?: boolean;
}

const DESK = { locale: 'en-GB', viewport: { width: 1440, height: 900 }, colorScheme: 'light' } as const;
const HAND = { locale: 'zh-CN', viewport: PHONE, colorScheme: 'dark', deviceScaleFactor: 2 } as const;

const scrollTo = (selector: string) => (page: Page) => page.locator(selector).evaluate((part) => part.scrollIntoView());

/** Brings the explorer to the screen with its first answer. */
async function explorer(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Examples' }).locator('li button:enabled').first().waitFor();
  await page.locator('.answer[aria-busy=false] table').waitFor();
}

/** Signs in as a zone's system and makes a key. */
async function account(page: Page): Promise<void> {
  await signInAsZone(page, 'zone_teda');
  await page.locator('#keys input').fill('Registry');
  await page.locator('#keys form button').click();
  await takeSecret(page);
}

/** Signs in as an applicant and opens one of their cases. */
async function ownCase(page: Page): Promise<void> {
  const enter = page.locator('.sign-in button.primary');
  const [picker] = await Promise.all([page.context().waitForEvent('page'), enter.click()]);
  const form = picker.getByRole('form', { name: 'Applicant', exact: true });
  await form.getByLabel('Person').selectOption('talent-000003');
  await form.getByRole('button').click();
  await page.locator('.rows li button').first().click();
  await page.locator('#actions-title').waitFor();
}

const documentation =
  (role: Role) =>
  async (page: Page): Promise<void> => {
    await explorer(page);
    await signInAs(page, role);
    await openDocumentation(page, 'Enterprise');
  };

const ROLES = { ...DESK, viewport: { width: 1200, height: 900 } };
const TWO_PARKS = 'code=binhai-zhongguancun&vs-code=sample-baodi&from=2020-02-10&to=2020-03-16&view=chart';

/** The pictures: the analyst's tasks, the developers' pages, the explorer, and a case and its application on a phone. */
export const PICTURES: readonly Picture[] = [
  { name: 'home-en', path: '/', on: DESK },
  { name: 'home-zh', path: '/', on: HAND },
  { name: 'look-list-en', path: '/look/Enterprises', on: DESK, look: scrollTo('#table-0 tr:nth-child(44)') },
  { name: 'look-year-zh', path: '/look/CaseStatisticsSeries?view=chart', on: HAND, look: scrollTo('#seen') },
  {
    name: 'look-compare-ja',
    path: `/look/ResumptionSeries?${TWO_PARKS}`,
    on: { ...DESK, locale: 'ja-JP' },
    look: scrollTo('.pair'),
  },
  {
    name: 'look-saved-en',
    path: '/look/question_facilities-of-a-park',
    on: { ...DESK, colorScheme: 'dark' },
  },
  { name: 'developers-en', path: '/developers', on: DESK },
  { name: 'developers-doc', path: '/developers/integrating', on: DESK },
  { name: 'developers-account', path: '/developers/account?lang=en', on: DESK, look: account },
  { name: 'developers-account-zh', path: '/developers/account?lang=zh', on: HAND, look: account },
  {
    name: 'explorer',
    path: '/explorer',
    on: DESK,
    async look(page) {
      await explorer(page);
      await runExample(page, 'Headline');
      await page.locator('.figures').waitFor();
    },
  },
  { name: 'documentation-officer', path: '/explorer', on: ROLES, look: documentation('Officer') },
  { name: 'documentation-analyst', path: '/explorer', on: ROLES, look: documentation('Analyst') },
  // Each language has another case: waiting, one's own turn, and a result.
  { name: 'case-zh', path: '/case', on: { ...HAND, colorScheme: 'light' }, look: (page) => signIn(page, 1) },
  {
    name: 'case-ja',
    path: '/case',
    on: { ...HAND, locale: 'ja-JP', colorScheme: 'light' },
    look: (page) => signIn(page, 6),
  },
  {
    name: 'case-en',
    path: '/case',
    on: { ...HAND, locale: 'en-GB', colorScheme: 'light' },
    look: (page) => signIn(page, 132),
  },
  {
    name: 'apply-zh',
    path: '/apply',
    on: { ...HAND, colorScheme: 'light' },
    look: (page) => page.locator('.option').first().waitFor(),
  },
  { name: 'my-en', path: '/my', on: { ...HAND, locale: 'en-GB', colorScheme: 'light' }, look: ownCase },
  {
    name: 'partner',
    path: '/explorer',
    on: { ...DESK, viewport: { width: 1680, height: 900 } },
    withPartner: true,
    async look(page) {
      await explorer(page);
      await lookAtPartner(page);
    },
  },
];
