import { join } from 'node:path';
import { lookAtPartner, startWithPartner } from './example-partner.ts';
import { launchBrowser, openExplorer } from './explorer-page.ts';

/** Takes the picture of the example partner in the explorer that docs/federation.md shows. */
const file = join(import.meta.dirname, '../../docs/images/partner.png');
const system = await startWithPartner();
const browser = await launchBrowser();
try {
  const { page } = await openExplorer(browser, system.url, { width: 1680, height: 900 });
  await lookAtPartner(page);
  await page.mouse.move(0, 0);
  // The editors' scroll bars fade after a while.
  await page.waitForTimeout(3000);
  await page.screenshot({ path: file });
  console.log(`Wrote ${file}.`);
} finally {
  await browser.close();
  await system.close();
}
