import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { SignIn } from '../../sign-in/sign-in.ts';
import type { EditorState } from '../answer/AnswerPane.tsx';
import { words } from '../words.ts';
import { linkedSaved, listSaved, SAVED, type SavedExample } from './saved-questions.ts';

const never = () => () => {};

interface Props {
  readonly editors: EditorState;
  readonly signIn: SignIn | null;
}

/** Lists the saved questions that the viewer may read. A click loads one with its variables and runs it. */
export function SavedQuestions({ editors: { open }, signIn }: Props) {
  const [saved, setSaved] = useState<readonly SavedExample[]>([]);
  const [shownId, setShownId] = useState<string>();
  const token = useSyncExternalStore(signIn?.subscribe ?? never, () =>
    signIn?.state().ended ? undefined : (signIn?.current()?.token ?? null),
  );
  useEffect(() => {
    // After a sign-in has ended, nothing is asked as nobody.
    if (token === undefined) return;
    let isLast = true;
    const load = async () => {
      const questions = await listSaved(token);
      if (isLast) setSaved(questions);
    };
    void load();
    addEventListener(SAVED, load);
    return () => {
      isLast = false;
      removeEventListener(SAVED, load);
    };
  }, [token]);
  const isOpened = useRef(false);
  useEffect(() => {
    // A question of one's own is there only after signing in.
    if (!open || isOpened.current || token === undefined) return;
    void linkedSaved(location.hash, token).then((question) => {
      if (!question || isOpened.current) return;
      isOpened.current = true;
      setShownId(question.id);
      open(question);
    });
  }, [open, token]);
  if (saved.length === 0) return null;
  return (
    <section aria-label={words.saved}>
      <h2>{words.saved}</h2>
      <ul>
        {saved.map((question) => (
          <li key={question.id}>
            <button
              type="button"
              disabled={!open}
              aria-current={question.id === shownId}
              onClick={() => {
                setShownId(question.id);
                open?.(question);
              }}
            >
              {question.title}
              <small>{words.audiences[question.audience]}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
