import { h } from '../case/element.ts';

/** One question of an application. */
export interface Question {
  readonly key: string;
  readonly title: string;
  readonly hint?: string | undefined;
  /** The input, or the choices of a list. */
  readonly input: TextInput | { readonly options: readonly Option[] };
  /** Returns what is wrong with an answer, in words; null if nothing is. */
  readonly fault: (value: string) => string | null;
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

export interface TextInput {
  readonly type: 'text' | 'date' | 'number' | 'tel';
  readonly autocomplete?: string;
  readonly maxlength?: number;
}

interface QuestionOptions {
  readonly question: Question;
  /** The earlier answer; undefined before one. */
  readonly value: string | undefined;
  readonly words: { readonly next: string; readonly back: string; readonly mend: string };
  readonly onAnswer: (value: string) => void;
  /** Null on the first page. */
  readonly onBack: (() => void) | null;
}

/** Returns a page with one question. A fault is said beside the field, and in a summary that leads to it. */
export function questionPage({ question, value, words, onAnswer, onBack }: QuestionOptions): HTMLElement {
  const { key, title, hint, input, fault: faultOf } = question;
  const summary = h('div', { class: 'fault summary', role: 'alert', tabindex: -1, hidden: true });
  const fault = h('p', { class: 'fault', id: 'field-fault' });
  const hintLine = hint === undefined ? null : h('p', { class: 'hint', id: 'field-hint' }, hint);
  const heading = h('h1', { id: 'title', tabindex: -1 });
  const described = [hintLine && 'field-hint', 'field-fault'].filter(Boolean).join(' ');
  const field = 'options' in input ? choices() : text(input);
  const buttons = h('div', { class: 'buttons' });
  const form = h('form', { novalidate: true, class: 'card question' }, summary, field, buttons);
  const next = h('button', { class: 'primary' }, words.next);
  if (onBack) {
    const back = h('button', { type: 'button' }, words.back);
    back.addEventListener('click', onBack);
    buttons.append(back);
  }
  form.insertBefore(next, buttons);

  function choices(): HTMLElement {
    heading.append(title);
    const options = ('options' in input ? input.options : []).map((option, i) =>
      h(
        'label',
        { class: 'option' },
        h('input', {
          type: 'radio',
          name: key,
          id: i === 0 ? 'field' : null,
          value: option.value,
          checked: option.value === value,
        }),
        h('span', {}, option.label),
      ),
    );
    return h('fieldset', { 'aria-describedby': described }, h('legend', {}, heading), hintLine, fault, ...options);
  }

  function text({ type, autocomplete, maxlength }: TextInput): HTMLElement {
    heading.append(h('label', { for: 'field' }, title));
    const box = h('input', {
      id: 'field',
      class: 'text',
      type: type === 'number' ? 'text' : type,
      inputmode: type === 'number' ? 'numeric' : null,
      value: value ?? '',
      autocomplete: autocomplete ?? 'off',
      maxlength: maxlength ?? null,
      'aria-describedby': described,
    });
    return h('div', {}, heading, hintLine, fault, box);
  }

  function given(): string | null {
    if ('options' in input) return form.querySelector<HTMLInputElement>('input:checked')?.value ?? null;
    return form.querySelector<HTMLInputElement>('#field')?.value.trim() ?? '';
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const answer = given();
    const wrong = faultOf(answer ?? '');
    if (answer !== null && wrong === null) return onAnswer(answer);
    const said = wrong ?? words.mend;
    fault.textContent = said;
    form.querySelector('#field.text')?.setAttribute('aria-invalid', 'true');
    const link = h('a', { href: '#field' }, said);
    link.addEventListener('click', (clicked) => {
      clicked.preventDefault();
      form.querySelector<HTMLElement>('#field')?.focus();
    });
    summary.replaceChildren(link);
    summary.hidden = false;
    summary.focus();
  });
  return form;
}
