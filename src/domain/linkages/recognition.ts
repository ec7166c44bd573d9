/**
 * Recognitions between zones (资质互认): a zone counts a qualification or talent card that another zone has granted as its
 * own. A recognition holds in the zone that gives it alone, and implies nothing for the other direction.
 */
import type { DayInterval } from '../calendar/day.ts';
import { isWithin } from '../calendar/day.ts';
import type { Versioned } from '../records/record.ts';
import type { Answer } from '../rules/answer.ts';
import type { Truth } from '../rules/evaluate.ts';
import type { Rule } from '../rules/rule.ts';
import { type AgreementFacts, agreementHolds, type SubjectKind } from './coverage.ts';

/** The kinds that zones recognise, each with the kind of subject that has it. */
export const RECOGNISED_KINDS = {
  HIGH_TECH_ENTERPRISE: 'ENTERPRISE',
  TECH_SME: 'ENTERPRISE',
  SPECIALISED_AND_NEW: 'ENTERPRISE',
  TALENT_CARD_A: 'PERSON',
  TALENT_CARD_B: 'PERSON',
} as const satisfies Record<string, SubjectKind>;
export type RecognisedKind = keyof typeof RECOGNISED_KINDS;

export interface RecognitionRecord extends Versioned {
  readonly id: string;
  /** The zone that recognises. */
  readonly byZoneId: string;
  /** The zone that has granted the qualification or card. */
  readonly ofZoneId: string;
  readonly kind: RecognisedKind;
  /** The conditions of a subject; null where every qualification of the kind counts. */
  readonly rule: Rule | null;
  readonly validFrom: string;
  /** The last day; null without an end. */
  readonly validTo: string | null;
  readonly agreementId: string;
}

export const RECOGNITION_EVENTS = ['GIVEN', 'ENDED'] as const;

/** A qualification or card that counts in the zone that has granted it, and elsewhere by a recognition alone. */
export interface GrantedByZone {
  readonly kind: string;
  readonly zoneId: string;
}

/** A recognition that was looked at for what a subject has. */
export interface CountedRecognition {
  readonly recognitionId: string;
  /** MET where the qualification or card counts by it. */
  readonly truth: Truth;
  /** The judgement of its conditions; null where it has none. */
  readonly judgement: Answer | null;
}

/** The kinds that count in some zones on a day. */
export interface CountedKinds {
  readonly counted: readonly string[];
  /** Kinds of which facts are missing to say so. */
  readonly undecided: readonly string[];
  readonly by: readonly CountedRecognition[];
}

/** A recognition, as far as it decides what counts. */
export type RecognitionFacts = Omit<RecognitionRecord, 'version'>;

/** The recognitions that may let what a subject has count in some zones, with their agreements. */
export interface RecognitionsAtHand {
  readonly recognitions: readonly RecognitionFacts[];
  /** At least those of the recognitions. */
  readonly agreements: readonly AgreementFacts[];
}

/** Returns whether a recognition holds on a day: both zones have signed its agreement, which is in force. */
function holdsOn(
  { byZoneId, ofZoneId, validFrom: from, validTo: to, agreementId }: RecognitionFacts,
  agreements: readonly AgreementFacts[],
  day: string,
): boolean {
  const agreement = agreements.find(({ id }) => id === agreementId);
  return (
    isWithin(day, { from, to } satisfies DayInterval) &&
    agreement !== undefined &&
    [byZoneId, ofZoneId].every((zone) => agreement.partyZoneIds.includes(zone)) &&
    agreementHolds(agreement, day)
  );
}

/**
 * Returns those of the kinds that zones have granted which count in the home zones of a policy: their own, and those that
 * they recognise on the day. Of several recognitions, one that is met is enough.
 */
export function countedKinds(
  granted: readonly GrantedByZone[],
  homeZoneIds: readonly string[],
  day: string,
  { recognitions, agreements, judge }: RecognitionsAtHand & { readonly judge: (rule: Rule) => Answer },
): CountedKinds {
  const own = granted.filter(({ zoneId }) => homeZoneIds.includes(zoneId));
  const holding = recognitions.filter((each) => homeZoneIds.includes(each.byZoneId) && holdsOn(each, agreements, day));
  const tried = granted
    .filter(({ zoneId }) => !homeZoneIds.includes(zoneId))
    .flatMap(({ kind, zoneId }) => holding.filter((each) => each.kind === kind && each.ofZoneId === zoneId));
  const by = [...new Set(tried)].map((recognition) => {
    const judgement = recognition.rule === null ? null : judge(recognition.rule);
    return { kind: recognition.kind, recognitionId: recognition.id, truth: judgement?.truth ?? 'MET', judgement };
  });
  const kindsOf = (truth: Truth) => by.filter((each) => each.truth === truth).map(({ kind }) => kind);
  const counted = new Set<string>([...own.map(({ kind }) => kind), ...kindsOf('MET')]);
  return {
    counted: [...counted],
    undecided: [...new Set(kindsOf('UNKNOWN'))].filter((kind) => !counted.has(kind)),
    by: by.map(({ recognitionId, truth, judgement }) => ({ recognitionId, truth, judgement })),
  };
}

/**
 * Judges a rule where it isn't known of some kinds whether they count. Where every case gives the same truth, that is the
 * answer; else nothing is said of the kinds.
 * @param answer judges with those of the undecided kinds that count; null where nothing is known of them
 */
export function judgeUndecided(
  undecided: readonly string[],
  answer: (counting: readonly string[] | null) => Answer,
): Answer {
  const subsets: (readonly string[])[] = [[]];
  for (const kind of undecided) subsets.push(...subsets.map((set) => [...set, kind]));
  const [none, ...others] = subsets.map(answer);
  if (none && others.every(({ truth }) => truth === none.truth)) return none;
  return answer(null);
}
