/** Judgements of what a subject has from other zones, as far as the zones of a question recognise it. */
import { type Answer, answerTo, type SourcedFacts } from '../rules/answer.ts';
import type { Facts, Rule } from '../rules/rule.ts';
import type { Vocabulary } from '../rules/vocabulary.ts';
import {
  type CountedRecognition,
  countedKinds,
  type GrantedByZone,
  judgeUndecided,
  type RecognitionsAtHand,
} from './recognition.ts';

export interface RecognisingJudge {
  readonly judge: (rule: Rule) => Answer;
  /** The recognitions that were looked at. */
  readonly by: readonly CountedRecognition[];
}

/** A subject with what zones have granted it, and the zones and the day of the question. */
export interface GrantedSubject {
  readonly granted: readonly GrantedByZone[];
  readonly homeZoneIds: readonly string[];
  readonly on: string;
  readonly vocabulary: Vocabulary;
  /** Returns the facts where some of the granted kinds count. With null, nothing is said of them. */
  readonly factsWith: (kinds: readonly string[] | null) => SourcedFacts;
}

/**
 * Returns a judge for which kinds of other zones count as far as the home zones recognise them. The conditions of a
 * recognition are judged by what counts without any.
 */
export function recognisingJudge(
  { granted, homeZoneIds, on, vocabulary, factsWith }: GrantedSubject,
  atHand: RecognitionsAtHand,
): RecognisingJudge {
  const own = granted.filter(({ zoneId }) => homeZoneIds.includes(zoneId)).map(({ kind }) => kind);
  const { counted, undecided, by } = countedKinds(granted, homeZoneIds, on, {
    ...atHand,
    judge: (rule) => answerTo(rule, factsWith(own), on, vocabulary),
  });
  const judge = (rule: Rule) =>
    judgeUndecided(undecided, (counting) =>
      answerTo(rule, factsWith(counting && [...counted, ...counting]), on, vocabulary),
    );
  return { judge, by };
}

/** Returns the talent card that a person has from a zone. What a register tells goes before statements. */
export function cardOf({ REGISTRY, STATED }: SourcedFacts): readonly GrantedByZone[] {
  const { talentCard, talentCardZone } = { ...STATED, ...REGISTRY };
  if (typeof talentCard !== 'string' || typeof talentCardZone !== 'string') return [];
  return talentCard === 'NONE' ? [] : [{ kind: talentCard, zoneId: talentCardZone }];
}

/** Returns facts where a card that doesn't count is none. With null, nothing is said of the card. */
export function withCard(
  { REGISTRY, STATED }: SourcedFacts,
  granted: readonly GrantedByZone[],
  kinds: readonly string[] | null,
): SourcedFacts {
  if (granted.every(({ kind }) => kinds?.includes(kind))) return { REGISTRY, STATED };
  const none = (facts: Facts): Facts => {
    if (!Object.hasOwn(facts, 'talentCard')) return facts;
    const { talentCard: _, ...others } = facts;
    return kinds === null ? others : { ...others, talentCard: 'NONE' };
  };
  return { REGISTRY: none(REGISTRY), STATED: none(STATED) };
}
