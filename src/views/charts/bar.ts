import { html, type Markup } from '../html.ts';

/** Returns a bar of a share. The text beside it has the value, so the bar is decoration. */
export function bar(percent: number, series: number): Markup {
  const width = Math.max(0, Math.min(100, percent));
  return html`<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect class="rest" width="100" height="1"/><rect class="fill f${series}" width="${width}" height="1"/></svg>`;
}
