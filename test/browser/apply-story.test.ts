import type { Browser, BrowserContext, Page } from 'playwright-core';
import { demoParks } from '../../src/local/demo-data/parks/parks.ts';
import { SCALES } from '../../src/local/demo-data/scale.ts';
import { personOf } from '../../src/local/demo-data/talent/persons.ts';
import { pdf } from '../fixtures/files.ts';
import { findings, overflow } from './accessibility.ts';
import { checkLook, NARROW, PHONE, scale } from './case-page.ts';
import { launchBrowser, type Misdeeds, watchedPage } from './explorer-page.ts';
import { startSystem } from './running-system.ts';

/** An application on a phone, from the first question to the receipt. */

let browser: Browser;
let host: Awaited<ReturnType<typeof startSystem>>;
let page: Page;
let context: BrowserContext;
let misdeeds: Misdeeds;
let weigh: ReturnType<typeof scale>;
/** Number of the looks that were checked so far. */
let looks = 0;

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
  weigh = scale(page);
  await page.goto(`${host.url}/apply`);
  await heading('What do you want to apply for?');
});
afterEach(async () => {
  await context.close();
  expect(misdeeds).toEqual([]);
});

const heading = (text: string) => page.getByRole('heading', { level: 1, name: text, exact: true }).waitFor();
const next = () => page.getByRole('button', { name: 'Continue', exact: true });

/** Checks the page that is shown, in the next look, and turns it back into a phone's. */
async function look(what: string): Promise<void> {
  await checkLook(page, looks++, what);
  await page.setViewportSize(PHONE);
}

async function choose(question: string, option: string): Promise<void> {
  await heading(question);
  await look(question);
  await page.getByRole('radio', { name: option, exact: true }).check();
  await next().click();
}

async function write(question: string, text: string): Promise<void> {
  await heading(question);
  await look(question);
  await page.getByLabel(question, { exact: true }).fill(text);
  await next().click();
}

/** Checks a page in three languages, on a phone and on the narrowest screen, and comes back to English. */
async function isAccessible(): Promise<void> {
  for (const name of ['中文', '日本語', 'English']) {
    await page.getByRole('button', { name, exact: true }).click();
    const lang = name === '中文' ? 'zh-CN' : name === '日本語' ? 'ja' : 'en-GB';
    await page.locator(`html[lang="${lang}"]`).waitFor();
    await page.locator('.trouble:empty').waitFor({ state: 'attached' });
    await look(name);
    await page.setViewportSize(NARROW);
    expect([name, await overflow(page)]).toEqual([name, 0]);
    await page.setViewportSize(PHONE);
  }
}

/** Answers the questions on a purchase subsidy. */
async function answer(bornOn: string): Promise<void> {
  await choose('What do you want to apply for?', 'Housing');
  await choose('Which one?', 'Purchase subsidy');
  await choose('In which zone?', 'Tianjin Economic-Technological Development Area (TEDA)');
  await choose('Degree', 'Master’s degree');
  await write('Date of birth', bornOn);
  await write('Months of social insurance', '24');
  await choose('Hukou of the city', 'Yes');
}

test('an application with three documents, from the first question to the receipt', async () => {
  await answer('1990-05-06');
  await heading('You may apply');
  await isAccessible();
  const [picker] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('button', { name: 'Sign in and apply' }).click(),
  ]);
  await picker.getByRole('form', { name: 'Applicant', exact: true }).getByRole('button').click();

  await write('Your name', '张某某');
  await write('Your resident identity number', personOf(1, demoParks(SCALES.S)).person.idNumber);
  await write('Your mobile number', '1234');
  await page.getByRole('alert').filter({ hasText: 'Enter a mobile number of 11 digits.' }).first().waitFor();
  expect(await findings(page)).toEqual([]);
  await write('Your mobile number', '10012345678');
  await choose('Who is it for?', 'Me');
  await heading('Check your answers');
  await page.getByRole('button', { name: 'Change: Your name' }).click();
  await write('Your name', '张某');
  await heading('Check your answers');
  expect(await page.locator('.answers').textContent()).toContain('张某');
  await isAccessible();
  await page.getByRole('button', { name: 'Confirm and go on to the documents' }).click();

  await heading('Send your documents');
  const secret = (await page.locator('.uploads dd.number').textContent()) ?? '';
  expect(secret).toMatch(/^[0-9A-Z-]{16,}$/);
  await isAccessible();
  const inputs = page.locator('.supply input[type=file]');
  for (let left = await inputs.count(); left > 0; left--) {
    expect(await inputs.count()).toBe(left);
    await inputs.first().setInputFiles({ name: 'deed.pdf', mimeType: 'application/pdf', buffer: pdf(`Deed ${left}`) });
    await inputs.nth(left - 1).waitFor({ state: 'detached' });
  }
  await page.getByRole('button', { name: 'Send to the agency' }).click();
  await heading('Your application has been sent');
  // All files that the whole way takes in one language, from the first question to the receipt.
  const bytes = await weigh(/\/apply($|\/assets\/(?!(zh|ja)-))/);
  console.log(`/apply, to the receipt: ${bytes} bytes of files`);
  expect(bytes).toBeLessThan(40_000);
  await isAccessible();
  expect(await page.locator('.receipt').textContent()).toContain(secret);
  const number = (await page.locator('.receipt dd.number').first().textContent()) ?? '';
  expect(number).toMatch(/^BHZ-/);
  const kept = await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href])');
  expect(kept).not.toContain(secret);
  expect(kept).not.toContain('张');

  // The receipt's code leads to the case, and takes the number along.
  await page.getByRole('link', { name: 'See my case' }).click();
  expect(await page.locator('#receipt').inputValue()).toBe(number);
  expect(page.url()).toBe(`${host.url}/case`);
  await page.locator('#secret').fill(secret);
  await page.locator('button.primary').click();
  await page.locator('#state', { hasText: 'Submitted' }).waitFor();
}, 180_000);

test('who does not meet a term reads which, and what would have to change; a reload loses no answer', async () => {
  await choose('What do you want to apply for?', 'Housing');
  await heading('Which one?');
  await next().click();
  await page.getByText('Answer this question.').first().waitFor();
  await choose('Which one?', 'Purchase subsidy');
  await choose('In which zone?', 'Tianjin Economic-Technological Development Area (TEDA)');
  await choose('Degree', 'Bachelor’s degree');
  await page.reload();
  await write('Date of birth', '1990-05-06');
  await write('Months of social insurance', '3');
  await choose('Hukou of the city', 'I don’t know');
  await heading('You don’t meet the terms yet');
  const said = await page.locator('.verdict').textContent();
  expect(said).toContain('12 months of social insurance');
  expect(said).toContain('Clause 1');
  expect(said).toContain('What would have to change');
  await isAccessible();
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await findings(page)).toEqual([]);
  expect(await page.getByRole('button', { name: 'Sign in and apply' }).count()).toBe(0);
  expect(page.url()).toBe(`${host.url}/apply`);
});

test('who needs a recommendation names the employer by keyboard, on a wide screen, and opens the case', async () => {
  await page.setViewportSize({ width: 1440, height: 900 });
  /** Chooses by the arrow keys and goes on by Enter. */
  const press = async (question: string, option: string) => {
    await heading(question);
    const radios = page.getByRole('radio');
    await radios.first().focus();
    await page.keyboard.press('Space');
    for (let i = await radios.count(); i > 0; i--) {
      if (await page.getByRole('radio', { name: option, exact: true }).isChecked()) break;
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Enter');
  };
  const type = async (question: string, text: string) => {
    await heading(question);
    await page.getByLabel(question, { exact: true }).focus();
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
  };
  await press('What do you want to apply for?', 'Hukou');
  await press('Which one?', 'Hukou for urgently needed talent');
  await press('In which zone?', 'Tianjin Economic-Technological Development Area (TEDA)');
  await press('Recommended by the employer', 'Yes');
  // A British phone's field for dates takes day, month and year.
  await type('Date of birth', '06051990');
  await press('Criminal record', 'No');
  await heading('You may apply');
  expect([await findings(page), await overflow(page)]).toEqual([[], 0]);
  const [picker] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('button', { name: 'Sign in and apply' }).press('Enter'),
  ]);
  await picker.getByRole('form', { name: 'Applicant', exact: true }).getByRole('button').click();
  await type('Your name', '李某');
  await type('Your resident identity number', personOf(1, demoParks(SCALES.S)).person.idNumber);
  await type('Your mobile number', '10012345678');
  await type('Your employer’s unified social credit code', '123');
  await page.getByRole('alert').filter({ hasText: 'This is no credit code.' }).first().waitFor();
  await page.getByLabel('Your employer’s unified social credit code', { exact: true }).fill('91120115DEM004500B');
  await page.keyboard.press('Enter');
  await press('Who is it for?', 'Me');
  await heading('Check your answers');
  expect([await findings(page), await overflow(page)]).toEqual([[], 0]);
  await page.getByRole('button', { name: 'Confirm and go on to the documents' }).press('Enter');
  await heading('Send your documents');
}, 180_000);

test('the first question comes with less than 40 kB', async () => {
  const bytes = await weigh();
  console.log(`/apply, first question: ${bytes} bytes`);
  expect(bytes).toBeLessThan(40_000);
});
