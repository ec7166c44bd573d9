import { useEffect, useMemo, useRef } from 'react';
import { Account } from '../sign-in/Account.tsx';
import type { SignIn } from '../sign-in/sign-in.ts';
import type { EditorState } from './answer/AnswerPane.tsx';
import type { Example } from './example.ts';
import { allowedExamples, linkedExample, linkedQuery, ownVariables } from './example.ts';
import { exampleGroups } from './examples.ts';
import { SavedQuestions } from './saved/SavedQuestions.tsx';
import { titleOf } from './titles.ts';
import { languageTag, locale, words } from './words.ts';

interface Props {
  readonly editors: EditorState;
  readonly signIn: SignIn | null;
  readonly shown: boolean;
  readonly onToggle: () => void;
}

const all = exampleGroups.flatMap(({ examples }) => examples);

/** Lists the trusted documents by audience. A click loads one with its variables; a query also runs. */
export function ExampleList({ editors, signIn, shown, onToggle }: Props) {
  const allowed = useMemo(() => allowedExamples(all, editors.schema), [editors.schema]);
  useLinkedExample(editors);
  return (
    <nav className="examples" aria-label={words.examples} lang={languageTag}>
      <header>
        {shown && (
          <h1>
            Bridgehead <span lang="zh">桥头堡</span>
          </h1>
        )}
        <button
          type="button"
          className="quiet"
          onClick={onToggle}
          aria-expanded={shown}
          aria-controls="example-groups"
          title={shown ? words.hideExamples : words.showExamples}
        >
          <span className="visually-hidden">{words.examples}</span>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d={shown ? 'M10 3 5 8l5 5' : 'M6 3l5 5-5 5'} />
          </svg>
        </button>
      </header>
      <div id="example-groups" hidden={!shown}>
        <SavedQuestions {...{ editors, signIn }} />
        {exampleGroups.map(({ title, examples }) => (
          <section key={title} aria-label={title}>
            <h2>{title}</h2>
            <ul>
              {listed(examples, allowed).map((example) => (
                <ExampleItem
                  key={example.name}
                  {...{ example, editors, signIn }}
                  isAllowed={allowed.has(example.name)}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
      {signIn && (shown ? <Account signIn={signIn} locale={locale} /> : <ToAccount onClick={onToggle} />)}
    </nav>
  );
}

/** The example of a first visit. */
const FIRST = '#Headline';

/**
 * Opens what the page's address names, once the editors are there: an example, or a query of one's own. A first visit
 * gets the headline.
 */
function useLinkedExample({ open, isEmpty }: EditorState): void {
  const isDone = useRef(false);
  useEffect(() => {
    if (!open || isDone.current) return;
    isDone.current = true;
    const fragment = location.hash === '' && isEmpty ? FIRST : location.hash;
    const example = linkedQuery(fragment) ?? linkedExample(fragment, all);
    if (example) open(example);
  }, [open, isEmpty]);
}

/** Replaces the account while there is no room for it. */
function ToAccount({ onClick }: { readonly onClick: () => void }) {
  return (
    <footer>
      <button type="button" className="quiet" onClick={onClick} title={words.showAccount}>
        <span className="visually-hidden">{words.showAccount}</span>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.5 14.5a5.5 5 0 0 1 11 0" />
        </svg>
      </button>
    </footer>
  );
}

/** Returns the queries, those first that the viewer may ask, and the mutations that the viewer may send. */
const listed = (examples: readonly Example[], allowed: ReadonlySet<string>) =>
  examples
    .filter(({ name, type }) => type === 'query' || allowed.has(name))
    .toSorted((one, two) => Number(allowed.has(two.name)) - Number(allowed.has(one.name)));

interface ItemProps {
  readonly example: Example;
  readonly editors: EditorState;
  readonly signIn: SignIn | null;
  readonly isAllowed: boolean;
}

function ExampleItem({ example, editors: { open, operationName }, signIn, isAllowed }: ItemProps) {
  const variables = () => ownVariables(example.variables, signIn?.current()?.bearer);
  return (
    <li>
      <button
        type="button"
        disabled={!open}
        onClick={() => open?.({ ...example, variables: variables() })}
        title={hint(example, isAllowed)}
        aria-current={example.name === operationName}
        data-allowed={isAllowed}
      >
        {titleOf(example.name, locale)}
        {example.type !== 'query' && <small>{words.mutation}</small>}
        {!isAllowed && <small className="barred">{words.notYours}</small>}
      </button>
    </li>
  );
}

function hint({ name, type }: Example, isAllowed: boolean): string {
  if (!isAllowed) return words.hintBarred(name);
  return type === 'query' ? words.hintRun(name) : words.hintWrites(name);
}
