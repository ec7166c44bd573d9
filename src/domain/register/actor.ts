import { mayWrite } from '../access/may-write.ts';
import { admissionRelation, moveRelation, registrationRelation } from '../access/write-relation.ts';
import type { Viewer } from '../viewer.ts';
import type { RegisterCommand } from './command.ts';
import type { RegisterRecord } from './record.ts';

/** Returns whether a viewer may give a command about an enterprise, by the table of writes. */
export function mayCommand(
  viewer: Viewer,
  { action }: Pick<RegisterCommand, 'action'>,
  { id, homeZoneId, move }: RegisterRecord,
  parkZoneId: string | null,
): boolean {
  switch (action) {
    case 'CONFIRM_REGISTRATION':
    case 'CHALLENGE_REGISTRATION':
    case 'DECIDE_CHALLENGE':
      return mayWrite(viewer, MUTATIONS[action], registrationRelation(viewer, { enterpriseId: id, homeZoneId }));
    case 'AGREE_TO_ADMISSION':
    case 'RECORD_ADMISSION':
    case 'END_ADMISSION': {
      const of = { enterpriseId: id, parkZoneId: parkZoneId ?? '' };
      return mayWrite(viewer, MUTATIONS[action], admissionRelation(viewer, of));
    }
    case 'REQUEST_MOVE':
    case 'WITHDRAW_MOVE':
    case 'ACCEPT_MOVE':
    case 'HAND_OVER':
    case 'OBJECT_TO_MOVE':
    case 'DECIDE_MOVE':
      return mayWrite(viewer, MUTATIONS[action], moveRelation(viewer, { enterpriseId: id, move }));
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
} as const satisfies Record<RegisterCommand['action'], string>;
