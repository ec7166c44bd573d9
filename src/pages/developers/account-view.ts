import type { Locale } from '../../domain/locale.ts';
import { LANGUAGES } from '../../views/language.ts';
import { h } from '../case/element.ts';
import type { Account, CommandName, Delivery, Endpoint, Key } from './ask.ts';
import { ACCOUNT_WORDS, type AccountWords } from './words.ts';

/** Sends a mutation, and shows the account again with its outcome. */
export type Send = (name: CommandName, input: object, done?: string) => void;

interface Viewing {
  readonly words: AccountWords;
  readonly locale: Locale;
  readonly send: Send;
}

/** Returns the parts of an account: keys, endpoints with their deliveries, use and budget. */
export function accountView(account: Account, locale: Locale, send: Send): readonly HTMLElement[] {
  const viewing = { words: ACCOUNT_WORDS[locale], locale, send };
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
      { class: 'many' },
      h('caption', { class: 'hidden' }, caption),
      h('thead', {}, h('tr', {}, ...columns.map((column) => h('th', { scope: 'col' }, column)))),
      h(
        'tbody',
        {},
        ...rows.map(([first, ...rest]) =>
          h('tr', {}, h('th', { scope: 'row' }, first), ...rest.map((cell) => h('td', {}, cell))),
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

/** Makes a form of text fields. The first one is required. */
function formOf(
  fields: readonly { readonly name: string; readonly label: string; readonly type?: string }[],
  submit: string,
  onSubmit: (values: ReadonlyMap<string, string>) => void,
): HTMLFormElement {
  const inputs = fields.map(({ name, type = 'text' }, i) =>
    h('input', { name, type, autocomplete: 'off', required: i === 0 }),
  );
  const form = h(
    'form',
    {},
    ...fields.map(({ label }, i) => h('label', {}, label, inputs[i])),
    h('button', { class: 'main' }, submit),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    onSubmit(new Map(inputs.map((input) => [input.name, input.value.trim()])));
  });
  return form;
}

const timeOf = (at: string, { locale }: Viewing) =>
  new Intl.DateTimeFormat(LANGUAGES[locale].tag, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));

function keysPart(keys: readonly Key[], viewing: Viewing): HTMLElement {
  const { words, send } = viewing;
  const form = formOf([{ name: 'label', label: words.label }], words.makeKey, (values) =>
    send('CreateApiKey', { label: values.get('label') }),
  );
  const actions = ({ id, label, state }: Key) => {
    const isValid = state === 'IN_USE' || state === 'REPLACED';
    return h(
      'div',
      { class: 'actions' },
      state === 'IN_USE' && button(words.rotate, label, () => send('RotateApiKey', { apiKey: id })),
      isValid && button(words.revoke, label, () => send('RevokeApiKey', { apiKey: id })),
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
  const form = formOf(fields, words.register, (values) => {
    const types = (values.get('types') ?? '').split(/[,，、\s]+/).filter((type) => type !== '');
    send('RegisterWebhookEndpoint', { url: values.get('url'), ...(types.length > 0 && { types }) });
  });
  const list =
    endpoints.length === 0 ? [h('p', {}, words.noEndpoints)] : endpoints.map((each) => endpointPart(each, viewing));
  return part('webhooks', words.webhooks, words.webhooksLead, form, ...list);
}

function endpointPart(endpoint: Endpoint, viewing: Viewing): HTMLElement {
  const { words, send } = viewing;
  const { id, url, types, isEnabled, isGone, deliveries } = endpoint;
  const state = isEnabled ? words.enabled : isGone ? words.gone : words.disabled;
  const change = (changes: object) => send('ChangeWebhookEndpoint', { endpoint: id, ...changes });
  const log =
    deliveries.length === 0
      ? h('p', {}, words.noDeliveries)
      : tableOf(
          words.deliveries(url),
          words.deliveryColumns,
          deliveries.map((each) => deliveryRow(each, id, viewing)),
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
      button(words.remove, url, () => send('RemoveWebhookEndpoint', { endpoint: id })),
    ),
    log,
  );
}

function deliveryRow(delivery: Delivery, endpoint: string, viewing: Viewing): readonly (Node | string)[] {
  const { words, send } = viewing;
  const { id, type, about, state, lastStatus, attempts, attemptedAt } = delivery;
  return [
    type,
    about,
    attemptedAt === null
      ? words.deliveryState[state]
      : `${words.deliveryState[state]} · ${timeOf(attemptedAt, viewing)}`,
    lastStatus === null ? '–' : String(lastStatus),
    String(attempts),
    button(words.redeliver, type, () => send('RedeliverWebhook', { endpoint, webhook: id }, words.redelivered)),
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
