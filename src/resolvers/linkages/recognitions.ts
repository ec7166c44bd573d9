/** Recognitions: their fields, the lists of a zone, the commands, and what counts by them under a policy. */
import { type DayInterval, isWithin } from '../../domain/calendar/day.ts';
import { agreementFacts } from '../../domain/linkages/agreement.ts';
import { type AgreementFacts, agreementHolds } from '../../domain/linkages/coverage.ts';
import {
  decideRecognition,
  decideRecognitionEnd,
  type RecognitionDecision,
} from '../../domain/linkages/recognising.ts';
import type { GrantedByZone, RecognitionsAtHand } from '../../domain/linkages/recognition.ts';
import { publicationBy } from '../../domain/records/publication.ts';
import { termsOf } from '../../domain/rules/parts.ts';
import { newId } from '../../storage/dynamodb/new-id.ts';
import { type RecognitionItem, recognitionItem } from '../../storage/linkages/recognition-items.ts';
import type { LoadedRecognition } from '../../storage/linkages/recognitions.ts';
import { once, onceRequest } from '../../subgraph/once.ts';
import { userErrors } from '../../subgraph/user-errors.ts';
import { CODES } from './agreements/change-agreement.ts';
import { statedConditions } from './change-coverage.ts';
import type { Context } from './context.ts';
import type {
  CountedRecognitionResolvers,
  EndRecognitionInput,
  RecogniseQualificationInput,
  RecognitionDirection,
  RecognitionResolvers,
} from './generated/types.ts';
import { knownAgreement } from './known.ts';

export const Recognition: RecognitionResolvers = {
  byZone: ({ byZoneId }) => ({ id: byZoneId }),
  ofZone: ({ ofZoneId }) => ({ id: ofZoneId }),
  terms: ({ rule }) => (rule === null ? [] : termsOf(rule.when)),
  agreement: ({ agreementId }, _, { store }) => knownAgreement(store, agreementId),
};

export const CountedRecognition: CountedRecognitionResolvers = {
  recognition: async ({ recognitionId }, _, { store }) => {
    const recognition = await store.recognitions.byId.load(recognitionId);
    if (!recognition) throw new Error(`${recognitionId} is referred to and not there`);
    return recognition;
  },
};

/** Returns the recognitions of a zone that hold on a day. */
export async function recognitionsOfZone(
  zoneId: string,
  { direction, day }: { readonly direction: RecognitionDirection; readonly day: string },
  context: Context,
): Promise<readonly RecognitionItem[]> {
  const { recognitions } = context.store;
  const all = await recognitions.ofZone(zoneId, direction === 'IN' ? 'GIVEN' : 'RECEIVED');
  const valid = all.filter(({ validFrom: from, validTo: to }) => isWithin(day, { from, to } satisfies DayInterval));
  const agreements = await agreementsOf(valid, context);
  const holding = new Set(agreements.filter((agreement) => agreementHolds(agreement, day)).map(({ id }) => id));
  return valid.filter(({ agreementId }) => holding.has(agreementId));
}

/**
 * Loads the recognitions that zones give for kinds of other zones: three BatchGets for many policies. Where the zones have
 * granted all themselves, nothing is read.
 */
export async function recognitionsFor(
  granted: readonly GrantedByZone[],
  homeZoneIds: readonly string[],
  context: Context,
): Promise<RecognitionsAtHand> {
  const abroad = granted.filter(({ zoneId }) => !homeZoneIds.includes(zoneId));
  if (abroad.length === 0) return { recognitions: [], agreements: [] };
  const given = await Promise.all(homeZoneIds.map((zone) => context.store.recognitions.ofZone(zone, 'GIVEN')));
  const recognitions = given
    .flat()
    .filter(({ kind, ofZoneId }) => abroad.some((each) => each.kind === kind && each.zoneId === ofZoneId));
  return { recognitions, agreements: await agreementsOf(recognitions, context) };
}

async function agreementsOf(
  recognitions: readonly RecognitionItem[],
  { store }: Context,
): Promise<readonly AgreementFacts[]> {
  const ids = [...new Set(recognitions.map(({ agreementId }) => agreementId))];
  const agreements = await Promise.all(ids.map((id) => knownAgreement(store, id)));
  return agreements.map(agreementFacts);
}

export function recogniseQualification(input: RecogniseQualificationInput, context: Context) {
  const { viewer, request } = context;
  const { agreement, ofZone: ofZoneId, kind, validFrom, validTo } = input;
  const id = newId('recog', request.now);
  const terms = statedConditions(input.terms);
  const stated = { agreementId: agreement, ofZoneId, kind, terms, validFrom, validTo: validTo ?? null };
  return changeRecognition('recogniseQualification', input, context, {
    ids: { recognition: id, agreement },
    decide: (loaded) => decideRecognition(id, stated, loaded.agreement, viewer, request.now),
  });
}

export function endRecognition(input: EndRecognitionInput, context: Context) {
  const { viewer, request } = context;
  const stated = { seen: input.version, lastDay: input.lastDay };
  return changeRecognition('endRecognition', input, context, {
    ids: { recognition: input.recognition },
    decide: ({ before }) => decideRecognitionEnd(before, stated, viewer, request.now),
  });
}

/** The steps of a change that differ by the mutation. */
interface ChangeSteps {
  readonly ids: { readonly recognition: string; readonly agreement?: string };
  decide(loaded: LoadedRecognition): RecognitionDecision;
}

/** Changes a recognition by one version: load, decide, commit. */
async function changeRecognition(
  mutation: string,
  input: { readonly idempotencyKey: string },
  { viewer, request, store: { recognitions } }: Context,
  { ids, decide }: ChangeSteps,
) {
  const call = onceRequest(mutation, input, request.now);
  const decision = await once(call, {
    load: () => recognitions.load(call, ids),
    decide,
    commit: (recognition, loaded) => recognitions.commit(call, loaded, recognition, publicationBy(viewer, request.now)),
    again: (answer) => recognitions.answered(answer),
    done: (recognition) => recognitionItem(recognition),
  });
  if (decision.ok) return { recognition: decision.value, userErrors: [] };
  return { recognition: null, userErrors: userErrors(decision.refusals, CODES) };
}
