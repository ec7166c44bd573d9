import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser, openExplorer } from './explorer-page.ts';
import type { startSystem } from './running-system.ts';

/** Writes `docs/images/<name>.png`: the explorer of a system, once `look` has brought to the screen what is to be seen. */
export async function takePicture(
  name: string,
  start: () => ReturnType<typeof startSystem>,
  look: (page: Page) => Promise<void>,
  size?: { width: number; height: number },
): Promise<void> {
  const file = join(import.meta.dirname, '../../docs/images', `${name}.png`);
  const system = await start();
  const browser = await launchBrowser();
  try {
    const { page } = await openExplorer(browser, system.url, size);
    await look(page);
    await page.mouse.move(0, 0);
    // The editors' scroll bars fade after a while.
    await page.waitForTimeout(3000);
    await page.screenshot({ path: file });
    console.log(`Wrote ${file}.`);
  } finally {
    await browser.close();
    await system.close();
  }
}
