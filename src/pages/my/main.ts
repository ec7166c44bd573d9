import { LANGUAGES } from '../../views/language.ts';
import { askCase } from '../case/ask.ts';
import { type Child, h } from '../case/element.ts';
import { LOCALES, readLocale, storeLocale } from '../case/language.ts';
import { newsCard } from '../case/news/news-card.ts';
import { caseScreen } from '../case/screen.ts';
import { type SupplyCard, supplyCard } from '../case/supply/supply-card.ts';
import { fill, pageWords } from '../case/words.ts';
import { loadedSignIn, loadSignIn } from '../sign-in/load-sign-in.ts';
import { pageSettings } from '../sign-in/settings.ts';
import { accessLogView } from './access-log/view.ts';
import { actionsCard } from './actions-card.ts';
import { askCases, askMyCase } from './ask.ts';
import type { Locale, MyCaseQuery, MyCasesQuery } from './generated/documents.ts';
import { MY_WORDS } from './words.ts';

type ListedCase = NonNullable<MyCasesQuery['myCases']>['nodes'][number];
type MyCase = NonNullable<MyCaseQuery['case']>;

/** The place that the page shows: the list, one case, or the access log. */
type Place = { readonly kind: 'LIST' } | { readonly kind: 'CASE'; readonly id: string } | { readonly kind: 'LOG' };

let locale: Locale = readLocale();
let place: Place = { kind: 'LIST' };
let supply: { readonly caseId: string; readonly card: SupplyCard } | null = null;
/** Drops answers that arrive after another page has been drawn. */
let turn = 0;

const languages = h('nav', { class: 'languages' });
const title = h('span', { class: 'title' });
const content = h('div', { class: 'content' });
const said = h('p', { class: 'trouble', role: 'status' });
document.body.append(h('header', {}, title, languages), h('main', {}, said, content));

const words = () => MY_WORDS[locale];
const token = () => loadedSignIn()?.current()?.token ?? null;

function show(...parts: readonly Child[]): void {
  turn += 1;
  const { tag } = LANGUAGES[locale];
  document.documentElement.lang = tag;
  content.lang = tag;
  title.textContent = words().title;
  document.title = words().title;
  languages.setAttribute('aria-label', words().language);
  for (const button of languages.querySelectorAll('button')) {
    button.setAttribute('aria-pressed', String(button.lang === tag));
  }
  said.textContent = '';
  content.replaceChildren(...parts.filter((part) => part instanceof Node));
}

function button(text: string, act: () => void): HTMLButtonElement {
  const made = h('button', { type: 'button' }, text);
  made.addEventListener('click', act);
  return made;
}

function go(to: Place): void {
  place = to;
  void draw().then(() => content.querySelector<HTMLElement>('h1')?.focus());
}

async function draw(): Promise<void> {
  const bearer = token();
  if (bearer === null) return drawSignIn();
  if (place.kind === 'LOG') return drawLog(bearer);
  return place.kind === 'LIST' ? drawList(bearer) : drawCase(bearer, place.id);
}

function drawSignIn(): void {
  const settings = pageSettings();
  const enter = button(words().signIn, () => void enterAccount());
  enter.className = 'primary';
  // A window may be opened only in a click's handler, so its code is loaded before.
  if (settings) void loadSignIn();
  show(
    h(
      'section',
      { class: 'card sign-in', 'aria-labelledby': 'title' },
      h('h1', { id: 'title', tabindex: -1 }, words().title),
      h('p', { class: 'lead' }, words().lead),
      settings && enter,
      h('p', {}, h('a', { href: '/apply' }, words().apply)),
    ),
  );
}

async function enterAccount(): Promise<void> {
  const account = loadedSignIn() ?? (await loadSignIn());
  if (!account) return;
  const stop = account.subscribe(() => {
    const { session, failure } = account.state();
    if (!session && failure === null) return;
    stop();
    if (session?.bearer.kind === 'applicant') {
      account.subscribe(() => account.state().session ?? ended());
      go({ kind: 'LIST' });
      return;
    }
    if (session) account.signOut();
    said.textContent = session ? words().notApplicant : words().signInFailed;
  });
  account.signIn();
}

/** Forgets all that was shown, so that nobody who finds the phone later sees it. */
function ended(): void {
  supply?.card.stop();
  supply = null;
  place = { kind: 'LIST' };
  drawSignIn();
  said.textContent = words().ended;
}

const leave = () => button(words().signOut, () => loadedSignIn()?.signOut());

async function drawList(bearer: string): Promise<void> {
  said.textContent = words().loading;
  const at = turn;
  const list = h('ul', { class: 'rows' });
  const more = button(words().more, () => void load(end));
  let end: string | null = null;
  async function load(after: string | null): Promise<boolean> {
    const answer = await askCases({ token: bearer, locale }, after);
    if (answer.kind === 'ENDED' || answer.kind === 'NOT_ALLOWED') {
      ended();
      return false;
    }
    const page = answer.kind === 'ANSWER' ? answer.data.myCases : null;
    if (!page) {
      said.textContent = answer.kind === 'OFFLINE' ? words().offline : words().failed;
      return false;
    }
    list.append(...page.nodes.map(caseRow));
    end = page.pageInfo.endCursor;
    more.hidden = !page.pageInfo.hasNextPage;
    return true;
  }
  const isLoaded = await load(null);
  if (!isLoaded || at !== turn) return;
  show(
    h(
      'section',
      { class: 'card', 'aria-labelledby': 'title' },
      h('h1', { id: 'title', tabindex: -1 }, words().title),
      list.childElementCount === 0 ? h('p', {}, words().none) : list,
      more,
    ),
    h(
      'div',
      { class: 'buttons' },
      button(words().accessLog, () => go({ kind: 'LOG' })),
      leave(),
    ),
    h('p', {}, h('a', { href: '/apply' }, words().apply)),
  );
}

function caseRow({ id, receiptNumber, kindLabel, routeLabel, stateLabel, beneficiary, nextAction }: ListedCase) {
  const forWhom = [beneficiary?.relationLabel, beneficiary?.label].filter(Boolean).join(' · ');
  const name = [kindLabel, routeLabel, forWhom].filter(Boolean).join(' · ');
  const see = button(fill(words().open, { number: receiptNumber ?? '' }), () => go({ kind: 'CASE', id }));
  return h(
    'li',
    {},
    h('p', { class: 'event' }, name),
    h('span', { class: 'badge' }, stateLabel),
    nextAction !== null && h('p', { class: 'hint' }, nextAction),
    see,
  );
}

async function drawCase(bearer: string, id: string): Promise<void> {
  said.textContent = words().loading;
  const at = turn;
  const session = { token: bearer, endsAt: Number.POSITIVE_INFINITY, caseId: id };
  const [screen, mine, hasWords] = await Promise.all([
    askCase(session, locale, null),
    askMyCase({ token: bearer, locale }, id),
    pageWords.load(locale),
  ]);
  if (at !== turn) return;
  if (!hasWords) {
    said.textContent = words().offline;
    return;
  }
  if (screen.kind === 'ENDED' || mine.kind === 'ENDED') return ended();
  if (screen.kind !== 'NEWS' || mine.kind !== 'ANSWER' || !mine.data.case) {
    said.textContent = screen.kind === 'OFFLINE' ? words().offline : words().failed;
    return;
  }
  const changed = () => drawCase(bearer, id);
  const isTurn = screen.screen.waitingOn === 'APPLICANT';
  if (supply?.caseId !== id) {
    supply?.card.stop();
    supply = { caseId: id, card: supplyCard({ token: bearer, caseId: id, onChanged: changed, onEnded: ended }) };
  }
  supply.card.show(screen.screen, locale);
  const [status, ...rest] = caseScreen(screen.screen, locale, new Date(), isTurn ? supply.card.element : null);
  const of = mine.data.case;
  show(
    h(
      'div',
      { class: 'buttons' },
      button(words().back, () => go({ kind: 'LIST' })),
      leave(),
    ),
    status,
    actionsCard({ of, token: bearer, locale, words: words(), onChanged: changed, onEnded: ended }),
    ...rest,
    newsCard({ caseId: of.id, contact: of.newsContact, token: bearer, locale, onEnded: ended }),
    termsCard(of),
  );
}

/** Returns the terms that the case is judged by: those of its version of the case type. */
function termsCard({ caseType }: MyCase): HTMLElement | null {
  if (!caseType || caseType.terms.length === 0) return null;
  const { name, version, terms } = caseType;
  return h(
    'section',
    { class: 'card', 'aria-labelledby': 'terms-title' },
    h('h2', { id: 'terms-title' }, words().terms),
    h('p', { class: 'hint' }, fill(words().termsLead, { name, version })),
    h(
      'ul',
      { class: 'plain' },
      ...terms.map(({ text, clause }) =>
        h('li', {}, text, clause !== null && h('p', { class: 'hint' }, fill(words().clause, { number: clause }))),
      ),
    ),
  );
}

async function drawLog(bearer: string): Promise<void> {
  const view = accessLogView(bearer, { leave: () => loadedSignIn()?.signOut(), refused: ended });
  show(
    h(
      'div',
      { class: 'buttons' },
      button(words().back, () => go({ kind: 'LIST' })),
    ),
    view.element,
  );
  await view.show(locale);
}

for (const spoken of LOCALES) {
  const { tag, name } = LANGUAGES[spoken];
  const choice = h('button', { type: 'button', lang: tag }, name);
  choice.addEventListener('click', () => {
    locale = spoken;
    storeLocale(spoken);
    turn += 1;
    void draw();
  });
  languages.append(choice);
}
void draw();
