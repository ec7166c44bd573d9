import { GraphiQL } from 'graphiql';
import { useState } from 'react';
import { AnswerPane, type AnswerView, type Session } from './AnswerPane.tsx';
import { ExampleList } from './ExampleList.tsx';
import { fetchAnswer } from './fetcher.ts';

/** The page: examples on the left, GraphiQL beside them, and under each answer its figures and lists. */
export function Explorer() {
  const [session, setSession] = useState<Session>({ open: null, operationName: null });
  const [view, setView] = useState<AnswerView>('split');
  const [listShown, setListShown] = useState(() => window.innerWidth >= 1200);
  return (
    <div className="explorer" data-view={view} data-list={listShown ? 'shown' : 'hidden'}>
      <ExampleList session={session} shown={listShown} onToggle={() => setListShown(!listShown)} />
      <main>
        <GraphiQL
          fetcher={fetchAnswer}
          defaultQuery=""
          defaultEditorToolsVisibility="variables"
          showPersistHeadersSettings={false}
          inputValueDeprecation
          schemaDescription
        >
          <GraphiQL.Logo>
            <span className="wordmark">GraphiQL</span>
          </GraphiQL.Logo>
          <GraphiQL.Footer>
            <AnswerPane view={view} onView={setView} onSession={setSession} />
          </GraphiQL.Footer>
        </GraphiQL>
      </main>
    </div>
  );
}
