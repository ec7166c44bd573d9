import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { strFromU8, unzipSync } from 'fflate';
import Papa from 'papaparse';
import type { Browser, Page } from 'playwright-core';
import { findings } from './accessibility.ts';
import { columnTexts, launchBrowser, type Misdeeds, openExplorer, runExample } from './explorer-page.ts';
import { signInAs } from './role-picker.ts';
import { startSystem } from './running-system.ts';

let browser: Browser;
let host: Awaited<ReturnType<typeof startSystem>>;
let page: Page;
let misdeeds: Misdeeds;

beforeAll(async () => {
  host = await startSystem();
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await host?.close();
});
beforeEach(async () => {
  ({ page, misdeeds } = await openExplorer(browser, host.url));
});
afterEach(async () => {
  await page.context().close();
  expect(misdeeds).toEqual([]);
});

const answer = () => page.getByRole('region', { name: 'Answer as figures and tables' });
const choose = (name: string) => answer().locator('label', { hasText: name }).click();

/** Lets the next questions be answered with this, so that any answer can be looked at. */
const answerWith = (body: unknown) =>
  page.route('**/graphql', (route) => route.fulfill({ json: body, contentType: 'application/json' }));

async function downloadCsv(): Promise<{ text: string; name: string }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download CSV' }).click(),
  ]);
  return { text: readFileSync(await download.path(), 'utf8'), name: download.suggestedFilename() };
}

test('a click on the headline puts its figures on the screen', async () => {
  await runExample(page, 'Headline');
  const figures = await answer().locator('.figures > li').allInnerTexts();
  const flat = figures.map((figure) => figure.replaceAll(/\s+/g, ''));
  expect(flat).toEqual([
    expect.stringMatching(/^Productionresumed206\/236.*87\.2%.*87\.3%/),
    expect.stringMatching(/^Staffbackatwork5,669\/6,750.*83\.9%.*84\.0%/),
  ]);
  await expectTable('Park · Observations', 'Approximate');
  await choose('Figure');
  expect(await columnTexts(page, 'Figure')).toContain('Resumption · Resumed on site');
  expect(await columnTexts(page, 'Value')).toContain('156');
});

test('every example that only reads is answered, without an error', async () => {
  const all = page.getByRole('navigation', { name: 'Examples' });
  // Until the schema is there, nothing is marked as another role's.
  await all.locator('li button:has(small.barred)').first().waitFor();
  const examples = all.locator('li button:not(:has(small))');
  const titles = await examples.allInnerTexts();
  expect(titles).toEqual(
    expect.arrayContaining(['The headline of a day', 'Enterprises of a park', 'The climb, day by day']),
  );
  for (const title of titles) {
    await runExample(page, title);
    expect([title, await answer().getByRole('alert').allInnerTexts()]).toEqual([title, []]);
    await answer().locator('table').waitFor();
  }
});

test('the variables of an example are in the editor, and each click sends its own operation', async () => {
  const sent: string[] = [];
  page.on('request', (asked) => {
    const body = asked.postDataJSON();
    if (body?.operationName !== 'IntrospectionQuery') sent.push(`${body?.operationName} ${body?.variables?.locale}`);
  });
  await runExample(page, 'Headline');
  await runExample(page, 'Enterprises');
  await runExample(page, 'Headline');
  expect(sent.filter((one) => !one.startsWith('undefined'))).toEqual(['Headline EN', 'Enterprises EN', 'Headline EN']);
  expect(await page.locator('.graphiql-editor-tool .view-lines').first().textContent()).toContain(
    'binhai-zhongguancun',
  );
});

test('a click on a head orders by quantity, up, down, and back', async () => {
  await runExample(page, 'ResumptionSeries');
  const head = answer().getByRole('columnheader', { name: 'Staff back at work · Number' });
  const counts = async () =>
    (await columnTexts(page, 'Staff back at work · Number')).map((count) => Number(count.replaceAll(',', '')));
  const given = await counts();
  const up = given.toSorted((a, b) => a - b);
  expect(new Set(given).size).toBeGreaterThan(2);
  for (const [sort, expected] of [
    ['none', given],
    ['ascending', up],
    ['descending', up.toReversed()],
    ['none', given],
  ] as const) {
    expect(await head.getAttribute('aria-sort')).toBe(sort);
    expect(await counts()).toEqual(expected);
    await head.getByRole('button').click();
  }
});

test('the CSV holds the list as it is ordered, and reads back whole', async () => {
  await runExample(page, 'Enterprises');
  await answer().getByRole('columnheader', { name: 'Unified social credit code' }).getByRole('button').click();
  const names = await columnTexts(page, 'Name');
  const { text, name } = await downloadCsv();
  expect(name).toBe('Enterprises-enterprises.csv');
  expect(text.startsWith('\uFEFFName,Unified social credit code,')).toBe(true);
  const [list = '', origin = ''] = text.slice(1).split('\r\n\r\n');
  const rows = Papa.parse<Record<string, string>>(list, { header: true, newline: '\r\n' }).data;
  expect(origin).toMatch(/^Asked at,.*Query,"query Enterprises\(/s);
  expect(rows.map((row) => row.Name)).toEqual(names);
  expect(names.length).toBe(50);
});

test('the workbook has typed cells under headings in the reader’s words', async () => {
  await runExample(page, 'ResumptionSeries');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download XLSX' }).click();
  const files = unzipSync(readFileSync(await (await download).path()));
  const sheet = strFromU8(files['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
  const rows = sheet.match(/<row .*?<\/row>/gs) ?? [];
  expect(rows).toHaveLength(37);
  const last = [...(rows.at(-1) ?? '').matchAll(/<v>(.*?)<\/v>/g)].map(([, value]) => value);
  // 16 March 2020 as spreadsheets count days, and shares as numbers.
  expect(last).toEqual(expect.arrayContaining(['43906', '206', '236', '0.872', '5669', '6750', '0.839']));
  const strings = strFromU8(files['xl/sharedStrings.xml'] ?? new Uint8Array());
  // The second sheet tells where they come from.
  for (const told of ['Staff back at work · Rate', 'Revision', 'Asked at', 'query ResumptionSeries(']) {
    expect(strings).toContain(told);
  }
});

test('a cell that a spreadsheet would run is made harmless, and long lists come in pages', async () => {
  const hostile = [
    '=HYPERLINK("http://x")',
    '＝1+1',
    '+1-2',
    '－1',
    '@A1',
    '\t=1',
    'say "hi", twice\r\nplease',
    '-3.5',
  ];
  const list = Array.from({ length: 250 }, (_, place) => ({ place, name: hostile[place] ?? `row ${place}` }));
  await answerWith({ data: { list } });
  await runExample(page, 'Enterprises');
  expect(await columnTexts(page, 'Place')).toHaveLength(100);
  await answer().getByRole('button', { name: 'Next' }).click();
  await answer().getByRole('button', { name: 'Next' }).click();
  expect(await columnTexts(page, 'Place')).toHaveLength(50);
  await expectText('201-250 of 250 rows');
  const [text = ''] = (await downloadCsv()).text.slice(1).split('\r\n\r\n');
  const rows = Papa.parse<string[]>(text, { newline: '\r\n' }).data.slice(1);
  expect(rows).toHaveLength(250);
  expect(rows.map(([name]) => name).slice(0, 8)).toEqual(hostile.map((cell, index) => (index < 6 ? `'${cell}` : cell)));
});

test('errors are said with their path and code, and what did arrive is shown', async () => {
  await answerWith({
    data: { park: { name: 'Binhai', resumption: null } },
    errors: [
      { message: 'A part is not there.', path: ['park', 'resumption'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } },
    ],
  });
  await runExample(page, 'Headline');
  expect(((await answer().getByRole('alert').textContent()) ?? '').replaceAll(/\s+/g, ' ')).toBe(
    'A part is not there. park.resumption SUBGRAPH_UNAVAILABLE',
  );
  expect(await columnTexts(page, 'Figure')).toEqual(['Name', 'Resumption']);
});

test('an empty list, and an answer of nothing, are said in words', async () => {
  await answerWith({ data: { enterprises: { nodes: [] } } });
  await runExample(page, 'Enterprises');
  await expectText('The list Enterprises is empty.');
  await page.unroute('**/graphql');
  await answerWith({ data: {} });
  await runExample(page, 'Enterprises');
  await expectText('The answer holds no data.');
});

test('an answer that is no GraphQL is a sentence, not a stack', async () => {
  await page.route('**/graphql', (route) => route.fulfill({ status: 200, body: '<html>Bad gateway</html>' }));
  await runExample(page, 'Headline');
  await expectText('The gateway answered with status 200, and not with GraphQL. NOT_GRAPHQL');
});

test('a gateway that is out of reach is said, and the next run works', async () => {
  await page.route('**/graphql', (route) => route.abort('connectionrefused'));
  const examples = page.getByRole('navigation', { name: 'Examples' });
  await examples.getByRole('button', { name: 'The headline of a day', exact: true }).click();
  await answer().getByRole('alert').waitFor();
  await expectText('The gateway could not be reached.');
  expect(misdeeds.splice(0).every((line) => line.includes('ERR_CONNECTION_REFUSED'))).toBe(true);
  await page.unroute('**/graphql');
  await runExample(page, 'Headline');
  await expectText('5,669');
});

test('the documentation comes from the gateway, and its editor colours and completes', async () => {
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  const docs = page.locator('.graphiql-plugin');
  await docs.getByRole('link', { name: 'Query' }).first().click();
  await docs.getByText('resumption').or(docs.getByText('enterprises')).first().waitFor();
  await runExample(page, 'Headline');
  expect(await page.locator('.graphiql-query-editor .view-line [class*=mtk]').count()).toBeGreaterThan(20);
  await page.locator('.graphiql-query-editor .view-lines').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('query Typed { pa');
  await page.locator('.suggest-widget .monaco-list-row', { hasText: 'park' }).first().waitFor();
});

test('the whole page is worked by keyboard', async () => {
  await page.getByRole('button', { name: 'Enterprises of a park', exact: true }).focus();
  await page.keyboard.press('Enter');
  await answer().locator('table').waitFor();
  await answer().getByRole('columnheader', { name: 'Unified social credit code' }).getByRole('button').focus();
  await page.keyboard.press('Space');
  expect(
    await answer().getByRole('columnheader', { name: 'Unified social credit code' }).getAttribute('aria-sort'),
  ).toBe('ascending');
  await answer().getByRole('radio', { name: 'Both' }).focus();
  await page.keyboard.press('ArrowRight');
  expect(await answer().getByRole('radio', { name: 'Table' }).isChecked()).toBe(true);
});

test('the table follows the tab', async () => {
  await runExample(page, 'Enterprises');
  await page.getByRole('button', { name: 'New tab' }).click();
  await expectText('Choose an example, or write a query');
  await runExample(page, 'Headline');
  await page
    .getByRole('tab', { name: 'Enterprises' })
    .or(page.locator('.graphiql-tab-button', { hasText: 'Enterprises' }))
    .first()
    .click();
  await answer().getByRole('columnheader', { name: 'Unified social credit code' }).waitFor();
});

test('at 1024 pixels nothing is cut off', async () => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await runExample(page, 'Headline');
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(1024);
  for (const figure of await answer().locator('.figures > li').all()) {
    const box = await figure.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(1024);
  }
});

test('a chart is drawn over its table, and a question is saved, listed and opened by its address', async () => {
  await runExample(page, 'ResumptionSeries');
  await choose('Chart');
  await answer().locator('.answer-chart svg[role=img]').waitFor();
  expect(await answer().locator('tbody tr').count()).toBe(36);
  expect(await answer().locator('.legend li').allInnerTexts()).toEqual(['Production resumed', 'Staff back at work']);

  await signInAs(page, 'Analyst');
  await runExample(page, 'ResumptionSeries');
  await answer().getByText('Save', { exact: true }).first().click();
  await answer().getByLabel('Name').fill('My series');
  await answer().getByRole('button', { name: 'Save' }).click();
  await answer().getByText('The question is saved.').waitFor();
  const saved = page.getByRole('region', { name: 'Saved questions' });
  await saved.getByRole('button', { name: 'My series mine' }).click();
  await answer().locator('.answer-chart svg[role=img]').waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // GraphiQL's own parts are not ours to mend.
    for (const part of ['.answer', '.examples']) expect([part, await findings(page, part)]).toEqual([part, []]);
  }

  const facilities = saved.getByRole('button', { name: 'Facilities of a park and their places public' });
  expect(await facilities.count()).toBe(1);
  await page.goto('about:blank');
  await page.goto(`${host.url}/explorer#saved=question_facilities-of-a-park`);
  await answer().locator('th', { hasText: 'Capacity' }).waitFor();
  await expect(facilities.getAttribute('aria-current')).resolves.toBe('true');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.locator('.narrow a[href="/look"]').waitFor();
  expect(await findings(page, '.narrow')).toEqual([]);
});

test('paths that lead out of the pages are refused', async () => {
  const { hostname, port } = new URL(host.url);
  const statusOf = (path: string) =>
    new Promise((resolve, reject) => {
      const asked = request({ hostname, port, path }, (response) => resolve(response.resume().statusCode));
      asked.on('error', reject).end();
    });
  const paths = [
    '/explorer/assets/../../package.json',
    '/explorer/assets/..%2f..%2f..%2fpackage.json',
    '/explorer/%2e%2e/package.json',
    '/explorer/assets/....//package.json',
    '/explorer/index.html',
    '/explorer/assets/explorer.js',
  ];
  for (const path of paths) expect([path, await statusOf(path)]).toEqual([path, 404]);
});

async function expectText(text: string): Promise<void> {
  await answer()
    .getByText(text, { exact: false })
    .or(answer().locator('li', { hasText: text }))
    .first()
    .waitFor();
}

async function expectTable(name: string, column: string): Promise<void> {
  expect(await answer().getByRole('radio', { name }).isChecked()).toBe(true);
  await answer().getByRole('columnheader', { name: column }).waitFor();
}
