import { timeText } from './dates.ts';
import { h } from './element.ts';
import type { Locale } from './generated/case-screen.ts';
import { openByReceipt, type Session, type SignedIn } from './session.ts';
import { fill, pageWords } from './words.ts';

/** Options of the sign-in form. */
export interface SignInOptions {
  readonly locale: Locale;
  /** The typed values, which survive a change of language. */
  readonly typed: { receiptNumber: string; secret: string };
  /** The reason why the form is shown again, e.g. an ended session. */
  readonly notice: string | null;
  readonly onOpened: (session: Session) => void;
}

/** Returns the form for receipt number and secret. Errors appear beside the field that gets the focus, in words. */
export function signInForm({ locale, typed, notice, onOpened }: SignInOptions): HTMLElement {
  const words = pageWords.of(locale).page;
  const receipt = h('input', {
    id: 'receipt',
    name: 'receipt',
    value: typed.receiptNumber,
    autocomplete: 'username',
    autocapitalize: 'characters',
    spellcheck: 'false',
    maxlength: 40,
    required: true,
    'aria-describedby': 'receipt-hint',
  });
  const secret = h('input', {
    id: 'secret',
    name: 'secret',
    type: 'password',
    value: typed.secret,
    autocomplete: 'current-password',
    autocapitalize: 'characters',
    spellcheck: 'false',
    maxlength: 64,
    required: true,
    'aria-describedby': 'secret-hint',
  });
  const shown = h('input', { type: 'checkbox', id: 'shown' });
  const fault = h('p', { class: 'fault', id: 'fault', role: 'alert' });
  const button = h('button', { class: 'primary' }, words.signIn);
  // The browser's own messages are off: they use the browser's language.
  const form = h(
    'form',
    { novalidate: true, class: 'card sign-in' },
    notice !== null && h('p', { class: 'notice' }, notice),
    h('h1', { tabindex: -1 }, words.signInTitle),
    h('p', { class: 'lead' }, words.signInLead),
    h('label', { for: 'receipt' }, words.receiptNumber),
    receipt,
    h('p', { id: 'receipt-hint', class: 'hint' }, words.receiptHint),
    h('label', { for: 'secret' }, words.secret),
    secret,
    h('p', { id: 'secret-hint', class: 'hint' }, words.secretHint),
    h('label', { class: 'check', for: 'shown' }, shown, words.showSecret),
    fault,
    button,
  );

  function say(message: string, field?: HTMLInputElement): void {
    fault.textContent = message;
    for (const input of [receipt, secret]) {
      const isWrong = input === field;
      if (isWrong) input.setAttribute('aria-invalid', 'true');
      else input.removeAttribute('aria-invalid');
      input.setAttribute('aria-describedby', isWrong ? `${input.id}-hint fault` : `${input.id}-hint`);
    }
    field?.focus();
  }

  function refusal(answer: Exclude<SignedIn, { kind: 'OPENED' }>): void {
    if (answer.kind === 'WRONG') say(words.wrong, secret);
    else if (answer.kind === 'TOO_MANY') say(fill(words.tooMany, { time: timeText(answer.until, locale) }));
    else say(answer.kind === 'OFFLINE' ? words.offline : words.failed);
  }

  async function submit(): Promise<void> {
    const number = receipt.value.trim().toUpperCase();
    if (!/^[A-Z\d-]{1,40}$/.test(number)) return say(words.needReceipt, receipt);
    if (secret.value.trim() === '') return say(words.needSecret, secret);
    say('');
    // Not `disabled`, which would take the focus away.
    button.setAttribute('aria-disabled', 'true');
    button.textContent = words.signingIn;
    const answer = await openByReceipt(number, secret.value.trim());
    button.removeAttribute('aria-disabled');
    button.textContent = words.signIn;
    if (answer.kind !== 'OPENED') return refusal(answer);
    typed.secret = '';
    onOpened(answer.session);
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!button.hasAttribute('aria-disabled')) void submit();
  });
  form.addEventListener('input', () => {
    typed.receiptNumber = receipt.value;
    typed.secret = secret.value;
  });
  shown.addEventListener('change', () => {
    secret.type = shown.checked ? 'text' : 'password';
  });
  return form;
}
