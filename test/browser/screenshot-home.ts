import { join } from 'node:path';
import { launchBrowser, watchedPage } from './explorer-page.ts';
import { startSystem } from './running-system.ts';

const DESK = { locale: 'en-GB', viewport: { width: 1440, height: 1000 }, colorScheme: 'light' } as const;
const HAND = {
  locale: 'zh-CN',
  viewport: { width: 390, height: 844 },
  colorScheme: 'dark',
  deviceScaleFactor: 2,
} as const;

/** The pictures of `/` and `/look`: on a desk in English and light, on a phone in Chinese and dark. */
const PICTURES = [
  { name: 'home-en', path: '/', on: DESK, shown: 'header' },
  { name: 'home-zh', path: '/', on: HAND, shown: 'header' },
  { name: 'look-list-en', path: '/look/Enterprises', on: DESK, shown: '#export' },
  { name: 'look-year-zh', path: '/look/CaseStatisticsSeries?view=chart', on: HAND, shown: '#seen' },
  {
    name: 'look-compare-ja',
    path: '/look/ResumptionSeries?code=binhai-zhongguancun&vs-code=sample-baodi&from=2020-02-10&to=2020-03-16&view=chart',
    on: { ...DESK, locale: 'ja-JP' },
    shown: '#seen',
  },
  { name: 'look-saved-zh', path: '/look/question_facilities-of-a-park', on: HAND, shown: '#seen' },
] as const;

const system = await startSystem();
const browser = await launchBrowser();
try {
  for (const { name, path, on, shown } of PICTURES) {
    const { page, context } = await watchedPage(browser, system.url, on);
    await page.goto(`${system.url}${path}`);
    await page.locator(shown).evaluate((part) => part.scrollIntoView());
    const file = join(import.meta.dirname, '../../docs/images', `${name}.png`);
    await page.screenshot({ path: file });
    await context.close();
    console.log(`Wrote ${file}.`);
  }
} finally {
  await browser.close();
  await system.close();
}
