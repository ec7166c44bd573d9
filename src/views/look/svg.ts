import type { Locale } from '../../domain/locale.ts';
import { graph } from '../charts/graph.ts';
import { levelLabel } from '../charts/line-chart.ts';
import { formatOf } from '../format.ts';
import { html, type Markup, type Piece } from '../html.ts';
import type { LookAnswer } from './look.ts';
import { type Bars, type Chart, captionOf, chartsOf, type Network, networkOf, type Series } from './pictures.ts';
import { type Fact, provenanceOfFile } from './provenance.ts';
import { LOOK_WORDS, type LookView } from './words.ts';

const WIDTH = 720;
const LEFT = 60;
/** Room for the title of the file. */
const TOP = 52;
/** Room for the legend of lines. */
const LEGEND_HEIGHT = 22;
/** Room between two pictures. */
const GAP = 24;
const PLOT_HEIGHT = 260;
const LINE_HEIGHT = 18;
/** Fewest days between two labels of the axis. */
const MAX_DAYS_LABELLED = 6;

/** A file brings its own style: colours that differ in lightness too, and fonts of the reader's machine. */
const STYLE = `text{font:13px system-ui,sans-serif;fill:#1c2430}.title{font-size:17px;font-weight:600}.caption{font-weight:600}.soft{fill:#5b6675;font-size:11px}
.end{text-anchor:end}.middle{text-anchor:middle}.line{fill:none;stroke-width:2.5;stroke-linejoin:round;stroke-linecap:round}
.l0{stroke:#0b57a4}.l1{stroke:#b3541e;stroke-dasharray:7 4}.l2{stroke:#5b6675;stroke-dasharray:2 4}.l3{stroke:#2f7a4f}.f0{fill:#0b57a4}.f1{fill:#b3541e}.f2{fill:#5b6675}.f3{fill:#2f7a4f}
.grid{stroke:#d5dae1}.rest{fill:#e8ebef}.edge{fill:none;stroke:#5b6675;stroke-width:2}.over{stroke-dasharray:5 4}
.member{fill:#0b57a4}.partner{fill:#fff;stroke:#0b57a4;stroke-width:2}.graph text{text-anchor:middle;font-size:12px}`;

/**
 * Returns an answer's pictures as a file that stands alone, with where its figures come from below: its charts where they
 * are asked for, else the graph of an answer that has one. Undefined where the answer has no picture.
 */
export function lookSvg(
  { data, tables, provenance }: LookAnswer,
  { title, view, locale }: { readonly title: string; readonly view: LookView | undefined; readonly locale: Locale },
): string | undefined {
  const charts = chartsOf(tables);
  const network = view === 'chart' && charts.length > 0 ? undefined : networkOf(data);
  if (!network && charts.length === 0) return undefined;
  const drawn = network ? networkDrawn(network, title) : stacked(charts, locale);
  const end = TOP + drawn.height + 2 * LINE_HEIGHT;
  const line = ({ label, value }: Fact) => LOOK_WORDS[locale].pair(label, value);
  const facts = provenance.facts.map(line);
  // Definitions are too long for lines of a picture: readers of its description get them.
  const described = provenanceOfFile(provenance, tables, locale).facts.map(line);
  const height = end + facts.length * LINE_HEIGHT;
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title about">
<title id="title">${title}</title>
<desc id="about">${described.join('; ')}</desc>
<style>${STYLE}</style>
<rect width="${WIDTH}" height="${height}" fill="#fff"/>
<text class="title" x="16" y="30">${title}</text>
<g transform="translate(0 ${TOP})">${drawn.markup}</g>
${facts.map((fact, index) => text(16, end + index * LINE_HEIGHT, fact, 'soft'))}
</svg>
`.text;
}

interface Drawn {
  readonly markup: Markup;
  readonly height: number;
}

const text = (x: number, y: number, content: Piece, kind = '') =>
  html`<text x="${x}" y="${y}"${kind !== '' && html` class="${kind}"`}>${content}</text>`;

function networkDrawn(network: Network, title: string): Drawn {
  const drawn = graph({ id: 'graph', title, ...network });
  const markup = html`<g class="graph"><svg x="${(WIDTH - 450) / 2}" width="450" height="550">${drawn}</svg></g>`;
  return { markup, height: 560 };
}

/** Returns charts one below the other, each of several under the name of its table. */
function stacked(charts: readonly Chart[], locale: Locale): Drawn {
  let height = 0;
  const markup = charts.map((chart) => {
    const told = captionOf(chart, charts);
    const heading = told === '' ? 0 : LINE_HEIGHT + 6;
    const drawn = chart.drawn.kind === 'series' ? lines(chart.drawn, locale) : barsOf(chart.drawn);
    const start = height + heading;
    const caption = heading > 0 && html`<text class="caption" x="16" y="${start - 8}">${told}</text>`;
    height = start + drawn.height + GAP;
    return html`${caption}<g transform="translate(0 ${start})">${drawn.markup}</g>`;
  });
  return { markup: html`${markup}`, height: height - GAP };
}

function lines({ days, lines: drawn, top }: Series, locale: Locale): Drawn {
  const tick = formatOf(locale).tickOf(days);
  const x = (day: number) => LEFT + (day / Math.max(1, days.length - 1)) * (WIDTH - LEFT - 40);
  const y = (value: number) => LEGEND_HEIGHT + PLOT_HEIGHT * (1 - value / 100);
  const step = Math.max(1, Math.ceil(days.length / MAX_DAYS_LABELLED));
  const legendWidth = (WIDTH - LEFT - 40) / Math.max(3, drawn.length);
  const markup = html`${[0, 25, 50, 75, 100].map(
    (value) =>
      html`<path class="grid" d="M${LEFT} ${y(value)}H${WIDTH - 40}"/>${text(LEFT - 8, y(value) + 4, levelLabel(value / 100, top, formatOf(locale)), 'soft end')}`,
  )}
${days.map((day, index) => index % step === 0 && text(x(index), LEGEND_HEIGHT + PLOT_HEIGHT + 20, tick(day), 'soft middle'))}
${drawn.map(
  ({ name, values }, index) => html`<path class="line l${index}" d="${pathOf(values, x, y)}"/>
<path class="line l${index}" d="M${LEFT + index * legendWidth} 4h28"/>${text(LEFT + index * legendWidth + 36, 8, name, 'soft')}`,
)}`;
  return { markup, height: LEGEND_HEIGHT + PLOT_HEIGHT + 30 };
}

/** Returns a path through values. A day without one interrupts it. */
function pathOf(values: readonly (number | null)[], x: (day: number) => number, y: (value: number) => number): string {
  return values
    .map((value, day) => {
      if (value === null) return '';
      const isConnected = day > 0 && values[day - 1] !== null;
      const isAlone = !isConnected && (values[day + 1] ?? null) === null;
      return `${isConnected ? 'L' : 'M'}${x(day).toFixed(1)} ${y(value).toFixed(1)}${isAlone ? 'h0' : ''}`;
    })
    .join('');
}

function barsOf({ groups }: Bars): Drawn {
  const start = 250;
  const whole = WIDTH - start - 90;
  let row = 0;
  const barAt = ({ percent, text: value }: Bars['groups'][number]['bars'][number], number: number, name: Markup) => {
    const top = row++ * LINE_HEIGHT;
    if (percent === null) return html`${name}${text(start, top + 14, value, 'soft')}`;
    const filled = ((whole * percent) / 100).toFixed(1);
    return html`${name}<rect class="rest" x="${start}" y="${top + 5}" width="${whole}" height="10" rx="5"/><rect class="f${number}" x="${start}" y="${top + 5}" width="${filled}" height="10" rx="5"/>${text(WIDTH - 16, top + 14, value, 'end')}`;
  };
  const markup = groups.map(({ name, bars }) => {
    const [only] = bars;
    if (only?.label === '') return barAt(only, 0, text(16, row * LINE_HEIGHT + 14, name));
    const heading = text(16, row++ * LINE_HEIGHT + 14, name);
    return html`${heading}${bars.map((each, number) => barAt(each, number, text(32, row * LINE_HEIGHT + 14, each.label, 'soft')))}`;
  });
  return { markup: html`${markup}`, height: row * LINE_HEIGHT };
}
