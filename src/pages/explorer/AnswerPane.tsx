import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { type GraphQLSchema, Kind, parse } from 'graphql';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { answerTables } from '../../views/answer-tables.ts';
import { wordsOf } from '../../views/look/labels.ts';
import { type Answer, type AnswerError, answerFigures, type Figure, parseAnswer } from './answer.ts';
import type { Example } from './example.ts';
import { ListTable } from './ListTable.tsx';

export type AnswerView = 'split' | 'table' | 'json';

const VIEWS: readonly { readonly view: AnswerView; readonly label: string }[] = [
  { view: 'json', label: 'JSON' },
  { view: 'split', label: 'Both' },
  { view: 'table', label: 'Table' },
];

/** The editors' state that the rest of the page uses. */
export interface EditorState {
  /** Opens an example; null until the editors are ready. */
  readonly open: ((example: Example) => void) | null;
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
  readonly onEditors: (editors: EditorState) => void;
}

/** Shows the answer of the current tab: its errors, its figures, and its lists as tables. */
export function AnswerPane({ view, onView, viewer, onEditors }: Props) {
  useViewerChange(viewer);
  const open = useExample();
  const { text, isFetching, operationName, schema } = useGraphiQL((store) => ({
    text: store.tabs[store.activeTabIndex]?.response,
    isFetching: store.isFetching,
    operationName: store.operationName ?? null,
    schema: store.fetchError === null ? (store.schema ?? null) : null,
  }));
  useEffect(() => onEditors({ open, operationName, schema }), [onEditors, open, operationName, schema]);
  const answer = useMemo(() => parseAnswer(text), [text]);
  return (
    <section className="answer" aria-label="Answer as figures and tables" aria-busy={isFetching}>
      <fieldset className="views">
        <legend className="visually-hidden">Show the answer as</legend>
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
              Asking the gateway…
            </p>
          ) : answer ? (
            <AnswerContent answer={answer} operationName={operationName} key={text} />
          ) : (
            <p className="hint">
              Choose an example, or write a query and run it with Ctrl-Enter: its figures and lists appear here.
            </p>
          )}
        </div>
      )}
    </section>
  );
}

function AnswerContent({ answer, operationName }: { answer: Answer; operationName: string | null }) {
  const tables = useMemo(() => answerTables(answer.data), [answer]);
  const figures = useMemo(() => answerFigures(answer.data), [answer]);
  const [chosen, setChosen] = useState(() =>
    Math.max(
      tables.findIndex(({ rows }) => rows.length > 0),
      0,
    ),
  );
  const table = tables[chosen];
  return (
    <>
      {answer.errors && answer.errors.length > 0 && <AnswerErrors errors={answer.errors} />}
      <FigureCards figures={figures} />
      {tables.length > 1 && (
        <fieldset className="lists">
          <legend className="visually-hidden">List of the answer</legend>
          {tables.map(({ name, rows }, index) => (
            <label key={name}>
              <input type="radio" name="list" checked={index === chosen} onChange={() => setChosen(index)} />
              <span>
                {name} <small>{rows.length}</small>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {table && <ListTable table={table} operationName={operationName} key={table.name} />}
      {!table && !answer.errors && <p className="hint">The answer holds no data.</p>}
    </>
  );
}

/**
 * Shows the errors of an answer in the gateway's words, each with its path and code. Data that did arrive is shown too.
 */
export function AnswerErrors({ errors }: { errors: readonly AnswerError[] }) {
  return (
    <ul className="errors" role="alert">
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

/** Shows each share of the answer as a card: numerator, denominator and the selected rates. */
export function FigureCards({ figures }: { figures: readonly Figure[] }) {
  if (figures.length === 0) return null;
  return (
    <ul className="figures">
      {figures.map(({ name, numerator, denominator, details }) => (
        <li key={name}>
          <h3 title={name}>{wordsOf(name.split('.').at(-1) ?? name)}</h3>
          <p className="share">
            {numerator}
            <span className="of">/</span>
            {denominator}
          </p>
          <meter aria-hidden="true" max={Number(denominator)} value={Number(numerator)} />
          <dl>
            {details.map(([detail, value]) => (
              <div key={detail}>
                <dt>{detail}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
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
