import type { Answered } from '../../gateway/ask-gateway.ts';
import { h } from '../element.ts';
import type {
  BindWeChatMutation,
  Locale,
  NewsChannel,
  RemoveNewsContactMutation,
  SetNewsContactMutation,
} from '../generated/news.ts';
import { fill } from '../words.ts';
import { removeNewsContact, setNewsContact } from './ask.ts';
import { NEWS_WORDS } from './words.ts';

interface Contact {
  readonly maskedAddress: string;
}

interface CardOptions {
  readonly caseId: string;
  /** Null where the applicant is told of nothing. */
  readonly contact: Contact | null;
  readonly token: string;
  readonly locale: Locale;
  readonly onEnded: () => void;
}

const CHANNELS = ['SMS', 'WECHAT', 'EMAIL', 'WEB_PUSH'] as const satisfies readonly NewsChannel[];
type Channel = (typeof CHANNELS)[number];

/** Channels that a service tells the address of, so that nobody types one. */
const isTyped = (channel: Channel): boolean => channel === 'SMS' || channel === 'EMAIL';

/** Returns the app id of the operator's official account; null where the page has none. */
function wechatApp(): string | null {
  return document.querySelector<HTMLMetaElement>('meta[name=wechat-app]')?.content || null;
}

/** Returns the operator's key towards push services; null where the page has none, or the browser can't be told. */
function pushKey(): string | null {
  const key = document.querySelector<HTMLMetaElement>('meta[name=push-key]')?.content;
  return key && 'serviceWorker' in navigator && 'PushManager' in window ? key : null;
}

/** Subscribes this browser, by code that only those load who want it. */
async function subscribe(key: string): Promise<string | null> {
  const push = await import('./web-push.ts').catch(() => null);
  return push?.subscribe(key) ?? null;
}

/** Returns the card by which a signed-in applicant hears of news in a case, or no longer does. */
export function newsCard({ caseId, contact, token, locale, onEnded }: CardOptions): HTMLElement {
  const words = NEWS_WORDS[locale];
  const said = h('p', { class: 'hint', role: 'status' });
  const fault = h('p', { class: 'fault', role: 'alert', id: 'news-fault' });
  const body = h('div', {});
  let key = crypto.randomUUID();
  const asking = () => ({ token, locale, caseId, key });

  /** Shows what an answer says. Returns whether it was carried out. */
  function took(
    answer: Answered<SetNewsContactMutation | RemoveNewsContactMutation | BindWeChatMutation>,
  ): Contact | null | false {
    if (answer.kind === 'ENDED' || answer.kind === 'NOT_ALLOWED') {
      onEnded();
      return false;
    }
    const [payload] = answer.kind === 'ANSWER' ? Object.values(answer.data) : [];
    if (answer.kind === 'ANSWER') key = crypto.randomUUID();
    const refusal = payload?.userErrors[0];
    fault.textContent = refusal?.code === 'INVALID' ? words.INVALID : payload?.case ? '' : words.failed;
    return payload?.case ? payload.case.newsContact : false;
  }

  function showForm(): void {
    const address = h('input', { id: 'news-address', class: 'text', required: true, 'aria-describedby': 'news-fault' });
    const label = h('label', { for: 'news-address' });
    const pushing = pushKey();
    const appId = wechatApp();
    const choose = (channel: Channel) => {
      label.hidden = address.hidden = !isTyped(channel);
      label.textContent = channel === 'SMS' ? words.phone : words.email;
      address.type = channel === 'SMS' ? 'tel' : 'email';
      address.autocomplete = channel === 'SMS' ? 'tel-national' : 'email';
    };
    const isOffered = { SMS: true, WECHAT: appId !== null, EMAIL: true, WEB_PUSH: pushing !== null };
    const choices = CHANNELS.filter((channel) => isOffered[channel]).map((channel) => {
      const input = h('input', { type: 'radio', name: 'news-channel', value: channel, checked: channel === 'SMS' });
      input.addEventListener('change', () => choose(channel));
      return h(
        'label',
        { class: 'option' },
        input,
        h('span', {}, channel === 'WECHAT' ? '微信 WeChat' : words[channel]),
      );
    });
    const form = h(
      'form',
      { class: 'question', novalidate: true },
      h('fieldset', { 'aria-label': words.channel }, ...choices),
      label,
      address,
      h('button', { class: 'primary' }, words.set),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const value = form.querySelector<HTMLInputElement>('input:checked')?.value;
      void set(CHANNELS.find((channel) => channel === value) ?? 'SMS');
    });

    async function set(channel: Channel): Promise<void> {
      if (channel === 'WECHAT' && appId !== null) return bind(appId);
      const stated = channel === 'WEB_PUSH' && pushing !== null ? await subscribe(pushing) : address.value.trim();
      if (stated === null) {
        fault.textContent = words.denied;
        return;
      }
      const contact = took(await setNewsContact(asking(), channel, stated));
      if (contact) showContact(contact);
      else if (fault.textContent !== '') address.focus();
    }

    /** Opens WeChat's window, which browsers allow in a click's handler only. */
    async function bind(app: string): Promise<void> {
      const opened = window.open('about:blank', '_blank', 'popup');
      const wechat = opened && (await import('./wechat.ts').catch(() => null));
      const answer = wechat && (await wechat.bind(opened, app, asking()));
      const contact = answer && took(answer);
      if (contact) showContact(contact);
      else fault.textContent = wechat?.AGAIN[locale] ?? words.failed;
    }

    choose('SMS');
    body.replaceChildren(form);
  }

  function showContact({ maskedAddress }: Contact): void {
    said.textContent = fill(words.told, { address: maskedAddress });
    const stop = h('button', { type: 'button' }, words.stop);
    stop.addEventListener('click', () => {
      void removeNewsContact(asking()).then((answer) => {
        if (took(answer) === false) return;
        said.textContent = words.stopped;
        showForm();
      });
    });
    body.replaceChildren(h('div', { class: 'buttons' }, stop));
  }

  if (contact) showContact(contact);
  else showForm();
  return h(
    'section',
    { class: 'card news', 'aria-labelledby': 'news-title' },
    h('h2', { id: 'news-title' }, words.title),
    h('p', { class: 'hint' }, words.lead),
    said,
    fault,
    body,
  );
}
