import type { Browser, BrowserContext, Page } from 'playwright-core';
import { demoCaseSecret } from '../../src/local/demo-data/talent/case-secrets.ts';
import { pdf, sha256Of } from '../fixtures/files.ts';
import { findings, overflow } from './accessibility.ts';
import { checkLook, NARROW, openCasePage, receiptOf, signIn, speak, turn } from './case-page.ts';
import { launchBrowser, type Misdeeds } from './explorer-page.ts';
import { chooseFile, press } from './keyboard.ts';
import { photoOfAPhone } from './photo.ts';
import { startSystem } from './running-system.ts';

/** The most that is sent of a photo. */
const MAX_PHOTO_BYTES = 500_000;

/** Demo cases whose applicants were told what is missing. */
const ASKED = [6, 31, 182] as const;

let browser: Browser;
let host: Awaited<ReturnType<typeof startSystem>>;
let photo: Buffer;
let page: Page;
let context: BrowserContext;
let misdeeds: Misdeeds;
let weigh: Awaited<ReturnType<typeof openCasePage>>['weigh'];

beforeAll(async () => {
  host = await startSystem();
  browser = await launchBrowser();
  photo = await photoOfAPhone(browser);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await host?.close();
});
beforeEach(async () => {
  ({ page, context, misdeeds, weigh } = await openCasePage(browser, host.url));
});
afterEach(async () => {
  await context.close();
});

const files = () => page.locator('.supply input[type=file]');
const submit = () => page.getByRole('button', { name: 'Send to the agency' });
const state = async () => (await page.locator('#state').textContent()) ?? '';

test('from a receipt to a supplement in five taps and a minute, with a photo, at 400 kbit/s', async () => {
  const network = await context.newCDPSession(page);
  await network.send('Network.enable');
  const speed = (400 * 1024) / 8;
  await network.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 100,
    downloadThroughput: speed,
    uploadThroughput: speed,
  });
  const sent = page.waitForRequest('**/uploads/**');
  const started = Date.now();
  await page.locator('#receipt').fill(receiptOf(ASKED[0]));
  await page.locator('#secret').fill(demoCaseSecret(receiptOf(ASKED[0])));
  let taps = 0;
  const tap = async (act: () => Promise<unknown>) => {
    taps += 1;
    await act();
  };
  await tap(() => page.locator('button.primary').click());
  await files().first().waitFor({ state: 'attached' });
  const count = await files().count();
  const chooser = page.waitForEvent('filechooser');
  await tap(() => page.locator('.choose').first().click());
  await tap(async () => (await chooser).setFiles({ name: '成绩单.jpg', mimeType: 'image/jpeg', buffer: photo }));
  await page.getByText(/^Received: /).waitFor();
  expect(count).toBe(1);
  await tap(() => submit().click());
  await page.locator('#state', { hasText: 'Submitted' }).waitFor();
  expect(taps).toBeLessThanOrEqual(5);
  const seconds = (Date.now() - started) / 1000;
  const bytes = await weigh(/\/case($|\/)/);
  console.log(`/case with uploads: ${bytes} bytes of files; ${taps} taps, ${seconds.toFixed(1)} s at 400 kbit/s`);
  expect(seconds).toBeLessThan(60);
  expect(bytes).toBeLessThan(20_000);

  const body = (await sent).postDataBuffer() ?? Buffer.alloc(0);
  expect(photo.length).toBeGreaterThan(MAX_PHOTO_BYTES);
  expect(body.length).toBeLessThanOrEqual(MAX_PHOTO_BYTES);
  expect([photo.includes('Exif'), body.includes('Exif')]).toEqual([true, false]);
  expect(await longestSide(body)).toBeGreaterThanOrEqual(1_600);
  const checksum = Buffer.from((await sent).headers()['x-amz-checksum-sha256'] ?? '', 'base64').toString('hex');
  expect(checksum).toBe(sha256Of(body));
  expect(misdeeds).toEqual([]);
}, 120_000);

/** Returns a picture's longest side, as the browser measures it. */
const longestSide = (jpeg: Buffer): Promise<number> =>
  page.evaluate(`(async () => {
    const bytes = Uint8Array.from(atob('${jpeg.toString('base64')}'), (character) => character.charCodeAt(0));
    const { width, height } = await createImageBitmap(new Blob([bytes]));
    return Math.max(width, height);
  })()`);

test('an upload that breaks twice and whose address expires is finished by itself; a PDF stays as it is', async () => {
  const answers = ['broken', 'broken', 403];
  const bodies: Buffer[] = [];
  const addresses = new Set<string>();
  await page.route('**/uploads/**', async (route) => {
    const request = route.request();
    addresses.add(request.url());
    const answer = answers.shift();
    if (answer === 'broken') return route.abort('connectionreset');
    if (answer === 403) return route.fulfill({ status: 403 });
    bodies.push(request.postDataBuffer() ?? Buffer.alloc(0));
    return route.continue();
  });
  await signIn(page, ASKED[1]);
  await files()
    .first()
    .setInputFiles({ name: 'a/b.pdf', mimeType: 'application/pdf', buffer: pdf('Deed') });
  await page.getByText('The connection broke').waitFor();
  await page.getByText(/^Received: /).waitFor();
  expect([answers, bodies, addresses.size]).toEqual([[], [pdf('Deed')], 2]);
});

test('a file that is no photo is said to be unreadable, beside its document, in three languages', async () => {
  await signIn(page, ASKED[2]);
  await files()
    .first()
    .setInputFiles({ name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('<p>') });
  await page.getByText('This file can’t be read').waitFor();
  const input = files().first();
  expect(await page.evaluate('document.activeElement.id')).toBe(await input.getAttribute('id'));
  expect(await input.getAttribute('aria-describedby')).toBe(
    await page.locator('.supply .fault').first().getAttribute('id'),
  );
  for (const [number, name] of ['中文', '日本語', 'English'].entries()) {
    await speak(page, name);
    await checkLook(page, number, name);
    await page.setViewportSize(NARROW);
    expect([name, await overflow(page)]).toEqual([name, 0]);
  }
  expect(misdeeds).toEqual([]);
});

test('what is missing is said when it is submitted too early, and a keyboard is enough for a file', async () => {
  await signIn(page, ASKED[2]);
  // Each language, width and colour scheme in pairs: what is missing is said, by keys alone.
  for (let number = 0; number < 6; number++) {
    const lang = await turn(page, number);
    await page.locator(`.content[lang="${lang}"] .supplies`).waitFor();
    await press(page, page.locator('.supplies button.primary'));
    await page.locator('.supplies > .fault li').first().waitFor();
    expect([number, await findings(page)]).toEqual([number, []]);
  }
  await chooseFile(page, files().first(), { name: 'deed.pdf', mimeType: 'application/pdf', buffer: pdf('Deed') });
  await page.getByText(/^Received: /).waitFor();
  expect(await state()).toContain('More documents needed');
  await page.locator('button.primary:focus').waitFor();
  await page.keyboard.press('Enter');
  await page.locator('#state', { hasText: 'Submitted' }).waitFor();
  expect(misdeeds).toEqual([]);
});
