import { dayText } from '../case/dates.ts';
import { type Child, h } from '../case/element.ts';
import { fill } from '../case/words.ts';
import type { Answers } from './answers.ts';
import type { Locale } from './generated/documents.ts';
import type { Question } from './question.ts';
import type { ApplyWords } from './words.ts';

interface CheckOptions {
  readonly questions: readonly Question[];
  readonly answers: Answers;
  readonly words: ApplyWords;
  readonly locale: Locale;
  /** Refusals of the last try; empty before one. */
  readonly faults: readonly string[];
  readonly onChange: (key: string) => void;
  readonly actions: readonly Child[];
}

/** Returns the page on which all answers are checked before the case is opened. */
export function checkAnswersPage(options: CheckOptions): HTMLElement {
  const { questions, words, faults, actions } = options;
  return h(
    'section',
    { class: 'card check', 'aria-labelledby': 'title' },
    h('h1', { id: 'title', tabindex: -1 }, words.check),
    h(
      'div',
      { class: 'fault', role: 'alert' },
      faults.length > 0 && words.openFault,
      faults.length > 0 && h('ul', {}, ...faults.map((text) => h('li', {}, text))),
    ),
    h('dl', { class: 'answers' }, ...questions.map((question) => answerRow(question, options))),
    ...actions,
  );
}

function answerRow({ key, title, input }: Question, { answers, words, locale, onChange }: CheckOptions) {
  const value = answers[key] ?? '';
  const label = 'options' in input ? input.options.find((option) => option.value === value)?.label : written();
  function written(): string {
    return 'type' in input && input.type === 'date' && value !== '' ? dayText(value, locale) : value;
  }
  const change = h('button', { type: 'button', 'aria-label': fill(words.changeWhat, { question: title }) });
  change.textContent = words.changeAnswer;
  change.addEventListener('click', () => onChange(key));
  return h('div', {}, h('dt', {}, title), h('dd', {}, label || '–', ' ', change));
}
