import { join } from 'node:path';
import { launchBrowser, watchedPage } from './explorer-page.ts';
import { startSystem } from './running-system.ts';

/** The pictures of `/`: on a desk in English and light, on a phone in Chinese and dark. */
const PICTURES = [
  { name: 'home-en', locale: 'en-GB', viewport: { width: 1440, height: 1000 }, colorScheme: 'light' },
  {
    name: 'home-zh',
    locale: 'zh-CN',
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
    deviceScaleFactor: 2,
  },
] as const;

const system = await startSystem();
const browser = await launchBrowser();
try {
  for (const { name, ...options } of PICTURES) {
    const { page, context } = await watchedPage(browser, system.url, options);
    await page.goto(system.url);
    const file = join(import.meta.dirname, '../../docs/images', `${name}.png`);
    await page.screenshot({ path: file });
    await context.close();
    console.log(`Wrote ${file}.`);
  }
} finally {
  await browser.close();
  await system.close();
}
