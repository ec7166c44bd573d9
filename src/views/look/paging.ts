import { formatOf } from '../format.ts';
import { html, type Markup } from '../html.ts';
import { addressOf, isAnswered, type Look, type LookAnswer } from './look.ts';
import { LOOK_WORDS } from './words.ts';

/** Most entries that one request fetches of a list. */
export const MAX_ENTRIES = 1_000;

/**
 * Returns the note under a list that has more pages: the next one, and all of them with their price. A script fetches all
 * of them into the table; without it the link leads to a page of up to `MAX_ENTRIES`.
 */
export function pagingNote(look: Look, answer: LookAnswer): Markup {
  const { count } = formatOf(look.locale);
  const words = LOOK_WORDS[look.locale];
  const { after, tables } = answer;
  const list = tables.findIndex(({ totalCount }) => totalCount !== undefined);
  const total = tables[list]?.totalCount;
  const all = total === undefined ? words.all(count(MAX_ENTRIES)) : words.everything(count(total));
  const links = html`<a data-next href="${addressOf(look, { after })}">${words.next}</a> · <a data-all href="${addressOf(look, { after: undefined, all: '1' })}">${all}</a>`;
  // Two answers side by side have a list each.
  if (total === undefined || (isAnswered(look.answers) && look.answers.length > 1))
    return html`<p class="note">${links}</p>`;
  return html`<div class="note" id="paging" data-list="table-${list}" data-total="${total}" data-fetched="${words.fetched('{}', count(total))}" data-fault="${words.fault}">
<p>${words.more(count(total))} ${links} ${priceOf(look, answer, total)}</p>
<p class="fetching" hidden><progress aria-label="${all}"></progress> <span role="status"></span> <button type="button">${words.stop}</button></p>
</div>`;
}

/** Returns what the rest of a list costs at the price of this page. */
function priceOf({ locale }: Look, { tables, price }: LookAnswer, total: number): Markup | undefined {
  const shown = tables.find(({ totalCount }) => totalCount !== undefined)?.rows.length ?? 0;
  if (!price || shown === 0) return undefined;
  const { count } = formatOf(locale);
  const rest = Math.max(1, Math.ceil((total - shown) / shown)) * price.actual;
  return html`<small>${LOOK_WORDS[locale].price(count(rest), count(price.remaining))}</small>`;
}
