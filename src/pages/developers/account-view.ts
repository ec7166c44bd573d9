import type { Locale } from '../../domain/locale.ts';
import { LANGUAGES } from '../../views/language.ts';
import { h } from '../case/element.ts';
import type { Account, CommandName, Delivery, Endpoint, Key } from './ask.ts';
import { ACCOUNT_WORDS, type AccountWords } from './words.ts';

/** A mutation's effects on the page. */
interface Sending {
  /** The key or endpoint, in the reader's words, for which a secret may come. */
  readonly of: string;
  /** The form that is sent, which keeps what was typed until the mutation succeeds. */
  readonly form?: string;
  /** The sentence of the page after it. */
  readonly done?: string;
}

/** Sends a mutation, and shows the account again with its outcome. */
export type Send = (name: CommandName, input: object, sending: Sending) => void;

/** The texts typed into the forms, by form and field, and the last refusal of one of them. */
export interface Forms {
  readonly typed: Map<string, string>;
  readonly refusal: { readonly field: string; readonly text: string } | null;
}

interface Viewing {
  readonly words: AccountWords;
  readonly locale: Locale;
  readonly send: Send;
  readonly forms: Forms;
}

/** Returns the parts of an account: keys, endpoints with their deliveries, use and budget. */
export function accountView(account: Account, locale: Locale, send: Send, forms: Forms): readonly HTMLElement[] {
  const viewing = { words: ACCOUNT_WORDS[locale], locale, send, forms };
  return [
    keysPart(account.apiKeys, viewing),
    webhooksPart(account.webhookEndpoints, viewing),
    usagePart(account, viewing),
  ];
}

function part(id: string, heading: string, lead: string, ...children: readonly Node[]): HTMLElement {
  return h(
    'section',
    { id, 'aria-labelledby': `${id}-h` },
    h('h2', { id: `${id}-h` }, heading),
    h('p', { class: 'sentence' }, lead),
    ...children,
  );
}

function tableOf(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly (Node | string)[])[],
): HTMLElement {
  return h(
    'div',
    { class: 'scroll', role: 'group', 'aria-label': caption, tabindex: 0 },
    h(
      'table',
      { class: 'many stacked' },
      h('caption', { class: 'hidden' }, caption),
      h('thead', {}, h('tr', {}, ...columns.map((column) => h('th', { scope: 'col' }, column)))),
      h(
        'tbody',
        {},
        ...rows.map(([first, ...rest]) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, first),
            ...rest.map((cell, at) => h('td', { 'data-column': columns[at + 1] ?? '' }, cell)),
          ),
        ),
      ),
    ),
  );
}

function button(text: string, label: string, onClick: () => void): HTMLButtonElement {
  const made = h('button', { type: 'button', 'aria-label': `${text}: ${label}` }, text);
  made.addEventListener('click', onClick);
  return made;
}

/** A button of what can't be undone: the reader confirms it by the name of its object. */
function finalButton(text: string, label: string, { words }: Viewing, onClick: () => void): HTMLButtonElement {
  return button(text, label, () => {
    if (confirm(words.sure(text, label))) onClick();
  });
}

interface FormField {
  readonly name: string;
  readonly label: string;
  readonly type?: string;
}

/** Makes a form of text fields, which shows what was typed before and the refusal of a field. The first one is required. */
function formOf(
  id: string,
  fields: readonly FormField[],
  { forms: { typed, refusal } }: Viewing,
  submit: string,
  onSubmit: (values: ReadonlyMap<string, string>) => void,
): HTMLFormElement {
  const made = fields.map(({ name, label, type = 'text' }, i) => {
    const key = `${id}.${name}`;
    const isRefused = refusal?.field === key;
    const input = h('input', {
      ...{ id: `f-${key}`, name, type, autocomplete: 'off', required: i === 0 },
      'aria-invalid': isRefused && 'true',
      'aria-describedby': isRefused && `e-${key}`,
    });
    input.value = typed.get(key) ?? '';
    input.addEventListener('input', () => typed.set(key, input.value));
    const why = isRefused && h('span', { id: `e-${key}`, class: 'fault' }, refusal.text);
    return { input, label: h('label', {}, label, input, why) };
  });
  const form = h('form', { id }, ...made.map(({ label }) => label), h('button', { class: 'main' }, submit));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    onSubmit(new Map(made.map(({ input }) => [input.name, input.value.trim()])));
  });
  return form;
}

/** Times are the reader's, with the name of their zone. */
const timeOf = (at: string, { locale }: Viewing) =>
  new Intl.DateTimeFormat(LANGUAGES[locale].tag, {
    ...{ year: 'numeric', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' },
    timeZoneName: 'short',
  }).format(new Date(at));

function keysPart(keys: readonly Key[], viewing: Viewing): HTMLElement {
  const { words, send } = viewing;
  const id = 'new-key';
  const form = formOf(id, [{ name: 'label', label: words.label }], viewing, words.makeKey, (values) =>
    send('CreateApiKey', { label: values.get('label') }, { of: values.get('label') ?? '', form: id }),
  );
  const actions = ({ id, label, state }: Key) => {
    const isValid = state === 'IN_USE' || state === 'REPLACED';
    return h(
      'div',
      { class: 'actions' },
      state === 'IN_USE' && button(words.rotate, label, () => send('RotateApiKey', { apiKey: id }, { of: label })),
      isValid && finalButton(words.revoke, label, viewing, () => send('RevokeApiKey', { apiKey: id }, { of: label })),
    );
  };
  const rows = keys.map((key) => [
    key.label,
    key.id,
    words.keyState[key.state],
    timeOf(key.expiresAt, viewing),
    key.lastUsedAt === null ? words.never : timeOf(key.lastUsedAt, viewing),
    actions(key),
  ]);
  const list = keys.length === 0 ? h('p', {}, words.noKeys) : tableOf(words.keys, words.keyColumns, rows);
  return part('keys', words.keys, words.keysLead, form, list);
}

function webhooksPart(endpoints: readonly Endpoint[], viewing: Viewing): HTMLElement {
  const { words, send } = viewing;
  const fields = [
    { name: 'url', label: words.address, type: 'url' },
    { name: 'types', label: words.types },
  ];
  const id = 'new-endpoint';
  const form = formOf(id, fields, viewing, words.register, (values) => {
    const types = (values.get('types') ?? '').split(/[,，、\s]+/).filter((type) => type !== '');
    const url = values.get('url') ?? '';
    send('RegisterWebhookEndpoint', { url, ...(types.length > 0 && { types }) }, { of: url, form: id });
  });
  const list =
    endpoints.length === 0 ? [h('p', {}, words.noEndpoints)] : endpoints.map((each) => endpointPart(each, viewing));
  return part('webhooks', words.webhooks, words.webhooksLead, form, ...list);
}

function endpointPart(endpoint: Endpoint, viewing: Viewing): HTMLElement {
  const { words, send } = viewing;
  const { id, url, types, isEnabled, isGone, deliveries } = endpoint;
  const state = isEnabled ? words.enabled : isGone ? words.gone : words.disabled;
  const change = (changes: object) => send('ChangeWebhookEndpoint', { endpoint: id, ...changes }, { of: url });
  const log =
    deliveries.length === 0
      ? h('p', {}, words.noDeliveries)
      : tableOf(
          words.deliveries(url),
          words.deliveryColumns,
          deliveries.map((each) => deliveryRow(each, endpoint, viewing)),
        );
  return h(
    'div',
    { class: 'endpoint' },
    h('h3', {}, url),
    h('p', { class: 'note' }, `${state} · ${types?.join(', ') ?? words.allTypes}`),
    h(
      'div',
      { class: 'actions' },
      button(isEnabled ? words.disable : words.enable, url, () => change({ isEnabled: !isEnabled })),
      button(words.renew, url, () => change({ renewSecret: true })),
      finalButton(words.remove, url, viewing, () => send('RemoveWebhookEndpoint', { endpoint: id }, { of: url })),
    ),
    log,
  );
}

function deliveryRow(
  delivery: Delivery,
  { id: endpoint, url }: Endpoint,
  viewing: Viewing,
): readonly (Node | string)[] {
  const { words, send } = viewing;
  const { id, type, about, state, lastStatus, attempts, attemptedAt, nextAttemptAt } = delivery;
  const at = attemptedAt === null ? [] : [timeOf(attemptedAt, viewing)];
  const next = state === 'WAITING' && nextAttemptAt !== null ? [words.nextAttempt(timeOf(nextAttemptAt, viewing))] : [];
  const again = () => send('RedeliverWebhook', { endpoint, webhook: id }, { of: url, done: words.redelivered });
  return [
    type,
    id,
    about,
    [words.deliveryState[state], ...at, ...next].join(' · '),
    lastStatus === null ? (attempts > 0 ? words.noAnswer : '–') : String(lastStatus),
    String(attempts),
    button(words.redeliver, type, again),
  ];
}

function usagePart({ usage, budget }: Account, { words, locale }: Viewing): HTMLElement {
  const number = new Intl.NumberFormat(LANGUAGES[locale].tag);
  const fact = (name: string, value: number) => h('div', {}, h('dt', {}, name), h('dd', {}, number.format(value)));
  const rows = usage.map(({ document, operations, cost }) => [
    document ?? words.unnamed,
    number.format(operations),
    number.format(cost),
  ]);
  return part(
    'usage',
    words.usage,
    words.usageLead,
    h(
      'dl',
      { class: 'facts' },
      fact(words.remaining, budget.remaining),
      fact(words.limit, budget.limit),
      fact(words.perSecond, budget.perSecond),
    ),
    usage.length === 0 ? h('p', {}, words.noUsage) : tableOf(words.usage, words.usageColumns, rows),
  );
}
