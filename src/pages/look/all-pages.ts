/**
 * Fetches the rest of a list on `/look` page by page, and adds its rows to the tables that are shown, with a progress bar
 * and a way to stop. It asks the addresses of the links to next pages, so that the server alone writes rows. Without this
 * script the links lead to the same entries.
 */

/** The sections of tables on a page. */
const tablesOf = (page: Document) => [...page.querySelectorAll('section[id^="table-"]')];

const headingsOf = (part: Element) => [...part.querySelectorAll('thead th')].map((heading) => heading.textContent);

/** Returns the address of the page behind another one; undefined on the last page. */
const nextOf = (page: Document) => page.querySelector('a[data-next]')?.getAttribute('href') ?? undefined;

/** Adds the rows of another page. Returns false where its tables have other columns. */
function addRows(page: Document): boolean {
  const pairs = tablesOf(page).map((part) => ({ part, own: document.getElementById(part.id) }));
  const fits = pairs.every(({ part, own }) => own && String(headingsOf(own)) === String(headingsOf(part)));
  if (!fits) return false;
  for (const { part, own } of pairs) own?.querySelector('tbody')?.append(...part.querySelectorAll('tbody tr'));
  return true;
}

/** The ways of the page to others: with the token of who has signed in. */
export interface Ways {
  readonly headers: () => Readonly<Record<string, string>>;
  readonly open: (address: string) => void;
}

/** Returns the page at an address of this site; undefined where there is none with an answer. */
async function fetchPage(address: string, { headers }: Ways, signal: AbortSignal): Promise<Document | undefined> {
  try {
    const response = await fetch(address, { headers: headers(), signal });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    return response.ok && tablesOf(page).length > 0 ? page : undefined;
  } catch {
    return undefined;
  }
}

/** Lets the link to all entries of a list fetch them into the page. */
export function enhanceList(ways: Ways): void {
  const note = document.getElementById('paging');
  if (note) enhance(note, ways);
}

/** @param note the note under the tables: the links, and the parts that this script shows while it fetches */
function enhance(note: HTMLElement, ways: Ways): void {
  const { list = '', total, fetched = '', fault = '' } = note.dataset;
  const [links, fetching] = note.children;
  const [all, next, progress, status, stop] = [
    'a[data-all]',
    'a[data-next]',
    'progress',
    '[role=status]',
    'button',
  ].map((selector) => note.querySelector(selector));
  const isComplete =
    links instanceof HTMLElement &&
    fetching instanceof HTMLElement &&
    all instanceof HTMLAnchorElement &&
    next instanceof HTMLAnchorElement &&
    progress instanceof HTMLProgressElement &&
    status instanceof HTMLElement &&
    stop instanceof HTMLButtonElement;
  if (!isComplete) return;

  const tell = () => {
    const count = document.querySelectorAll(`#${list} tbody tr`).length;
    const text = fetched.replace('{}', count.toLocaleString(document.documentElement.lang));
    progress.max = Number(total);
    progress.value = count;
    status.textContent = text;
    for (const told of document.querySelectorAll(`#${list} .sentence, #fetched`)) told.textContent = text;
  };

  const fetchRest = async () => {
    const stopping = new AbortController();
    stop.onclick = () => stopping.abort();
    links.hidden = true;
    // The price was of the whole rest.
    links.querySelector('small')?.remove();
    fetching.hidden = false;
    stop.hidden = false;
    stop.focus();
    tell();
    let address: string | undefined = next.href;
    while (address !== undefined && !stopping.signal.aborted) {
      const page = await fetchPage(address, ways, stopping.signal);
      if (page && !addRows(page)) return ways.open(all.href);
      if (!page) break;
      address = nextOf(page);
      if (address !== undefined) next.href = address;
      tell();
    }
    stop.hidden = true;
    links.hidden = address === undefined;
    if (address !== undefined) all.focus();
    if (address !== undefined && !stopping.signal.aborted) status.textContent = fault;
  };

  all.addEventListener('click', (event) => {
    event.preventDefault();
    void fetchRest();
  });
}
