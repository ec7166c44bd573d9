import { join } from 'node:path';
import { launchBrowser, openExplorer } from './explorer-page.ts';
import { startSystem } from './running-system.ts';

/** Takes the picture of the example partner's type in the explorer that docs/federation.md shows. */
const file = join(import.meta.dirname, '../../docs/images/partner.png');

/** In one line: the editor indents and closes what has more. */
const QUERY = '{ park(code: "binhai-zhongguancun") { code bondedWarehouses { id kind free } } }';

const system = await startSystem('examples/dongjiang-bonded-port/start.ts');
const browser = await launchBrowser();
try {
  const { page } = await openExplorer(browser, system.url, { width: 1680, height: 900 });
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  const docs = page.getByRole('region', { name: 'Documentation Explorer' });
  await docs.getByText('BondedWarehouse', { exact: true }).click();
  await docs.getByText('Square metres that can be let today.').waitFor();
  await page.locator('.graphiql-query-editor .view-lines').first().click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(QUERY);
  await page.getByRole('button', { name: /^Prettify query/ }).click();
  await page.locator('.graphiql-query-editor .view-line').last().click();
  await page.keyboard.press('ControlOrMeta+Home');
  const answered = page.waitForResponse('**/graphql');
  await page.getByRole('button', { name: /^Execute query/ }).click();
  await answered;
  await page.mouse.move(0, 0);
  // The editors' scroll bars fade after a while.
  await page.waitForTimeout(3000);
  await page.screenshot({ path: file });
  console.log(`Wrote ${file}.`);
} finally {
  await browser.close();
  await system.close();
}
