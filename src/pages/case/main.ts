import { LANGUAGES } from '../../views/language.ts';
import { askCase } from './ask.ts';
import type { CaseScreen } from './case-screen.ts';
import { newsOf } from './changes.ts';
import { timeText } from './dates.ts';
import { h } from './element.ts';
import type { Locale } from './generated/case-screen.ts';
import { LOCALES, readLocale, storeLocale } from './language.ts';
import { nextAskAt } from './polling.ts';
import { caseScreen } from './screen.ts';
import type { Session } from './session.ts';
import { signInForm } from './sign-in.ts';
import type { SupplyCard } from './supply/supply-card.ts';
import { fill, pageWords, untilLoaded } from './words.ts';

/** The case on the screen, its language, and when it was last confirmed. */
interface ShownCase {
  readonly screen: CaseScreen;
  readonly locale: Locale;
  readonly tag: string | null;
  readonly at: Date;
}

let locale = readLocale();
/** The language that was chosen last. Its words may still be on their way. */
let chosen = locale;
let session: Session | null = null;
let shown: ShownCase | null = null;
/** The uploads of the case on the screen; null before the applicant's first turn. */
let supply: SupplyCard | null = null;
/** Answers without news since the last news. */
let quiet = 0;
let isAsking = false;
let timer: ReturnType<typeof setTimeout> | undefined;
let ending: ReturnType<typeof setTimeout> | undefined;
/** True where people can sign in. */
const hasAccounts = document.querySelector<HTMLMetaElement>('meta[name=accounts]')?.content === 'yes';
const typed = { receiptNumber: numberInAddress(), secret: '' };

const languages = h('nav', { class: 'languages' });
const title = h('span', { class: 'title' });
const content = h('div', { class: 'content' });
/** Announced to screen readers when they change: news of the case, and failures to ask. */
const news = h('p', { class: 'news', role: 'status' });
const trouble = h('p', { class: 'trouble', role: 'status' });
const checked = h('p', { class: 'hint' });
const check = h('button', { type: 'button' });
const leave = h('button', { type: 'button' });
const footer = h('footer', { hidden: true }, checked, h('div', { class: 'buttons' }, check, leave));

document.body.append(h('header', {}, title, languages), h('main', {}, news, trouble, content, footer));

const words = () => pageWords.of(locale).page;

/** Returns the receipt number that a receipt's code brought along (`#r=`), and takes it out of the address. */
function numberInAddress(): string {
  const number = /^#r=([\w-]{1,40})$/.exec(location.hash)?.[1] ?? '';
  if (number !== '') history.replaceState(null, '', location.pathname);
  return number;
}

function drawFrame(): void {
  document.documentElement.lang = LANGUAGES[locale].tag;
  title.textContent = words().title;
  document.title = shown ? `${shown.screen.stateLabel} – ${words().title}` : words().title;
  languages.setAttribute('aria-label', words().language);
  check.textContent = words().check;
  leave.textContent = words().leave;
  footer.hidden = session === null;
  for (const button of languages.querySelectorAll('button')) {
    button.setAttribute('aria-pressed', String(button.lang === LANGUAGES[locale].tag));
  }
}

function drawCase({ screen, locale: spoken }: ShownCase): void {
  // Until the answer in another language arrives, the content keeps its language tag.
  content.lang = LANGUAGES[spoken].tag;
  const focused = document.activeElement;
  const card = screen.waitingOn === 'APPLICANT' ? (supply?.element ?? null) : null;
  const parts = caseScreen(screen, spoken, new Date(), card);
  content.replaceChildren(...parts.filter((child) => child instanceof Node));
  // Uploads outlive a redraw, but the focus in them doesn't.
  if (focused instanceof HTMLElement && focused !== document.activeElement && focused.isConnected) focused.focus();
  drawFrame();
}

/** Offers the uploads in the applicant's turn. Their code is loaded then, so that the page stays light. */
async function offerUploads(): Promise<void> {
  const asker = session;
  if (!asker || shown?.screen.waitingOn !== 'APPLICANT') return;
  const { supplyCard } = await import('./supply/supply-card.ts');
  if (session !== asker || !shown) return;
  const ended = () => end(words().ended);
  supply ??= supplyCard({ token: asker.token, caseId: shown.screen.id, onChanged: ask, onEnded: ended });
  supply.show(shown.screen, shown.locale);
  drawCase(shown);
}

function drawSignIn(notice: string | null): void {
  content.lang = LANGUAGES[locale].tag;
  content.replaceChildren(signInForm({ locale, typed, notice, onOpened }), ...(hasAccounts ? [accountCard()] : []));
  drawFrame();
}

/** Returns the way to the applicant's own page, which says who was shown their data. */
function accountCard(): HTMLElement {
  return h(
    'section',
    { class: 'card account', 'aria-labelledby': 'account-title' },
    h('h2', { id: 'account-title' }, words().accountTitle),
    h('p', { class: 'lead' }, words().accountLead),
    h('a', { href: '/my' }, words().accountLink),
  );
}

async function onOpened(opened: Session): Promise<void> {
  session = opened;
  content.replaceChildren();
  drawFrame();
  ending = setTimeout(() => end(words().ended), opened.endsAt - Date.now());
  await ask();
  (document.getElementById('state') ?? check).focus();
}

/** Forgets the case, so that nobody who finds the phone later sees it. */
function end(notice: string): void {
  session = null;
  shown = null;
  supply?.stop();
  supply = null;
  quiet = 0;
  clearTimeout(timer);
  clearTimeout(ending);
  news.textContent = '';
  trouble.textContent = '';
  drawSignIn(notice);
  content.querySelector<HTMLElement>(typed.receiptNumber === '' ? '#receipt' : '#secret')?.focus();
}

async function ask(): Promise<void> {
  if (!session || isAsking) return;
  isAsking = true;
  clearTimeout(timer);
  checked.textContent = words().checking;
  const [asker, wanted] = [session, locale];
  const before = shown;
  const answer = await askCase(asker, wanted, before?.locale === wanted ? before.tag : null);
  isAsking = false;
  // Meanwhile the session may have ended, or the applicant may want another language.
  if (session !== asker) return session ? ask() : undefined;
  if (wanted !== locale) return ask();
  quiet += 1;
  switch (answer.kind) {
    case 'ENDED':
      return end(words().ended);
    case 'NO_CASE':
      return end(words().noCase);
    case 'NEWS':
      show({ screen: answer.screen, locale, tag: answer.tag, at: new Date() }, before);
      break;
    case 'SAME':
      if (before) shown = { ...before, at: new Date() };
      trouble.textContent = '';
      break;
    default:
      trouble.textContent = troubleOf(answer.kind, before);
  }
  plan();
}

function troubleOf(kind: 'OFFLINE' | 'FAILED', before: ShownCase | null): string {
  if (!before) return kind === 'OFFLINE' ? words().offline : words().failed;
  const time = timeText(before.at, locale);
  return fill(kind === 'OFFLINE' ? words().stillOffline : words().stillFailed, { time });
}

function show(now: ShownCase, before: ShownCase | null): void {
  shown = now;
  supply?.show(now.screen, now.locale);
  drawCase(now);
  if (!supply) void offerUploads();
  trouble.textContent = now.tag === null ? words().partly : '';
  if (!before || before.locale !== now.locale) return;
  const said = newsOf(before.screen, now.screen, words());
  if (said === null) return;
  quiet = 0;
  news.textContent = said;
}

/** Schedules the next request, and shows when the last one was answered. */
function plan(): void {
  checked.textContent = shown ? fill(words().checked, { time: timeText(shown.at, locale) }) : '';
  const failed = trouble.textContent !== '';
  // A failed request is repeated at the normal pace. A partial answer has no time for the next request.
  const from = failed || !shown ? new Date(0).toISOString() : shown.screen.nextPollAfter;
  const at = nextAskAt(from, quiet, Date.now());
  if (at !== null) timer = setTimeout(whenVisible, at - Date.now());
}

/** A page in the background sends no requests until it becomes visible. */
function whenVisible(): void {
  if (document.visibilityState === 'visible') void ask();
  else document.addEventListener('visibilitychange', whenVisible, { once: true });
}

async function choose(wanted: Locale): Promise<void> {
  chosen = wanted;
  const hasWords = await pageWords.load(wanted);
  if (chosen !== wanted) return;
  if (!hasWords) {
    trouble.textContent = words().offline;
    return;
  }
  locale = wanted;
  storeLocale(wanted);
  news.textContent = '';
  trouble.textContent = '';
  if (!session) drawSignIn(null);
  drawFrame();
  void ask();
}

for (const wanted of LOCALES) {
  const { tag, name } = LANGUAGES[wanted];
  const button = h('button', { type: 'button', lang: tag }, name);
  button.addEventListener('click', () => void choose(wanted));
  languages.append(button);
}
check.addEventListener('click', async () => {
  news.textContent = '';
  await ask();
  if (session && news.textContent === '' && trouble.textContent === '') news.textContent = words().unchanged;
});
leave.addEventListener('click', () => {
  typed.receiptNumber = '';
  end(words().left);
});
window.addEventListener('online', () => void ask());
void untilLoaded(() => pageWords.load(locale)).then(() => drawSignIn(null));
