/** What `/look` shows of the demo data, and what it refuses, by the handlers of the pages and the gateway. */
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { brotliCompressSync, inflateRawSync } from 'node:zlib';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { strFromU8, unzipSync } from 'fflate';
import { configure } from '../../src/config.ts';
import type { LookDocument } from '../../src/domain/questions/look-document.ts';
import { pagesHandler } from '../../src/handlers/http/pages.ts';
import { buildHome } from '../../src/pages/build.ts';
import { hasLabel } from '../../src/views/look/labels.ts';
import { questionOf } from '../../src/views/look/questions.ts';
import { type Bearer, type DemoSystem, startDemoSystem } from '../demo-system.ts';
import { fillOnce } from '../prepared-folder.ts';

let system: DemoSystem;
let pagesDir: string;
let documents: readonly LookDocument[];

beforeAll(async () => {
  system = await startDemoSystem('2026-09-10');
  pagesDir = mkdtempSync(join(tmpdir(), 'pages-'));
  await fillOnce('pages-home', pagesDir, buildHome);
  configure({ pagesDir });
  documents = JSON.parse(readFileSync(join(pagesDir, 'home/look.json'), 'utf8'));
  // The first request loads the subgraphs, which takes longer in a test than a page waits.
  await system.ask(
    '{ parks(first: 1) { nodes { resumption { on } caseStatistics(kind: HUKOU, period: MONTH) { period } } } }',
  );
  await system.ask('{ linkageGraph(group: "lgrp_1-plus-4") { group { id } } }');
});
afterAll(async () => {
  await system.stop();
  rmSync(pagesDir, { recursive: true });
});

const handler = pagesHandler(() => Date.parse('2026-09-10T02:00:00Z'));

async function visit(rawPath: string, queryStringParameters: Record<string, string> = {}, authorization?: string) {
  const http = { method: 'GET', path: rawPath, sourceIp: '192.0.2.1' };
  const event: Partial<APIGatewayProxyEventV2> = {
    rawPath,
    headers: { 'accept-language': 'en', accept: 'text/html', ...(authorization ? { authorization } : {}) },
    queryStringParameters,
    requestContext: { http } as APIGatewayProxyEventV2['requestContext'],
  };
  return handler(event as APIGatewayProxyEventV2);
}

const textOf = (body = '') =>
  body
    .replace(/<style>.*?<\/style>/s, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replaceAll(/\s+/g, ' ');

test('lists the questions that everybody may ask by topic, with their answers in a sentence', async () => {
  for (const [lang, locale] of [
    ['zh', 'ZH'],
    ['ja', 'JA'],
    ['en', 'EN'],
  ] as const) {
    const { body = '' } = await visit('/look', { lang });
    for (const { name } of documents) {
      expect(body).toContain(`>${questionOf(name)?.title[locale]}</a><p>${questionOf(name)?.about[locale]}</p>`);
    }
    const topics = [...body.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, heading]) => heading);
    // Five topics and the saved questions: each document of ours is of a topic.
    expect(topics).toHaveLength(6);
  }
  const text = textOf((await visit('/look', { lang: 'en' })).body);
  expect(text.indexOf('The climb, day by day')).toBeLessThan(text.indexOf('Statistics of talent cases'));
});

test('each shipped document is either for everybody, or has no address', async () => {
  const open = new Set(documents.map(({ name }) => name));
  expect(open).toContain('ResumptionSeries');
  const shipped = globSync('schema/operations/*/*.graphql').map((file) => basename(file, '.graphql'));
  const closed = shipped.filter((name) => !open.has(name));
  expect(closed).toEqual(expect.arrayContaining(['CaseScreen', 'CheckEligibility', 'MyCases', 'OpenCase', 'Worklist']));
  for (const name of closed) {
    expect([name, (await visit(`/look/${name}`)).statusCode]).toEqual([name, 404]);
    expect([name, (await visit(`/look/${name}.json`)).statusCode]).toEqual([name, 404]);
  }
});

test.each([
  ['Headline', { code: 'case_01JX' }],
  ['Headline', { code: 'BHZ-000001' }],
  ['Enterprises', { park: '11010119900307123X' }],
  ['Enterprises', { park: '13800138000' }],
  ['Headline', { receiptNumber: 'x' }],
  ['Headline', { on: '2020-02-31x' }],
  ['Enterprises', { first: '1000' }],
  ['Enterprises', { sector: 'NONE' }],
  ['Enterprises', { filter: '13800138000' }],
  ['Headline', { filter: 'BHZ-000001' }],
  ['Headline', { 'vs-code': '13800138000' }],
  ['Headline', { 'vs-receiptNumber': 'x' }],
])('%s refuses %p, asks nothing and repeats nothing', async (name, values) => {
  const calls = await system.proxy.during(async () => {
    const { statusCode, headers, body } = await visit(`/look/${name}.csv`, values);
    expect([statusCode, headers?.['cache-control']]).toEqual([400, 'no-store']);
    for (const value of Object.values(values)) expect(body).not.toContain(value);
  });
  expect(calls).toEqual([]);
  const { statusCode, body = '' } = await visit(`/look/${name}`, values);
  expect(statusCode).toBe(400);
  for (const value of Object.values(values).filter((each) => each.length > 8)) expect(body).not.toContain(value);
});

test('shows a form with parks by name, and the answer of the example at first', async () => {
  const { body = '', headers } = await visit('/look/ResumptionSeries');
  expect(body).toContain('<option value="binhai-zhongguancun" selected>Binhai-Zhongguancun Science Park</option>');
  expect(body).toContain('name="from" type="date" value="2020-02-10" required');
  const text = textOf(body);
  expect(text).toContain('36 rows');
  expect(text).toContain('16 March 2020 206 236 87.2%');
  expect(headers?.['content-security-policy']).toContain("form-action 'self'");
});

test.each([
  ['ResumptionSeries', 'chart', '<path class="line l1"'],
  ['ParksSideBySide', 'chart', 'class="bar-row"'],
  ['Linkages', 'graph', '<path class="edge'],
  ['FreePlaces', 'chart', 'class="bar-row"'],
  ['CaseStatisticsSeries', 'chart', '<path class="line l3"'],
  ['Policies', 'json', '&#34;policies&#34;'],
  ['Policies', 'chart', 'No picture fits these data'],
])('%s as %s', async (name, view, markup) => {
  expect((await visit(`/look/${name}`, { view })).body).toContain(markup);
});

test('the page shows what suits the answer where the address names no view', async () => {
  const seen = async (name: string, asked = {}) => {
    const { body = '' } = await visit(`/look/${name}`, asked);
    return [/<option value="(\w+)" selected>(Table|Chart|Graph)</.exec(body)?.[1], body.includes('id="seen"')];
  };
  expect(await seen('ResumptionSeries')).toEqual(['chart', true]);
  expect(await seen('Linkages')).toEqual(['graph', true]);
  expect(await seen('Policies')).toEqual(['table', false]);
  expect(await seen('ResumptionSeries', { view: 'table' })).toEqual(['table', false]);
  // Links leave out the view that the page has chosen: another answer may suit another picture.
  expect((await visit('/look/ResumptionSeries')).body).not.toContain('view=');
});

test('each list that makes a picture has one, under its name, with its values beside the pointer', async () => {
  expect((await visit('/look/ResumptionSeries')).body).toContain(
    '<title>16 March 2020\nProduction resumed: 87.2%\nStaff back at work: 83.9%</title>',
  );
  expect((await visit('/look/CaseStatisticsSeries')).body).toMatch(/<title>1 August 2026\nReceived: \d{3}\nDecided: /);
  const { body = '' } = await visit('/look/Breakdowns', { view: 'chart' });
  const captions = [...body.matchAll(/<figcaption>(.*?)<\/figcaption>/g)].map(([, caption]) => caption);
  const names = ['By size · Enterprises', 'Resumption by sector', 'Resumption by size', 'Staff by mode'];
  expect(captions).toEqual(names.map((name) => `Park · ${name}`));
  const [, , , bySize = '', byMode = ''] = body.split('<figcaption>');
  expect(textOf(bySize)).toMatch(/Micro Production resumed [\d.]+% Staff back at work [\d.]+%/);
  expect(textOf(byMode)).toContain('On site Staff 5,720 Returned 5,259');
  // A bar that is kept back says why in its place.
  expect(body).toMatch(/<li class="bar-row"><span>Production resumed<\/span><span class="kept">kept back/);
});

test('one field that is asked several times is a table with a row for each', async () => {
  const text = textOf((await visit('/look/CaseStatistics')).body);
  expect(text).toContain('Chart Total · On-time rate Hukou 84.5% Housing');
  expect(text).toContain('3 rows');
  expect(text).toMatch(/Kind Threshold Total · Received .*Hukou 5 1,277 .* Housing 5 1,000 .* Schooling 10 1,489/);
});

test('a reference to an object of the answer is its name', async () => {
  const { body = '' } = await visit('/look/Linkages', { lang: 'zh' });
  const links = textOf(body.slice(body.indexOf('id="table-1"')));
  expect(links).toContain('北京中关村 天津经济技术开发区 跨省通办协议（示例）');
  expect(links).not.toContain('zone_');
});

test.each([
  [
    'ResumptionSeries',
    { code: 'binhai-zhongguancun', from: '2020-03-16', to: '2020-02-10' },
    400,
    '`to` must not be before',
  ],
  ['ResumptionSeries', { code: 'binhai-zhongguancun', from: '2000-01-01', to: '2020-03-16' }, 400, 'at most 400 days'],
  ['EnterprisesByName', { startsWith: 'T', first: '10' }, 400, 'characters'],
  ['Headline', { code: 'nopark', on: '2020-03-16' }, 404, 'Nothing was found. Check the conditions.'],
  ['Linkages', { group: 'none' }, 404, 'Nothing was found. Check the conditions.'],
])('%s says why %j has no answer, and offers no file', async (name, asked, status, words) => {
  const { statusCode, body = '' } = await visit(`/look/${name}`, asked);
  expect(statusCode).toBe(status);
  expect(textOf(/<p class="missing" role="alert">.*?<\/p>/.exec(body)?.[0])).toContain(words);
  expect(body).not.toContain('id="export"');
  expect(await visit(`/look/${name}.csv`, asked)).toMatchObject({ statusCode: status });
});

test.each([
  ['Headline', { on: '2020-02-30' }, 'on', 'A day that exists.'],
  ['Enterprises', { first: '101' }, 'first', 'A whole number from 1 to 100.'],
  ['ParkPosts', { at: 'today' }, 'at', 'A day and a time.'],
])('%s marks the field whose value does not fit: %j', async (name, asked, field, hint) => {
  const { statusCode, body = '' } = await visit(`/look/${name}`, asked);
  expect(statusCode).toBe(400);
  expect(body).toMatch(new RegExp(`id="v-${field}"[^>]* aria-invalid="true" aria-describedby="w-${field}"`));
  expect(body).toContain(`<small class="wrong" id="w-${field}">${hint}</small>`);
});

test('an instant is filled in as a day and a time in Asia/Shanghai', async () => {
  const { body = '' } = await visit('/look/ParkPosts');
  expect(body).toContain('name="at" type="datetime-local" value="2020-03-16T10:00"');
  const local = { park: 'park_binhai-zhongguancun', at: '2020-03-16T10:00' };
  expect(textOf((await visit('/look/ParkPosts', local)).body)).toContain('At 16 March 2020 at 10:00');
});

test('bars have names that tell them apart', async () => {
  const { body = '' } = await visit('/look/ParkPosts', { view: 'chart' });
  const names = [...body.matchAll(/<li class="bar-row"><span>(.*?)<\/span>/g)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(2);
  expect(names).toEqual([...new Set(names)]);
  expect(names.join()).not.toContain('gate,');
  expect(body).not.toContain('<span>north-gate');
});

test('two parks are compared side by side, by a link', async () => {
  const days = { from: '2020-03-14', to: '2020-03-16' };
  const parks = { code: 'binhai-zhongguancun', 'vs-code': 'sample-baodi' };
  const { body = '' } = await visit('/look/ResumptionSeries', { ...days, ...parks, view: 'chart' });
  expect(body).toMatch(/<details class="compare" open>.*<option value="sample-baodi" selected>/s);
  const [, first = '', second = ''] = body.split('class="side">').map(textOf);
  expect(first).toMatch(/^ ?Park: Binhai-Zhongguancun Science Park/);
  expect(first).toContain('16 March 2020 206 236 87.2%');
  expect(second).toMatch(/^ ?Park: Sample Park B/);
  expect(second).not.toContain('206 236');
  const ids = [...body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(ids).toEqual([...new Set(ids)]);
  expect(body).toContain('/look/ResumptionSeries.csv?code=sample-baodi&#38;from=2020-03-14&#38;to=2020-03-16');
});

test('two periods of a park are compared side by side', async () => {
  const asked = { code: 'binhai-zhongguancun', from: '2020-03-14', to: '2020-03-16' };
  const earlier = { 'vs-from': '2020-02-10', 'vs-to': '2020-02-12' };
  const { body = '' } = await visit('/look/ResumptionSeries', { ...asked, ...earlier });
  const [, first = '', second = ''] = body.split('class="side">').map(textOf);
  expect(first).toMatch(/^ ?From: 14 March 2020 · To: 16 March 2020 .*16 March 2020 206 236 87.2%/);
  expect(second).toMatch(/^ ?From: 10 February 2020 · To: 12 February 2020 .*3 rows/);
});

test('counts of enterprises and people are summed where no cell is kept back', async () => {
  const { body = '' } = await visit('/look/Breakdowns');
  const tables = [...body.matchAll(/<table.*?<\/table>/gs)].map(([table]) =>
    [...table.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) => [...row.matchAll(/<t[hd]([^>]*)>(.*?)<\/t[hd]>/gs)]),
  );
  const summed = tables.filter((rows) => rows.at(-1)?.[0]?.[2] === 'Sum');
  expect(summed.length).toBeGreaterThan(0);
  const count = (text = '') => Number(text.replaceAll(',', ''));
  for (const rows of summed) {
    for (const [column, [, , sum = '']] of (rows.at(-1) ?? []).entries()) {
      if (column === 0 || sum === '') continue;
      const cells = rows.slice(1, -1).map((row) => count(row[column]?.[2]));
      expect(count(sum)).toBe(cells.reduce((total, cell) => total + cell, 0));
    }
  }
  // An enterprise that needs two goods is in two rows of SupplyGaps.
  for (const name of ['ResumptionSeries', 'ParksSideBySide', 'CaseStatistics', 'FreePlaces', 'SupplyGaps']) {
    expect([name, (await visit(`/look/${name}`)).body?.includes('<tfoot>')]).toEqual([name, false]);
  }
});

test.each([
  ['ResumptionSeries', 'M60.0'],
  ['FreePlaces', '<rect class="f0"'],
  ['Breakdowns', '<rect class="f0"'],
  ['Linkages', '<path class="edge"'],
])('the picture of %s is a file that says where its figures come from', async (name, drawn) => {
  const { statusCode, headers, body = '' } = await visit(`/look/${name}.svg`);
  expect([statusCode, headers?.['content-type']]).toEqual([200, 'image/svg+xml; charset=utf-8']);
  expect(body).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  expect(body).toContain(drawn);
  expect(body).toMatch(new RegExp(`<desc id="about">.*Query: ${name} \\([\\da-f]{64}\\)</desc>`));
});

test('what has no picture has no file of one', async () => {
  expect((await visit('/look/Policies.svg')).statusCode).toBe(404);
  expect((await visit('/look/Policies')).body).not.toContain('Policies.svg');
});

test('words of units and conditions are in the page’s language', async () => {
  const headline = textOf((await visit('/look/Headline', { lang: 'zh' })).body);
  expect(headline).toContain('在园企业 236 家');
  expect(headline).not.toContain('236 enterprises');
  const series = textOf((await visit('/look/CaseStatisticsSeries', { lang: 'ja' })).body);
  expect(series).toContain('種類 戸籍');
});

test('words of enums are in the page’s language', async () => {
  const text = textOf((await visit('/look/Linkages', { lang: 'ja' })).body);
  expect(text).toContain('利益共有 署名済み 2018年6月1日');
  expect(text).toContain('経済技術開発区');
  expect(text).not.toMatch(/[A-Z]{3,}_[A-Z]+/);
});

test('a count that is kept back is a text that says why, on the page and in files', async () => {
  const [, row = ''] = /(Schooling 10 .*?85.7%)/.exec(textOf((await visit('/look/CaseStatistics')).body)) ?? [];
  expect(row).toMatch(/1,489 1,490 kept back: tells of few kept back: tells of few 1,277 213/);
  expect((await visit('/look/CaseStatistics.csv')).body).toMatch(/^SCHOOLING,.*,1490,kept back: tells of few,/m);
});

test.each([
  ['zh', '其他 不公布：涉及数量过少'],
  ['ja', 'その他 非公表：少数'],
  ['en', 'Other kept back: tells of few'],
])('sums of a sector that are kept back say why in its row, in %s', async (lang, text) => {
  expect(textOf((await visit('/look/Breakdowns', { lang })).body)).toContain(text);
});

test('says where the figures come from', async () => {
  const text = textOf((await visit('/look/Headline')).body);
  expect(text).toContain('Source News story of 18 March 2020');
  expect(text).toMatch(/Asked at 10 September 2026/);
  expect(text).toMatch(/Query Headline \([\da-f]{64}\)/);
  expect(text).toMatch(/Day 16 March 2020 Status Closed Revision 1 /);
  for (const name of ['ResumptionAsOf', 'ResumptionSeries'])
    expect([name, (await visit(`/look/${name}`)).body?.includes('<dt>Revision</dt>')]).toEqual([name, true]);
  for (const extension of ['csv', 'json', 'svg']) {
    const file = (await visit(`/look/ResumptionSeries.${extension}`)).body;
    expect([extension, file]).toEqual([
      extension,
      expect.stringMatching(/Definition: Production resumed · Rate.{1,40}复工复产率/s),
    ]);
  }
});

test('all 236 enterprises of the park come as a workbook with typed cells and its origin', async () => {
  const asked = { park: 'park_binhai-zhongguancun', first: '50', all: '1' };
  const { body = '', headers } = await visit('/look/Enterprises.xlsx', asked);
  expect(headers?.['content-disposition']).toBe('attachment; filename="Enterprises.xlsx"');
  const files = unzipSync(Buffer.from(body, 'base64'));
  const sheet = (number: number) => strFromU8(files[`xl/worksheets/sheet${number}.xml`] ?? new Uint8Array());
  expect(sheet(1).match(/<row /g)).toHaveLength(237);
  expect(strFromU8(files['xl/workbook.xml'] ?? new Uint8Array())).toContain('About these data');
  expect(await visit('/look/ResumptionSeries.xlsx')).toMatchObject({ statusCode: 200, isBase64Encoded: true });
});

test('cells of days and rates are typed in a workbook, and codes are texts', async () => {
  const { body = '' } = await visit('/look/ResumptionSeries.xlsx');
  const files = unzipSync(Buffer.from(body, 'base64'));
  const sheet = strFromU8(files['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
  expect(sheet).toContain('<v>0.872</v>');
  expect(sheet).toContain('<v>43906</v>');
  const enterprises = unzipSync(Buffer.from((await visit('/look/Enterprises.xlsx')).body ?? '', 'base64'));
  expect(strFromU8(enterprises['xl/sharedStrings.xml'] ?? new Uint8Array())).toMatch(/91\d{6}[\dA-Z]{10}/);
});

test('a long list leads to its next page and to all of it, with the price of the rest', async () => {
  const { body = '', headers } = await visit('/look/Enterprises');
  expect(textOf(body)).toContain('This is a part of 236 entries. Next page · All 236 entries');
  const [, price] = /The rest costs about ([\d,]+) points; you have [\d,]+ now\./.exec(textOf(body)) ?? [];
  // Four more pages of 50 enterprises, in two objects of the list.
  expect(price).toBe('208');
  expect(headers?.['content-security-policy']).toContain("script-src 'self'; connect-src 'self'");
  const next = /href="(\/look\/Enterprises\?[^"]*after=[^"]+)"/.exec(body)?.[1]?.replaceAll('&#38;', '&') ?? '';
  const { searchParams } = new URL(next, 'http://localhost');
  expect(textOf((await visit('/look/Enterprises', Object.fromEntries(searchParams))).body)).toContain('50 rows');
  expect(textOf((await visit('/look/Enterprises', { first: '50', all: '1' })).body)).toContain('236 rows');
});

test('a filter keeps the rows of the whole list that contain a text, on the page and in files', async () => {
  const asked = { park: 'park_binhai-zhongguancun', first: '50', filter: 'precision ＭＥＤ' };
  const { body = '', headers } = await visit('/look/Enterprises', asked);
  const rows = [...body.matchAll(/<tr><th scope="row">.*?<\/tr>/gs)].map(([row]) => textOf(row));
  expect(rows.length).toBeGreaterThan(1);
  expect(rows.filter((row) => !row.includes('Precision medicine'))).toEqual([]);
  expect(textOf(body)).toContain(`${rows.length} rows`);
  expect(textOf(body)).toContain('Only rows that contain precision ＭＥＤ');
  expect(headers?.['content-security-policy']).not.toContain('script-src');
  const csv = (await visit('/look/Enterprises.csv', asked)).body ?? '';
  expect(csv.match(/PRECISION_MEDICINE/g)).toHaveLength(rows.length);
  expect(csv).not.toContain('DIGITAL_ECONOMY');
});

test('each question has a name, and headings for all that it shows, in three languages', () => {
  expect(documents.map(({ name }) => name).filter((name) => !questionOf(name))).toEqual([]);
  const names = documents.flatMap(({ fields, variables }) => [
    ...Object.keys(fields).map((path) => path.split('.').at(-1) ?? ''),
    ...Object.values(fields).map((field) => field.name),
    ...variables.map(({ name }) => name).filter((name) => name !== 'locale' && name !== 'after'),
  ]);
  expect([...new Set(names)].filter((name) => !hasLabel(name))).toEqual([]);
});

test('ids, rules, numbers and conditions read as people say them', async () => {
  const said = async (name: string, lang: string) => textOf((await visit(`/look/${name}`, { lang })).body);
  expect(await said('Linkages', 'zh')).toContain(
    '北京中关村 天津经济技术开发区 利益共享协议（示例） 利益共享 已签署 2018年6月1日 agr_',
  );
  expect(await said('Linkages', 'zh')).toContain('组 “1+4”功能区');
  expect(await said('ApplyChoices', 'ja')).toMatch(/without-hukou \p{Script=Han}[^{]* ctype_schooling-primary/u);
  expect(await said('Headline', 'ja')).toContain('入居企業の従業員 6,750 人');
  expect(await said('ParkPosts', 'zh')).toContain('星期一、星期二');
  expect(await said('ParkPosts', 'ja')).toContain('管理単位 · 名称');
  expect(await said('ParkDirectives', 'zh')).toMatch(/ 标题 文号 .* 示例〔2020〕3号 /);
  expect(await said('ResumptionSeries', 'zh')).toContain('园区 滨海-中关村科技园');
  expect((await visit('/look/ResumptionSeries.csv', { lang: 'zh' })).body).toContain('园区,滨海-中关村科技园');
  expect((await visit('/look/Linkages.csv', { lang: 'zh' })).body).toContain('zone_zhongguancun,zone_teda');
});

/** The tables of a page: the texts of their headings and cells, and the facts about the answer. */
function shownIn(body: string) {
  const texts = (markup: string, tag: string) =>
    [...markup.matchAll(new RegExp(`<${tag}[^>]*>(.*?)</${tag}>`, 'gs'))].map(([, text]) => textOf(text).trim());
  const rows = [...body.matchAll(/<table.*?<\/table>/gs)].map(([table]) => ({
    heads: texts(table.replace(/<tbody.*<\/tbody>/s, ''), 'th'),
    rows: [...table.matchAll(/<tr>(.*?)<\/tr>/gs)].slice(1).map(([, row = '']) => texts(row, 't[hd]')),
  }));
  const [, facts = ''] = /<dl class="facts">(.*?)<\/dl>/s.exec(body) ?? [];
  return {
    tables: rows,
    headings: [...texts(body, 'h2'), ...texts(body, 'caption')],
    labels: texts(facts, 'dt'),
    values: texts(facts, 'dd'),
  };
}

/** An enum's value, an id, a day or a boolean as the API writes it, or JSON. */
const OF_THE_API = /^[A-Z]+(?:_[A-Z]+)+$|^[A-Z]{3,}$|^[a-z]+_[\w-]+$|^\d{4}-\d\d-\d\d|^(?:true|false)$|^[{[]/;

describe.each([
  ['zh', '标识'],
  ['ja', 'ID'],
])('in %s', (lang, id) => {
  test('no heading, cell or fact of a shipped question is a name or value of the API', async () => {
    for (const { name } of documents) {
      const { tables, headings, labels, values } = shownIn((await visit(`/look/${name}`, { lang })).body ?? '');
      expect([name, tables.length > 0]).toEqual([name, true]);
      const heads = tables.flatMap((table) => table.heads);
      expect([
        name,
        [...heads, ...headings, ...labels].filter((head) => !/[\p{Script=Han}\p{Script=Katakana}]|^ID$/u.test(head)),
      ]).toEqual([name, []]);
      const cells = tables.flatMap((table) =>
        table.rows.flatMap((row) => row.filter((_, column) => !table.heads[column]?.endsWith(id))),
      );
      // An answer about an enterprise that doesn't ask its name can't tell it.
      const asked = documents.find((each) => each.name === name)?.variables.find((each) => each.name === 'enterprise');
      const told = values.filter((value) => value !== asked?.example);
      expect([name, [...cells, ...told].filter((cell) => OF_THE_API.test(cell))]).toEqual([name, []]);
    }
  });
});

test('no table has two columns or values of one name', async () => {
  for (const lang of ['zh', 'ja', 'en']) {
    for (const { name } of documents) {
      const { body = '' } = await visit(`/look/${name}`, { lang, view: 'table' });
      for (const [table] of body.matchAll(/<table.*?<\/table>/gs)) {
        const heads = [...table.matchAll(/<th scope="col"[^>]*>(.*?)<\/th>/g)].map(([, head]) => head);
        expect([name, lang, heads]).toEqual([name, lang, [...new Set(heads)]]);
        if (heads.length !== 2) continue;
        const values = [...table.matchAll(/<th scope="row"[^>]*>(.*?)<\/th>/g)].map(([, value]) => value);
        expect([name, lang, values]).toEqual([name, lang, [...new Set(values)]]);
      }
    }
  }
});

test('tells crawlers that pages may be indexed, and that the API is not for them', async () => {
  expect(await visit('/robots.txt')).toMatchObject({ statusCode: 200, body: 'User-agent: *\nDisallow: /graphql\n' });
});

test('loads less than 150 kB with its script, compressed, for every question', async () => {
  for (const { name } of documents) {
    const { body = '' } = await visit(`/look/${name}`);
    const [script = ''] = /[^"]*look-\w+\.js/.exec(body) ?? [];
    const code = script && readFileSync(join(pagesDir, script));
    const bytes = [body, code].map((part) => brotliCompressSync(part).length);
    expect([name, bytes.reduce((sum, each) => sum + each, 0) < 150_000]).toEqual([name, true]);
  }
});

describe('a saved question', () => {
  const ADDRESS = '/look/question_facilities-of-a-park';

  test('is listed, and shown with its form, picture, table, origin and files', async () => {
    expect((await visit('/look')).body).toContain(`href="${ADDRESS}?lang=en"`);
    const { statusCode, body = '' } = await visit(ADDRESS);
    expect(statusCode).toBe(200);
    expect(textOf(body)).toContain('Facilities of a park and their places');
    expect(textOf(body)).toContain('Capacity');
    expect(body).toContain('<svg');
    expect(body).toContain('name="code"');
    const [, carried = ''] = /\/explorer#q=([\w-]+)/.exec(body) ?? [];
    expect(JSON.parse(inflateRawSync(Buffer.from(carried, 'base64url')).toString())).toEqual({
      query: expect.stringContaining('FacilitiesOfPark'),
      variables: { code: 'binhai-zhongguancun', locale: 'EN' },
    });
    expect(textOf(body)).toMatch(/Version 1 /);
    expect((await visit(`${ADDRESS}.csv`, { lang: 'zh' })).headers?.['content-disposition']).toBe(
      `attachment; filename="question_facilities-of-a-park.csv"; filename*=UTF-8''${encodeURIComponent('园区设施与名额')}.csv`,
    );
    expect(textOf((await visit(ADDRESS, { lang: 'ja', view: 'table' })).body)).toContain('パークの施設と定員');
    const csv = await visit(`${ADDRESS}.csv`, { code: 'binhai-zhongguancun' });
    expect(csv).toMatchObject({ statusCode: 200, headers: { 'content-type': 'text/csv; charset=utf-8' } });
    expect((await visit(`${ADDRESS}.xlsx`)).statusCode).toBe(200);
  });

  test('has no address where it is unknown, and refuses variables that it does not have', async () => {
    expect((await visit('/look/question_unknown')).statusCode).toBe(404);
    expect((await visit(ADDRESS, { zone: 'zone_teda' })).statusCode).toBe(400);
    expect((await visit(ADDRESS, { code: 'case_01J00000000000000000000000' })).statusCode).toBe(400);
  });
});

describe('a visitor who has signed in', () => {
  const ZONES = '{ zones(first: 5) { nodes { code } } }';
  const save = async (name: string, query: string, forZone: boolean, bearer: Bearer) => {
    const input = {
      idempotencyKey: `look-${name}`,
      forZone,
      name: { zh: name },
      query,
      variables: '{}',
      view: 'TABLE',
    };
    const mutation = 'mutation ($input: SaveQuestionInput!) { saveQuestion(input: $input) { question { id } } }';
    return (await system.ask(mutation, { input }, bearer)).saveQuestion.question.id as string;
  };
  const ANALYST: Bearer = { as: 'analyst' };
  const SYSTEM: Bearer = { as: 'partner', zone: 'zone_teda' };

  test('finds and asks their own questions, which no other visitor finds', async () => {
    const id = await save('zones-of-mine', ZONES, false, ANALYST);
    const hidden = await save('staff-of-mine', '{ enterprises(first: 1) { nodes { staffCount } } }', false, ANALYST);
    const own = await system.bearer(ANALYST);
    const { body = '', headers } = await visit('/look', {}, own);
    expect(headers?.['cache-control']).not.toContain('public');
    expect(body).toMatch(new RegExp(`<h2>My questions</h2>.*href="/look/${id}[?]lang=en">zones-of-mine`, 's'));
    // Its fields aren't public, so that no address shows them.
    expect(body).toContain(`href="/explorer#saved=${hidden}"`);
    expect((await visit(`/look/${hidden}`, {}, own)).statusCode).toBe(404);

    const page = await visit(`/look/${id}`, {}, own);
    expect([page.statusCode, page.headers?.['cache-control']]).toEqual([200, 'no-store']);
    expect(textOf(page.body)).toContain('You alone can read this question.');
    expect(textOf(page.body)).toContain('5 rows');
    expect(await visit(`/look/${id}.csv`, {}, own)).toMatchObject({ headers: { 'cache-control': 'no-store' } });
    for (const other of [undefined, await system.bearer(SYSTEM)]) {
      const { statusCode, body: told = '' } = await visit(`/look/${id}`, {}, other);
      expect([statusCode, told.includes('zones-of-mine')]).toEqual([404, false]);
      expect(textOf(told)).toContain('sign in to see it');
      expect((await visit('/look', {}, other)).body).not.toContain('zones-of-mine');
    }
  });

  test('finds their own questions as an administrator, who belongs to no zone and publishes for everybody', async () => {
    const bearer: Bearer = { as: 'admin' };
    const id = await save('zones-of-all', ZONES, false, bearer);
    const admin = await system.bearer(bearer);
    const { body = '' } = await visit('/look', {}, admin);
    expect(body).toMatch(new RegExp(`<h2>My questions</h2>.*href="/look/${id}[?]lang=en">zones-of-all`, 's'));
    expect(body).not.toContain('Questions of my zone');
    expect(textOf((await visit(`/look/${id}`, {}, admin)).body)).toContain('You alone can read this question.');
    expect((await visit('/look', {}, await system.bearer(ANALYST))).body).not.toContain('zones-of-all');

    const name = { zh: 'zones-by-admin' };
    const input = {
      idempotencyKey: 'look-public',
      code: 'zones-by-admin',
      name,
      query: ZONES,
      variables: '{}',
      view: 'TABLE',
    };
    const publish =
      'mutation ($input: PublishQuestionInput!) { publishQuestion(input: $input) { question { id } userErrors { code } } }';
    expect((await system.ask(publish, { input }, bearer)).publishQuestion.userErrors).toEqual([]);
    expect((await visit('/look')).body).toContain('zones-by-admin');
    const forZone = { ...input, idempotencyKey: 'look-for-zone', forZone: true, code: undefined };
    const saving =
      'mutation ($input: SaveQuestionInput!) { saveQuestion(input: $input) { userErrors { code field } } }';
    expect((await system.ask(saving, { input: forZone }, bearer)).saveQuestion.userErrors).toEqual([
      { code: 'INVALID', field: ['forZone'] },
    ]);
  });

  test('asks the questions of their zone, and public ones on their own budget', async () => {
    const id = await save('zones-of-teda', ZONES, true, SYSTEM);
    const officer = await system.bearer({ as: 'officer', agency: 'PARK', zone: 'zone_teda' });
    expect((await visit('/look', {}, officer)).body).toMatch(/<h2>Questions of my zone<.h2>.*zones-of-teda/s);
    expect(textOf((await visit(`/look/${id}`, {}, officer)).body)).toContain('Your zone can read this question.');
    const remaining = async (authorization?: string) => {
      const text = textOf((await visit('/look/Enterprises', {}, authorization)).body);
      return Number(/you have ([\d,]+) now/.exec(text)?.[1]?.replaceAll(',', ''));
    };
    expect(await remaining(officer)).toBeGreaterThan(await remaining());
    expect((await visit('/look/Headline', {}, officer)).headers?.['cache-control']).toBe('no-store');
  });

  test('is told by 401 when the gateway refuses their token', async () => {
    for (const path of ['/look', '/look/Headline', '/look/Headline.csv'])
      expect([path, (await visit(path, {}, 'Bearer of.no.issuer')).statusCode]).toEqual([path, 401]);
  });

  test('gets a page that may connect to the issuer’s tokens alone', async () => {
    expect((await visit('/look')).body).not.toContain('<script');
    const endpoints = { authorizationEndpoint: 'https://id.example/auth', tokenEndpoint: 'https://id.example/token' };
    configure({ signIn: { issuer: 'https://id.example', clientId: 'pages', ...endpoints } });
    const pages = await Promise.all(['/look', '/look/Headline', '/look/question_mine'].map((path) => visit(path)));
    configure({ signIn: undefined });
    for (const { body = '', headers } of pages) {
      expect(body).toMatch(/<meta name="sign-in" content="[^"]*id.example.*<script src="[^"]*look-\w+.js"/s);
      expect(headers?.['content-security-policy']).toContain("; connect-src 'self' https://id.example/token; ");
    }
  });
});
