/** Directives (指令) of an authority's headquarters: what parks and enterprises have to do, and until when. */
import { mayWrite } from '../access/decision.ts';
import { recordRelation } from '../access/write-relation.ts';
import type { MutationName } from '../access/write-table.ts';
import { dayInShanghai } from '../calendar/day.ts';
import type { Localized } from '../locale.ts';
import { type AuthorityRecord, refuseAuthority } from '../records/authority.ts';
import { refuseCode, refusePublisher, refuseText, refuseVersion, unless, type Versioned } from '../records/record.ts';
import { type Decision, type Refusal, refuse } from '../refusal.ts';
import type { StepRefusalCode } from '../support/refusals.ts';
import type { Viewer } from '../viewer.ts';

/**
 * The addressees of a directive in its parks.
 * - PARK_OFFICES: the parks' offices.
 * - RESIDENTS: the offices and all resident enterprises.
 * - NAMED: the office of one park, and residents whom the directive names.
 */
export type DirectiveAudience = 'PARK_OFFICES' | 'RESIDENTS' | 'NAMED';

export interface DirectiveMeasure {
  readonly code: string;
  readonly text: Localized;
}

/** The facts of a directive that each version states anew. */
export interface DirectiveContents {
  readonly title: Localized;
  readonly text: Localized;
  readonly measures: readonly DirectiveMeasure[];
  /** `YYYY-MM-DD`; null where nothing is due. */
  readonly dueOn: string | null;
}

/** A park that a directive addresses, with the zone that it lay in when the directive was issued. */
export interface AddressedPark {
  readonly parkId: string;
  readonly zoneId: string;
}

export interface Directive extends Versioned, DirectiveContents {
  readonly id: string;
  /** The document number (文号). */
  readonly number: string;
  readonly issuer: AuthorityRecord;
  readonly audience: DirectiveAudience;
  readonly parks: readonly AddressedPark[];
  /** The enterprises that it names, by id; empty but for NAMED. */
  readonly enterpriseIds: readonly string[];
  readonly state: 'IN_FORCE' | 'ENDED';
  /** RFC 3339, UTC: the instant of the first version. */
  readonly issuedAt: string;
}

/** A new directive as an officer states it. */
export type StatedDirective = Pick<Directive, 'id' | 'number' | 'issuer' | 'audience' | 'enterpriseIds'> &
  DirectiveContents & { readonly parkIds: readonly string[] };

/** A park that exists, as far as a directive is decided by it. */
export interface ParkOfDirective {
  readonly zoneId: string;
  /** The zone above the park's zone; undefined where the park names none. */
  readonly acceptorZoneId?: string;
}

/** The records that a new directive refers to. */
export interface DirectiveReferences {
  parkOf(id: string): ParkOfDirective | null;
  /** Returns whether an enterprise resides in a park today. */
  isResident(enterpriseId: string, parkId: string): boolean;
}

export type DirectiveDecision = Decision<Directive, StepRefusalCode>;
type StepRefusal = Refusal<StepRefusalCode>;

export const MAX_PARKS = 20;
export const MAX_NAMED = 25;
const MAX_NUMBER_CHARACTERS = 100;
const MAX_MEASURES = 20;
const MAX_MEASURE_CHARACTERS = 1_000;
const MAX_TEXT_CHARACTERS = 4_000;

/** Decides a new directive. */
export function decideIssue(
  { parkIds, ...stated }: StatedDirective,
  references: DirectiveReferences,
  viewer: Viewer,
  now: Date,
): DirectiveDecision {
  const refused = refuseIssuer(viewer, 'issueDirective', stated.issuer);
  if (refused.length > 0) return { ok: false, refusals: refused };
  const { number } = stated;
  const refusals = [
    ...refuseAuthority(stated.issuer),
    ...unless(
      number.trim().length >= 1 && number.length <= MAX_NUMBER_CHARACTERS,
      'INVALID_VALUE',
      ['number'],
      `A document number has 1 to ${MAX_NUMBER_CHARACTERS} characters.`,
    ),
    ...refuseParks(parkIds, stated, references),
    ...refuseNamed(parkIds, stated, references),
    ...refuseContents(stated, dayInShanghai(now)),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  const parks = parkIds.flatMap((parkId) => {
    const park = references.parkOf(parkId);
    return park ? [{ parkId, zoneId: park.zoneId }] : [];
  });
  return { ok: true, value: { ...stated, parks, version: 1, state: 'IN_FORCE', issuedAt: now.toISOString() } };
}

/** A step of a directive in force: its next version, or its end. */
export type DirectiveStep =
  | { readonly mutation: 'reviseDirective'; readonly contents: DirectiveContents }
  | { readonly mutation: 'endDirective' };

/**
 * Decides the next version of a directive, or its end.
 * @param seen the version that the officer has seen
 */
export function decideStep(
  before: Directive | null,
  seen: number,
  step: DirectiveStep,
  viewer: Viewer,
  now: Date,
): DirectiveDecision {
  if (!before) return refuse('UNKNOWN_RECORD', ['directive'], 'There is no such directive.');
  const refused = refuseIssuer(viewer, step.mutation, before.issuer);
  if (refused.length > 0) return { ok: false, refusals: refused };
  const outdated = refuseVersion(seen, before);
  if (outdated.length > 0) return { ok: false, refusals: outdated };
  if (before.state === 'ENDED') return refuse('WRONG_STATE', [], 'The directive has ended.');
  const version = before.version + 1;
  if (step.mutation === 'endDirective') return { ok: true, value: { ...before, version, state: 'ENDED' } };
  const refusals = refuseContents(step.contents, dayInShanghai(now));
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, value: { ...before, ...step.contents, version } };
}

function refuseIssuer(viewer: Viewer, mutation: MutationName & `${string}Directive`, { zoneId }: AuthorityRecord) {
  return refusePublisher(mayWrite(viewer, mutation, recordRelation(viewer, zoneId)));
}

function refuseParks(
  parkIds: readonly string[],
  { issuer, audience }: Pick<StatedDirective, 'issuer' | 'audience'>,
  { parkOf }: DirectiveReferences,
): readonly StepRefusal[] {
  const most = audience === 'NAMED' ? 1 : MAX_PARKS;
  return [
    ...unless(
      parkIds.length >= 1 && parkIds.length <= most && new Set(parkIds).size === parkIds.length,
      'INVALID_VALUE',
      ['parks'],
      `A directive addresses 1 to ${MAX_PARKS} parks, each once; one with NAMED.`,
    ),
    ...parkIds.flatMap((id, i) => {
      const park = parkOf(id);
      const field = ['parks', `${i}`];
      if (!park) return unless(false, 'UNKNOWN_REFERENCE', field, 'There is no such park.');
      const isBelow = issuer.zoneId === null || [park.zoneId, park.acceptorZoneId].includes(issuer.zoneId);
      return unless(isBelow, 'NOT_YOURS', field, "The park doesn't lie in the zone of the authority.");
    }),
  ];
}

function refuseNamed(
  [parkId = '']: readonly string[],
  { audience, enterpriseIds }: Pick<StatedDirective, 'audience' | 'enterpriseIds'>,
  { isResident }: DirectiveReferences,
): readonly StepRefusal[] {
  if (audience !== 'NAMED') {
    return unless(enterpriseIds.length === 0, 'INVALID_VALUE', ['enterprises'], 'Only NAMED names enterprises.');
  }
  return [
    ...unless(
      enterpriseIds.length >= 1 &&
        enterpriseIds.length <= MAX_NAMED &&
        new Set(enterpriseIds).size === enterpriseIds.length,
      'INVALID_VALUE',
      ['enterprises'],
      `A directive names 1 to ${MAX_NAMED} enterprises, each once.`,
    ),
    ...enterpriseIds.flatMap((id, i) =>
      unless(
        isResident(id, parkId),
        'UNKNOWN_REFERENCE',
        ['enterprises', `${i}`],
        'No such enterprise resides in the park.',
      ),
    ),
  ];
}

function refuseContents({ title, text, measures, dueOn }: DirectiveContents, today: string): readonly StepRefusal[] {
  return [
    ...refuseText(title, ['title']),
    ...refuseText(text, ['text'], MAX_TEXT_CHARACTERS),
    ...unless(
      measures.length >= 1 && measures.length <= MAX_MEASURES,
      'INVALID_VALUE',
      ['measures'],
      `A directive has 1 to ${MAX_MEASURES} measures.`,
    ),
    ...measures.flatMap((measure, i) => [
      ...refuseCode(measure.code, ['measures', `${i}`, 'code']),
      ...unless(
        measures.findIndex(({ code }) => code === measure.code) === i,
        'INVALID_CODE',
        ['measures', `${i}`, 'code'],
        'Each measure has a code of its own.',
      ),
      ...refuseText(measure.text, ['measures', `${i}`, 'text'], MAX_MEASURE_CHARACTERS),
    ]),
    ...unless(dueOn === null || dueOn >= today, 'INVALID_VALUE', ['dueOn'], 'A directive is due today or later.'),
  ];
}
