import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { LookDocument, LookShape } from '../../domain/questions/look-document.ts';
import type { SavedList } from '../../views/look/index-page.ts';
import { LOOK_VIEWS } from '../../views/look/words.ts';
import type { PageData } from './ask-gateway.ts';
import type { Built } from './server-page.ts';

/** Longest wait for saved questions. */
const MAX_WAIT_MS = 3_000;
const MAX_LISTED = 100;

type Ask = (id: string, variables: Readonly<Record<string, unknown>>, milliseconds: number) => Promise<PageData>;

const question = z.object({
  id: z.string(),
  audience: z.enum(['OWN', 'ZONE', 'PUBLIC']),
  zh: z.string(),
  ja: z.string(),
  en: z.string(),
  query: z.string(),
  hash: z.string(),
  view: z.string(),
  shape: z.string().nullable(),
  version: z.number(),
});
const one = z.object({ savedQuestion: question.nullable() });
const list = z.object({ savedQuestions: z.object({ nodes: z.array(question) }).nullable() });

/** The addresses of saved questions, which no name of a shipped document begins with. */
export const isSaved = (name: string): boolean => name.startsWith('question_');

/** Returns the document of a saved question that the visitor may read; null where there is none, `fault` without an answer in time. */
export async function savedDocument(
  id: string,
  { documents }: Built,
  ask: Ask,
): Promise<LookDocument | null | 'fault'> {
  const { data } = await ask(documents.SavedQuestion ?? '', { id }, MAX_WAIT_MS);
  const answer = one.safeParse(data);
  if (!answer.success) return 'fault';
  const { savedQuestion } = answer.data;
  return savedQuestion && documentOf(savedQuestion);
}

/**
 * Returns the saved questions that the visitor may read, by audience; none where they can't be had in time. One that `/look`
 * can't show leads to the explorer.
 */
export async function listSaved({ documents }: Built, ask: Ask, isSignedIn: boolean): Promise<readonly SavedList[]> {
  const audiences = isSignedIn ? AUDIENCES : AUDIENCES.slice(-1);
  return Promise.all(
    audiences.map(async (audience) => {
      const { data } = await ask(documents.SavedQuestions ?? '', { audience, first: MAX_LISTED }, MAX_WAIT_MS);
      const answer = list.safeParse(data);
      const questions = (answer.data?.savedQuestions?.nodes ?? []).map(({ id, zh, ja, en, shape }) => ({
        title: { zh, ja, en },
        href: shape === null ? `/explorer#saved=${id}` : `/look/${id}`,
      }));
      return { audience, questions };
    }),
  );
}

const AUDIENCES = ['OWN', 'ZONE', 'PUBLIC'] as const;

/** Returns a question as a document. Its text must be the one that was checked when it was saved. */
function documentOf(of: z.infer<typeof question>): LookDocument | null {
  const { id, audience, zh, ja, en, query, hash, view, shape, version } = of;
  if (shape === null || createHash('sha256').update(query).digest('hex') !== hash) return null;
  const first = LOOK_VIEWS.find((each) => each === view.toLowerCase()) ?? 'table';
  const saved = { title: { zh, ja, en }, query, view: first, version, audience };
  return { name: id, id: hash, description: null, ...(JSON.parse(shape) as LookShape), saved };
}
