import type { Browser, BrowserContext, Page } from 'playwright-core';
import { encode } from 'uqr';
import { demoParks } from '../../src/local/demo-data/parks/parks.ts';
import { SCALES } from '../../src/local/demo-data/scale.ts';
import { personOf } from '../../src/local/demo-data/talent/persons.ts';
import { pdf } from '../fixtures/files.ts';
import { findings, overflow } from './accessibility.ts';
import { checkLook, NARROW, PHONE, scale, turn } from './case-page.ts';
import { launchBrowser, type Misdeeds, watchedPage } from './explorer-page.ts';
import * as keys from './keyboard.ts';
import { startSystem } from './running-system.ts';

/** An application on a phone, from the first question to the receipt, by keys alone. */

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
const press = (name: string) => keys.press(page, page.getByRole('button', { name, exact: true }));

/** Checks the page that is shown, in the next look, and turns it back into a phone's. */
async function look(what: string): Promise<void> {
  await checkLook(page, looks++, what);
  await page.setViewportSize(PHONE);
}

async function choose(question: string, option: string): Promise<void> {
  await heading(question);
  await look(question);
  await keys.choose(page, page.getByRole('radio', { name: option, exact: true }));
  await page.keyboard.press('Enter');
}

async function write(question: string, text: string): Promise<void> {
  await heading(question);
  await look(question);
  await keys.type(page, page.getByLabel(question, { exact: true }), text);
  await page.keyboard.press('Enter');
}

/** Checks a page in three languages, on a phone and on the narrowest screen, and comes back to English. */
async function isAccessible(): Promise<void> {
  for (const name of ['中文', '日本語', 'English']) {
    await press(name);
    const lang = name === '中文' ? 'zh-CN' : name === '日本語' ? 'ja' : 'en-GB';
    await page.locator(`html[lang="${lang}"]`).waitFor();
    await page.locator('.trouble:empty').waitFor({ state: 'attached' });
    await look(name);
    await page.setViewportSize(NARROW);
    expect([name, await overflow(page)]).toEqual([name, 0]);
    await page.setViewportSize(PHONE);
  }
}

/**
 * Answers the questions on a purchase subsidy.
 * @param bornOn as a British phone's field for dates takes it: day, month and year
 */
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
  await answer('06051990');
  await heading('You may apply');
  await isAccessible();
  const [picker] = await Promise.all([context.waitForEvent('page'), press('Sign in and apply')]);
  await picker.getByRole('form', { name: 'Applicant', exact: true }).getByRole('button').click();

  await write('Your name', '张某某');
  await write('Your resident identity number', personOf(1, demoParks(SCALES.S)).person.idNumber);
  await write('Your mobile number', '1234');
  await page.getByRole('alert').filter({ hasText: 'Enter a mobile number of 11 digits.' }).first().waitFor();
  expect(await findings(page)).toEqual([]);
  await write('Your mobile number', '10012345678');
  await choose('Who is it for?', 'Me');
  await heading('Check your answers');
  await press('Change: Your name');
  await write('Your name', '张某');
  await heading('Check your answers');
  expect(await page.locator('.answers').textContent()).toContain('张某');
  await isAccessible();
  await press('Confirm and go on to the documents');

  await heading('Send your documents');
  const secret = (await page.locator('.uploads dd.number').textContent()) ?? '';
  expect(secret).toMatch(/^[0-9A-Z-]{16,}$/);
  await isAccessible();
  const inputs = page.locator('.supply input[type=file]');
  for (let left = await inputs.count(); left > 0; left--) {
    expect(await inputs.count()).toBe(left);
    const buffer = pdf(`Deed ${left}`);
    await keys.chooseFile(page, inputs.first(), { name: 'deed.pdf', mimeType: 'application/pdf', buffer });
    await inputs.nth(left - 1).waitFor({ state: 'detached' });
  }
  await press('Send to the agency');
  await heading('Your application has been sent');
  // All files that the whole way takes in one language, from the first question to the receipt.
  const bytes = await weigh(/\/apply($|\/assets\/(?!(zh|ja)-))/);
  console.log(`/apply, to the receipt: ${bytes} bytes of files`);
  expect(bytes).toBeLessThan(40_000);
  await isAccessible();
  expect(await page.locator('.receipt').textContent()).toContain(secret);
  const number = (await page.locator('.receipt dd.number').first().textContent()) ?? '';
  expect(number).toMatch(/^BHZ-/);
  // The code holds the page and the number, and nothing more.
  const { data } = encode(`${host.url}/case#r=${number}`, { ecc: 'M', border: 4 });
  const dark = data.flatMap((line, y) => line.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  expect(await page.locator('.qr path').getAttribute('d')).toBe(dark.join(''));
  const kept = await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href])');
  expect(kept).not.toContain(secret);
  expect(kept).not.toContain('张');

  // The receipt's code leads to the case, and takes the number along.
  await keys.press(page, page.getByRole('link', { name: 'See my case' }));
  await page.locator('#receipt').waitFor();
  expect(await page.locator('#receipt').inputValue()).toBe(number);
  expect(page.url()).toBe(`${host.url}/case`);
  await keys.type(page, page.locator('#secret'), secret);
  await page.keyboard.press('Enter');
  await page.locator('#state', { hasText: 'Submitted' }).waitFor();
}, 180_000);

test('who does not meet a term reads which, and what would have to change; a reload loses no answer', async () => {
  await choose('What do you want to apply for?', 'Housing');
  await heading('Which one?');
  await press('Continue');
  await page.getByText('Answer this question.').first().waitFor();
  await choose('Which one?', 'Purchase subsidy');
  await choose('In which zone?', 'Tianjin Economic-Technological Development Area (TEDA)');
  await choose('Degree', 'Bachelor’s degree');
  await page.reload();
  await write('Date of birth', '06051990');
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

test('a parent names the employer and consents for a child by keys, in each language, width and scheme', async () => {
  let turns = 0;
  /** Waits for a field, turns the page to the next look, and waits for the field there. */
  const field = async (of: string) => {
    await page.locator(of).first().waitFor();
    await turn(page, turns++);
    await page.locator('.trouble:empty').waitFor({ state: 'attached' });
    await page.locator(of).first().waitFor();
    return page.locator(of);
  };
  const choose = async (question: string, value: string) => {
    const options = await field(`[name="${question}"]`);
    await keys.choose(page, options.and(page.locator(`[value="${value}"]`)));
    await page.keyboard.press('Enter');
  };
  const type = async (of: string, text: string) => {
    await keys.type(page, await field(of), text);
    await page.keyboard.press('Enter');
  };
  const button = async (of: string) => keys.press(page, await field(of));
  await choose('kind', 'HUKOU');
  await choose('caseType', 'ctype_hukou-urgently-needed');
  await choose('zone', 'zone_teda');
  await choose('fact:recommended', 'true');
  await type('#field[type=date]', '06051990');
  await choose('fact:criminalRecord', 'false');
  const [picker] = await Promise.all([context.waitForEvent('page'), button('.verdict button.primary')]);
  await picker.getByRole('form', { name: 'Applicant', exact: true }).getByRole('button').click();
  await type('#field[autocomplete="name"]', '李某');
  await type('#field[maxlength="18"]', personOf(1, demoParks(SCALES.S)).person.idNumber);
  await type('#field[type=tel]', '10012345678');
  await type('#field[maxlength="18"]', '123');
  await page.locator('.summary:not([hidden])').waitFor();
  await keys.type(page, page.locator('#field'), '91120115DEM004500B');
  await page.keyboard.press('Enter');
  await choose('relation', 'CHILD');
  await type('#field[type=date]', '06052020');
  // The child is under fourteen.
  await choose('consent', 'true');
  await page.locator('.answers').waitFor();
  expect([await findings(page), await overflow(page)]).toEqual([[], 0]);
  await button('.check button.primary');
  await page.locator('.uploads').waitFor();
  expect(turns).toBeGreaterThan(6);
}, 180_000);

test('the first question comes with less than 40 kB', async () => {
  const bytes = await weigh();
  console.log(`/apply, first question: ${bytes} bytes`);
  expect(bytes).toBeLessThan(40_000);
});
