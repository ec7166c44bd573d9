import { clerkOf, type RegisterStory, registrar, startRegisterStory, TEDA } from '../fixtures/register-story.ts';

/** Enterprises are found by the beginning of their names in each language, and a changed name is found at once. */

let story: RegisterStory;
const OFFICER = registrar(TEDA);

beforeAll(async () => {
  story = await startRegisterStory(9_700);
});
afterAll(() => story.system.stop());

const FOUND = `query ($text: String!, $locale: Locale, $first: Int, $after: String) {
  enterprisesByName(startsWith: $text, locale: $locale, first: $first, after: $after) {
    totalCount nodes { id } edges { cursor } pageInfo { hasNextPage endCursor }
  }
}`;

const find = async (text: string, page: object = {}) =>
  (await story.ask(FOUND, { text, ...page }, OFFICER)).enterprisesByName;
const found = async (text: string, page: object = {}) =>
  (await find(text, page)).nodes.map(({ id }: { id: string }) => id);

test('is found in three scripts, whatever the case and the width', async () => {
  const firm = await story.newFirm({
    name: { zh: '晨帆（天津）科技', ja: 'しんぱんテクノロジー', en: 'Chenfan  Technology' },
  });
  for (const text of ['晨帆', '晨帆(天', 'しん', 'CHEN', 'Ｃｈｅｎｆａｎ', 'chenfan tech', '  chenfan']) {
    expect([text, await found(text)]).toEqual([text, [firm]]);
  }
  for (const text of ['帆（天津', 'chenfam', 'テク']) expect([text, await found(text)]).toEqual([text, []]);
  // Names of a language are compared with texts of its script, unless the caller says which.
  expect(await found('晨帆', { locale: 'JA' })).toEqual([]);
});

test('asks for at least two characters', async () => {
  for (const text of ['', ' ', '晨', ' 晨', 'x']) {
    await expect(find(text)).rejects.toThrow('at least 2 characters');
  }
});

test('pages are whole and in the order of the names, and take as many calls however many there are', async () => {
  const firms: string[] = [];
  for (const number of [3, 1, 2, 5, 4]) {
    firms[number - 1] = await story.newFirm({ name: { zh: `分页${number}`, ja: `頁${number}`, en: `Page ${number}` } });
  }
  const first = await find('page', { first: 2 });
  expect(first).toMatchObject({ totalCount: null, pageInfo: { hasNextPage: true } });
  const later = await found('page', { first: 3, after: first.pageInfo.endCursor });
  expect([...first.nodes.map(({ id }: { id: string }) => id), ...later]).toEqual(firms);
  const callsFor = async (size: number) =>
    (await story.system.dynamo.during(() => find('page', { first: size }))).length;
  expect([await callsFor(1), await callsFor(4)]).toEqual([2, 2]);
  const ofAnother = find('分页', { after: first.pageInfo.endCursor });
  await expect(ofAnother).rejects.toThrow(/cursor/i);
});

test('a changed name is found in all languages, and the former one no more', async () => {
  const firm = await story.newFirm({ name: { zh: '旧名企业', ja: '旧社名', en: 'Former Firm' } });
  const name = { zh: '改名企业', ja: '新社名', en: 'Renamed Firm' };
  await story.does('changeEnterprise', OFFICER, firm, { name });
  for (const text of ['旧名', 'former']) expect(await found(text)).toEqual([]);
  for (const text of ['改名', 'renamed']) expect(await found(text)).toEqual([firm]);
  expect([await found('旧社', { locale: 'JA' }), await found('新社', { locale: 'JA' })]).toEqual([[], [firm]]);
  await story.does('changeEnterprise', OFFICER, firm, { staffCount: 12 });
  expect(await found('renamed')).toEqual([firm]);
});

test('a proposed name is found when an officer has accepted it', async () => {
  const firm = await story.newFirm({ name: { zh: '提议前', ja: '提案前', en: 'Before Proposal' } });
  const name = { zh: '提议后', ja: '提案後', en: 'After Proposal' };
  await story.does('changeEnterprise', clerkOf(firm), firm, { name });
  expect([await found('before'), await found('after p')]).toEqual([[firm], []]);
  const { proposals } = await story.read('proposals { number }', firm, OFFICER);
  await story.does('decideEnterpriseProposal', OFFICER, firm, {
    proposal: proposals[0].number,
    outcome: 'ACCEPTED',
  });
  expect([await found('before'), await found('after p')]).toEqual([[], [firm]]);
});

test('of two changes of a name at once, the one that is stored is found', async () => {
  const firm = await story.newFirm({ name: { zh: '并发零', ja: '並行零', en: 'Concurrent Zero' } });
  const { version } = await story.stored(firm);
  const names = ['One', 'Two'].map((word) => ({ zh: `并发${word}`, ja: `並行${word}`, en: `Concurrent ${word}` }));
  await Promise.all(names.map((name) => story.send('changeEnterprise', OFFICER, firm, { version, name })));
  expect(await found('concurrent')).toEqual([firm]);
  const { en } = (await story.stored(firm)).name;
  expect(await found(en)).toEqual([firm]);
});
