import type { Figure } from './answer-figures.ts';
import { wordsOf } from './examples.ts';

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
