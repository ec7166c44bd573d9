import type { Locale } from '../../domain/locale.ts';
import { LANGUAGES, languageCode } from '../../views/language.ts';
import { h } from '../case/element.ts';
import { LOCALES, readLocale, storeLocale } from '../case/language.ts';
import { wordsForRefusal } from '../gateway/refusal-text.ts';
import { pageSettings } from '../sign-in/settings.ts';
import { createSignIn, type Session } from '../sign-in/sign-in.ts';
import { failureText } from '../sign-in/words.ts';
import { accountView, type Forms, type Send } from './account-view.ts';
import { type Account, type Asked, askAccount, command } from './ask.ts';
import { ACCOUNT_WORDS } from './words.ts';

/** The page `/developers/account`: a partner signs in, and manages keys and webhooks by trusted documents alone. */

const settings = pageSettings();
const signIn = settings && createSignIn(settings);

const wanted = new URLSearchParams(location.search).get('lang')?.toUpperCase();
let locale: Locale = LOCALES.find((each) => each === wanted) ?? readLocale();
let shown: Asked<Account> | null = null;
/** The sentence about the last mutation. */
let note: { readonly text: string; readonly isFault: boolean } | null = null;
/** Secrets that mutations made. Each leaves the page with the reader's word that it is stored. */
let secrets: readonly { readonly of: string; readonly secret: string }[] = [];
/** The forms outlive each drawing of the page. */
const typed = new Map<string, string>();
let refusal: Forms['refusal'] = null;
let asking = 0;

async function load(session: Session): Promise<void> {
  const own = ++asking;
  const answer = await askAccount(session.token);
  if (own !== asking) return;
  if (answer.kind === 'ENDED') signIn?.refused(session);
  shown = answer;
  show();
}

const send: Send = async (name, input, { of, form, done }) => {
  const session = signIn?.current();
  if (!session) return show();
  const answer = await command(session.token, name, input);
  const words = ACCOUNT_WORDS[locale];
  [note, refusal] = [null, null];
  if (answer.kind === 'DATA') {
    const { userErrors, secret } = answer.data;
    const [wrong] = userErrors;
    const text = wrong && (wordsForRefusal(wrong, words.refusals) ?? wrong.message);
    const field = wrong?.field?.find((part) => document.getElementById(`f-${form}.${part}`));
    if (text && field) refusal = { field: `${form}.${field}`, text };
    else if (text) note = { text, isFault: true };
    else if (done !== undefined) note = { text: done, isFault: false };
    if (secret) secrets = [...secrets, { of, secret }];
    if (!wrong && form) for (const key of [...typed.keys()]) if (key.startsWith(`${form}.`)) typed.delete(key);
  } else note = { text: words.failed, isFault: true };
  await load(session);
  focusOn(refusal ? `f-${refusal.field}` : secrets.length > 0 ? 'secrets' : note ? 'note' : 'content');
};

/** Puts the keyboard where a mutation has left its outcome: the page was drawn anew. */
function focusOn(id: string): void {
  document.getElementById(id)?.focus();
}

function show(): void {
  const words = ACCOUNT_WORDS[locale];
  document.documentElement.lang = LANGUAGES[locale].tag;
  document.title = `${words.title} – Bridgehead`;
  document.body.replaceChildren(
    header(),
    h('main', { id: 'content', tabindex: -1 }, h('h1', {}, words.title), ...content()),
  );
}

function header(): HTMLElement {
  const words = ACCOUNT_WORDS[locale];
  const choose = (other: Locale) => {
    const chosen = h(
      'a',
      { href: `?lang=${languageCode(other)}`, lang: LANGUAGES[other].tag, 'aria-current': other === locale && 'true' },
      LANGUAGES[other].name,
    );
    chosen.addEventListener('click', (event) => {
      // A reload would end the sign-in, which is in this page's memory.
      event.preventDefault();
      locale = other;
      storeLocale(other);
      show();
    });
    return h('li', {}, chosen);
  };
  return h(
    'header',
    {},
    h('a', { class: 'brand', href: `/developers?lang=${languageCode(locale)}` }, `Bridgehead · ${words.developers}`),
    h('nav', { 'aria-label': words.languages }, h('ul', { class: 'languages' }, ...LOCALES.map(choose))),
  );
}

function content(): readonly HTMLElement[] {
  const words = ACCOUNT_WORDS[locale];
  if (!signIn) return [h('p', {}, words.noSignIn)];
  const { session, ended, failure } = signIn.state();
  if (!session) {
    const open = h('button', { type: 'button', class: 'main' }, words.signIn);
    open.addEventListener('click', () => signIn.signIn());
    const why = failure ? failureText(failure, locale) : ended ? words.ended : null;
    return [
      h('p', { class: 'sentence' }, words.lead),
      ...(why === null ? [] : [h('p', { class: 'fault', role: 'alert' }, why)]),
      h('div', { class: 'actions' }, open),
    ];
  }
  return [bar(session), ...secretPart(), ...notePart(), ...answerPart()];
}

function bar(session: Session): HTMLElement {
  const words = ACCOUNT_WORDS[locale];
  const refresh = h('button', { type: 'button' }, words.refresh);
  refresh.addEventListener('click', () => void load(session));
  const leave = h('button', { type: 'button' }, words.signOut);
  leave.addEventListener('click', () => signIn?.signOut());
  // An account that is no system of a zone has nothing to refresh.
  if (shown?.kind === 'NO_PARTNER') return h('div', { class: 'actions' }, leave);
  return h('div', { class: 'actions' }, h('p', {}, words.of(zoneName(session))), refresh, leave);
}

/** Returns the name of the account's zone; its id before the account is there. */
function zoneName({ bearer }: Session): string {
  const zone = shown?.kind === 'DATA' ? shown.data.zone : null;
  return zone ? { ZH: zone.zh, JA: zone.ja, EN: zone.en }[locale] : (bearer.zone ?? '');
}

function secretPart(): readonly HTMLElement[] {
  if (secrets.length === 0) return [];
  const words = ACCOUNT_WORDS[locale];
  const boxes = secrets.map((each) => {
    const done = h('button', { type: 'button', 'aria-label': `${words.done}: ${each.of}` }, words.done);
    done.addEventListener('click', () => {
      secrets = secrets.filter((other) => other !== each);
      show();
      focusOn(secrets.length > 0 ? 'secrets' : 'content');
    });
    return h(
      'div',
      { class: 'secret' },
      h('strong', {}, `${words.secretTitle}: ${each.of}`),
      h('code', { tabindex: 0 }, each.secret),
      h('p', {}, words.secretLead),
      done,
    );
  });
  return [h('div', { id: 'secrets', role: 'status', tabindex: -1 }, ...boxes)];
}

function notePart(): readonly HTMLElement[] {
  if (!note) return [];
  const { text, isFault } = note;
  return [
    h(
      'p',
      { id: 'note', tabindex: -1, class: isFault ? 'fault' : 'sentence', role: isFault ? 'alert' : 'status' },
      text,
    ),
  ];
}

function answerPart(): readonly HTMLElement[] {
  const words = ACCOUNT_WORDS[locale];
  if (shown === null) return [h('p', { role: 'status' }, words.loading)];
  if (shown.kind === 'DATA') return accountView(shown.data, locale, send, { typed, refusal });
  const why = { ENDED: words.ended, NO_PARTNER: words.noPartner, FAILED: words.failed }[shown.kind];
  return [h('p', { class: 'fault', role: 'alert' }, why)];
}

let session: Session | null = null;
signIn?.subscribe(() => {
  const now = signIn.state().session;
  if (now !== session) {
    session = now;
    shown = null;
    secrets = [];
    typed.clear();
    refusal = null;
    note = null;
    if (now) void load(now);
  }
  show();
});
show();
