import type { Format } from '../format.ts';
import { html, type Markup } from '../html.ts';

/** A line of a chart: its name and one value a day, in per cent of the chart's height. Null where a day has none. */
export interface Line {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

/** Width of a day in the picture's own units; only proportions matter, since the picture is stretched. */
const DAY_WIDTH = 10;

/** The fractions of a chart's height that are labelled, from its top. */
const LEVELS = [1, 0.75, 0.5, 0.25, 0];

/**
 * Returns lines over days. The labels are HTML beside the picture, so that their size stays when the
 * picture is stretched to its place.
 * @param days ISO 8601, oldest first
 * @param top the count at the chart's top; per cent without it
 */
export function lineChart(
  {
    id,
    title,
    days,
    lines,
    top,
  }: { id: string; title: string; days: readonly string[]; lines: readonly Line[]; top?: number | undefined },
  format: Format,
): Markup {
  const width = Math.max(1, days.length - 1) * DAY_WIDTH;
  const tick = format.tickOf(days);
  /** A browser shows it beside the pointer. */
  const toldOf = (day: string, index: number) =>
    [
      format.day(day),
      ...lines.map(({ name, values }) => `${name}: ${valueLabel(values[index] ?? null, top, format)}`),
    ].join('\n');
  return html`<div class="chart">
<ul class="legend" aria-hidden="true">${lines.map(
    ({ name }, index) =>
      html`<li><svg viewBox="0 0 28 8" width="28" height="8"><path class="line l${index}" d="M0 4H28"/></svg>${name}</li>`,
  )}</ul>
<div class="plot">
<div class="y" aria-hidden="true">${LEVELS.map((level) => html`<span>${levelLabel(level, top, format)}</span>`)}</div>
<svg viewBox="0 0 ${width} 100" preserveAspectRatio="none" role="img" aria-labelledby="${id}"><title id="${id}">${title}</title>
<path class="grid" d="M0 0H${width}M0 25H${width}M0 50H${width}M0 75H${width}M0 100H${width}"/>
${lines.map(({ values }, index) => html`<path class="line l${index}" d="${pathOf(values)}"/>`)}
${days.map((day, index) => html`<rect class="day-of" x="${(index - 0.5) * DAY_WIDTH}" width="${DAY_WIDTH}" height="100"><title>${toldOf(day, index)}</title></rect>`)}
</svg>
<div class="x" aria-hidden="true">${ticksOf(days).map((day) => html`<span>${tick(day)}</span>`)}</div>
</div>
</div>`;
}

/** Returns the label of a fraction of a chart's height. */
export const levelLabel = (level: number, top: number | undefined, format: Format) =>
  top === undefined ? format.percent(String(level * 100)) : format.count(level * top);

/** Returns the text of a line's value, as its table has it. */
function valueLabel(value: number | null, top: number | undefined, format: Format): string {
  if (value === null) return '–';
  return top === undefined ? format.percent(value.toFixed(1)) : format.count(Math.round((value / 100) * top));
}

/** Returns a path through the values. A day without a value interrupts it, and a day between two of them is a dot. */
function pathOf(values: readonly (number | null)[]): string {
  let path = '';
  values.forEach((value, index) => {
    if (value === null) return;
    const isConnected = index > 0 && values[index - 1] !== null;
    const isAlone = !isConnected && (values[index + 1] ?? null) === null;
    path += `${isConnected ? 'L' : 'M'}${index * DAY_WIDTH} ${Number((100 - value).toFixed(1))}${isAlone ? 'h0' : ''}`;
  });
  return path;
}

/** Returns the first, the middle and the last day. */
function ticksOf(days: readonly string[]): string[] {
  const middle = days.length > 2 ? [days[Math.floor(days.length / 2)]] : [];
  return [days[0], ...middle, days.length > 1 ? days.at(-1) : undefined].filter((day) => day !== undefined);
}
