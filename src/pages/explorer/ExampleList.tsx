import type { Session } from './AnswerPane.tsx';
import type { Example } from './example.ts';
import { exampleGroups, wordsOf } from './examples.ts';

interface Props {
  readonly session: Session;
  readonly shown: boolean;
  readonly onToggle: () => void;
}

/** The trusted documents, by who asks them. A click loads one with its variables; a query also runs. */
export function ExampleList({ session: { open, operationName }, shown, onToggle }: Props) {
  return (
    <nav className="examples" aria-label="Examples">
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
          title={shown ? 'Hide the examples' : 'Show the examples'}
        >
          <span className="visually-hidden">Examples</span>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d={shown ? 'M10 3 5 8l5 5' : 'M6 3l5 5-5 5'} />
          </svg>
        </button>
      </header>
      <div id="example-groups" hidden={!shown}>
        {exampleGroups.map(({ title, examples }) => (
          <section key={title} aria-label={title}>
            <h2>{title}</h2>
            <ul>
              {examples.map((example) => (
                <li key={example.name}>
                  <button
                    type="button"
                    disabled={!open}
                    onClick={() => open?.(example)}
                    title={hint(example)}
                    aria-current={example.name === operationName}
                  >
                    {wordsOf(example.name)}
                    {example.type !== 'query' && <small>{example.type}</small>}
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </nav>
  );
}

const hint = (example: Example) =>
  example.type === 'query'
    ? `Load and run ${example.name}`
    : `Load ${example.name}; it writes, so running it is up to you`;
