/**
 * Signs people in on `/look`. The token stays in this page's memory: links and forms that lead to other addresses of `/look`
 * are fetched with it, and their pages are shown in place. An address alone shows to each reader what they may see.
 */
import { savesQuestions } from '../../domain/free-queries.ts';
import { LOCALES } from '../../domain/locale.ts';
import { LANGUAGES } from '../../views/language.ts';
import { loadSignIn } from '../sign-in/load-sign-in.ts';
import type { SignIn } from '../sign-in/sign-in.ts';
import { failureText, SIGN_IN_WORDS } from '../sign-in/words.ts';
import type { Ways } from './all-pages.ts';

/** Time that a browser has to store a file. */
const SAVED_WITHIN_MS = 60_000;

interface Account extends Ways {
  /** Shows the button to sign in, where the page has one. */
  offer(): Promise<void>;
}

/** @param onShown enhances a page that has been shown in place */
export function createAccount(onShown: () => void): Account {
  let signIn: SignIn | null = null;
  /** Drops pages that arrive after another one was asked for. */
  let turn = 0;
  /** The address of the page that is shown, without a fragment. */
  let at = hrefOf(location.href);
  const token = () => signIn?.current()?.token ?? null;
  const headers = (): Readonly<Record<string, string>> => {
    const bearer = token();
    return bearer === null ? {} : { authorization: `Bearer ${bearer}` };
  };

  async function open(address: string, isNew = true): Promise<void> {
    const session = signIn?.current();
    if (!session) return location.assign(address);
    turn += 1;
    const own = turn;
    const response = await fetchAnswer(address, headers());
    if (own !== turn || !response) return;
    if (response.status === 401) return signIn?.refused(session);
    if (!response.headers.get('content-type')?.startsWith('text/html')) return tell(bar()?.dataset.fault);
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    if (own !== turn) return;
    if (isNew) history.pushState(null, '', address);
    at = hrefOf(address);
    document.title = page.title;
    document.documentElement.lang = page.documentElement.lang;
    document.body.replaceChildren(...page.body.childNodes);
    draw();
    onShown();
    scrollTo(0, 0);
    const heading = document.querySelector('h1');
    heading?.setAttribute('tabindex', '-1');
    heading?.focus();
  }

  /** Saves a file as the server names it. */
  async function save(address: string): Promise<void> {
    const response = await fetchAnswer(address, headers());
    if (!response?.ok) return tell(bar()?.dataset.fault);
    const disposition = response.headers.get('content-disposition') ?? '';
    const [, titled] = /filename\*=UTF-8''([^;]+)/.exec(disposition) ?? [];
    const [, name = ''] = /filename="([^"]+)"/.exec(disposition) ?? [];
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await response.blob());
    link.download = titled === undefined ? name : decodeURIComponent(titled);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), SAVED_WITHIN_MS);
  }

  async function fetchAnswer(address: string, sent: Readonly<Record<string, string>>): Promise<Response | undefined> {
    try {
      const accept = 'text/html';
      return await fetch(address, { headers: { ...sent, accept }, cache: 'no-store', credentials: 'omit' });
    } catch {
      tell(bar()?.dataset.fault);
      return undefined;
    }
  }

  function draw(said?: string): void {
    const place = bar();
    if (!place || !signIn) return;
    const words = SIGN_IN_WORDS[localeOfPage()];
    const { session, asking } = signIn.state();
    const kind = session ? (words.kinds[session.bearer.kind] ?? session.bearer.kind) : words.nobody;
    const [status, act] = [document.createElement('span'), document.createElement('button')];
    status.setAttribute('role', 'status');
    status.textContent = said ?? (asking ? words.choose : session ? `${words.signedInAs}${kind}` : '');
    act.type = 'button';
    act.textContent = session ? words.signOut : asking ? words.cancel : words.signIn;
    act.onclick = session ? signIn.signOut : asking ? signIn.cancel : signIn.signIn;
    place.replaceChildren(status, act);
    place.hidden = false;
  }

  const tell = (text: string | undefined) => draw(text);

  /** Follows the account: shows this address again with its rights, and forgets all that it showed when it ends. */
  function follow(of: SignIn): void {
    let shown: string | null = null;
    of.subscribe(() => {
      const { session, failure } = of.state();
      if (shown !== null && session?.token !== shown) return location.reload();
      if (session && !savesQuestions(session.bearer.kind)) {
        of.signOut();
        return tell(bar()?.dataset.none);
      }
      draw(failure ? failureText(failure, localeOfPage()) : undefined);
      if (!session || shown !== null) return;
      shown = session.token;
      void open(location.href, false);
    });
  }

  function onClick(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || event.defaultPrevented || token() === null) return;
    if (link.getAttribute('href')?.startsWith('#') || !isLook(link.href)) return;
    event.preventDefault();
    void (link.hasAttribute('download') ? save(link.href) : open(link.href));
  }

  function onSubmit(event: SubmitEvent): void {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !isLook(form.action) || token() === null) return;
    event.preventDefault();
    const fields = [...new FormData(form)].flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    );
    void open(`${form.action}?${new URLSearchParams(fields)}`);
  }

  return {
    headers,
    open: (address) => void open(address),
    async offer() {
      if (!bar()) return;
      signIn = await loadSignIn();
      if (!signIn) return;
      follow(signIn);
      draw();
      document.addEventListener('click', onClick);
      document.addEventListener('submit', onSubmit);
      addEventListener('popstate', () => {
        // A link within the page leads to no other one.
        if (token() !== null && hrefOf(location.href) !== at) void open(location.href, false);
      });
    },
  };
}

const hrefOf = (address: string) => address.replace(/#.*/, '');

const bar = () => document.getElementById('account');

/** Returns the language that the server wrote the page in. */
const localeOfPage = () => LOCALES.find((locale) => LANGUAGES[locale].tag === document.documentElement.lang) ?? 'ZH';

/** Tells whether an address is one of `/look` on this host. */
function isLook(address: string): boolean {
  const { origin, pathname } = new URL(address);
  return origin === location.origin && /^\/look(\/|$)/.test(pathname);
}
