import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { PHONE } from './case-page.ts';

/** One click or one field of a form. */
type Step = (page: Page) => Promise<unknown>;

interface Task {
  readonly name: string;
  /** Its steps from `/`, at most three. */
  readonly steps: readonly Step[];
  /** Compares what the page shows; `openElsewhere` opens an address in another browser. */
  shows(page: Page, openElsewhere: (address: string) => Promise<Page>): Promise<void>;
}

const click =
  (selector: string): Step =>
  (page) =>
    page.locator(selector).first().click();

const downloads = new WeakMap<Page, Promise<string>>();

const clickToDownload =
  (selector: string): Step =>
  async (page) => {
    const download = page.waitForEvent('download');
    await page.locator(selector).click();
    downloads.set(
      page,
      download.then((file) => file.path()),
    );
  };

/** The analyst's tasks, none of which needs GraphQL or the language of the page. */
const TASKS: readonly Task[] = [
  {
    name: 'the headline',
    steps: [],
    async shows(page) {
      const text = await page.locator('.rates').textContent();
      for (const figure of [/87\.2\s?%/, /206/, /236/, /83\.9\s?%/, /5,?669/, /6,?750/]) expect(text).toMatch(figure);
    },
  },
  {
    name: 'a year of statistics',
    steps: [click('#cases a[href^="/look/CaseStatisticsSeries"]')],
    async shows(page) {
      expect(await page.locator('#seen path.line').count()).toBe(8);
      // The demo data have published ten months at least.
      expect(await page.locator('#table-0 tbody tr').count()).toBeGreaterThanOrEqual(10);
    },
  },
  {
    name: 'all 236 enterprises as a workbook',
    steps: [
      click('.doors a[href^="/look"]'),
      click('.questions a[href^="/look/Enterprises?"]'),
      clickToDownload('a[href*=".xlsx"]'),
    ],
    async shows(page) {
      const files = unzipSync(readFileSync((await downloads.get(page)) ?? ''));
      const rows = strFromU8(files['xl/worksheets/sheet1.xml'] ?? new Uint8Array()).match(/<row .*?<\/row>/gs) ?? [];
      expect(rows).toHaveLength(237);
      // Credit codes are texts, which a spreadsheet doesn't round.
      expect(rows.slice(1).every((row) => /t="(s|inlineStr|str)"/.test(row))).toBe(true);
    },
  },
  {
    name: 'two parks compared, by a link',
    steps: [
      click('#parks a[href*="vs-code"]'),
      (page) => page.locator('#v-vs-code').selectOption('sample-baodi'),
      click('form button'),
    ],
    async shows(page, openElsewhere) {
      expect(await page.locator('.side path.line').count()).toBeGreaterThanOrEqual(4);
      const other = await openElsewhere(page.url());
      const textOf = (each: Page) => each.locator('.side').allInnerTexts();
      expect(await textOf(page)).toHaveLength(2);
      // The instants of the two answers differ.
      const undated = (texts: readonly string[]) => texts.map((text) => text.split('\n').slice(0, 8));
      expect(undated(await textOf(other))).toEqual(undated(await textOf(page)));
    },
  },
  {
    name: 'a saved question',
    steps: [click('.doors a[href^="/look"]'), click('a[href^="/look/question_facilities-of-a-park"]')],
    async shows(page) {
      expect(await page.locator('#seen .bar-row').count()).toBeGreaterThan(2);
      expect(await page.locator('#table-0 tbody tr').count()).toBeGreaterThan(2);
    },
  },
];

const LOCALES = ['zh-CN', 'ja-JP', 'en-GB'] as const;
const SCHEMES = ['light', 'dark'] as const;
const SIZES = [PHONE, { width: 1440, height: 900 }] as const;

type Cell = BrowserContextOptions & { readonly locale: string };

/**
 * Returns each task with the browsers that try it: every pair of task, language, colours and width once at least, or all
 * combinations where `BROWSER_MATRIX` is `full`.
 */
export function matrix(): (readonly [string, string, Task, Cell])[] {
  const isFull = process.env.BROWSER_MATRIX === 'full';
  return TASKS.flatMap((task, t) =>
    LOCALES.flatMap((locale, l) =>
      SCHEMES.flatMap((colorScheme, s) =>
        SIZES.flatMap((viewport, w) => {
          const isPaired = s === (t + l) % 2 && w === (Math.min(l, 1) + t) % 2;
          if (!isFull && !isPaired) return [];
          const name = `${locale}, ${colorScheme}, ${viewport.width} px`;
          return [[task.name, name, task, { locale, colorScheme, viewport }] as const];
        }),
      ),
    ),
  );
}
