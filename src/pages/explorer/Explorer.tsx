import { GraphiQL } from 'graphiql';
import { useState } from 'react';
import { AnswerPane, type AnswerView } from './AnswerPane.tsx';
import { ExampleList } from './ExampleList.tsx';
import type { Example } from './example.ts';
import { fetchAnswer } from './fetcher.ts';

const WELCOME = `# Choose an example on the left, or write a query here.
# Ctrl-Space offers what fits, Ctrl-Enter runs it;
# the book on the left opens the documentation.
`;

/** The page: examples on the left, GraphiQL beside them, and under each answer its figures and lists. */
export function Explorer() {
  const [openExample, setOpenExample] = useState<((example: Example) => void) | null>(null);
  const [view, setView] = useState<AnswerView>('split');
  const [listShown, setListShown] = useState(() => window.innerWidth >= 1200);
  return (
    <div className="explorer" data-view={view} data-list={listShown ? 'shown' : 'hidden'}>
      <ExampleList onOpen={openExample} shown={listShown} onToggle={() => setListShown(!listShown)} />
      <main>
        <GraphiQL
          fetcher={fetchAnswer}
          defaultQuery={WELCOME}
          defaultEditorToolsVisibility="variables"
          showPersistHeadersSettings={false}
          inputValueDeprecation
          schemaDescription
        >
          <GraphiQL.Logo>
            <span className="wordmark">GraphiQL</span>
          </GraphiQL.Logo>
          <GraphiQL.Footer>
            <AnswerPane view={view} onView={setView} onReady={(open) => setOpenExample(() => open)} />
          </GraphiQL.Footer>
        </GraphiQL>
      </main>
    </div>
  );
}
