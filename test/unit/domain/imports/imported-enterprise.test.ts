import { decideImport, type ImportedState } from '../../../../src/domain/imports/imported-enterprise.ts';

/** The change that a row of an import makes to an enterprise. */

const row = {
  uscc: '91110108551385082Q',
  name: { zh: '示例软件有限公司', ja: 'サンプルソフトウェア有限公司', en: 'Example Software Co., Ltd.' },
  industryCode: 'I6510',
  sector: 'DIGITAL_ECONOMY',
  sizeClass: 'MICRO',
  staffCount: 3,
} as const;
const frame = { parkId: 'park_a', zoneId: 'zone_a', residentFrom: '2026-01-01', isByAdministrator: false };

function imported(before: ImportedState | null, over: object = {}, asWhom: object = {}) {
  const decision = decideImport(before, { ...row, ...over }, { ...frame, ...asWhom }, null);
  if (!decision.ok) throw new Error(JSON.stringify(decision.refusals));
  return decision.value;
}

/** The enterprise after its first import. */
function registered(): ImportedState {
  const change = imported(null);
  if (change === null) throw new Error('A first import registers.');
  return change.after;
}

test('the same row changes nothing a second time', () => {
  expect(imported(registered())).toBeNull();
});

test.each([
  { staffCount: 4 },
  { sizeClass: 'SMALL' },
  { name: { ...row.name, ja: '別名' } },
  { industryCode: 'I6511' },
])('the fact %j changes without an event', (over) => {
  expect(imported(registered(), over)).toMatchObject({ after: over, event: null });
});

test('an administrator confirms what a zone has registered', () => {
  const change = imported(registered(), {}, { isByAdministrator: true });
  expect(change).toMatchObject({ after: { registration: 'CONFIRMED' }, event: { kind: 'CONFIRMED' } });
  expect(imported(null)?.event).toMatchObject({ kind: 'REGISTERED', by: 'ZONE' });
});

test.each([
  ['unconfirmed', false, 'The stay cannot begin on that day. Name a later one.'],
  ['confirmed', true, "The enterprise's days up to 2026-02-01 are reported or settled; change its stay later."],
])(
  'the refusal of a stay names the reported days of an enterprise that is %s: %s',
  (_is, isByAdministrator, message) => {
    const { after } = imported(null, {}, { isByAdministrator }) ?? {};
    const earlier = { ...frame, parkId: 'park_b', residentFrom: '2026-01-15' };
    const decision = decideImport(after ?? null, row, earlier, '2026-02-01');
    expect(decision).toMatchObject({ ok: false, refusals: [{ code: 'DAYS_REPORTED', message }] });
  },
);
