import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Result } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Returns the rules of WCAG 2.2, A and AA, that a page breaks, each with its element. */
export async function findings(page: Page, part = 'html'): Promise<string[]> {
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(AXE);
  const violations: Result[] = await page.evaluate(
    `axe.run(${JSON.stringify(part)}, { runOnly: { type: 'tag', values: ${JSON.stringify(WCAG)} } }).then(({ violations }) => violations)`,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** Returns the texts of a page that no person should have to read: code names, raw dates, unfilled places. */
export async function rawTexts(page: Page): Promise<string[]> {
  const shown = String(await page.evaluate('document.body.innerText'));
  // A receipt number, and a secret of random letters and digits, are words to nobody.
  const text = shown.replaceAll(/BHZ-[\dA-Z-]+|TEDA|\b[\dA-Z]{4}([ -][\dA-Z]{4}){3,}\b/g, '');
  return text.match(/\b[A-Z]{3,}\b|\w*_\w*|\d{4}-\d\d?-\d\d?|\d[TZ]\d?|undefined|null|NaN|\{\w+\}/g) ?? [];
}

/** Returns the pixels that a page is wider than its window. */
export const overflow = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
