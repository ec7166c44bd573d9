import { formatOf } from '../../../views/format.ts';
import { labelOf } from '../../../views/look/labels.ts';
import { locale } from '../words.ts';
import type { Figure } from './answer.ts';

/** Shows each share of the answer as a card: numerator, denominator and the selected rates, in the reader's words. */
export function FigureCards({ figures }: { figures: readonly Figure[] }) {
  if (figures.length === 0) return null;
  return (
    <ul className="figures">
      {figures.map(({ name, numerator, denominator, details }) => (
        <li key={name}>
          <h3 title={name}>{labelOf(name.split('.').at(-1) ?? name, locale)}</h3>
          <p className="share">
            {amountText(numerator)}
            <span className="of">/</span>
            {amountText(denominator)}
          </p>
          <meter aria-hidden="true" max={Number(denominator)} value={Number(numerator)} />
          <dl>
            {details.map(([detail, value]) => (
              <div key={detail}>
                <dt>{labelOf(detail, locale)}</dt>
                <dd>{RATE.test(value) ? formatOf(locale).percent(value) : value}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}

/** A decimal beside the parts of a share is its rate in per cent. */
const RATE = /^\d+\.\d+$/;
const amountText = (amount: string) => formatOf(locale).decimal(amount);
