import { type CoverageRecord, decideCoverageEnd } from '../../../../src/domain/linkages/covering.ts';
import type { Viewer } from '../../../../src/domain/viewer.ts';

const coverage: CoverageRecord = {
  id: 'cov_ab',
  version: 1,
  policyId: 'policy_p',
  policyVersion: { number: 1, validFrom: '2020-01-01', validTo: null },
  fromZoneId: 'zone_a',
  toZoneId: 'zone_b',
  subject: 'ENTERPRISE',
  rule: null,
  validFrom: '2020-02-01',
  validTo: '2020-06-30',
  agreementId: 'agr_ab',
};
const viewer: Viewer = { kind: 'officer', person: 'p', agency: 'PARK', zone: 'zone_b', roles: ['PUBLISH'] };
/** Noon of 16 March in Shanghai. */
const NOW = new Date('2020-03-16T04:00:00Z');

const end = (lastDay: string, before = coverage) => decideCoverageEnd(before, { seen: 1, lastDay }, viewer, NOW);

test('a party ends a coverage today or later, before its end', () => {
  for (const lastDay of ['2020-03-16', '2020-06-29']) {
    expect(end(lastDay)).toEqual({ ok: true, value: { ...coverage, version: 2, validTo: lastDay } });
  }
  expect(end('2030-01-01', { ...coverage, validTo: null }).ok).toBe(true);
});

test.each([
  ['2020-03-15', 'INVALID_VALUE'],
  ['2020-06-30', 'KEPT'],
])('an end on %s is refused as %s', (lastDay, code) => {
  expect(end(lastDay)).toMatchObject({ ok: false, refusals: [{ code, field: ['lastDay'] }] });
});
