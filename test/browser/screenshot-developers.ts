import { join } from 'node:path';
import { signInAsZone, takeSecret } from './developers-page.ts';
import { launchBrowser, watchedPage } from './explorer-page.ts';
import { startSystem } from './running-system.ts';

/** The pictures of `/developers`: the documents on a desk, and the account on a desk and on a phone. */
const WIDE = { width: 1440, height: 1000 };
const PHONE = { width: 390, height: 844 };
const PICTURES = [
  { name: 'developers-en', path: '/developers?lang=en', viewport: WIDE, colorScheme: 'light', signsIn: false },
  {
    name: 'developers-doc',
    path: '/developers/integrating?lang=en',
    viewport: WIDE,
    colorScheme: 'light',
    signsIn: false,
  },
  {
    name: 'developers-account',
    path: '/developers/account?lang=en',
    viewport: WIDE,
    colorScheme: 'light',
    signsIn: true,
  },
  {
    name: 'developers-account-zh',
    path: '/developers/account?lang=zh',
    viewport: PHONE,
    colorScheme: 'dark',
    signsIn: true,
  },
] as const;

const system = await startSystem();
const browser = await launchBrowser();
try {
  for (const { name, path, signsIn, ...options } of PICTURES) {
    const { page, context } = await watchedPage(browser, system.url, options);
    await page.goto(`${system.url}${path}`);
    if (signsIn) {
      await signInAsZone(page, 'zone_teda');
      await page.locator('#keys input').fill('Registry');
      await page.locator('#keys form button').click();
      await takeSecret(page);
    }
    const file = join(import.meta.dirname, '../../docs/images', `${name}.png`);
    await page.screenshot({ path: file });
    await context.close();
    console.log(`Wrote ${file}.`);
  }
} finally {
  await browser.close();
  await system.close();
}
