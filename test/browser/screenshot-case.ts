import { join } from 'node:path';
import { openCasePage, signIn } from './case-page.ts';
import { launchBrowser } from './explorer-page.ts';
import { startSystem } from './running-system.ts';

/** What the README shows of `/case`, each language with another case: waiting, one's own turn, and a result. */
const PICTURES = [
  { name: 'case-zh', locale: 'zh-CN', number: 1 },
  { name: 'case-ja', locale: 'ja-JP', number: 6 },
  { name: 'case-en', locale: 'en-GB', number: 132 },
] as const;

const system = await startSystem();
const browser = await launchBrowser();
try {
  for (const { name, locale, number } of PICTURES) {
    const { page, context } = await openCasePage(browser, system.url, { locale, deviceScaleFactor: 2 });
    await signIn(page, number);
    const file = join(import.meta.dirname, '../../docs/images', `${name}.png`);
    await page.screenshot({ path: file });
    await context.close();
    console.log(`Wrote ${file}.`);
  }
} finally {
  await browser.close();
  await system.close();
}
