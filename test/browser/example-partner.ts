import type { Page } from 'playwright-core';
import { startSystem } from './running-system.ts';

/** The whole system with the example partner beside it, as `npm run example:dongjiang` starts it. */
export const startWithPartner = () => startSystem('examples/dongjiang-bonded-port/start.ts');

/** In one line: the editor indents and closes what has more. */
const QUERY = '{ park(code: "binhai-zhongguancun") { code bondedWarehouses { id kind free } } }';

/** Opens the partner's type in the documentation, then asks for the park's warehouses. */
export async function lookAtPartner(page: Page): Promise<void> {
  // The explorer opens with the headline, which fills the editor.
  await page.locator('.answer .figures').waitFor();
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  const docs = page.getByRole('region', { name: 'Documentation Explorer' });
  await docs.getByText('BondedWarehouse', { exact: true }).click();
  await docs.getByText('Square metres that can be let today.').waitFor();

  await page.locator('.graphiql-query-editor .view-lines').first().click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(QUERY);
  // The editor has closed braces by itself, behind the cursor.
  await page.keyboard.press('ControlOrMeta+Shift+End');
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: /^Prettify query/ }).click();
  // The long line has moved the editor aside: its lines can't be clicked until it is back at its beginning.
  await page.locator('.graphiql-query-editor textarea').first().focus();
  await page.keyboard.press('ControlOrMeta+Home');
  const answered = page.waitForResponse((response) => !!response.request().postData()?.includes('bondedWarehouses'));
  await page.getByRole('button', { name: /^Execute query/ }).click();
  await answered;
  await page.locator('.answer table').getByText('bwh_east-1').first().waitFor();
}
