import { runExample } from './explorer-page.ts';
import { startSystem } from './running-system.ts';
import { takePicture } from './take-picture.ts';

/** Takes the picture of the explorer with the headline that the README shows. */
await takePicture('explorer', startSystem, async (page) => {
  await runExample(page, 'Headline');
  await page.locator('.figures').waitFor();
});
