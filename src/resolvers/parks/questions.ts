import { checkQuestion } from '../../documents/check-question.ts';
import {
  decidePublishing,
  decideSaving,
  decideWithdrawal,
  MAX_KEPT,
  mayReadQuestion,
  QUESTION_PREFIX,
  saverOf,
  zoneOfSaver,
} from '../../domain/questions/saved-question.ts';
import type { Viewer } from '../../domain/viewer.ts';
import { newUlid } from '../../storage/dynamodb/new-id.ts';
import { emptyPage } from '../../storage/dynamodb/page.ts';
import { localizedField, localizedText } from '../../subgraph/context.ts';
import type {
  MutationResolvers,
  PublishQuestionInput,
  QueryResolvers,
  SavedQuestionResolvers,
  SaveQuestionInput,
} from './generated/types.ts';
import { publishRecord } from './publish-record.ts';

export const savedQuestions: NonNullable<QueryResolvers['savedQuestions']> = (_, given, { viewer, store }) => {
  const { audience, ...page } = given;
  const zoneId = zoneOfSaver(viewer);
  const isNobody = audience === 'OWN' && viewer.kind === 'anonymous';
  if (isNobody || (audience === 'ZONE' && zoneId === null)) return emptyPage(page);
  return store.questions.list({ audience, savedBy: saverOf(viewer), zoneId }, page);
};

export const savedQuestion: NonNullable<QueryResolvers['savedQuestion']> = async (
  _,
  { id, version },
  { viewer, store },
) => {
  if (!id.startsWith(QUESTION_PREFIX)) return null;
  const current = await store.questions.byId.load(id);
  if (!current || !mayReadQuestion(viewer, current)) return null;
  if (version == null || version === current.version) return current;
  const earlier = await store.questions.version(id, version);
  return earlier && mayReadQuestion(viewer, earlier) ? earlier : null;
};

export const SavedQuestion: SavedQuestionResolvers = {
  name: localizedField(({ name }) => name),
  zone: ({ zoneId }, _, { store }) => (zoneId === null ? null : store.zones.byId.load(zoneId)),
};

export const saveQuestion: NonNullable<MutationResolvers['saveQuestion']> = async (_, { input }, context) => {
  const { viewer, store, request } = context;
  const { id = null, version = null } = input;
  const stated = {
    ...statedQuestion(input),
    id: id ?? `${QUESTION_PREFIX}${newUlid(request.now)}`,
    // An id alone makes no new question.
    seen: id === null ? version : (version ?? 0),
  };
  const checked = checkQuestion(stated.query, stated.variables);
  const { record, userErrors } = await publishRecord('saveQuestion', input, context, {
    records: store.records.questions,
    async load(records, call) {
      const [loaded, kept] = await Promise.all([
        records.load(call, stated.id),
        store.questions.count(placeOf(viewer, input.forZone), MAX_KEPT),
      ]);
      return { ...loaded, kept };
    },
    decide: ({ before, kept }) =>
      decideSaving(stated, { isForZone: input.forZone, kept }, { before, checked, viewer, now: request.now }),
  });
  return { question: record, userErrors };
};

export const publishQuestion: NonNullable<MutationResolvers['publishQuestion']> = async (_, { input }, context) => {
  const { viewer, store, request } = context;
  const stated = { ...statedQuestion(input), id: `${QUESTION_PREFIX}${input.code}`, seen: input.version ?? null };
  const checked = checkQuestion(stated.query, stated.variables);
  const { record, userErrors } = await publishRecord('publishQuestion', input, context, {
    records: store.records.questions,
    load: (records, call) => records.load(call, stated.id),
    decide: ({ before }) => decidePublishing(stated, input.zone ?? null, { before, checked, viewer, now: request.now }),
  });
  return { question: record, userErrors };
};

export const withdrawQuestion: NonNullable<MutationResolvers['withdrawQuestion']> = async (_, { input }, context) => {
  const { viewer, store, request } = context;
  const { record, userErrors } = await publishRecord('withdrawQuestion', input, context, {
    records: store.records.questions,
    load: (records, call) => records.load(call, input.id),
    decide: ({ before }) => decideWithdrawal(before, input.version, { viewer, now: request.now }),
  });
  return { question: record, userErrors };
};

/** Returns the list that a viewer's question is saved to. */
const placeOf = (viewer: Viewer, isForZone: boolean) => ({
  audience: isForZone ? ('ZONE' as const) : ('OWN' as const),
  savedBy: saverOf(viewer),
  zoneId: zoneOfSaver(viewer),
});

/** Returns what both mutations state of a question. */
const statedQuestion = ({ name, query, variables, view }: SaveQuestionInput | PublishQuestionInput) => ({
  name: localizedText(name),
  query,
  variables,
  view,
});
