import { entryOf } from '../../../../src/storage/talent/webhooks/outbox.ts';

test.each(['case', 'agr', 'cov', 'reloc', 'policy'])('an outbox entry about a %s is read', (prefix) => {
  const item = { caseId: `${prefix}_1`, sk: '000001#zone_a', version: 1, kind: 'STATED', zoneId: 'zone_a' };
  expect(entryOf({ ...item, at: '2026-11-29T15:00:00Z' })).toMatchObject({ caseId: `${prefix}_1`, kind: 'STATED' });
});
