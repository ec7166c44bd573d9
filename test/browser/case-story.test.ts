import type { Browser, BrowserContext, Page } from 'playwright-core';
import { dayInShanghai } from '../../src/domain/calendar/day.ts';
import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import { bearerClaims } from '../../src/local/dev-issuer/bearer.ts';
import { type DevIssuer, devIssuer } from '../../src/local/dev-issuer/dev-issuer.ts';
import { announced, pdf, send } from '../fixtures/files.ts';
import { openCasePage } from './case-page.ts';
import { launchBrowser, type Misdeeds } from './explorer-page.ts';
import { startSystem } from './running-system.ts';

/**
 * One case of a primary school from its opening to the place offered: who acts asks the gateway, each with a token of their
 * own, and the page `/case` of who holds the receipt tells each step.
 */

let browser: Browser;
let host: Awaited<ReturnType<typeof startSystem>>;
let issuer: DevIssuer;
let page: Page;
let context: BrowserContext;
let misdeeds: Misdeeds;

beforeAll(async () => {
  host = await startSystem();
  issuer = await devIssuer({ mode: 'local', dataDir: host.dataDir }, `${host.url}/dev-issuer`);
  browser = await launchBrowser();
  ({ page, context, misdeeds } = await openCasePage(browser, host.url));
}, 180_000);
afterAll(async () => {
  await context?.close();
  await browser?.close();
  await host?.close();
});

type Caller = Parameters<typeof bearerClaims>;
const ZONE = 'zone_teda';
const PARENT = ['applicant', { person: 'story-parent' }] as const;
const officer = (agency: string, roles: string) =>
  ['officer', { agency, roles, zone: ZONE, person: `story-${agency}` }] as const;

let keys = 0;

/** Does one thing through the gateway. */
async function does(
  [kind, choice]: readonly [Caller[0], Caller[1]],
  name: string,
  input: object,
  fields = 'case { version }',
) {
  const token = await issuer.sign(bearerClaims(kind, choice, issuer.trusted), 60);
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { message } } }`;
  const answer = await fetch(`${host.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables: { input: { idempotencyKey: `browser-story-${keys++}`, ...input } } }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query, which is a text here.
  const { data, errors }: any = await answer.json();
  expect([name, errors, data?.[name].userErrors]).toEqual([name, undefined, []]);
  return data[name];
}

/** What the page says when it is asked to look again. */
async function news(): Promise<string> {
  const line = page.locator('.news').filter({ hasText: /\S/ });
  await Promise.all([page.waitForResponse('**/graphql?*'), page.getByRole('button', { name: 'Check now' }).click()]);
  return (await line.textContent()) ?? '';
}

const state = async () => (await page.locator('#state').textContent()) ?? '';
const listed = async (section: 'wanted' | 'documents') =>
  (await page.locator(`section.${section} li`).allTextContents()).map((text) => text.trim());

const TODAY = dayInShanghai(new Date());
const SHA256 = 'ab'.repeat(32);
const DOCUMENTS = ['residence-permit', 'household-book', 'dwelling-proof', 'employment-proof', 'vaccination-record'];

test('a primary-school case, from its opening to the place offered, on the page', async () => {
  const bornOn = `${Number(TODAY.slice(0, 4)) - 8}-01-15`;
  const opened = await does(
    PARENT,
    'openCase',
    {
      caseType: 'ctype_schooling-primary',
      zone: ZONE,
      park: 'park_binhai-zhongguancun',
      applicant: { name: '张某某', idNumber: syntheticResidentId('1988-02-03', 77), phone: '10012345678' },
      relation: 'CHILD',
      child: { bornOn },
      residenceZone: ZONE,
    },
    'case { id receiptNumber } receiptSecret',
  );
  const { id, receiptNumber } = opened.case;

  // The receipt and its secret are enough for the page.
  await page.locator('#receipt').fill(receiptNumber);
  await page.locator('#secret').fill(opened.receiptSecret);
  await page.locator('button.primary').click();
  await page.locator('#state').waitFor();
  expect(await state()).toContain('Draft');
  expect(await listed('wanted')).toEqual(DOCUMENTS.map(() => expect.stringContaining('Asked for')));
  expect(await page.locator('.news').getAttribute('role')).toBe('status');

  await does(PARENT, 'giveConsent', { case: id });
  expect(await news()).toBe('News: Guardian consented');
  for (const document of DOCUMENTS) {
    const file = { document, fileName: `${document}.pdf`, ...announced(pdf(document)) };
    const upload = 'upload { id url method headers { name value } }';
    const asked = await does(PARENT, 'requestUpload', { case: id, ...file }, upload);
    expect(await send(asked.upload, pdf(document))).toBe(200);
    await does(PARENT, 'supplyDocument', { case: id, upload: asked.upload.id });
    expect(await news()).toBe('News: A document was handed in');
  }
  expect([await listed('wanted'), await listed('documents')]).toEqual([
    [],
    DOCUMENTS.map(() => expect.stringContaining('Received')),
  ]);

  let version = 2 + DOCUMENTS.length;
  const steps: readonly [string, () => Promise<unknown>][] = [
    ['Submitted', () => does(PARENT, 'submitCase', { case: id })],
    ['Accepted for review', () => does(officer('PARK', 'RECEIVE'), 'acceptCase', { case: id, version })],
    ['Under review', () => does(officer('EDU', 'REVIEW'), 'startReview', { case: id, version })],
    ...['PARK', 'PSB', 'EDU'].map((agency): [string, () => Promise<unknown>] => [
      'An agency gave its opinion',
      () => does(officer(agency, 'REVIEW'), 'giveOpinion', { case: id, verdict: 'AGREE' }),
    ]),
    ['Approved', () => does(officer('EDU', 'DECIDE'), 'decideCase', { case: id, version, approved: true })],
    [
      'Delivered',
      () =>
        does(officer('EDU', 'DECIDE'), 'deliverResult', {
          case: id,
          version,
          documentSha256: SHA256,
          outcome: { schoolPlace: { schoolName: { zh: '示例小学', en: 'Sample School' }, schoolYear: 2026 } },
        }),
    ],
  ];
  for (const [said, act] of steps) {
    await act();
    version += 1;
    expect(await news()).toBe(`News: ${said}`);
  }
  expect(await state()).toContain('Delivered');
  expect(await listed('documents')).toEqual(DOCUMENTS.map(() => expect.stringContaining('Checked')));
  expect(await page.locator('main').textContent()).toContain('Sample School');
  expect(await page.locator('.timeline > ol > li').count()).toBe(version);
  expect(misdeeds).toEqual([]);
}, 120_000);
