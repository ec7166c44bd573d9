import type { Page } from 'playwright-core';
import { startSystem } from './running-system.ts';

/** The whole system with the example partner beside it, as `npm run example:dongjiang` starts it. */
export const startWithPartner = () => startSystem('examples/dongjiang-bonded-port/start.ts');

/** In one line: the editor indents and closes what has more. */
const QUERY = '{ park(code: "binhai-zhongguancun") { code bondedWarehouses { id kind free } } }';

/** Opens the partner's type in the documentation, then asks for the park's warehouses. */
export async function lookAtPartner(page: Page): Promise<void> {
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
  await page.locator('.answer[aria-busy=false]').waitFor();
}
