import { useGraphiQL } from '@graphiql/react';
import { type FormEvent, useState, useSyncExternalStore } from 'react';
import { savesQuestions } from '../../../domain/free-queries.ts';
import type { SignIn } from '../../sign-in/sign-in.ts';
import { words } from '../words.ts';
import { SAVED, saveQuestion } from './saved-questions.ts';

const never = () => () => {};

/** Saves the open query for the person signed in or their zone. Shown to those who may. */
export function SaveForm({ signIn }: { readonly signIn: SignIn | null }) {
  const session = useSyncExternalStore(signIn?.subscribe ?? never, () => signIn?.current() ?? null);
  const { query, variables } = useGraphiQL((store) => ({
    query: store.tabs[store.activeTabIndex]?.query ?? '',
    variables: store.tabs[store.activeTabIndex]?.variables ?? '',
  }));
  const [said, setSaid] = useState('');
  const [key, setKey] = useState(() => crypto.randomUUID());
  if (!session || !savesQuestions(session.bearer.kind)) return null;
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const name = String(form.get('name') ?? '');
    const forZone = form.get('zone') !== null;
    const refusal = await saveQuestion({ idempotencyKey: key, name, query, variables, forZone }, session.token);
    setSaid(refusal === undefined ? words.notSaved : (refusal ?? words.isSaved));
    // A command that was answered is over; one without an answer is repeated with its key.
    if (refusal !== undefined) setKey(crypto.randomUUID());
    if (refusal === null) dispatchEvent(new Event(SAVED));
  };
  return (
    <details className="save">
      <summary>{words.save}</summary>
      <form onSubmit={(event) => void save(event)}>
        <label>
          {words.questionName} <input name="name" required maxLength={100} />
        </label>
        {session.bearer.zone !== undefined && (
          <label>
            <input name="zone" type="checkbox" /> {words.forZone}
          </label>
        )}
        <button type="submit" disabled={query.trim() === ''}>
          {words.save}
        </button>{' '}
        <span role="status">{said}</span>
      </form>
    </details>
  );
}
