import type { Viewer } from '../../../src/domain/viewer.ts';
import { caseAgreementsOf } from '../../fixtures/case-agreements.ts';
import { applicant, officer, type Story, startStory, ZONE } from '../../fixtures/case-story.ts';
import { TALENT_APARTMENT } from '../../fixtures/case-types.ts';

/**
 * A talent of Beijing applies in Binhai. Zhongguancun has verified their employment contract, and they consent to its
 * use: nobody asks for it again.
 */

const ZHONGGUANCUN = 'zone_zhongguancun';
const TALENT = applicant('talent-of-beijing');
const CONTRACT = { document: 'employment-contract' };
const park = (zone = ZONE) => officer('PARK', 'RECEIVE', zone);
const VERIFICATION =
  'documents { code status version sha256 verification { zone { id } agency verifiedAt consentedAt } }';

let story: Story;

beforeAll(async () => {
  story = await startStory(TALENT_APARTMENT);
  await story.system.write('talent', caseAgreementsOf(ZONE, ZHONGGUANCUN));
});
afterAll(() => story.end());

/** Opens a case of an applicant in a zone. Returns its id. */
async function opened(zone: string, viewer: Viewer = TALENT): Promise<string> {
  await story.open(viewer, { zone, park: null, relation: 'SELF', ownsDwelling: false });
  return (await story.shows(viewer, 'id')).id;
}

/** Has Zhongguancun accept a case with the contract. Returns its id and the hash of the contract. */
async function verifiedInBeijing(viewer: Viewer = TALENT) {
  story.at('2026-03-02 09:00:00');
  const id = await opened(ZHONGGUANCUN, viewer);
  await story.supplies(viewer, CONTRACT.document);
  await story.does(viewer, 'submitCase');
  await story.does(park(ZHONGGUANCUN), 'acceptCase');
  const { documents } = await story.shows(viewer, 'documents { sha256 }');
  return { id, sha256: documents[0].sha256 };
}

test('Binhai accepts a document that Zhongguancun has verified, without asking for it', async () => {
  const { id, sha256 } = await verifiedInBeijing();
  story.at('2026-03-04 09:00:00');
  await opened(ZONE);
  expect(await story.isRefused(TALENT, 'submitCase')).toHaveLength(1);
  await story.does(TALENT, 'useVerifiedDocument', { ...CONTRACT, fromCase: id });
  await story.does(TALENT, 'submitCase');
  const seen = {
    documents: [
      {
        code: CONTRACT.document,
        status: 'CHECKED',
        version: null,
        sha256,
        verification: {
          zone: { id: ZHONGGUANCUN },
          agency: 'PARK',
          verifiedAt: '2026-03-02T01:00:00.000Z',
          consentedAt: '2026-03-04T01:00:00.000Z',
        },
      },
    ],
  };
  expect(await story.shows(park(), VERIFICATION)).toEqual(seen);
  // An officer cannot ask for it again.
  const again = { documents: [CONTRACT.document], until: '2026-04-01' };
  expect(await story.isRefused(park(), 'requestSupplement', again)).toEqual([
    'Another zone has verified this document.',
  ]);
  expect(await story.does(park(), 'acceptCase')).toBe('ACCEPTED');
  const { timeline } = await story.shows(TALENT, 'timeline { kind }');
  expect(timeline.filter(({ kind }: { kind: string }) => kind === 'SUPPLEMENT_REQUESTED')).toHaveLength(0);
  expect(timeline.map(({ kind }: { kind: string }) => kind)).toContain('VERIFIED_DOCUMENT_USED');
  // It is used now: the consent stays.
  expect(await story.isRefused(TALENT, 'withdrawVerifiedDocument', CONTRACT)).toEqual([
    'Not possible in the state "Accepted for review": WITHDRAW_VERIFIED.',
  ]);
});

test('the consent is withdrawn before the document is used, and the document asked for', async () => {
  const { id } = await verifiedInBeijing();
  await opened(ZONE);
  expect(await story.isRefused(TALENT, 'withdrawVerifiedDocument', CONTRACT)).toEqual([
    'The case uses no such document of another zone.',
  ]);
  await story.does(TALENT, 'useVerifiedDocument', { ...CONTRACT, fromCase: id });
  expect(await story.isRefused(TALENT, 'useVerifiedDocument', { ...CONTRACT, fromCase: id })).toEqual([
    'The case has this document already.',
  ]);
  await story.does(TALENT, 'submitCase');
  const offered = async () =>
    (await story.shows(TALENT, 'actions { kind }')).actions.map(({ kind }: { kind: string }) => kind);
  expect(await offered()).toContain('WITHDRAW_VERIFIED');
  await story.does(TALENT, 'withdrawVerifiedDocument', CONTRACT);
  expect(await offered()).not.toContain('WITHDRAW_VERIFIED');
  expect(await story.shows(TALENT, VERIFICATION)).toEqual({
    documents: [{ code: CONTRACT.document, status: 'ASKED', version: null, sha256: null, verification: null }],
  });
  expect(await story.isRefused(park(), 'acceptCase')).toHaveLength(1);
  const asked = { documents: [CONTRACT.document], until: '2026-04-01' };
  expect(await story.does(park(), 'requestSupplement', asked)).toBe('SUPPLEMENT_REQUIRED');
  await story.does(TALENT, 'useVerifiedDocument', { ...CONTRACT, fromCase: id });
  expect(await story.does(TALENT, 'submitCase')).toBe('SUBMITTED');
});

test('a file of the applicant replaces the verification', async () => {
  const { id } = await verifiedInBeijing();
  await opened(ZONE);
  await story.does(TALENT, 'useVerifiedDocument', { ...CONTRACT, fromCase: id });
  await story.supplies(TALENT, CONTRACT.document);
  const { documents } = await story.shows(TALENT, VERIFICATION);
  expect(documents).toEqual([expect.objectContaining({ status: 'RECEIVED', version: 1, verification: null })]);
});

test("refuses another applicant's document, and names no case", async () => {
  const { id } = await verifiedInBeijing(applicant('stranger'));
  await opened(ZONE);
  const refused = ['No other zone has verified such a document of yours.'];
  expect(await story.isRefused(TALENT, 'useVerifiedDocument', { ...CONTRACT, fromCase: id })).toEqual(refused);
  expect(await story.isRefused(TALENT, 'useVerifiedDocument', { ...CONTRACT, fromCase: 'case_none' })).toEqual(refused);
});

test('refuses a document that no officer has verified, and one of the same zone', async () => {
  const refused = ['No other zone has verified such a document of yours.'];
  story.at('2026-03-02 09:00:00');
  const unverified = await opened(ZHONGGUANCUN);
  await story.supplies(TALENT, CONTRACT.document);
  await story.does(TALENT, 'submitCase');
  await opened(ZONE);
  expect(await story.isRefused(TALENT, 'useVerifiedDocument', { ...CONTRACT, fromCase: unverified })).toEqual(refused);
  const { id } = await verifiedInBeijing();
  await opened(ZHONGGUANCUN);
  expect(await story.isRefused(TALENT, 'useVerifiedDocument', { ...CONTRACT, fromCase: id })).toEqual(refused);
});

test('refuses a verified document where the zones have not agreed on it', async () => {
  const { id } = await verifiedInBeijing();
  await opened('zone_eco-city');
  expect(await story.isRefused(TALENT, 'useVerifiedDocument', { ...CONTRACT, fromCase: id })).toEqual([
    'The two zones have no agreement in force by which one uses what the other has verified.',
  ]);
});

test('a verification stays that of the zone that made it after a transfer', async () => {
  const { id } = await verifiedInBeijing();
  await story.does(officer('HOUSING', 'RECEIVE', ZHONGGUANCUN), 'transferCase', {
    toZone: ZONE,
    reasons: [{ zh: '移送' }],
  });
  await opened(ZONE);
  await story.does(TALENT, 'useVerifiedDocument', { ...CONTRACT, fromCase: id });
  const { documents } = await story.shows(TALENT, VERIFICATION);
  expect(documents[0].verification.zone).toEqual({ id: ZHONGGUANCUN });
});

test('refuses what the case does not need', async () => {
  const { id } = await verifiedInBeijing();
  await opened(ZONE);
  expect(await story.isRefused(TALENT, 'useVerifiedDocument', { document: 'degree', fromCase: id })).toEqual(
    expect.arrayContaining(['The case needs no such document.']),
  );
});
