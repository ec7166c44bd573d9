import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { LookDocument, LookShape } from '../../domain/questions/look-document.ts';
import { LOOK_VIEWS } from '../../views/look/words.ts';
import type { PageData } from './ask-gateway.ts';
import type { Built } from './server-page.ts';

/** Longest wait for saved questions. */
const MAX_WAIT_MS = 3_000;
const MAX_LISTED = 100;

type Ask = (id: string, variables: Readonly<Record<string, unknown>>, milliseconds: number) => Promise<PageData>;

const question = z.object({
  id: z.string(),
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

/** Returns the document of a public saved question; null where there is none, `fault` without an answer in time. */
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

/** Returns the documents of the public saved questions; none where they can't be had in time. */
export async function publicQuestions({ documents }: Built, ask: Ask): Promise<readonly LookDocument[]> {
  const { data } = await ask(documents.SavedQuestions ?? '', { audience: 'PUBLIC', first: MAX_LISTED }, MAX_WAIT_MS);
  const answer = list.safeParse(data);
  return (answer.data?.savedQuestions?.nodes ?? []).flatMap((each) => documentOf(each) ?? []);
}

/** Returns a question as a document. Its text must be the one that was checked when it was saved. */
function documentOf({
  id,
  zh,
  ja,
  en,
  query,
  hash,
  view,
  shape,
  version,
}: z.infer<typeof question>): LookDocument | null {
  if (shape === null || createHash('sha256').update(query).digest('hex') !== hash) return null;
  const first = LOOK_VIEWS.find((each) => each === view.toLowerCase()) ?? 'table';
  const saved = { title: { zh, ja, en }, query, view: first, version };
  return { name: id, id: hash, description: null, ...(JSON.parse(shape) as LookShape), saved };
}
