import type { Locator, Page } from 'playwright-core';

export type Role = 'Officer' | 'Applicant' | 'Clerk of an enterprise' | 'Partner zone' | 'Analyst' | 'Administrator';

/** The explorer's account, where one signs in and out. */
export const account = (page: Page) => page.getByRole('region', { name: 'Account' });

/** Opens the issuer's window, of which nothing is chosen yet. */
export async function openPicker(page: Page): Promise<Page> {
  const [picker] = await Promise.all([
    page.context().waitForEvent('page'),
    account(page)
      .getByRole('button', { name: /^(Sign in|Change)$/ })
      .click(),
  ]);
  picker.setDefaultTimeout(30_000);
  await picker.getByRole('heading', { name: 'Who do you want to be?' }).waitFor();
  return picker;
}

/**
 * Signs in with a role of the local issuer.
 * @param chosen by the labels of its lists, e.g. `{ Agency: 'Education' }`
 */
export async function signInAs(page: Page, role: Role, chosen: Readonly<Record<string, string>> = {}): Promise<void> {
  const picker = await openPicker(page);
  const form = picker.getByRole('form', { name: role, exact: true });
  for (const [label, option] of Object.entries(chosen)) await form.getByLabel(label).selectOption(option);
  const introspected = page.waitForResponse(
    (answer) => answer.request().postDataJSON()?.operationName === 'IntrospectionQuery',
  );
  // The list of saved questions is asked anew too.
  const listed = page.waitForResponse((answer) => answer.request().postDataJSON()?.variables?.audience === 'OWN');
  await form.getByRole('button').click();
  await account(page).getByText(role, { exact: true }).waitFor();
  await introspected;
  await listed;
}

/** The page's documentation, opened at one of its types. */
export async function openDocumentation(page: Page, type: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  const documentation = page.getByRole('region', { name: 'Documentation Explorer' });
  await documentation.getByText(type, { exact: true }).click();
  await documentation.locator('.graphiql-doc-explorer-title', { hasText: type }).waitFor();
  await documentation.getByRole('link', { name: 'Docs' }).scrollIntoViewIfNeeded();
  return documentation;
}
