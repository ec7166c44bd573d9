import { lookAtPartner, startWithPartner } from './example-partner.ts';
import { columnTexts, launchBrowser, openExplorer } from './explorer-page.ts';

test("a partner's type is documented, and its rows are on the screen", async () => {
  const system = await startWithPartner();
  const browser = await launchBrowser();
  try {
    const { page, misdeeds } = await openExplorer(browser, system.url);
    await lookAtPartner(page);
    expect(await columnTexts(page, 'Id')).toEqual(['bwh_east-1', 'bwh_east-2']);
    expect(await columnTexts(page, 'Free')).toEqual(['3,400.5', '120']);
    expect(misdeeds).toEqual([]);
  } finally {
    await browser.close();
    await system.close();
  }
}, 120_000);
