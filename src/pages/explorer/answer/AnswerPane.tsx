import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { type GraphQLSchema, Kind, parse } from 'graphql';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { questionOf } from '../../../views/look/questions.ts';
import type { SignIn } from '../../sign-in/sign-in.ts';
import type { Example } from '../example.ts';
import { SaveForm } from '../saved/SaveForm.tsx';
import { lookAddress, shareAddress } from '../share.ts';
import { titleOf } from '../titles.ts';
import { languageTag, locale, words } from '../words.ts';
import { AnswerChart } from './AnswerChart.tsx';
import { type AnswerError, answerFigures, parseAnswer } from './answer.ts';
import { FigureCards } from './FigureCards.tsx';
import { ListTable } from './ListTable.tsx';
import { type Answered, originOf, tablesOf } from './tables.ts';

export type AnswerView = 'split' | 'table' | 'chart' | 'json';

const VIEWS: readonly { readonly view: AnswerView; readonly label: string }[] = [
  { view: 'json', label: 'JSON' },
  { view: 'split', label: words.both },
  { view: 'table', label: words.table },
  { view: 'chart', label: words.chart },
];

/** The editors' state that the rest of the page uses. */
export interface EditorState {
  /** Opens an example; null until the editors are ready. */
  readonly open: ((example: Example) => void) | null;
  /** True while the open tab has no text. */
  readonly isEmpty: boolean;
  /** Operation name of the open tab. */
  readonly operationName: string | null;
  /** The schema that the viewer may see; null until it is known. */
  readonly schema: GraphQLSchema | null;
}

interface Props {
  readonly view: AnswerView;
  readonly onView: (view: AnswerView) => void;
  /** Identifies the viewer, so that a change is noticed. */
  readonly viewer: unknown;
  readonly signIn: SignIn | null;
  readonly onEditors: (editors: EditorState) => void;
}

/** Shows the answer of the current tab: its errors, its figures, and its lists as tables. */
export function AnswerPane({ view, onView, viewer, signIn, onEditors }: Props) {
  useViewerChange(viewer);
  const open = useExample();
  const { text, query, variables, isEmpty, isFetching, operationName, schema } = useGraphiQL((store) => ({
    variables: store.tabs[store.activeTabIndex]?.variables ?? '',
    query: store.tabs[store.activeTabIndex]?.query ?? '',
    isEmpty: (store.tabs[store.activeTabIndex]?.query ?? '').trim() === '',
    text: store.tabs[store.activeTabIndex]?.response,
    isFetching: store.isFetching,
    operationName: store.operationName ?? null,
    schema: store.fetchError === null ? (store.schema ?? null) : null,
  }));
  useEffect(
    () => onEditors({ open, isEmpty, operationName, schema }),
    [onEditors, open, isEmpty, operationName, schema],
  );
  const answer = useMemo(() => parseAnswer(text), [text]);
  return (
    <section className="answer" aria-label={words.answer} lang={languageTag} aria-busy={isFetching}>
      <ShareButton />
      <SaveForm signIn={signIn} />
      <fieldset className="views">
        <legend className="visually-hidden">{words.showAs}</legend>
        {VIEWS.map((choice) => (
          <label key={choice.view}>
            <input
              type="radio"
              name="answer-view"
              checked={view === choice.view}
              onChange={() => onView(choice.view)}
            />
            <span>{choice.label}</span>
          </label>
        ))}
      </fieldset>
      {view !== 'json' && (
        <div className="answer-body">
          {isFetching ? (
            <p className="hint" role="status">
              {words.asking}
            </p>
          ) : answer ? (
            <AnswerContent
              {...{ answer, operationName, schema, query, variables }}
              isChart={view === 'chart'}
              isSignedIn={viewer !== null}
              key={text}
            />
          ) : (
            <p className="hint">{words.begin}</p>
          )}
        </div>
      )}
    </section>
  );
}

/** Copies the address of the open query. What it says stays beside it until the next click. */
function ShareButton() {
  const query = useGraphiQL((store) => store.tabs[store.activeTabIndex]?.query ?? '');
  const [said, setSaid] = useState('');
  const share = async () => {
    const address = shareAddress(query, location.origin);
    if (address !== null) await navigator.clipboard.writeText(address);
    setSaid(address === null ? words.notShared : words.shared);
  };
  return (
    <p className="share-bar">
      <button type="button" onClick={() => void share()} disabled={query.trim() === ''}>
        {words.share}
      </button>{' '}
      <LookLink /> <span role="status">{said}</span>
    </p>
  );
}

/** Leads to the open question on `/look`, with its variables: as a chart and a form. Only public questions have a page there. */
function LookLink() {
  const { name, variables } = useGraphiQL((store) => ({
    name: store.operationName ?? '',
    variables: store.tabs[store.activeTabIndex]?.variables ?? '',
  }));
  if (!questionOf(name)) return null;
  return <a href={lookAddress(name, variables, locale)}>{words.look}</a>;
}

interface ContentProps extends Answered {
  readonly isChart: boolean;
  readonly isSignedIn: boolean;
}

function AnswerContent({ isChart, isSignedIn, ...answered }: ContentProps) {
  const { answer, schema } = answered;
  // The editors go on: an answer is of the question as it was when it came.
  const [asked] = useState(() => ({ ...answered, at: new Date() }));
  const { operationName } = asked;
  const tables = useMemo(() => tablesOf({ ...asked, schema }), [asked, schema]);
  const figures = useMemo(() => answerFigures(answer.data), [answer]);
  // A refused question has nothing but nulls, which its errors explain.
  const hasData = !answer.errors || Object.values(answer.data ?? {}).some((part) => part !== null);
  const [chosen, setChosen] = useState(() =>
    Math.max(
      tables.findIndex(({ rows }) => rows.length > 0),
      0,
    ),
  );
  const table = tables[chosen];
  return (
    <>
      {answer.errors && answer.errors.length > 0 && <AnswerErrors errors={answer.errors} isSignedIn={isSignedIn} />}
      {isChart ? (
        <AnswerChart data={answer.data} tables={tables} title={titleOf(operationName ?? words.chart, locale)} />
      ) : (
        <FigureCards figures={figures} />
      )}
      {hasData && tables.length > 1 && (
        <fieldset className="lists">
          <legend className="visually-hidden">{words.lists}</legend>
          {tables.map(({ name, label, rows }, index) => (
            <label key={name} title={name}>
              <input type="radio" name="list" checked={index === chosen} onChange={() => setChosen(index)} />
              <span>
                {label} <small>{rows.length}</small>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {hasData && table && (
        <ListTable
          table={table}
          operationName={operationName}
          originOf={() => originOf({ ...asked, schema }, table, asked.at)}
          key={table.name}
        />
      )}
      {!table && !answer.errors && <p className="hint">{words.noData}</p>}
    </>
  );
}

/** Codes of errors that another caller wouldn't get. */
const NEEDS_SIGN_IN = ['UNAUTHORIZED_FIELD_OR_TYPE', 'UNAUTHENTICATED', 'FORBIDDEN'];

/**
 * Shows the errors of an answer in the gateway's words, each with its path and code. Data that did arrive is shown too.
 */
export function AnswerErrors({ errors, isSignedIn }: { errors: readonly AnswerError[]; isSignedIn: boolean }) {
  const isBarred = errors.some(({ extensions }) => NEEDS_SIGN_IN.includes(extensions?.code ?? ''));
  return (
    <ul className="errors" role="alert">
      {isBarred && <li>{isSignedIn ? words.otherRole : words.signInFirst}</li>}
      {errors.map((error, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: errors have no identity, and the list never changes
        <li key={index}>
          {error.message} {error.path && <code>{error.path.join('.')}</code>}{' '}
          {error.extensions?.code && <small>{error.extensions.code}</small>}
        </li>
      ))}
    </ul>
  );
}

/**
 * Clears the answers of all tabs and reloads the documentation when the viewer changes.
 * @param viewer identifies the viewer
 */
export function useViewerChange(viewer: unknown): void {
  const { introspect, moveTab, updateActiveTabValues, stop } = useGraphiQLActions();
  const { tabs, active, responses } = useGraphiQL(({ tabs, activeTabIndex, responseEditor }) => ({
    tabs,
    active: activeTabIndex,
    responses: responseEditor,
  }));
  const former = useRef(viewer);
  useEffect(() => {
    if (former.current === viewer) return;
    former.current = viewer;
    stop();
    moveTab(tabs.map((tab, index) => (index === active ? tab : { ...tab, response: null })));
    updateActiveTabValues({ response: null });
    responses?.setValue('');
    introspect();
  }, [viewer, tabs, active, responses, introspect, moveTab, updateActiveTabValues, stop]);
}

/**
 * Opens an example in the current tab and runs it if it is a query. Null until both editors are ready. The operation
 * facts are set with the text: the editor parses them after a pause, and an earlier run would send the previous
 * operation's name.
 */
export function useExample(): ((example: Example) => void) | null {
  const { setOperationFacts, updateActiveTabValues, stop, run } = useGraphiQLActions();
  const editors = useGraphiQL(({ queryEditor, variableEditor, responseEditor }) => ({
    query: queryEditor,
    variables: variableEditor,
    response: responseEditor,
  }));
  const ready = Boolean(editors.query && editors.variables && editors.response);
  const open = useCallback(
    (example: Example) => {
      const document = parse(example.text);
      const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
      stop();
      setOperationFacts({ documentAST: document, operationName: example.name, operations });
      editors.query?.setValue(example.text);
      // A long line of the former text leaves the editor scrolled aside.
      editors.query?.setPosition({ lineNumber: 1, column: 1 });
      editors.query?.setScrollPosition({ scrollTop: 0, scrollLeft: 0 });
      editors.variables?.setValue(example.variables);
      editors.response?.setValue('');
      updateActiveTabValues({
        query: example.text,
        variables: example.variables,
        operationName: example.name,
        response: null,
      });
      if (example.type === 'query') run();
    },
    [editors.query, editors.variables, editors.response, setOperationFacts, updateActiveTabValues, stop, run],
  );
  return ready ? open : null;
}
