/** Answers of enterprises and park offices to directives: acknowledged, then complied with proof, or declined. */
import { mayWrite } from '../access/decision.ts';
import type { EnterpriseRelation } from '../access/relation.ts';
import { recordRelation } from '../access/write-relation.ts';
import type { Localized } from '../locale.ts';
import {
  type RecordRefusal,
  refusePublisher,
  refuseText,
  refuseVersion,
  unless,
  type Versioned,
} from '../records/record.ts';
import { type Decision, refuse } from '../refusal.ts';
import { refuseRelation, type StepRefusalCode } from '../support/refusals.ts';
import type { Viewer } from '../viewer.ts';
import type { Directive } from './directive.ts';

export const DIRECTIVE_ANSWER_STATES = ['ACKNOWLEDGED', 'COMPLIED', 'DECLINED'] as const;
export type DirectiveAnswerState = (typeof DIRECTIVE_ANSWER_STATES)[number];

/** The state of an answer to one version → the states that may follow. NONE: the version has no answer yet. */
const NEXT_STATES = {
  NONE: ['ACKNOWLEDGED'],
  ACKNOWLEDGED: ['COMPLIED', 'DECLINED'],
  DECLINED: ['COMPLIED'],
  COMPLIED: [],
} as const satisfies Record<'NONE' | DirectiveAnswerState, readonly DirectiveAnswerState[]>;

/** The facts of an answer that an addressee states. */
export interface StatedAnswer {
  readonly directiveId: string;
  readonly directiveVersion: number;
  readonly parkId: string;
  /** Null for the park's office. */
  readonly enterpriseId: string | null;
  readonly state: DirectiveAnswerState;
  readonly proof?: Localized;
  readonly documentNumber?: string;
  /** Hexadecimal. */
  readonly documentSha256?: string;
  readonly reason?: Localized;
}

export interface DirectiveAnswer extends Versioned, StatedAnswer {
  /** RFC 3339, UTC. */
  readonly at: string;
  /** The zones whose officers see it: the authority's and the park's. */
  readonly zoneIds: readonly string[];
}

/** The stored facts that decide an answer. */
export interface AnswerSituation {
  readonly directive: Directive | null;
  readonly before: DirectiveAnswer | null;
  /** The viewer's relation to the enterprise; null where there is no such enterprise. */
  readonly relation: EnterpriseRelation | null;
  /** Set where the enterprise resides in the park today. */
  readonly isResident: boolean;
}

/**
 * Decides an answer.
 * @param seen the version of the answer that was seen; null for the first
 */
export function decideAnswer(
  stated: StatedAnswer,
  seen: number | null,
  { directive, before, relation, isResident }: AnswerSituation,
  viewer: Viewer,
  now: Date,
): Decision<DirectiveAnswer, StepRefusalCode> {
  const park = directive?.parks.find(({ parkId }) => parkId === stated.parkId);
  const isOffice = stated.enterpriseId === null;
  const refused = isOffice
    ? refusePublisher(mayWrite(viewer, 'answerDirectiveForPark', recordRelation(viewer, park?.zoneId ?? null)))
    : refuseRelation(relation, (of) => mayWrite(viewer, 'answerDirective', of));
  if (refused.length > 0) return { ok: false, refusals: refused };
  if (!directive) return refuse('UNKNOWN_RECORD', ['directive'], 'There is no such directive.');
  if (!park) return refuse('UNKNOWN_REFERENCE', ['park'], "The directive doesn't address this park.");
  if (!isOffice && !isAddressed(directive, stated.enterpriseId, isResident)) {
    return refuse('UNKNOWN_REFERENCE', ['enterprise'], "The directive doesn't address this enterprise in this park.");
  }
  if (directive.state === 'ENDED') return refuse('WRONG_STATE', ['directive'], 'The directive has ended.');
  if (directive.version !== stated.directiveVersion) {
    const message = `The directive's current version is ${directive.version}.`;
    return refuse('OTHER_VERSION', ['directiveVersion'], message);
  }
  const outdated = refuseVersion(seen, before);
  if (outdated.length > 0) return { ok: false, refusals: outdated };
  const state = before?.directiveVersion === directive.version ? before.state : 'NONE';
  const next: readonly DirectiveAnswerState[] = NEXT_STATES[state];
  if (!next.includes(stated.state)) {
    const said = state === 'NONE' ? 'A version without an answer' : `An answer in state ${state}`;
    return refuse('WRONG_STATE', ['state'], `${said} doesn't go on to ${stated.state}.`);
  }
  const refusals = refuseDetails(stated);
  if (refusals.length > 0) return { ok: false, refusals };
  const zoneIds = [...new Set([directive.issuer.zoneId, park.zoneId].filter((id) => id !== null))];
  return { ok: true, value: { ...stated, at: now.toISOString(), zoneIds, version: (before?.version ?? 0) + 1 } };
}

function isAddressed({ audience, enterpriseIds }: Directive, enterpriseId: string, isResident: boolean): boolean {
  if (audience === 'NAMED') return enterpriseIds.includes(enterpriseId);
  return audience === 'RESIDENTS' && isResident;
}

const SHA256 = /^[0-9a-f]{64}$/;
const MAX_WORDS_CHARACTERS = 1_000;
const MAX_NUMBER_CHARACTERS = 100;

function refuseDetails(stated: StatedAnswer): readonly RecordRefusal[] {
  const { state, proof, documentNumber, documentSha256, reason } = stated;
  const isProven = state === 'COMPLIED';
  const isDocumented = documentNumber !== undefined || documentSha256 !== undefined;
  return [
    ...unless(isProven === (proof !== undefined), 'INVALID_VALUE', ['proof'], 'COMPLIED has a proof, and no other.'),
    ...unless(
      (state === 'DECLINED') === (reason !== undefined),
      'INVALID_VALUE',
      ['reason'],
      'DECLINED has a reason, and no other.',
    ),
    ...unless(isProven || !isDocumented, 'INVALID_VALUE', ['documentNumber'], 'Only COMPLIED names a document.'),
    ...(proof ? refuseText(proof, ['proof'], MAX_WORDS_CHARACTERS) : []),
    ...(reason ? refuseText(reason, ['reason'], MAX_WORDS_CHARACTERS) : []),
    ...unless(
      documentNumber === undefined ||
        (documentNumber.trim().length >= 1 && documentNumber.length <= MAX_NUMBER_CHARACTERS),
      'INVALID_VALUE',
      ['documentNumber'],
      `A document number has 1 to ${MAX_NUMBER_CHARACTERS} characters.`,
    ),
    ...unless(
      documentSha256 === undefined || SHA256.test(documentSha256),
      'INVALID_VALUE',
      ['documentSha256'],
      'A SHA-256 is 64 hexadecimal digits in small letters.',
    ),
  ];
}
