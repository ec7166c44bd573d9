import { dayInShanghai, isWithin } from '../../../domain/calendar/day.ts';
import { decideAnswer, type StatedAnswer } from '../../../domain/directives/answer.ts';
import {
  type Directive,
  type DirectiveContents,
  type DirectiveStep,
  decideIssue,
  decideStep,
  MAX_NAMED,
  MAX_PARKS,
  type StatedDirective,
} from '../../../domain/directives/directive.ts';
import { newId } from '../../../storage/dynamodb/new-id.ts';
import type { DirectiveItem } from '../../../storage/enterprises/directives/items.ts';
import type { EnterpriseItem, KnownParkItem } from '../../../storage/enterprises/items.ts';
import { enterpriseKeys } from '../../../storage/tables.ts';
import { localizedText } from '../../../subgraph/context.ts';
import { changeRecord } from '../change-record.ts';
import type { Context } from '../context.ts';
import type {
  AnswerDirectiveForParkInput,
  AnswerDirectiveInput,
  EndDirectiveInput,
  IssueDirectiveInput,
  MutationResolvers,
  ReviseDirectiveInput,
} from '../generated/types.ts';

export const issueDirective: NonNullable<MutationResolvers['issueDirective']> = async (_, { input }, context) => {
  const { viewer, request, store } = context;
  const stated = { ...statedDirective(input), id: newId('dir', request.now) };
  const { parkIds, enterpriseIds } = stated;
  const today = dayInShanghai(request.now);
  // Longer lists are refused. They cost no more reads than the longest that is not.
  const references = [
    ...parkIds.slice(0, MAX_PARKS).map(enterpriseKeys.knownPark),
    ...enterpriseIds.slice(0, MAX_NAMED).map(enterpriseKeys.enterprise),
  ];
  const { record, userErrors } = await changeRecord('issueDirective', input, context, {
    records: store.directives.records,
    key: enterpriseKeys.directive(stated.id),
    ownersOf: () => ({ references }),
    decide: (loaded) => {
      const found = loaded.references as (KnownParkItem | EnterpriseItem | null)[];
      const parks = found.filter((item) => item?.type === 'KnownPark');
      const enterprises = found.filter((item) => item?.type === 'Enterprise');
      return decideIssue(
        stated,
        {
          parkOf: (id) => parks.find(({ parkId }) => parkId === id) ?? null,
          isResident: (enterpriseId, parkId) =>
            enterprises.some((item) => item.id === enterpriseId && residesIn(item, parkId, today)),
        },
        viewer,
        request.now,
      );
    },
  });
  return { directive: record, userErrors };
};

/** Returns a directive as an input states it. */
export function statedDirective(input: IssueDirectiveInput): Omit<StatedDirective, 'id'> {
  const { number, issuer, audience, parks, enterprises } = input;
  return {
    number,
    issuer: { code: issuer.code, name: localizedText(issuer.name), level: issuer.level, zoneId: issuer.zone ?? null },
    audience,
    parkIds: parks,
    enterpriseIds: enterprises ?? [],
    ...contentsOf(input),
  };
}

/** Returns the resolver of a mutation that takes a directive one version further. */
export function steppingDirective<Input extends EndDirectiveInput>(stepOf: (input: Input) => DirectiveStep) {
  return async (_: unknown, { input }: { readonly input: Input }, context: Context) => {
    const { viewer, request, store } = context;
    const step = stepOf(input);
    const { record, userErrors } = await changeRecord(step.mutation, input, context, {
      records: store.directives.records,
      key: enterpriseKeys.directive(input.directive),
      ownersOf: () => ({}),
      decide: ({ before }) => decideStep(before, input.version, step, viewer, request.now),
    });
    return { directive: record, userErrors };
  };
}

export const reviseDirective = steppingDirective<ReviseDirectiveInput>((input) => ({
  mutation: 'reviseDirective',
  contents: contentsOf(input),
}));

export const endDirective = steppingDirective(() => ({ mutation: 'endDirective' }));

export const answerDirective: NonNullable<MutationResolvers['answerDirective']> = (_, { input }, context) =>
  answer('answerDirective', input, input.enterprise, context);

export const answerDirectiveForPark: NonNullable<MutationResolvers['answerDirectiveForPark']> = (
  _,
  { input },
  context,
) => answer('answerDirectiveForPark', input, null, context);

async function answer(
  mutation: 'answerDirective' | 'answerDirectiveForPark',
  input: AnswerDirectiveInput | AnswerDirectiveForParkInput,
  enterpriseId: string | null,
  context: Context,
) {
  const { viewer, request, store } = context;
  const stated = statedAnswer(input, enterpriseId);
  const today = dayInShanghai(request.now);
  const { record, userErrors } = await changeRecord(mutation, input, context, {
    records: store.directives.answers,
    key: enterpriseKeys.directiveAnswer(stated.directiveId, stated.parkId, enterpriseId),
    ownersOf: () => ({ enterpriseId, references: [enterpriseKeys.directive(stated.directiveId)] }),
    decide: ({ before, enterprise, references: [directive = null] }, relation) => {
      const isResident = enterprise !== null && residesIn(enterprise, stated.parkId, today);
      const situation = { directive: directive as DirectiveItem | null, before, relation, isResident };
      return decideAnswer(stated, input.version ?? null, situation, viewer, request.now);
    },
  });
  return { answer: record, userErrors };
}

function residesIn({ residencies }: EnterpriseItem, parkId: string, today: string): boolean {
  return residencies.some((stay) => stay.parkId === parkId && isWithin(today, stay));
}

function contentsOf({ title, text, measures, dueOn }: IssueDirectiveInput | ReviseDirectiveInput): DirectiveContents {
  return {
    title: localizedText(title),
    text: localizedText(text),
    measures: measures.map((measure): Directive['measures'][number] => ({
      code: measure.code,
      text: localizedText(measure.text),
    })),
    dueOn: dueOn ?? null,
  };
}

function statedAnswer(
  input: AnswerDirectiveInput | AnswerDirectiveForParkInput,
  enterpriseId: string | null,
): StatedAnswer {
  const { directive, directiveVersion, park, state, proof, documentNumber, documentSha256, reason } = input;
  return {
    directiveId: directive,
    directiveVersion,
    parkId: park,
    enterpriseId,
    state,
    ...(proof && { proof: localizedText(proof) }),
    ...(documentNumber != null && { documentNumber }),
    ...(documentSha256 != null && { documentSha256 }),
    ...(reason && { reason: localizedText(reason) }),
  };
}
