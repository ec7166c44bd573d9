/** Decides a command about an enterprise: returns the change, or the refusal. */
import { dayInShanghai } from '../calendar/day.ts';
import type { Viewer } from '../viewer.ts';
import { mayCommand } from './actor.ts';
import { decideAgreement, decideEnd, decideTerms } from './admission-steps.ts';
import type { RegisterCommand } from './command.ts';
import { decideAcceptance, decideMoveStep, decideRequest } from './move-steps.ts';
import { decideChallenge, decideConfirmation, decideOutcome } from './registration-steps.ts';
import {
  type RegisterDecision,
  type RegisterMoment,
  type RegisterSituation,
  refuseRegister as refuse,
} from './situation.ts';
import { decideProposal, decideStated } from './stated-changes.ts';
import { hasEnded } from './succession.ts';
import { decideSuccession, decideSuccessionConfirmation, decideSuccessionEnd } from './succession-steps.ts';

/** Decides a command: checks the permission and the version, then the state and the input. */
export function decideRegister(
  situation: RegisterSituation | null,
  command: RegisterCommand,
  viewer: Viewer,
  now: Date,
): RegisterDecision {
  if (!situation) return refuse('UNKNOWN_ENTERPRISE', 'enterprise', 'There is no such enterprise.');
  const { enterprise, park } = situation;
  if ('parkId' in command && command.parkId !== null && !park)
    return refuse('UNKNOWN_PARK', 'park', 'There is no such park.');
  const moment = { ...situation, today: dayInShanghai(now), ...actedBy(viewer) };
  if (!mayCommand(viewer, command, moment)) {
    return refuse('NOT_YOURS', 'enterprise', 'You may not do this for this enterprise.');
  }
  if (command.version !== null && command.version !== enterprise.version) {
    return refuse('OTHER_VERSION', 'version', `The enterprise has version ${enterprise.version} now.`);
  }
  if (hasEnded(enterprise)) return refuse('WRONG_STATE', 'enterprise', 'The enterprise has ended: it has successors.');
  switch (command.action) {
    case 'CONFIRM_REGISTRATION':
      return decideConfirmation(moment);
    case 'CHALLENGE_REGISTRATION':
      return decideChallenge(moment, command);
    case 'DECIDE_CHALLENGE':
      return decideOutcome(moment, command.isUpheld);
    case 'AGREE_TO_ADMISSION':
      return decideAgreement(moment, command.from);
    case 'RECORD_ADMISSION':
      return decideTerms(moment, command);
    case 'END_ADMISSION':
      return decideEnd(moment, command.lastDay);
    case 'REQUEST_MOVE':
      return decideRequest(moment, command.keepsSites);
    case 'ACCEPT_MOVE':
      return decideAcceptance(moment);
    case 'WITHDRAW_MOVE':
      return decideMoveStep(moment, 'WITHDRAW');
    case 'HAND_OVER':
      return decideMoveStep(moment, 'HAND_OVER');
    case 'OBJECT_TO_MOVE':
      return decideMoveStep(moment, 'OBJECT', command.reason);
    case 'DECIDE_MOVE':
      return decideMoveStep(moment, command.isApproved ? 'APPROVE' : 'REFUSE');
    case 'STATE':
      return decideStated(moment, command.stated);
    case 'DECIDE_PROPOSAL':
      return decideProposal(moment, command);
    case 'SUCCEED':
      return decideSuccession(moment, command);
    case 'CONFIRM_SUCCESSION':
      return decideSuccessionConfirmation(moment);
    case 'END_SUCCESSION':
      return decideSuccessionEnd(moment);
  }
}

function actedBy(viewer: Viewer): Pick<RegisterMoment, 'by' | 'byZoneId' | 'byEnterpriseId'> {
  if (viewer.kind === 'clerk') return { by: 'ENTERPRISE', byZoneId: null, byEnterpriseId: viewer.enterprise };
  if (viewer.kind === 'officer') return { by: 'ZONE', byZoneId: viewer.zone, byEnterpriseId: null };
  return { by: 'ADMINISTRATOR', byZoneId: null, byEnterpriseId: null };
}
