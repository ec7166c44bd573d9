import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startWithPartner } from './example-partner.ts';
import { launchBrowser, watchedPage } from './explorer-page.ts';
import { PICTURES } from './pictures.ts';
import { startSystem } from './running-system.ts';

/** Takes the pictures of the documentation, or those that the arguments name: `npm run screenshot -- home-en explorer`. */
const wanted = process.argv.slice(2);
/** A picture's quality: text stays sharp, and no file reaches 120 kB. */
const QUALITY = 80;
/** The editors' scroll bars have faded after this time. */
const FADED_AFTER_MS = 3_000;

const folder = join(import.meta.dirname, '../../docs/images');
await mkdir(folder, { recursive: true });

const chosen = PICTURES.filter(({ name }) => wanted.length === 0 || wanted.includes(name));

async function take(browser: Browser, url: string, { name, path, on, look }: (typeof PICTURES)[number]): Promise<void> {
  const { page, context } = await watchedPage(browser, url, on);
  await page.goto(`${url}${path}`);
  await look?.(page);
  await page.mouse.move(0, 0);
  if (path === '/explorer') await page.waitForTimeout(FADED_AFTER_MS);
  const session = await context.newCDPSession(page);
  const [x = 0, y = 0] = await page.evaluate<number[]>('[scrollX, scrollY]');
  const size = page.viewportSize() ?? { width: 0, height: 0 };
  const clip = { x, y, ...size, scale: on.deviceScaleFactor ?? 1 };
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY, clip });
  const file = join(folder, `${name}.webp`);
  const picture = Buffer.from(data, 'base64');
  await writeFile(file, picture);
  await context.close();
  console.log(`Wrote ${file}, ${Math.round(picture.length / 1000)} kB.`);
}

for (const withPartner of [false, true]) {
  const pictures = chosen.filter((picture) => (picture.withPartner ?? false) === withPartner);
  if (pictures.length === 0) continue;
  const system = await (withPartner ? startWithPartner() : startSystem());
  const browser = await launchBrowser();
  try {
    for (const picture of pictures) await take(browser, system.url, picture);
  } finally {
    await browser.close();
    await system.close();
  }
}
