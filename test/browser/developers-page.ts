import type { Page } from 'playwright-core';

/** Signs in on the account page as the system of a zone, by the issuer's window. */
export async function signInAsZone(page: Page, zone: string): Promise<void> {
  const [picker] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('button', { name: /^(Sign in|登录|ログイン)$/ }).click(),
  ]);
  picker.setDefaultTimeout(30_000);
  const form = picker.getByRole('form', { name: 'Partner zone', exact: true });
  await form.getByLabel('Zone').selectOption(zone);
  await form.getByRole('button').click();
  await page.locator('#keys').waitFor();
}

/** Returns the secret that the page shows once, and says that it is stored. */
export async function takeSecret(page: Page): Promise<string> {
  const shown = page.locator('.secret');
  const secret = (await shown.locator('code').textContent()) ?? '';
  await shown.getByRole('button').click();
  await shown.waitFor({ state: 'detached' });
  return secret;
}
