import { GraphiQL } from 'graphiql';
import { useMemo, useState, useSyncExternalStore } from 'react';
import { SignInNotice } from '../sign-in/SignInNotice.tsx';
import type { SignIn } from '../sign-in/sign-in.ts';
import { AnswerPane, type AnswerView, type EditorState } from './answer/AnswerPane.tsx';
import { ExampleList } from './ExampleList.tsx';
import { fetcherFor } from './fetcher.ts';
import { locale } from './words.ts';

const never = () => () => {};

/** Shows the page: examples on the left, GraphiQL beside them, and under each answer its figures and lists. */
export function Explorer({ signIn }: { readonly signIn: SignIn | null }) {
  const [editors, setEditors] = useState<EditorState>({ open: null, isEmpty: true, operationName: null, schema: null });
  const [view, setView] = useState<AnswerView>('split');
  const [listShown, setListShown] = useState(() => window.innerWidth >= 1200);
  const fetcher = useMemo(() => fetcherFor(signIn), [signIn]);
  const session = useSyncExternalStore(signIn?.subscribe ?? never, () => signIn?.state().session ?? null);
  return (
    <div className="explorer" data-view={view} data-list={listShown ? 'shown' : 'hidden'}>
      <ExampleList editors={editors} signIn={signIn} shown={listShown} onToggle={() => setListShown(!listShown)} />
      <aside className="narrow" lang="zh-CN">
        <p>
          这里需要更宽的屏幕。 <span lang="ja">ここはより広い画面が必要です。</span>{' '}
          <span lang="en">The explorer needs a wider screen.</span>
        </p>
        <a href="/look">
          数据 · <span lang="ja">データ</span> · <span lang="en">Data</span>
        </a>
      </aside>
      <main>
        {signIn && <SignInNotice signIn={signIn} locale={locale} />}
        <GraphiQL
          fetcher={fetcher}
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
            <AnswerPane view={view} onView={setView} viewer={session} signIn={signIn} onEditors={setEditors} />
          </GraphiQL.Footer>
        </GraphiQL>
      </main>
    </div>
  );
}
