import { h } from '../case/element.ts';
import { refusalText } from '../case/refusals.ts';
import { fill } from '../case/words.ts';
import { act, OFFERED, type Offered, renewSecret } from './ask.ts';
import type { Locale, MyCaseQuery } from './generated/documents.ts';
import type { MyWords } from './words.ts';

type MyCase = NonNullable<MyCaseQuery['case']>;
type Action = NonNullable<MyCase['actions']>[number];

interface CardOptions {
  readonly of: MyCase;
  readonly token: string;
  readonly locale: Locale;
  readonly words: MyWords;
  /** Called after the case has changed. */
  readonly onChanged: () => Promise<void>;
  readonly onEnded: () => void;
}

const isOffered = ({ kind, yours, missing }: Action): boolean => kind in OFFERED && yours && missing.length === 0;

/** Returns the card of what the applicant may do with a case now. */
export function actionsCard({ of, token, locale, words, onChanged, onEnded }: CardOptions): HTMLElement {
  const said = h('p', { class: 'notice', role: 'status', hidden: true });
  const fault = h('p', { class: 'fault', role: 'alert' });
  const asked = h('div', {});
  const buttons = h('div', { class: 'buttons' });
  const card = h(
    'section',
    { class: 'card actions', 'aria-labelledby': 'actions-title' },
    h('h2', { id: 'actions-title' }, words.actions),
    said,
    fault,
    asked,
    buttons,
  );

  function say(text: string): void {
    said.textContent = text;
    said.hidden = text === '';
  }

  /** Asks once more before what can't be undone; a rating is chosen here. */
  function confirm(label: string, choices: HTMLElement | null, go: () => Promise<void>): void {
    fault.textContent = '';
    const yes = h('button', { class: 'primary' }, words.confirm);
    const no = h('button', { type: 'button' }, words.cancel);
    const form = h(
      'form',
      { class: 'question' },
      h('h3', { tabindex: -1, id: 'confirm' }, label),
      choices ?? h('p', {}, words.sure),
      yes,
      h('div', { class: 'buttons' }, no),
    );
    no.addEventListener('click', () => asked.replaceChildren());
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (yes.ariaDisabled === 'true') return;
      yes.ariaDisabled = 'true';
      void go().finally(() => {
        yes.ariaDisabled = null;
      });
    });
    asked.replaceChildren(form);
    form.querySelector<HTMLElement>('#confirm')?.focus();
  }

  function ratings(): HTMLElement {
    const options = ['5', '4', '3', '2', '1'].map((value) =>
      h(
        'label',
        { class: 'option' },
        h('input', { type: 'radio', name: 'rating', value, checked: value === '5' }),
        h('span', {}, words.rates[value] ?? value),
      ),
    );
    return h('fieldset', { 'aria-label': words.rate }, ...options);
  }

  function offer({ kind, label }: Action): HTMLElement {
    const button = h('button', { type: 'button' }, label ?? '');
    // One key for one wish: a repeated try does it once.
    const key = crypto.randomUUID();
    button.addEventListener('click', () => {
      const choices = kind === 'RATE' ? ratings() : null;
      confirm(label ?? '', choices, async () => {
        const chosen = choices?.querySelector<HTMLInputElement>('input:checked')?.value;
        const input = { idempotencyKey: key, case: of.id, ...(chosen ? { rating: Number(chosen) } : {}) };
        const answer = await act({ token, locale }, kind as Offered, input);
        if (answer.kind === 'ENDED' || answer.kind === 'NOT_ALLOWED') return onEnded();
        const [payload] = answer.kind === 'ANSWER' ? Object.values(answer.data) : [];
        const refusal = payload?.userErrors[0];
        if (!payload) fault.textContent = answer.kind === 'OFFLINE' ? words.offline : words.failed;
        else if (refusal) fault.textContent = refusalText(refusal, locale);
        else await onChanged();
      });
    });
    return button;
  }

  const renew = h('button', { type: 'button' }, words.renewSecret);
  renew.addEventListener('click', () => {
    const key = crypto.randomUUID();
    confirm(words.renewSecret, null, async () => {
      const answer = await renewSecret({ token, locale }, of.id, key);
      if (answer.kind === 'ENDED' || answer.kind === 'NOT_ALLOWED') return onEnded();
      const payload = answer.kind === 'ANSWER' ? answer.data.renewReceiptSecret : null;
      if (!payload?.receiptSecret) {
        const refusal = payload?.userErrors[0];
        fault.textContent = refusal ? refusalText(refusal, locale) : words.failed;
        return;
      }
      asked.replaceChildren();
      say(fill(words.newSecret, { secret: payload.receiptSecret }));
    });
  });
  buttons.append(...(of.actions ?? []).filter(isOffered).map(offer), renew);
  return card;
}
