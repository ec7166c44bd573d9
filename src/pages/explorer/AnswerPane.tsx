import { useGraphiQL } from '@graphiql/react';
import type { GraphQLSchema } from 'graphql';
import { useEffect, useMemo, useState } from 'react';
import { AnswerErrors } from './AnswerErrors.tsx';
import { type Answer, parseAnswer } from './answer.ts';
import { answerFigures } from './answer-figures.ts';
import { answerTables } from './answer-tables.ts';
import type { Example } from './example.ts';
import { FigureCards } from './FigureCards.tsx';
import { ListTable } from './ListTable.tsx';
import { useExample } from './useExample.ts';
import { useViewerChange } from './useViewerChange.ts';

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
