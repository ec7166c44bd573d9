/** A page as a person without a pointer uses it: by keys alone. */
import type { Locator, Page } from 'playwright-core';

/** More stops of the Tab key than any page has. */
const MAX_STOPS = 60;

/** Presses Tab, or Shift+Tab where the target lies before, until the target, or one of several, has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  const isBefore = await target.first().evaluate((element) => {
    const focused = element.ownerDocument.activeElement ?? element;
    return (focused.compareDocumentPosition(element) & element.DOCUMENT_POSITION_PRECEDING) !== 0;
  });
  const key = isBefore ? 'Shift+Tab' : 'Tab';
  for (let stops = 0; stops < MAX_STOPS; stops++) {
    if (await target.evaluateAll((all) => all.some((one) => one === one.ownerDocument.activeElement))) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never reaches ${target}`);
}

/** Goes to a button, a link or a file input and presses Enter. */
export async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Goes to a field and types a text instead of its former one. */
export async function type(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
}

/** Goes to a group of radio buttons and moves by the arrow keys until an option is chosen. */
export async function choose(page: Page, option: Locator): Promise<void> {
  const radios = page.locator(`input[name="${await option.getAttribute('name')}"]`);
  await tabTo(page, radios);
  await page.keyboard.press('Space');
  for (let left = await radios.count(); left > 0 && !(await option.isChecked()); left--) {
    await page.keyboard.press('ArrowDown');
  }
}

/** Hands a file to an input that opens the chooser of the system. */
export async function chooseFile(
  page: Page,
  input: Locator,
  file: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer },
): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press(page, input)]);
  await chooser.setFiles(file);
}
