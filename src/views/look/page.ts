import type { Locale } from '../../domain/locale.ts';
import { formatOf } from '../format.ts';
import { html, type Markup, type Piece } from '../html.ts';
import { languageCode } from '../language.ts';
import { section, table } from '../section.ts';
import { pageOf, type Shell } from '../shell.ts';
import type { LookDocument } from './document.ts';
import { formOf, type LookForm } from './form.ts';
import { wordsOf } from './labels.ts';
import { chartOf, graphOf } from './pictures.ts';
import type { Provenance } from './provenance.ts';
import type { LookTable } from './tables.ts';
import { LOOK_WORDS, type LookView, QUESTIONS } from './words.ts';

/** Most entries that one request fetches of a list. */
export const MAX_ENTRIES = 1_000;

/** The contents of a page of `/look`. */
export interface Look extends LookForm {
  readonly look: Pick<Shell, 'style' | 'icon'>;
  /** `fault` without an answer in time, `wrong` for values that the document doesn't take. */
  readonly answer: LookAnswer | 'fault' | 'wrong';
}

export interface LookAnswer {
  readonly data: unknown;
  readonly tables: readonly LookTable[];
  /** The cursor of the next page; undefined on the last one. */
  readonly after: string | undefined;
  readonly provenance: Provenance;
}

/** Returns the name of a question in a language. */
export const questionOf = (name: string, locale: Locale) => QUESTIONS[name]?.[locale] ?? wordsOf(name);

/** Returns the page of one document: its variables as a form, its answer, the ways to download it, where it comes from. */
export function lookPage(look: Look): string {
  const { document, locale, answer } = look;
  const words = LOOK_WORDS[locale];
  const title = questionOf(document.name, locale);
  const content = html`<h1>${title}</h1>
${locale === 'EN' && document.description && html`<p class="sentence">${document.description}</p>`}
${section({ id: 'ask', heading: words.variables, picture: formOf(look) })}
${typeof answer === 'string' ? html`<p class="missing" role="alert">${words[answer]}</p>` : answered(look, answer, title)}`;
  return pageOf(
    {
      locale,
      title: `${title} – ${words.title} – Bridgehead`,
      description: words.description,
      ...look.look,
      inLanguage: (other) => addressOf(look, { lang: languageCode(other) }),
    },
    content,
  );
}

/** Returns the page that lists the documents. */
export function lookIndex(documents: readonly LookDocument[], locale: Locale, look: Look['look']): string {
  const words = LOOK_WORDS[locale];
  const content = html`<h1>${words.title}</h1><p class="sentence">${words.intro}</p>
<ul class="questions">${documents.map(
    ({ name, description }) =>
      html`<li class="door"><a href="/look/${name}?lang=${languageCode(locale)}">${questionOf(name, locale)}</a>${
        locale === 'EN' && description && html`<p>${description}</p>`
      }</li>`,
  )}</ul>`;
  const inLanguage = (other: Locale) => `?lang=${languageCode(other)}`;
  return pageOf(
    { locale, title: `${words.title} – Bridgehead`, description: words.description, ...look, inLanguage },
    content,
  );
}

/** Returns the address of a look with some parts changed. An undefined part is left out. */
export function addressOf(
  { document, values, view, locale }: Pick<Look, 'document' | 'values' | 'view' | 'locale'>,
  changes: Readonly<Record<string, string | undefined>> = {},
  extension = '',
): string {
  const parts = { ...values, view, lang: languageCode(locale), ...changes };
  const given = Object.entries(parts).filter(
    (part): part is [string, string] => part[1] !== undefined && part[1] !== '',
  );
  return `/look/${document.name}${extension}?${new URLSearchParams(given)}`;
}

function answered(look: Look, { data, tables, after, provenance }: LookAnswer, title: string): Markup {
  const { locale, view, document } = look;
  const words = LOOK_WORDS[locale];
  const { count } = formatOf(locale);
  const total = tables.find(({ totalCount }) => totalCount !== undefined)?.totalCount;
  const paging =
    after !== undefined &&
    html`<p class="note">${total !== undefined && words.more(count(total))} <a href="${addressOf(look, { after })}">${words.next}</a> · <a href="${addressOf(look, { after: undefined, all: '1' })}">${words.all(count(MAX_ENTRIES))}</a></p>`;
  const all = Object.hasOwn(look.values, 'all') ? {} : after === undefined ? {} : { all: '1' };
  const files = ['csv', 'xlsx', 'json'].map(
    (extension) =>
      html`<a href="${addressOf(look, { after: undefined, view: undefined, ...all }, `.${extension}`)}" download>${extension.toUpperCase()}</a>`,
  );
  return html`${pictureOf(view, data, tables, title, locale)}
${view !== 'json' && tables.map((each, index) => tableSection(each, index, locale))}
${paging}
${section({ id: 'export', heading: words.export, picture: html`<p class="links">${files}</p>` })}
${about(look, document, tables, provenance)}`;
}

function pictureOf(view: LookView, data: unknown, tables: readonly LookTable[], title: string, locale: Locale): Piece {
  const words = LOOK_WORDS[locale];
  if (view === 'table') return undefined;
  if (view === 'json')
    return section({
      id: 'json',
      heading: words.views.json,
      picture: html`<pre class="scroll" tabindex="0">${JSON.stringify(data, null, 2)}</pre>`,
    });
  const picture = view === 'chart' ? chartOf(tables, title, locale) : graphOf(data, title);
  return section({
    id: 'seen',
    heading: words.views[view],
    picture: picture ?? html`<p class="missing">${words.noPicture}</p>`,
  });
}

function tableSection({ label, columns, rows }: LookTable, index: number, locale: Locale): Markup {
  const words = LOOK_WORDS[locale];
  const isNumber = columns.map(({ kind }) => kind === 'number' || kind === 'percent');
  return section({
    id: `table-${index}`,
    heading: label,
    sentence: rows.length === 0 ? words.empty : words.rows(formatOf(locale).count(rows.length)),
    picture:
      rows.length > 0 &&
      table({
        caption: label,
        isWide: columns.length > 4,
        columns: columns.map((column, at) => ({ content: column.label, isNumber: isNumber[at] ?? false })),
        rows: rows.map((row) =>
          row.map(({ text, isKeptBack }, at) => ({
            content: isKeptBack ? html`<span class="kept">${text}</span>` : text,
            isNumber: isNumber[at] ?? false,
          })),
        ),
      }),
  });
}

function about(look: Look, { name }: LookDocument, tables: readonly LookTable[], provenance: Provenance): Markup {
  const words = LOOK_WORDS[look.locale];
  const described = tables.flatMap(({ columns }) => columns).filter(({ description }) => description !== null);
  const unique = [...new Map(described.map((column) => [column.label, column])).values()];
  return section({
    id: 'about',
    heading: words.about,
    picture: html`<dl class="facts">${provenance.facts.map(({ label, value }) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>`,
    table:
      unique.length > 0 &&
      html`<details><summary>${words.columns}</summary><dl class="facts">${unique.map(
        ({ label, description }) => html`<dt>${label}</dt><dd lang="en">${description}</dd>`,
      )}</dl></details>`,
    links: html`<a href="/explorer#${name}?${encodeURIComponent(JSON.stringify(provenance.variables))}">${words.query}</a>`,
  });
}
