import { readRange } from '../../src/storage/dynamodb/read.ts';
import { transact } from '../../src/storage/dynamodb/transaction.ts';
import { remove } from '../../src/storage/dynamodb/write.ts';
import { parkNeedsItems } from '../../src/storage/enterprises/park-needs.ts';
import { subjectFactsOf } from '../../src/storage/linkages/facts-of.ts';
import { enterpriseKeys } from '../../src/storage/tables.ts';
import { enterpriseOf, usccOf } from '../fixtures/enterprise.ts';
import { BAODI, clerkOf, type RegisterStory, registrar, startRegisterStory, TEDA } from '../fixtures/register-story.ts';

/** A firm of TEDA gets qualifications, opens sites and names its suppliers; its clerk proposes, its officers decide. */

let story: RegisterStory;
let firm: string;
let supplier: string;
const OFFICER = registrar(TEDA);

beforeAll(async () => {
  story = await startRegisterStory(8_500);
  supplier = await story.newFirm({ homeZoneId: BAODI, residencies: [] });
});
afterAll(() => story.system.stop());
beforeEach(async () => {
  firm = await story.newFirm();
});

const HIGH_TECH = {
  kind: 'HIGH_TECH_ENTERPRISE',
  number: 'GR202612000001',
  issuer: { zh: '天津市科学技术局' },
  validFrom: '2026-01-01',
  validTo: '2028-12-31',
};
const SITE = { kind: 'RND_CENTRE', name: { zh: '研发中心' }, regionCode: '120116' };
const OUTSIDE = { direction: 'UPSTREAM', regionCode: '120115', goodsCode: 'c2710', goods: { zh: '原料药' } };

const FIELDS = `
  all: qualifications { kind number issuer validFrom validTo revokedOn }
  valid: qualifications(on: "2026-06-01") { number }
  later: qualifications(on: "2029-01-01") { number }
  sites { id kind name regionCode }
  supplyLinks { direction partner { id } regionCode goodsCode goods }`;
const PROPOSALS = `proposals {
  number kind qualification { number } revocation { kind number on } site { name } supplyLink { goods }
}`;

test('an officer states a qualification, states it anew, and revokes it', async () => {
  await story.does('recordQualification', OFFICER, firm, { ...HIGH_TECH, validTo: '2026-12-31' });
  await story.does('recordQualification', OFFICER, firm, HIGH_TECH);
  const shown = { ...HIGH_TECH, issuer: '天津市科学技术局', revokedOn: null };
  const number = { number: HIGH_TECH.number };
  const before = await story.read(FIELDS, firm, { kind: 'anonymous' });
  expect(before).toMatchObject({ all: [shown], valid: [number], later: [] });
  await story.does('revokeQualification', OFFICER, firm, { kind: HIGH_TECH.kind, ...number, on: '2026-05-01' });
  expect(await story.read(FIELDS, firm, { kind: 'anonymous' })).toMatchObject({
    all: [{ ...shown, validTo: '2026-04-30', revokedOn: '2026-05-01' }],
    valid: [],
  });
  // Linkages copies the days, so a policy for such enterprises ends with the qualification.
  expect(subjectFactsOf(await story.stored(firm)).qualifications).toEqual([
    { kind: HIGH_TECH.kind, from: '2026-01-01', to: '2026-04-30' },
  ]);
});

test('an officer opens a site, states it anew, and closes it', async () => {
  await story.does('recordSite', OFFICER, firm, SITE);
  const id = (await story.stored(firm)).sites[0]?.id;
  await story.does('recordSite', OFFICER, firm, { ...SITE, site: id, regionCode: '120115' });
  expect((await story.read(FIELDS, firm, OFFICER)).sites).toEqual([
    { id, kind: 'RND_CENTRE', name: '研发中心', regionCode: '120115' },
  ]);
  expect(subjectFactsOf(await story.stored(firm)).sites).toEqual([{ id, kind: 'RND_CENTRE', regionCode: '120115' }]);
  await story.does('closeSite', OFFICER, firm, { site: id });
  expect((await story.stored(firm)).sites).toEqual([]);
});

test('a site names the gap that it fills, for the enterprise and its home zone alone', async () => {
  const fills = { park: 'park_binhai', sector: 'DIGITAL_ECONOMY', goodsCode: 'c3973' };
  const refused = (more: object, viewer = OFFICER) =>
    story.refused('recordSite', viewer, firm, { ...SITE, fills: { ...fills, ...more } });
  expect(await refused({})).toBe('NOT_FOUND fills');
  await story.system.write('enterprises', needsOf(fills.park, 1));
  await story.does('recordSite', OFFICER, firm, { ...SITE, fills });
  const [site] = (await story.stored(firm)).sites;
  const asked = 'filledGaps { site { id } park { id } sector goodsCode }';
  const shown = [{ site: { id: site?.id }, park: { id: fills.park }, sector: fills.sector, goodsCode: 'C3973' }];
  for (const viewer of [OFFICER, clerkOf(firm)]) {
    expect((await story.read(asked, firm, viewer)).filledGaps).toEqual(shown);
  }
  for (const viewer of [clerkOf(supplier), registrar(BAODI)]) {
    expect((await story.read(asked, firm, viewer)).filledGaps).toBeNull();
  }
  await story.does('recordSite', OFFICER, firm, { ...SITE, site: site?.id });
  expect((await story.read(asked, firm, OFFICER)).filledGaps).toEqual([]);
  expect(await refused({ goodsCode: 'X1' })).toBe('INVALID fills');
  expect(await refused({ park: 'zone_teda' })).toBe('INVALID fills');
  expect(await refused({ park: 'park_nowhere' })).toBe('NOT_FOUND fills');
  for (const other of [{ goodsCode: 'C2710' }, { sector: 'PRECISION_MEDICINE' }]) {
    expect(await refused(other)).toBe('NOT_FOUND fills');
  }
});

/** Returns what enterprises of a park that need integrated circuits make of it. */
const needsOf = (parkId: string, enterprises: number) =>
  Array.from({ length: enterprises }, (_, i) =>
    parkNeedsItems(
      enterpriseOf(8_000 + i, {
        residencies: [{ parkId, kind: 'OPERATING', from: '2019-01-01', to: null, registeredStaff: 5 }],
        supplyLinks: [{ direction: 'UPSTREAM', partnerId: null, goods: CHIPS, goodsCode: 'C3973' }],
      }),
    ),
  ).flat();
const CHIPS = { zh: '芯片', ja: 'チップ', en: 'chips' };

test('a gap that few enterprises make is known to the officers of its park alone', async () => {
  const fills = { park: 'park_baodi', sector: 'DIGITAL_ECONOMY', goodsCode: 'C3973' };
  const asked = { ...SITE, fills };
  await story.system.write('enterprises', needsOf(fills.park, 2));
  for (const viewer of [OFFICER, clerkOf(firm)]) {
    expect(await story.refused('recordSite', viewer, firm, asked)).toBe('NOT_FOUND fills');
  }
  await story.system.write('enterprises', needsOf(fills.park, 3));
  await story.does('recordSite', OFFICER, firm, asked);
  const [site] = (await story.stored(firm)).sites;
  expect(site?.fills).toEqual({ parkId: fills.park, sector: fills.sector, goodsCode: 'C3973' });
  // A gap that is stated already stays, whatever became of the needs.
  const needs = needsOf(fills.park, 3);
  await transact(
    story.system.table('enterprises'),
    needs.map((item) => remove(item)),
  );
  expect(await story.refused('recordSite', OFFICER, firm, asked)).toBe('NOT_FOUND fills');
  await story.does('recordSite', OFFICER, firm, { ...asked, site: site?.id, regionCode: '120115' });
});

test('the goods that a park needs follow the links and the stays of its enterprises', async () => {
  const needed = async (parkId: string) =>
    (
      await readRange<{ goodsCodes: string[]; enterpriseId: string }>(story.system.table('enterprises'), {
        partition: enterpriseKeys.needsInPark(parkId, 'DIGITAL_ECONOMY', '').pk,
      })
    )
      .filter(({ enterpriseId }) => enterpriseId === firm)
      .map(({ goodsCodes }) => goodsCodes);
  const link = { direction: 'UPSTREAM', regionCode: '310000', goodsCode: 'C2710', goods: { zh: '原料药' } };
  await story.does('recordSupplyLink', OFFICER, firm, link);
  await story.does('recordSupplyLink', OFFICER, firm, { ...link, goodsCode: 'C3973' });
  const [{ parkId } = { parkId: '' }] = (await story.stored(firm)).residencies;
  expect(await needed(parkId)).toEqual([['C2710', 'C3973']]);
  await story.does('endSupplyLink', OFFICER, firm, { direction: 'UPSTREAM', regionCode: '310000', goodsCode: 'C2710' });
  expect(await needed(parkId)).toEqual([['C3973']]);
  await story.does('leavePark', OFFICER, firm, { park: parkId, lastDay: '2026-06-30' });
  expect(await needed(parkId)).toEqual([]);
});

test('supply links are for the enterprise and its home zone, and the partner learns nothing', async () => {
  const { uscc } = await story.stored(supplier);
  const registered = { direction: 'UPSTREAM', partner: uscc, goodsCode: 'C2710', goods: { zh: '原料药' } };
  await story.does('recordSupplyLink', OFFICER, firm, OUTSIDE);
  await story.does('recordSupplyLink', OFFICER, firm, registered);
  await story.does('recordSupplyLink', OFFICER, firm, { ...registered, goods: { zh: '辅料' } });
  for (const viewer of [OFFICER, clerkOf(firm)]) {
    expect((await story.read(FIELDS, firm, viewer)).supplyLinks).toEqual([
      { direction: 'UPSTREAM', partner: null, regionCode: '120115', goodsCode: 'C2710', goods: '原料药' },
      { direction: 'UPSTREAM', partner: { id: supplier }, regionCode: null, goodsCode: 'C2710', goods: '辅料' },
    ]);
  }
  expect((await story.read('supplyLinks { goods }', firm, clerkOf(supplier))).supplyLinks).toBeNull();
  expect((await story.read('supplyLinks { goods }', firm, registrar(BAODI))).supplyLinks).toBeNull();
  expect((await story.read('supplyLinks { goods }', supplier, clerkOf(supplier))).supplyLinks).toEqual([]);

  const { goods: _, ...link } = registered;
  await story.does('endSupplyLink', OFFICER, firm, link);
  expect((await story.stored(firm)).supplyLinks).toMatchObject([{ partnerId: null }]);
});

test('a link without a partner says that a supplier is sought, until it ends or one is found', async () => {
  const sought = { direction: 'UPSTREAM', goodsCode: 'C2710', goods: { zh: '原料药' } };
  await story.does('recordSupplyLink', OFFICER, firm, sought);
  const shown = { ...sought, partner: null, regionCode: null, goods: '原料药' };
  expect((await story.read(FIELDS, firm, OFFICER)).supplyLinks).toEqual([shown]);
  const { goods: _, ...link } = sought;
  // The code of nobody names no link, and not the one without a partner.
  expect(await story.refused('endSupplyLink', OFFICER, firm, { ...link, partner: usccOf(1) })).toBe(
    'NOT_FOUND partner',
  );
  await story.does('endSupplyLink', OFFICER, firm, link);
  expect((await story.stored(firm)).supplyLinks).toEqual([]);
});

test('a clerk proposes each of them, once a subject, and the officer decides', async () => {
  const clerk = clerkOf(firm);
  await story.does('recordQualification', clerk, firm, { ...HIGH_TECH, validTo: null });
  await story.does('recordQualification', clerk, firm, HIGH_TECH);
  await story.does('recordSite', clerk, firm, SITE);
  await story.does('recordSupplyLink', clerk, firm, OUTSIDE);
  expect(await story.stored(firm)).toMatchObject({ qualifications: [], sites: [], supplyLinks: [] });
  const none = { qualification: null, revocation: null, site: null, supplyLink: null };
  expect((await story.read(PROPOSALS, firm, OFFICER)).proposals).toEqual([
    { ...none, number: 3, kind: 'QUALIFICATION', qualification: { number: HIGH_TECH.number } },
    { ...none, number: 4, kind: 'SITE', site: { name: '研发中心' } },
    { ...none, number: 5, kind: 'SUPPLY_LINK', supplyLink: { goods: '原料药' } },
  ]);
  for (const proposal of [3, 4, 5]) {
    await story.does('decideEnterpriseProposal', OFFICER, firm, { proposal, outcome: 'ACCEPTED' });
  }
  const { qualifications, sites, supplyLinks } = await story.stored(firm);
  expect([qualifications.length, sites.length, supplyLinks.length]).toEqual([1, 1, 1]);
  const on = '2026-05-01';
  await story.does('revokeQualification', clerk, firm, { kind: HIGH_TECH.kind, number: HIGH_TECH.number, on });
  expect((await story.read(PROPOSALS, firm, clerk)).proposals).toMatchObject([
    { kind: 'REVOCATION', revocation: { kind: HIGH_TECH.kind, number: HIGH_TECH.number, on } },
  ]);
});

test('refuses what cannot be', async () => {
  const refused = (mutation: string, given: object, viewer = OFFICER) => story.refused(mutation, viewer, firm, given);
  const { number, kind } = HIGH_TECH;
  expect(await refused('recordQualification', { ...HIGH_TECH, number: ' ' })).toBe('INVALID number');
  expect(await refused('recordQualification', { ...HIGH_TECH, issuer: { zh: '' } })).toBe('INVALID issuer zh');
  expect(await refused('recordQualification', { ...HIGH_TECH, validTo: '2025-12-31' })).toBe('INVALID validTo');
  expect(await refused('revokeQualification', { kind, number, on: '2026-05-01' })).toBe('NOT_FOUND number');
  expect(await refused('recordSite', { ...SITE, regionCode: '999999' })).toBe('INVALID regionCode');
  expect(await refused('recordSite', { ...SITE, site: 'site_of-others' })).toBe('NOT_FOUND site');
  expect(await refused('closeSite', { site: 'site_of-others' })).toBe('NOT_FOUND site');
  const { uscc } = await story.stored(supplier);
  expect(await refused('recordSupplyLink', { ...OUTSIDE, partner: uscc })).toBe('INVALID partner');
  const nobody = { ...OUTSIDE, regionCode: null };
  expect(await refused('recordSupplyLink', { ...nobody, direction: 'DOWNSTREAM' })).toBe('INVALID partner');
  expect(await refused('recordSupplyLink', { ...nobody, partner: usccOf(1) })).toBe('INVALID partner');
  expect(await refused('recordSupplyLink', { ...OUTSIDE, goodsCode: '99' })).toBe('INVALID goodsCode');
  expect(await refused('endSupplyLink', { direction: 'UPSTREAM', partner: uscc })).toBe('NOT_FOUND partner');

  await story.does('recordQualification', OFFICER, firm, HIGH_TECH);
  expect(await refused('revokeQualification', { kind, number, on: '2029-01-01' })).toBe('INVALID on');
  expect(await refused('recordSite', SITE, registrar(BAODI))).toBe('NOT_ALLOWED enterprise');
  expect(await refused('recordSite', SITE, clerkOf(supplier))).toBe('NOT_ALLOWED enterprise');
});

test.each([
  ['recordQualification', 20, (i: number) => ({ ...HIGH_TECH, number: `GR-${i}` })],
  ['recordSite', 20, () => SITE],
  ['recordSupplyLink', 50, (i: number) => ({ ...OUTSIDE, regionCode: `1201${i + 10}` })],
])('%s takes at most %s', async (mutation, max, inputOf) => {
  const name = { zh: '名', ja: '名', en: 'Name' };
  const fill = <T>(make: (i: number) => T) => Array.from({ length: max }, (_, i) => make(i));
  firm = await story.newFirm({
    qualifications: fill((i) => ({ kind: 'TECH_SME', number: `${i}`, validFrom: '2026-01-01', validTo: null })),
    sites: fill((i) => ({ id: `site-${i}`, kind: 'RND_CENTRE', name, regionCode: '120116' })),
    supplyLinks: fill((i) => ({ direction: 'DOWNSTREAM', partnerId: null, regionCode: `1201${i + 10}`, goods: name })),
  });
  expect(await story.refused(mutation, OFFICER, firm, inputOf(1))).toBe('NOT_ALLOWED enterprise');
});
