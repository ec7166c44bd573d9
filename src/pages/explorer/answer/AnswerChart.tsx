import { useMemo } from 'react';
import { graph } from '../../../views/charts/graph.ts';
import { graphLegend } from '../../../views/charts/graph-legend.ts';
import { chartsMarkup, chartsOf, networkOf } from '../../../views/look/pictures.ts';
import type { LookTable } from '../../../views/look/tables.ts';
import { locale, words } from '../words.ts';

interface Props {
  readonly data: unknown;
  readonly tables: readonly LookTable[];
  readonly title: string;
}

/** Shows the pictures that fit an answer, as `/look` draws them. The table under them says the same to screen readers. */
export function AnswerChart({ data, tables, title }: Props) {
  const picture = useMemo(() => pictureOf(data, tables, title), [data, tables, title]);
  if (picture === undefined) return <p className="hint">{words.noChart}</p>;
  // biome-ignore lint/security/noDangerouslySetInnerHtml: `html` of the views escapes every text
  return <div className="answer-chart" dangerouslySetInnerHTML={{ __html: picture }} />;
}

/** Returns the pictures of an answer as markup; undefined where none fits. */
function pictureOf(data: unknown, tables: readonly LookTable[], title: string): string | undefined {
  const network = networkOf(data);
  if (network) return graph({ id: 'answer-picture', title, ...network }).text + graphLegend(locale).text;
  const charts = chartsOf(tables);
  return charts.length > 0 ? chartsMarkup(charts, { id: 'answer-picture', title, locale }).text : undefined;
}
