import type { Admission } from '../../../../src/domain/register/admission.ts';
import type { RegisterCommand } from '../../../../src/domain/register/command.ts';
import { decideRegister } from '../../../../src/domain/register/decide.ts';
import type { RegisterSituation } from '../../../../src/domain/register/situation.ts';
import type { Viewer } from '../../../../src/domain/viewer.ts';
import { enterpriseOf } from '../../../fixtures/enterprise.ts';

const NOW = new Date('2026-03-02T01:00:00.000Z');
const HOME = enterpriseOf(1, { homeZoneId: 'zone_a' });
const CLERK: Viewer = { kind: 'clerk', person: 'c', enterprise: HOME.id };
const AGREED: Admission = { parkId: 'park_b', zoneId: 'zone_b', state: 'AGREED', from: '2026-03-02', terms: null };

function decide(command: RegisterCommand, change: Partial<RegisterSituation['enterprise']> = {}, viewer = CLERK) {
  const situation = {
    enterprise: { ...HOME, ...change },
    successors: [],
    park: { parkId: 'park_b', zoneId: 'zone_b' },
    lastReported: null,
  };
  return decideRegister(situation, command, viewer, NOW);
}

test('an enterprise agrees to a stay once', () => {
  const agree = { action: 'AGREE_TO_ADMISSION', version: null, parkId: 'park_b', from: '2026-03-02' } as const;
  expect(decide(agree)).toMatchObject({ ok: true, value: { change: { admissions: [AGREED] } } });
  expect(decide(agree, { admissions: [AGREED] })).toMatchObject({ ok: false, refusals: [{ code: 'WRONG_STATE' }] });
});

test('administrators see a challenge, which they decide, and no other event of a registration', () => {
  const isForAdministrators = (command: RegisterCommand, change: Partial<RegisterSituation['enterprise']>) => {
    const decision = decide(command, change);
    return decision.ok && decision.value.event.isForAdministrators;
  };
  const challenge = {
    action: 'CHALLENGE_REGISTRATION',
    version: null,
    reason: 'OTHER_HOME',
    homeZoneId: 'zone_b',
  } as const;
  expect(isForAdministrators(challenge, { registration: 'UNCONFIRMED' })).toBe(true);
  expect(decide({ action: 'CONFIRM_REGISTRATION', version: null }, { registration: 'UNCONFIRMED' })).toMatchObject({
    ok: true,
    value: { event: { isForAdministrators: false } },
  });
});
