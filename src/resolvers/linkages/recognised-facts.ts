/** Judges a subject with the qualifications and the talent card that count under a policy. */
import type { Subject } from '../../domain/linkages/coverage.ts';
import { cardOf, type RecognisingJudge, recognisingJudge, withCard } from '../../domain/linkages/recognised-facts.ts';
import type { GrantedByZone } from '../../domain/linkages/recognition.ts';
import { FACTS_OF } from '../../domain/policies/facts.ts';
import type { Facts } from '../../domain/rules/rule.ts';
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

/** Returns a judge for which qualifications and cards of other zones count as far as the policy's home zones recognise them. */
export async function judgeRecognising(
  { policy, subject, registry, stated, on }: JudgedSubject,
  context: Context,
): Promise<RecognisingJudge> {
  const known = { REGISTRY: registry, STATED: stated };
  const isPerson = subject.kind === 'PERSON';
  const granted = isPerson ? cardOf(known) : (subject.granted ?? []);
  const homeZoneIds = policy?.homeZoneIds ?? [];
  return recognisingJudge(
    {
      ...{ granted, homeZoneIds, on, vocabulary: FACTS_OF[subject.kind] },
      factsWith: (kinds) =>
        isPerson
          ? withCard(known, granted, kinds)
          : { REGISTRY: withQualifications(registry, granted, kinds), STATED: stated },
    },
    await recognitionsFor(granted, homeZoneIds, context),
  );
}

/** Returns facts with the qualifications that count. With null, nothing is said of qualifications. */
function withQualifications(facts: Facts, granted: readonly GrantedByZone[], kinds: readonly string[] | null): Facts {
  if (granted.length === 0) return facts;
  const { qualifications, ...others } = facts;
  if (kinds === null) return others;
  const everywhere = Array.isArray(qualifications) ? (qualifications as readonly string[]) : [];
  return { ...others, qualifications: [...new Set([...everywhere, ...kinds])] };
}
