/** Proposals of a park's observations. One person proposes, another accepts or rejects. */
import { mayWrite } from '../access/decision.ts';
import { recordRelation } from '../access/write-relation.ts';
import { dayInShanghai } from '../calendar/day.ts';
import { MAX_UNIT_CHARACTERS } from '../indicators/definition.ts';
import {
  type RecordRefusal,
  type RecordRefusalCode,
  refusePublisher,
  refuseText,
  refuseVersion,
  unless,
  type Versioned,
} from '../records/record.ts';
import type { Decision } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';
import { type FigureRecord, isWholePeriod, type ObservationFacts } from './observation.ts';

/** An observation as its proposer states it. Its revision is known when it is accepted. */
export interface StatedObservation extends Omit<ObservationFacts, 'geographyId' | 'figure' | 'earlier'> {
  readonly figure: Omit<FigureRecord, 'revision'>;
}

/** The newest proposal of a park. Its history items hold the earlier ones. */
export interface ObservationsProposalFacts extends Versioned {
  readonly parkId: string;
  readonly state: 'PROPOSED' | 'ACCEPTED' | 'REJECTED';
  readonly observations: readonly StatedObservation[];
  /** The proposer, as the issuer of tokens names them. */
  readonly proposedBy: string;
  readonly proposedAt: string;
  /** Null until it is accepted or rejected. */
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  /** The reason of a rejection. */
  readonly reason: string | null;
}

/** The result of a decision: the proposal, and the observations that an acceptance makes or revises. */
export interface ObservationsPublication extends Versioned {
  readonly proposal: ObservationsProposalFacts;
  readonly accepted: readonly { readonly facts: ObservationFacts; readonly seenRevision: number }[];
}

/** Observations of one proposal: a transaction has 100 writes, and the record, its history and the key take 3. */
export const MAX_PROPOSED = 97;
const MAX_REVISIONS = 50;
const MAX_REASON_CHARACTERS = 500;
/** Bytes of a proposal in JSON, which is one item: DynamoDB's limit is 400 KB. */
const MAX_PROPOSAL_BYTES = 300_000;

export interface ObservationsGrounds {
  /** The zone of the park; null where there is no such park. */
  readonly zoneId: string | null;
  readonly viewer: Viewer;
  readonly now: Date;
  /** The published observations by `observationName`. */
  readonly published: ReadonlyMap<string, ObservationFacts>;
}

/** Returns the name of an observation among those of its park: a later figure of the same name is its next revision. */
export function observationName({ indicatorId, period, basis }: StatedObservation | ObservationFacts): string {
  return [period.unit, period.to, indicatorId, basis].join('#');
}

export interface StatedProposal {
  readonly parkId: string;
  /** The version of the park's newest proposal that was seen; null where there is none. */
  readonly seen: number | null;
  readonly observations: readonly StatedObservation[];
}

/** Decides a new proposal. It takes the place of one that is not decided. */
export function decideProposal(
  { parkId, seen, observations }: StatedProposal,
  before: ObservationsProposalFacts | null,
  { zoneId, viewer, now, published }: ObservationsGrounds,
  isIndicatorKnown: (id: string) => boolean,
): Decision<ObservationsPublication, RecordRefusalCode> {
  const names = observations.map(observationName);
  const refusals = [
    ...refusePublisher(mayWrite(viewer, 'proposeObservations', recordRelation(viewer, zoneId))),
    ...unless(zoneId !== null, 'UNKNOWN_REFERENCE', ['park'], 'There is no such park.'),
    ...refuseVersion(seen, before),
    ...unless(
      observations.length >= 1 && observations.length <= MAX_PROPOSED,
      'INVALID_VALUE',
      ['observations'],
      `A proposal has 1 to ${MAX_PROPOSED} observations.`,
    ),
    ...unless(
      Buffer.byteLength(JSON.stringify(observations)) <= MAX_PROPOSAL_BYTES,
      'INVALID_VALUE',
      ['observations'],
      `A proposal has at most ${MAX_PROPOSAL_BYTES} bytes.`,
    ),
    ...observations.flatMap((each, i) => [
      ...unless(
        names.indexOf(names[i] ?? '') === i,
        'INVALID_VALUE',
        ['observations', `${i}`],
        'A proposal has one figure of an indicator, period and basis.',
      ),
      ...unless(
        isIndicatorKnown(each.indicatorId),
        'UNKNOWN_REFERENCE',
        ['observations', `${i}`, 'indicator'],
        'There is no such indicator.',
      ),
      ...refuseObservation(each, dayInShanghai(now), ['observations', `${i}`]),
      ...refuseRevision(each, published, i),
    ]),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  const version = (before?.version ?? 0) + 1;
  const proposal: ObservationsProposalFacts = {
    parkId,
    state: 'PROPOSED',
    observations,
    proposedBy: personOf(viewer),
    proposedAt: now.toISOString(),
    decidedBy: null,
    decidedAt: null,
    reason: null,
    version,
  };
  return { ok: true, value: { version, proposal, accepted: [] } };
}

export interface StatedDecision {
  readonly seen: number;
  /** Null for an acceptance. */
  readonly rejection: { readonly reason: string } | null;
}

/** Decides on a proposal of another person. An accepted figure is a new observation, or the next revision of one. */
export function decideOnProposal(
  { seen, rejection }: StatedDecision,
  before: ObservationsProposalFacts | null,
  { zoneId, viewer, now, published }: ObservationsGrounds,
): Decision<ObservationsPublication, RecordRefusalCode> {
  const mutation = rejection ? 'rejectObservations' : 'acceptObservations';
  const length = [...(rejection?.reason.trim() ?? ' ')].length;
  const refusals = [
    ...refusePublisher(mayWrite(viewer, mutation, recordRelation(viewer, zoneId))),
    ...unless(before !== null, 'UNKNOWN_REFERENCE', ['park'], 'The park has no proposal.'),
    ...(before ? refuseVersion(seen, before) : []),
    ...unless(!before || before.state === 'PROPOSED', 'KEPT', ['park'], 'The proposal is decided already.'),
    ...unless(
      before?.proposedBy !== personOf(viewer),
      'NOT_YOURS',
      [],
      'Another person than the proposer decides on a proposal.',
    ),
    ...unless(
      length >= 1 && length <= MAX_REASON_CHARACTERS,
      'INVALID_TEXT',
      ['reason'],
      `A reason has 1 to ${MAX_REASON_CHARACTERS} characters.`,
    ),
    ...(rejection ? [] : (before?.observations ?? []).flatMap((each, i) => refuseRevision(each, published, i))),
  ];
  if (refusals.length > 0 || !before) return { ok: false, refusals };
  const version = before.version + 1;
  const { parkId, observations, proposedBy, proposedAt } = before;
  const proposal: ObservationsProposalFacts = {
    parkId,
    state: rejection ? 'REJECTED' : 'ACCEPTED',
    observations,
    proposedBy,
    proposedAt,
    decidedBy: personOf(viewer),
    decidedAt: now.toISOString(),
    reason: rejection?.reason.trim() ?? null,
    version,
  };
  const accepted = rejection ? [] : observations.map((each) => revisionOf(each, before.parkId, published));
  return { ok: true, value: { version, proposal, accepted } };
}

/** Returns a proposed observation as it is once it is accepted, with the revision that it takes the place of. */
export function revisionOf(
  stated: StatedObservation,
  geographyId: string,
  published: ReadonlyMap<string, ObservationFacts>,
): ObservationsPublication['accepted'][number] {
  const now = published.get(observationName(stated));
  const seenRevision = now?.figure.revision ?? 0;
  const figure = { ...stated.figure, revision: seenRevision + 1 };
  return { facts: { ...stated, geographyId, figure, earlier: now ? [now.figure, ...now.earlier] : [] }, seenRevision };
}

/** A revision says the same thing anew: in the same unit. */
function refuseRevision(
  stated: StatedObservation,
  published: ReadonlyMap<string, ObservationFacts>,
  i: number,
): readonly RecordRefusal[] {
  const now = published.get(observationName(stated));
  return [
    ...unless(
      !now || now.unit === stated.unit,
      'KEPT',
      ['observations', `${i}`, 'unit'],
      `The published figure is in ${now?.unit}.`,
    ),
    ...unless(
      (now?.figure.revision ?? 0) < MAX_REVISIONS,
      'INVALID_VALUE',
      ['observations', `${i}`],
      `An observation has at most ${MAX_REVISIONS} revisions.`,
    ),
  ];
}

function refuseObservation(
  { period, unit, figure }: StatedObservation,
  today: string,
  at: readonly string[],
): readonly RecordRefusal[] {
  const { numerator, denominator, scope, source } = figure;
  return [
    ...unless(
      isWholePeriod(period),
      'INVALID_VALUE',
      [...at, 'period'],
      'A period is a whole day, month, quarter or year.',
    ),
    ...unless(period.to <= today, 'INVALID_VALUE', [...at, 'period'], 'A period ends today at the latest.'),
    ...unless(
      unit.trim() !== '' && [...unit].length <= MAX_UNIT_CHARACTERS,
      'INVALID_TEXT',
      [...at, 'unit'],
      `A unit has 1 to ${MAX_UNIT_CHARACTERS} characters.`,
    ),
    ...unless(
      (numerator === null) === (denominator === null),
      'INVALID_VALUE',
      [...at, 'denominator'],
      'Part and whole come together.',
    ),
    ...unless(
      numerator === null || !numerator.startsWith('-'),
      'INVALID_VALUE',
      [...at, 'numerator'],
      'A part is 0 or more.',
    ),
    ...unless(
      denominator === null || /^(?=.*[1-9])\d/.test(denominator),
      'INVALID_VALUE',
      [...at, 'denominator'],
      'A whole is more than 0.',
    ),
    ...(scope ? refuseText(scope, [...at, 'scope']) : []),
    ...refuseText(source.title, [...at, 'source', 'title']),
    ...unless(
      source.publishedOn <= today,
      'INVALID_VALUE',
      [...at, 'source', 'publishedOn'],
      'A source is published today at the latest.',
    ),
  ];
}

/** Returns the name of a person who may propose or decide; others are refused before it is stored. */
function personOf(viewer: Viewer): string {
  return viewer.kind === 'officer' || viewer.kind === 'admin' ? viewer.person : '';
}
