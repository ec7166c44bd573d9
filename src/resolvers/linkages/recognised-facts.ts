/** Judges a subject with the qualifications and the talent card that count under a policy. */
import type { Subject } from '../../domain/linkages/coverage.ts';
import {
  type CountedRecognition,
  countedKinds,
  type GrantedByZone,
  judgeUndecided,
} from '../../domain/linkages/recognition.ts';
import { FACTS_OF } from '../../domain/policies/facts.ts';
import { type Answer, answerTo, type SourcedFacts } from '../../domain/rules/answer.ts';
import type { Facts, Rule } from '../../domain/rules/rule.ts';
import type { PolicyFactsItem } from '../../storage/linkages/items.ts';
import type { Context } from './context.ts';
import { recognitionsFor } from './recognitions.ts';

interface JudgedSubject {
  readonly policy: PolicyFactsItem | null;
  readonly subject: Subject;
  readonly registry: Facts;
  readonly stated: Facts;
  readonly on: string;
}

interface RecognisingJudge {
  readonly judge: (rule: Rule) => Answer;
  readonly by: readonly CountedRecognition[];
}

/**
 * Returns a judge for which qualifications and cards of other zones count as far as the policy's home zones recognise
 * them. The conditions of a recognition are judged by what counts without any.
 */
export async function judgeRecognising(
  { policy, subject, registry, stated, on }: JudgedSubject,
  context: Context,
): Promise<RecognisingJudge> {
  const vocabulary = FACTS_OF[subject.kind];
  const granted = subject.kind === 'PERSON' ? cardOf(stated) : (subject.granted ?? []);
  const homeZoneIds = policy?.homeZoneIds ?? [];
  const sourcesWith = (kinds: readonly string[] | null): SourcedFacts =>
    subject.kind === 'PERSON'
      ? { REGISTRY: registry, STATED: withCard(stated, granted, kinds) }
      : { REGISTRY: withQualifications(registry, granted, kinds), STATED: stated };
  const own = granted.filter(({ zoneId }) => homeZoneIds.includes(zoneId)).map(({ kind }) => kind);
  const { counted, undecided, by } = countedKinds(granted, homeZoneIds, on, {
    ...(await recognitionsFor(granted, homeZoneIds, context)),
    judge: (rule) => answerTo(rule, sourcesWith(own), on, vocabulary),
  });
  const judge = (rule: Rule) =>
    judgeUndecided(undecided, (counting) =>
      answerTo(rule, sourcesWith(counting && [...counted, ...counting]), on, vocabulary),
    );
  return { judge, by };
}

/** Returns the talent card that a person states to have from a zone. */
function cardOf({ talentCard, talentCardZone }: Facts): readonly GrantedByZone[] {
  if (typeof talentCard !== 'string' || typeof talentCardZone !== 'string') return [];
  return talentCard === 'NONE' ? [] : [{ kind: talentCard, zoneId: talentCardZone }];
}

/** Returns stated facts where a card that doesn't count is none. With null, nothing is said of the card. */
function withCard(stated: Facts, granted: readonly GrantedByZone[], kinds: readonly string[] | null): Facts {
  if (granted.length === 0 || granted.every(({ kind }) => kinds?.includes(kind))) return stated;
  const { talentCard: _, ...others } = stated;
  return kinds === null ? others : { ...others, talentCard: 'NONE' };
}

/** Returns facts with the qualifications that count. With null, nothing is said of qualifications. */
function withQualifications(facts: Facts, granted: readonly GrantedByZone[], kinds: readonly string[] | null): Facts {
  if (granted.length === 0) return facts;
  const { qualifications, ...others } = facts;
  if (kinds === null) return others;
  const everywhere = Array.isArray(qualifications) ? (qualifications as readonly string[]) : [];
  return { ...others, qualifications: [...new Set([...everywhere, ...kinds])] };
}
