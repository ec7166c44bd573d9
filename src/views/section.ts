import { html, type Markup, type Piece } from './html.ts';

/** A part of a page: one sentence, a picture, its table and the links to what is behind it. */
export interface Section {
  readonly id: string;
  readonly heading: string;
  readonly sentence?: string;
  readonly picture?: Piece;
  readonly table?: Piece;
  readonly links?: Piece;
}

/** Returns a part of a page under its heading. */
export function section({ id, heading, sentence, picture, table, links }: Section): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-h">
<h2 id="${id}-h">${heading}</h2>
${sentence !== undefined && html`<p class="sentence">${sentence}</p>`}
${picture}
${table}
${links && html`<p class="links">${links}</p>`}
</section>
`;
}

/** A table's cell: markup or text. Numbers are aligned at their end. */
export interface Cell {
  readonly content: Piece;
  readonly isNumber?: boolean;
}

/** A table with one heading a column. The first cell of each row is the row's heading. */
export interface TableParts {
  readonly caption: string;
  readonly columns: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
  /** The last row, which sums up the others. */
  readonly foot?: readonly Cell[] | undefined;
  /** True for many columns: they keep their width and scroll, and the first one stays in sight. */
  readonly isWide?: boolean;
}

/** Returns a table in a box that scrolls by itself where the page is narrower. */
export function table({ caption, columns, rows, foot, isWide }: TableParts): Markup {
  const classOf = ({ isNumber }: Cell) => isNumber && html` class="n"`;
  const row = ([first, ...rest]: readonly Cell[]) =>
    html`<tr>${first && html`<th scope="row"${classOf(first)}>${first.content}</th>`}${rest.map((cell) => html`<td${classOf(cell)}>${cell.content}</td>`)}</tr>
`;
  return html`<div class="scroll" role="group" aria-label="${caption}" tabindex="0"><table${isWide && html` class="many"`}>
<caption class="hidden">${caption}</caption>
<thead><tr>${columns.map((cell) => html`<th scope="col"${classOf(cell)}>${cell.content}</th>`)}</tr></thead>
<tbody>${rows.map(row)}</tbody>${foot && html`<tfoot>${row(foot)}</tfoot>`}
</table></div>`;
}

/** Returns a table that a click opens, under the picture of the same figures. */
export const foldedTable = (summary: string, parts: TableParts): Markup =>
  html`<details><summary>${summary}</summary>${table(parts)}</details>`;
