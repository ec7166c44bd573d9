/** What becomes of an action on a case, read once more: what happens and the state after, or why nothing does. */
import type { Actor } from '../../src/domain/cases/access.ts';
import type { CaseCommand } from '../../src/domain/cases/command.ts';
import type { CaseEventKind, CaseState } from '../../src/domain/cases/state.ts';
import type { Localized } from '../../src/domain/locale.ts';
import {
  documentOf,
  extendedBy,
  happened,
  hasHappened,
  isApproved,
  type ModelCase,
  noticeUntil,
  opinionsOf,
  reconsiderationExtendedBy,
  stateOf,
  supplementUntil,
  versionOf,
  zoneOf,
} from './model-case.ts';
import { contestableUntil, modelDeadlines, takenUpOn } from './model-clock.ts';
import { unmetOf } from './model-eligibility.ts';
import { isTheirs, knowsOfIt } from './model-people.ts';
import { shanghaiDay } from './working-days.ts';

/** Codes of refusals, each once, sorted; null where it is done. */
export type Refused = readonly string[] | null;

const UNDECIDED: readonly CaseState[] = [
  'DRAFT',
  'SUBMITTED',
  'SUPPLEMENT_REQUIRED',
  'ACCEPTED',
  'UNDER_REVIEW',
  'SPECIAL_PROCEDURE',
  'PUBLIC_NOTICE',
  'TRANSFERRED',
];

/** What the action makes happen in a state, and where that leads; null where it isn't possible then. */
export function leadsTo(
  action: CaseCommand['action'],
  state: CaseState,
): readonly [happens: CaseEventKind, next: CaseState] | null {
  const from = <Step>(states: readonly CaseState[], step: Step) => (states.includes(state) ? step : null);
  switch (action) {
    case 'SUPPLY_DOCUMENT':
      return from(['DRAFT', 'SUPPLEMENT_REQUIRED'], ['DOCUMENT_SUPPLIED', state] as const);
    case 'USE_VERIFIED':
      return from(['DRAFT', 'SUPPLEMENT_REQUIRED'], ['VERIFIED_DOCUMENT_USED', state] as const);
    case 'WITHDRAW_VERIFIED':
      return from(['DRAFT', 'SUBMITTED', 'SUPPLEMENT_REQUIRED'], ['VERIFIED_DOCUMENT_WITHDRAWN', state] as const);
    case 'SUBMIT':
      return (
        from(['DRAFT'], ['SUBMITTED', 'SUBMITTED'] as const) ??
        from(['SUPPLEMENT_REQUIRED'], ['SUPPLEMENTED', 'SUBMITTED'] as const)
      );
    case 'RECOMMEND':
      return from(['DRAFT', 'SUPPLEMENT_REQUIRED'], ['RECOMMENDED', state] as const);
    case 'CONSENT':
      return from(['DRAFT', 'SUPPLEMENT_REQUIRED'], ['CONSENT_GIVEN', state] as const);
    case 'WITHDRAW':
      return from(UNDECIDED, ['WITHDRAWN', 'WITHDRAWN'] as const);
    case 'REQUEST_RECONSIDERATION':
      return from(['APPROVED', 'REJECTED', 'DELIVERED'], ['RECONSIDERATION_REQUESTED', 'RECONSIDERATION'] as const);
    case 'RATE':
      return from(['NOT_ACCEPTED', 'DELIVERED', 'CLOSED', 'UPHELD'], ['RATED', state] as const);
    // Of the model's cases none comes by a counter of another zone, so this is nobody's to do.
    case 'HAND_OVER':
      return from(['SUBMITTED'], ['HANDED_OVER', 'SUBMITTED'] as const);
    case 'ACCEPT':
      return from(['SUBMITTED', 'TRANSFERRED'], ['ACCEPTED', 'ACCEPTED'] as const);
    case 'DECLINE':
      return from(['SUBMITTED', 'TRANSFERRED'], ['NOT_ACCEPTED', 'NOT_ACCEPTED'] as const);
    case 'REQUEST_SUPPLEMENT':
      return from(['SUBMITTED'], ['SUPPLEMENT_REQUESTED', 'SUPPLEMENT_REQUIRED'] as const);
    case 'DEEM_ACCEPTED':
      return from(['SUBMITTED'], ['DEEMED_ACCEPTED', 'ACCEPTED'] as const);
    case 'LAPSE':
      return from(['DRAFT', 'SUPPLEMENT_REQUIRED'], ['LAPSED', 'LAPSED'] as const);
    // As long as an agency has it in hand and nothing is decided.
    case 'VERIFY_IDENTITY':
      return from(
        UNDECIDED.filter((one) => one !== 'DRAFT' && one !== 'SUPPLEMENT_REQUIRED'),
        ['IDENTITY_VERIFIED', state] as const,
      );
    case 'START_REVIEW':
      return from(['ACCEPTED', 'REVERSED'], ['REVIEW_STARTED', 'UNDER_REVIEW'] as const);
    case 'GIVE_OPINION':
      return from(['UNDER_REVIEW'], ['OPINION_GIVEN', 'UNDER_REVIEW'] as const);
    case 'EXTEND_DEADLINE':
      return from(['UNDER_REVIEW', 'RECONSIDERATION'], ['DEADLINE_EXTENDED', state] as const);
    case 'START_SPECIAL_PROCEDURE':
      return from(['UNDER_REVIEW'], ['SPECIAL_PROCEDURE_STARTED', 'SPECIAL_PROCEDURE'] as const);
    case 'END_SPECIAL_PROCEDURE':
      return from(['SPECIAL_PROCEDURE'], ['SPECIAL_PROCEDURE_ENDED', 'UNDER_REVIEW'] as const);
    case 'OPEN_PUBLIC_NOTICE':
      return from(['UNDER_REVIEW'], ['PUBLIC_NOTICE_OPENED', 'PUBLIC_NOTICE'] as const);
    case 'APPROVE':
      return from(['UNDER_REVIEW', 'PUBLIC_NOTICE'], ['APPROVED', 'APPROVED'] as const);
    case 'REJECT':
      return from(['UNDER_REVIEW', 'PUBLIC_NOTICE'], ['REJECTED', 'REJECTED'] as const);
    case 'DELIVER':
      return from(['APPROVED', 'REJECTED'], ['DELIVERED', 'DELIVERED'] as const);
    case 'CLOSE':
      return from(['NOT_ACCEPTED', 'DELIVERED', 'UPHELD'], ['CLOSED', 'CLOSED'] as const);
    case 'TRANSFER':
      return from(['SUBMITTED', 'ACCEPTED', 'UNDER_REVIEW', 'TRANSFERRED'], ['TRANSFERRED', 'TRANSFERRED'] as const);
    case 'TAKE_UP_RECONSIDERATION':
      return from(['RECONSIDERATION'], ['RECONSIDERATION_TAKEN_UP', 'RECONSIDERATION'] as const);
    case 'DEEM_TAKEN_UP':
      return from(['RECONSIDERATION'], ['RECONSIDERATION_DEEMED_TAKEN_UP', 'RECONSIDERATION'] as const);
    case 'UPHOLD':
      return from(['RECONSIDERATION'], ['UPHELD', 'UPHELD'] as const);
    case 'REVERSE':
      return from(['RECONSIDERATION'], ['REVERSED', 'REVERSED'] as const);
  }
}

const isReasoned = (reasons: readonly Localized[]) =>
  reasons.length > 0 &&
  reasons.length <= 10 &&
  reasons.every(({ zh, ja, en }) => [zh, ja, en].every((text) => text.trim().length > 0 && text.length <= 500));

const isHash = (text: string) => text.length === 64 && [...text].every((digit) => '0123456789abcdef'.includes(digit));

/** What stands in the way beside who acts, the version and the state. */
function obstacles(c: ModelCase, command: CaseCommand, actor: Actor, today: string): readonly string[] {
  const codes: string[] = [];
  const must = (holds: boolean, code: string) => {
    if (!holds) codes.push(code);
  };
  const isAsked = (code: string) => c.type.requiredDocuments.some((one) => one.code === code);
  const isDistinct = (list: readonly string[]) => new Set(list).size === list.length;
  const clock = modelDeadlines(c, today);
  // Nobody is kept from taking up late what was transferred or contested.
  const isLate = clock?.breached === true && !clock.step.endsWith('TAKE_UP');
  const contested = stateOf(c) === 'RECONSIDERATION';
  const awaited = c.type.opinionsFrom.filter((agency) => !opinionsOf(c).some((one) => one.agency === agency));
  switch (command.action) {
    case 'SUPPLY_DOCUMENT': {
      const { announced, found } = command;
      if (!announced || !isAsked(announced.code)) {
        must(false, 'UNKNOWN_UPLOAD');
        break;
      }
      const { size, sha256, mediaType } = announced;
      must(found !== null, 'FILE_MISSING');
      const isTheSame = found?.size === size && found.sha256 === sha256 && found.mediaType === mediaType;
      must(found === null || isTheSame, 'FILE_DIFFERS');
      must((documentOf(c, announced.code).version ?? 0) < 20, 'TOO_MANY_VERSIONS');
      break;
    }
    case 'USE_VERIFIED': {
      const { source, agreement } = command;
      const { version, isVerified } = documentOf(c, command.document);
      must(isAsked(command.document), 'INVALID_DOCUMENT');
      must(version === null && !isVerified, 'DONE_ALREADY');
      must(source !== null && source.zoneId !== zoneOf(c), 'UNKNOWN_DOCUMENT');
      const isShared = agreement?.terms.sharesVerified === true;
      must(source === null || source.zoneId === zoneOf(c) || isShared, 'NO_AGREEMENT');
      break;
    }
    case 'WITHDRAW_VERIFIED':
      must(documentOf(c, command.document).isVerified, 'UNKNOWN_DOCUMENT');
      break;
    case 'SUBMIT':
      must(stateOf(c) === 'DRAFT' || today <= (supplementUntil(c) ?? today), 'TOO_LATE');
      codes.push(...unmetOf(c, today));
      break;
    case 'RECOMMEND':
      must(!hasHappened(c, 'RECOMMENDED'), 'DONE_ALREADY');
      break;
    case 'CONSENT':
      must(c.childBornOn !== null, 'CHILD_MISSING');
      must(!hasHappened(c, 'CONSENT_GIVEN'), 'DONE_ALREADY');
      break;
    case 'REQUEST_RECONSIDERATION':
      must(today <= (contestableUntil(c) ?? ''), 'TOO_LATE');
      break;
    case 'RATE':
      must([1, 2, 3, 4, 5].includes(command.rating), 'INVALID_RATING');
      must(!hasHappened(c, 'RATED'), 'DONE_ALREADY');
      break;
    case 'ACCEPT':
      // Once the notice was missed it counts as accepted already, from the day received.
      must(!isLate, 'TOO_LATE');
      codes.push(...unmetOf(c, today));
      break;
    case 'DECLINE':
      must(!isLate, 'TOO_LATE');
      must(isReasoned(command.reasons), 'INVALID_REASONS');
      break;
    case 'REQUEST_SUPPLEMENT':
      must(!isLate, 'TOO_LATE');
      must(command.documents.length > 0 && command.documents.every(isAsked), 'INVALID_DOCUMENT');
      must(isDistinct(command.documents), 'INVALID_DOCUMENT');
      must(
        command.documents.filter(isAsked).every((code) => {
          const isReasoned = command.reasons.some(({ document }) => document === code);
          return isReasoned || documentOf(c, code).version === null;
        }),
        'INVALID_REASONS',
      );
      must(!command.documents.some((code) => documentOf(c, code).isVerified), 'DONE_ALREADY');
      must(command.until > today, 'INVALID_DAY');
      break;
    case 'DEEM_ACCEPTED':
      must(isLate, 'TOO_EARLY');
      break;
    case 'LAPSE': {
      const until = stateOf(c) === 'DRAFT' ? (c.type.window?.closesOn ?? null) : supplementUntil(c);
      must(until !== null && today > until, 'TOO_EARLY');
      break;
    }
    case 'VERIFY_IDENTITY':
      // Applicants of the model state one number each, for ever.
      must(command.stated?.number === 1, 'OTHER_NUMBER');
      break;
    case 'GIVE_OPINION':
      must(!opinionsOf(c).some(({ agency }) => actor.kind === 'officer' && actor.agency === agency), 'DONE_ALREADY');
      break;
    case 'EXTEND_DEADLINE':
      must((contested ? reconsiderationExtendedBy(c) : extendedBy(c)) === 0, 'DONE_ALREADY');
      must(
        Array.from({ length: contested ? 30 : 10 }, (_, i) => i + 1).includes(command.extendedBy),
        'INVALID_EXTENSION',
      );
      // By days: a limit in months isn't extended by months.
      must(
        !c.type.limits.some(
          ({ step, unit }) => step === (contested ? 'RECONSIDERATION' : 'DECISION') && unit === 'MONTH',
        ),
        'INVALID_EXTENSION',
      );
      must(!contested || takenUpOn(c) !== null, 'TOO_EARLY');
      must(!isLate, 'TOO_LATE');
      break;
    case 'OPEN_PUBLIC_NOTICE':
      must(awaited.length === 0, 'OPINIONS_AWAITED');
      must(command.until > today, 'INVALID_DAY');
      break;
    case 'APPROVE':
      must(awaited.length === 0, 'OPINIONS_AWAITED');
      must(
        opinionsOf(c).every(({ verdict }) => verdict === 'AGREE'),
        'OPINION_AGAINST',
      );
      must(stateOf(c) !== 'PUBLIC_NOTICE' || today > (noticeUntil(c) ?? ''), 'TOO_EARLY');
      break;
    case 'REJECT':
      must(awaited.length === 0, 'OPINIONS_AWAITED');
      must(isReasoned(command.reasons), 'INVALID_REASONS');
      break;
    case 'DELIVER': {
      const due = { HUKOU: 'HukouPermit', HOUSING: 'HousingOffer', SCHOOLING: 'SchoolPlace' }[c.type.kind];
      must(isHash(command.documentSha256), 'INVALID_DOCUMENT');
      must((command.outcome?.kind ?? 'nothing') === (isApproved(c) ? due : 'nothing'), 'INVALID_OUTCOME');
      break;
    }
    case 'CLOSE': {
      const contestable = stateOf(c) === 'DELIVERED' && isApproved(c) === false;
      must(!contestable || today > (contestableUntil(c) ?? ''), 'TOO_EARLY');
      break;
    }
    case 'TAKE_UP_RECONSIDERATION':
      must(takenUpOn(c) === null, 'DONE_ALREADY');
      break;
    case 'DEEM_TAKEN_UP':
      must(takenUpOn(c) === null && clock?.breached === true, 'TOO_EARLY');
      break;
    case 'TRANSFER':
      must(command.agreement !== null, 'NO_AGREEMENT');
      must(command.toZone !== zoneOf(c) && /^zone_[a-z0-9-]+$/.test(command.toZone), 'INVALID_ZONE');
      must(isReasoned(command.reasons), 'INVALID_REASONS');
      break;
    case 'UPHOLD':
    case 'REVERSE':
      must(isReasoned(command.reasons), 'INVALID_REASONS');
      break;
    case 'HAND_OVER':
    case 'WITHDRAW':
    case 'START_REVIEW':
    case 'START_SPECIAL_PROCEDURE':
    case 'END_SPECIAL_PROCEDURE':
      break;
  }
  return codes;
}

/** Tries an action: the case after it, or the codes of all that is in its way. */
export function attempt(
  c: ModelCase,
  command: CaseCommand,
  actor: Actor,
  now: Date,
): { readonly case: ModelCase; readonly refused: Refused } {
  const refuse = (codes: readonly string[]) => ({ case: c, refused: [...new Set(codes)].sort() });
  if (!knowsOfIt(c, actor)) return refuse(['UNKNOWN_CASE']);
  const today = shanghaiDay(now);
  const before = stateOf(c);
  const step = leadsTo(command.action, before);
  const first = [
    ...(isTheirs(c, command.action, actor) ? [] : ['NOT_YOURS']),
    ...(command.version === null || command.version === versionOf(c) ? [] : ['OTHER_VERSION']),
    ...(step ? [] : ['WRONG_STATE']),
  ];
  if (!step || first.length > 0) return refuse(first);
  const more = obstacles(c, command, actor, today);
  if (more.length > 0) return refuse(more);
  const [what, after] = step;
  const agency = actor.kind === 'officer' ? actor.agency : null;
  return {
    case: happened(c, { what, at: now.toISOString(), day: today, before, after, agency, command }),
    refused: null,
  };
}
