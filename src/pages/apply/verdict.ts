import { dayText } from '../case/dates.ts';
import { type Child, h } from '../case/element.ts';
import { fill } from '../case/words.ts';
import type { Locale, MayIApplyQuery } from './generated/documents.ts';
import { type ApplyWords, codeText } from './words.ts';

export type Eligibility = NonNullable<MayIApplyQuery['checkEligibility']>;
type Judgement = NonNullable<Eligibility['judgement']>;
type Term = Judgement['alternatives'][number]['terms'][number];

/** Returns the documents that an application needs, in the arrangement that holds for it. */
export const documentsOf = ({ arrangement, caseType }: Eligibility) =>
  arrangement?.requiredDocuments ?? caseType.requiredDocuments;

interface VerdictOptions {
  readonly eligibility: Eligibility;
  readonly words: ApplyWords;
  readonly locale: Locale;
  readonly actions: readonly Child[];
}

/** Returns the answer to "May I?": every unmet term with its clause, and what would have to change. */
export function verdictPage({ eligibility, words, locale, actions }: VerdictOptions): HTMLElement {
  const { truth, unmet, judgement, caseType, arrangement } = eligibility;
  const reasons = unmet.map(({ reason }) => h('li', {}, reason));
  return h(
    'section',
    { class: 'card verdict', 'aria-labelledby': 'title' },
    h('p', { class: 'kind' }, [caseType.name, arrangement?.name].filter(Boolean).join(' · ')),
    h('h1', { id: 'title', tabindex: -1 }, words[truth]),
    h('p', { class: 'lead' }, words[`lead${truth}`]),
    reasons.length > 0 && h('h2', {}, words.unmet),
    reasons.length > 0 && h('ul', { class: 'plain' }, ...reasons),
    ...terms(judgement, words, reasons.length === 0),
    ...nearest(judgement, words, locale),
    h('h2', {}, words.documents),
    h(
      'ul',
      { class: 'plain' },
      ...documentsOf(eligibility).map(({ name, required }) =>
        h('li', {}, required ? name : `${name}${locale === 'EN' ? ' ' : ''}${words.optional}`),
      ),
    ),
    h('p', { class: 'hint' }, words.applyHint),
    ...actions,
  );
}

/** Returns the ways to meet the rule, each with the terms that it lacks. */
function terms(judgement: Judgement | null, words: ApplyWords, isFirst: boolean): readonly Child[] {
  const ways = judgement?.alternatives ?? [];
  if (ways.length === 0) return [];
  const way = (list: readonly Term[]) => h('ul', { class: 'plain' }, ...list.map((term) => termItem(term, words)));
  const [only] = ways;
  return [
    isFirst && h('h2', {}, words.unmet),
    ways.length > 1 && h('p', {}, words.ways),
    ways.length > 1
      ? h('ol', { class: 'plain ways' }, ...ways.map((each) => h('li', {}, way(each.terms))))
      : way(only?.terms ?? []),
  ];
}

function termItem({ text, clause, saw, asks }: Term, words: ApplyWords): HTMLElement {
  const facts = [
    saw !== null && fill(words.saw, { value: codeText(saw, words) }),
    asks !== null && fill(words.asks, { value: codeText(asks, words) }),
    clause !== null && fill(words.clause, { number: clause }),
  ].filter(Boolean);
  return h('li', {}, text, facts.length > 0 && h('p', { class: 'hint' }, facts.join(' · ')));
}

function nearest(judgement: Judgement | null, words: ApplyWords, locale: Locale): readonly Child[] {
  const change = judgement?.nearest;
  if (!change) return [];
  const items = change.changes.map(({ fact, from, to }) => {
    const values = { fact: fact.name, to: codeText(to, words), from: codeText(from ?? '', words) };
    return h('li', {}, fill(from === null ? words.change : words.changeFrom, values));
  });
  return [
    h('h2', {}, words.nearest),
    items.length > 0 ? h('ul', { class: 'plain' }, ...items) : h('p', {}, words.wait),
    h('p', { class: 'hint' }, fill(words.from, { day: dayText(change.on, locale) })),
  ];
}
