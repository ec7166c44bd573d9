import { join } from 'node:path';
import { launchBrowser, openExplorer, runExample } from './explorer-page.ts';
import { startSystem } from './running-system.ts';

/** Takes the picture of the explorer with the headline that the README shows. */
const file = join(import.meta.dirname, '../../docs/images/explorer.png');
const system = await startSystem();
const browser = await launchBrowser();
try {
  const { page } = await openExplorer(browser, system.url);
  await runExample(page, 'Headline');
  await page.locator('.figures').waitFor();
  await page.mouse.move(0, 0);
  // The editors' scroll bars fade after a while.
  await page.waitForTimeout(3000);
  await page.screenshot({ path: file });
  console.log(`Wrote ${file}.`);
} finally {
  await browser.close();
  await system.close();
}
