import { mayWrite } from '../access/decision.ts';
import { enterpriseRelation } from '../access/relation.ts';
import { admissionRelation, moveRelation, registrationRelation, successionRelation } from '../access/write-relation.ts';
import type { Viewer } from '../viewer.ts';
import type { RegisterCommand } from './command.ts';
import type { StatedKind } from './proposal.ts';
import { hostParksOn } from './record.ts';
import type { RegisterMoment } from './situation.ts';

/** Returns whether a viewer may give a command about an enterprise, by the table of writes. */
export function mayCommand(
  viewer: Viewer,
  command: RegisterCommand,
  { enterprise, successors, park, today }: Pick<RegisterMoment, 'enterprise' | 'successors' | 'park' | 'today'>,
): boolean {
  const { id, homeZoneId, move } = enterprise;
  const ofAdmission = admissionRelation(viewer, { enterpriseId: id, parkZoneId: park?.zoneId ?? '' });
  const ofEnterprise = enterpriseRelation(viewer, {
    id,
    homeZoneId,
    hostZoneIds: hostParksOn(enterprise, today).map(({ zoneId }) => zoneId),
    isConfirmed: enterprise.registration === 'CONFIRMED',
  });
  const parties = [enterprise, ...successors];
  const ofSuccession = successionRelation(viewer, {
    enterpriseIds: parties.map((each) => each.id),
    zoneIds: parties.map((each) => each.homeZoneId),
  });
  switch (command.action) {
    case 'CONFIRM_REGISTRATION':
    case 'CHALLENGE_REGISTRATION':
    case 'DECIDE_CHALLENGE':
      return mayWrite(
        viewer,
        MUTATIONS[command.action],
        registrationRelation(viewer, { enterpriseId: id, homeZoneId }),
      );
    case 'AGREE_TO_ADMISSION':
    case 'RECORD_ADMISSION':
    case 'END_ADMISSION':
      return mayWrite(viewer, MUTATIONS[command.action], ofAdmission);
    case 'REQUEST_MOVE':
    case 'WITHDRAW_MOVE':
    case 'ACCEPT_MOVE':
    case 'HAND_OVER':
    case 'OBJECT_TO_MOVE':
    case 'DECIDE_MOVE':
      return mayWrite(viewer, MUTATIONS[command.action], moveRelation(viewer, { enterpriseId: id, move }));
    case 'STATE': {
      const { kind } = command.stated;
      if (kind === 'LEAVE') return mayWrite(viewer, STATING[kind], ofAdmission);
      return mayWrite(viewer, STATING[kind], ofEnterprise);
    }
    case 'SUCCEED': {
      const mutation = command.kind === 'ABSORPTION' ? 'mergeEnterprises' : 'splitEnterprise';
      return mayWrite(viewer, mutation, ofSuccession);
    }
    case 'CONFIRM_SUCCESSION':
    case 'END_SUCCESSION':
      return mayWrite(viewer, MUTATIONS[command.action], ofSuccession);
    case 'DECIDE_PROPOSAL':
      return mayWrite(viewer, MUTATIONS[command.action], ofEnterprise);
  }
}

/** The mutation of each action. */
const MUTATIONS = {
  CONFIRM_REGISTRATION: 'confirmRegistration',
  CHALLENGE_REGISTRATION: 'challengeRegistration',
  DECIDE_CHALLENGE: 'decideChallenge',
  AGREE_TO_ADMISSION: 'agreeToAdmission',
  RECORD_ADMISSION: 'recordAdmission',
  END_ADMISSION: 'endAdmission',
  REQUEST_MOVE: 'requestMove',
  WITHDRAW_MOVE: 'withdrawMove',
  ACCEPT_MOVE: 'acceptMove',
  HAND_OVER: 'handOverEnterprise',
  OBJECT_TO_MOVE: 'objectToMove',
  DECIDE_MOVE: 'decideMove',
  DECIDE_PROPOSAL: 'decideEnterpriseProposal',
  CONFIRM_SUCCESSION: 'confirmSuccession',
  END_SUCCESSION: 'endSuccession',
} as const satisfies Record<Exclude<RegisterCommand['action'], 'STATE' | 'SUCCEED'>, string>;

/** The mutation of each kind of stated change. */
const STATING = {
  FACTS: 'changeEnterprise',
  LEAVE: 'leavePark',
  QUALIFICATION: 'recordQualification',
  REVOCATION: 'revokeQualification',
  SITE: 'recordSite',
  SITE_CLOSURE: 'closeSite',
  SUPPLY_LINK: 'recordSupplyLink',
  SUPPLY_LINK_END: 'endSupplyLink',
} as const satisfies Record<StatedKind, string>;
