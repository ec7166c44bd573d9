import savedQuestionId from 'virtual:document/SavedQuestion';
import savedQuestionsId from 'virtual:document/SavedQuestions';
import saveQuestionId from 'virtual:document/SaveQuestion';
import { Kind, parse } from 'graphql';
import { askGateway } from '../../gateway/ask-gateway.ts';
import { wordsForRefusal } from '../../gateway/refusal-text.ts';
import type { Example } from '../example.ts';
import type {
  QuestionAudience,
  SavedQuestionQuery,
  SavedQuestionsQuery,
  SaveQuestionMutation,
} from '../generated/saved-questions.ts';
import { locale } from '../words.ts';
import { SAVE_REFUSALS } from './refusals.ts';

type Question = NonNullable<SavedQuestionQuery['savedQuestion']>;

/** A saved question as the list shows it. */
export interface SavedExample extends Example {
  readonly id: string;
  readonly title: string;
  readonly audience: QuestionAudience;
}

/** The event by which the page tells that a question was saved. */
export const SAVED = 'bridgehead-saved';

const MAX_LISTED = 100;

/** Returns the saved questions that the caller may read: their own, their zone's, and the public ones. */
export async function listSaved(token: string | null): Promise<readonly SavedExample[]> {
  const audiences: readonly QuestionAudience[] = token === null ? ['PUBLIC'] : ['OWN', 'ZONE', 'PUBLIC'];
  const lists = await Promise.all(
    audiences.map(async (audience) => {
      const variables = { audience, first: MAX_LISTED };
      const answer = await askGateway<SavedQuestionsQuery>({ documentId: savedQuestionsId, variables, token, locale });
      return answer.kind === 'ANSWER' ? (answer.data.savedQuestions?.nodes ?? []) : [];
    }),
  );
  return lists.flat().flatMap((question) => exampleOf(question) ?? []);
}

/** Returns the saved question of an address `#saved=<id>`; undefined where there is none that the caller may read. */
export async function linkedSaved(fragment: string, token: string | null): Promise<SavedExample | undefined> {
  const [, id] = /^#saved=([\w-]+)$/.exec(fragment) ?? [];
  if (id === undefined) return undefined;
  const answer = await askGateway<SavedQuestionQuery>({
    documentId: savedQuestionId,
    variables: { id },
    token,
    locale,
  });
  const question = answer.kind === 'ANSWER' ? answer.data.savedQuestion : null;
  return question ? exampleOf(question) : undefined;
}

/** A query to save, under one name for all languages. */
export interface StatedQuestion {
  readonly idempotencyKey: string;
  readonly name: string;
  readonly query: string;
  readonly variables: string;
  readonly forZone: boolean;
}

/** Saves a query. Returns the reason of a refusal; null where it is saved, undefined without an answer. */
export async function saveQuestion(
  { name, variables, ...stated }: StatedQuestion,
  token: string,
): Promise<string | null | undefined> {
  const input = { ...stated, variables: variables.trim() || '{}', name: { zh: name }, view: 'TABLE' };
  const answer = await askGateway<SaveQuestionMutation>({
    documentId: saveQuestionId,
    variables: { input },
    token,
    locale,
  });
  if (answer.kind !== 'ANSWER' || !answer.data.saveQuestion) return undefined;
  const [refusal] = answer.data.saveQuestion.userErrors;
  return refusal ? (wordsForRefusal(refusal, SAVE_REFUSALS[locale]) ?? refusal.message) : null;
}

function exampleOf({ id, audience, query, variables, ...names }: Question): SavedExample | undefined {
  try {
    const operation = parse(query).definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
    const title = { ZH: names.zh, JA: names.ja, EN: names.en }[locale];
    const text = JSON.stringify(withLocale(query, JSON.parse(variables)), null, 2);
    return {
      id,
      title,
      audience,
      group: '',
      type: 'query',
      name: operation?.name?.value ?? '',
      text: query,
      variables: text,
    };
  } catch {
    return undefined;
  }
}

/** Returns a question's variables, with the page's language where the query asks for one and none is saved. */
const withLocale = (query: string, variables: Readonly<Record<string, unknown>>) =>
  /\$locale\b/.test(query) && variables.locale === undefined ? { ...variables, locale } : variables;
