import { LANGUAGES } from '../../../views/language.ts';
import { instantText } from '../../case/dates.ts';
import { type Child, h } from '../../case/element.ts';
import type { Locale } from '../generated/my-access-log.ts';
import { type AccessEntry, askAccessLog } from './ask-access-log.ts';
import { ACCESS_WORDS, type AccessWords } from './words.ts';

/** The access log of the person signed in, on the page. */
export interface AccessLogView {
  readonly element: HTMLElement;
  /** Shows it in a language, newest entry first. */
  show(locale: Locale): Promise<void>;
}

interface Account {
  leave(): void;
  /** Ends the view because the gateway refuses the token. */
  refused(): void;
}

export function accessLogView(token: string, { leave, refused }: Account): AccessLogView {
  const title = h('h1', { id: 'access-log', tabindex: -1 });
  const lead = h('p', { class: 'lead' });
  const entries = h('ol', { class: 'accesses' });
  const said = h('p', { role: 'status' });
  const more = h('button', { type: 'button', hidden: true });
  const out = h('button', { type: 'button' });
  const element = h(
    'section',
    { class: 'card access-log', 'aria-labelledby': 'access-log' },
    title,
    lead,
    entries,
    said,
    h('div', { class: 'buttons' }, more, out),
  );
  let locale: Locale = 'ZH';
  let after: string | null = null;

  async function load(): Promise<void> {
    const [wanted, from] = [locale, after];
    const words = ACCESS_WORDS[wanted];
    said.textContent = words.asking;
    const answer = await askAccessLog(token, wanted, from);
    if (wanted !== locale || from !== after) return;
    if (answer.kind === 'ENDED') return refused();
    said.textContent = answer.kind === 'PAGE' ? '' : words[answer.kind === 'FAILED' ? 'failed' : 'notApplicant'];
    if (answer.kind !== 'PAGE') return;
    const { nodes, pageInfo } = answer.page;
    entries.append(...nodes.map((entry) => entryItem(entry, words, wanted)));
    if (entries.childElementCount === 0) said.textContent = words.none;
    after = pageInfo.endCursor ?? null;
    more.hidden = !pageInfo.hasNextPage;
  }

  more.addEventListener('click', () => void load());
  out.addEventListener('click', leave);
  return {
    element,
    show(wanted) {
      locale = wanted;
      after = null;
      const words = ACCESS_WORDS[wanted];
      element.lang = LANGUAGES[wanted].tag;
      title.textContent = words.title;
      lead.textContent = words.lead;
      more.textContent = words.more;
      out.textContent = words.leave;
      more.hidden = true;
      entries.replaceChildren();
      return load();
    },
  };
}

function entryItem(entry: AccessEntry, words: AccessWords, locale: Locale): HTMLElement {
  const { at, byLabel, agencyLabel, zone, purpose, cases } = entry;
  const who = [byLabel, agencyLabel, zone?.name].filter(Boolean).join(' · ');
  return h(
    'li',
    {},
    h('p', { class: 'who' }, who),
    h('p', { class: 'hint' }, h('time', { datetime: at }, instantText(new Date(at), locale))),
    ...cases.map((one) => h('p', {}, ...caseTexts(one, words))),
    purpose !== null && h('p', { class: 'hint' }, `${words.purpose}${words.purposes[purpose] ?? purpose}`),
  );
}

function caseTexts({ case: of, fullFields, maskedFields }: AccessEntry['cases'][number], words: AccessWords): Child[] {
  const named = (fields: readonly string[]) => [...new Set(fields.flatMap((field) => words.fields[field] ?? []))];
  const isPersonal = (field: string) => words.fields[field] !== undefined;
  const [whole, masked] = [named(fullFields), named(maskedFields)];
  const texts = [
    whole.length > 0 && `${words.whole}${whole.join(words.and)}`,
    masked.length > 0 && `${words.masked}${masked.join(words.and)}`,
    [...fullFields, ...maskedFields].some((field) => !isPersonal(field)) && words.content,
    fullFields.length + maskedFields.length === 0 && words.opened,
  ].filter((text) => text !== false);
  return [of && h('span', { class: 'number' }, of.receiptNumber), of && ' ', texts.join(words.between)];
}
