import { deflateRawSync } from 'node:zlib';
import type { Locale } from '../../domain/locale.ts';
import type { LookDocument } from '../../domain/questions/look-document.ts';
import { graph } from '../charts/graph.ts';
import { graphLegend } from '../charts/graph-legend.ts';
import { formatOf } from '../format.ts';
import { html, type Markup, type Piece } from '../html.ts';
import { languageCode } from '../language.ts';
import { section, table } from '../section.ts';
import { pageOf } from '../shell.ts';
import { formOf, OTHER_SIDE, valueText, variableLabel } from './form.ts';
import { addressOf, isAnswered, type Look, type LookAnswer, type NoAnswer } from './look.ts';
import { pagingNote } from './paging.ts';
import { type Chart, chartsMarkup, chartsOf, type Network, networkOf } from './pictures.ts';
import { meaningsOf, type Provenance } from './provenance.ts';
import { aboutOf, titleOf } from './questions.ts';
import type { LookTable } from './tables.ts';
import { LOOK_WORDS, type LookView, type LookWords } from './words.ts';

/** Returns the page of one document: its variables as a form, its answer, the ways to download it, where it comes from. */
export function lookPage(look: Look): string {
  const { document, locale, answers } = look;
  const words = LOOK_WORDS[locale];
  const title = titleOf(document, locale);
  const sentence = document.saved ? words.audiences[document.saved.audience] : aboutOf(document, locale);
  const shown = viewOf(look);
  const content = html`<h1>${title}</h1>
${sentence && html`<p class="sentence">${sentence}</p>`}
${section({ id: 'ask', heading: words.variables, picture: formOf({ ...look, view: shown }) })}
${isAnswered(answers) ? sides({ ...look, shown }, answers, title) : missing(answers, words)}`;
  return pageOf(
    {
      locale,
      title: `${title} – ${words.title} – Bridgehead`,
      description: words.description,
      ...look.look,
      inLanguage: (other) => addressOf(look, { lang: languageCode(other) }),
      ...(hasScript(look) ? { script: look.script } : {}),
      account: look.account,
    },
    content,
  );
}

function missing({ why, detail }: NoAnswer, words: LookWords): Markup {
  return html`<p class="missing" role="alert">${words[why]}${detail !== undefined && html` <span lang="en">${detail}</span>`}</p>`;
}

/** Tells whether a page has a script: people can sign in, or one answer has more pages, which it fetches. */
export const hasScript = ({ answers, account }: Pick<Look, 'answers' | 'account'>) =>
  account !== undefined || (isAnswered(answers) && answers.length === 1 && answers[0]?.after !== undefined);

/** A look with the view that its page shows: `view` alone is part of its addresses. */
interface Shown extends Look {
  readonly shown: LookView;
}

/** Returns one answer, or two side by side under what tells them apart. */
function sides(look: Shown, answers: readonly LookAnswer[], title: string): Markup {
  const [first, second] = answers;
  const { pair } = LOOK_WORDS[look.locale];
  if (!first) return html``;
  if (!second) return answered(look, first, title, '');
  const others = Object.entries(look.values).filter(([name]) => name.startsWith(OTHER_SIDE));
  const names = others.map(([name]) => name.slice(OTHER_SIDE.length));
  const own = Object.entries(look.values).filter(([name]) => !name.startsWith(OTHER_SIDE));
  const ofFirst = Object.fromEntries(own);
  const ofSecond = {
    ...ofFirst,
    ...Object.fromEntries(others.map(([name, value]) => [name.slice(OTHER_SIDE.length), value])),
  };
  const side = (answer: LookAnswer, values: Readonly<Record<string, string>>, prefix: string) => {
    const told = names.map((name) => pair(variableLabel(name, look.locale), toldValue(look, name, values[name] ?? '')));
    return html`<div class="side"><h2>${told.join(' · ')}</h2>${answered({ ...look, values }, answer, pair(title, told.join(', ')), prefix)}</div>`;
  };
  return html`<div class="pair">${side(first, ofFirst, '')}${side(second, ofSecond, 'other-')}</div>`;
}

function toldValue(look: Look, name: string, value: string): string {
  const variable = look.document.variables.find((each) => each.name === name);
  if (!variable || value === '') return LOOK_WORDS[look.locale].any;
  const text = valueText(variable, value, look);
  return variable.type === 'Date' ? formatOf(look.locale).day(text) : text;
}

/** @param prefix makes the ids of this side its own */
function answered(look: Shown, answer: LookAnswer, title: string, prefix: string): Markup {
  const { locale, document, shown: view } = look;
  const { data, tables, after, provenance } = answer;
  const words = LOOK_WORDS[locale];
  const all = Object.hasOwn(look.values, 'all') ? {} : after === undefined ? {} : { all: '1' };
  const pictures = picturesOf(answer);
  const files = ['csv', 'xlsx', 'json', ...(suggestedView(pictures) === 'table' ? [] : ['svg'])].map(
    (extension) =>
      html`<a href="${addressOf(look, { after: undefined, view: extension === 'svg' ? look.view : undefined, ...all }, `.${extension}`)}" download>${extension.toUpperCase()}</a>`,
  );
  return html`${pictureOf({ view, locale, data, pictures, title, prefix })}
${view !== 'json' && tables.map((each, index) => tableSection(each, `${prefix}table-${index}`, locale))}
${after !== undefined && pagingNote(look, answer)}
${section({ id: `${prefix}export`, heading: words.export, picture: html`<p class="links">${files}</p>` })}
${about(look, document, tables, provenance, prefix)}`;
}

interface Pictures {
  readonly charts: readonly Chart[];
  readonly network: Network | undefined;
}

const picturesOf = ({ tables, data }: LookAnswer): Pictures => ({ charts: chartsOf(tables), network: networkOf(data) });

/** Returns the view of a page: the one that is asked for, or the one that suits its first answer. */
function viewOf({ view, answers }: Look): LookView {
  const [first] = isAnswered(answers) ? answers : [];
  return view ?? (first ? suggestedView(picturesOf(first)) : 'table');
}

/** Returns the view that suits an answer: a graph of nodes and edges, a chart of figures, or else the table alone. */
function suggestedView({ charts, network }: Pictures): LookView {
  if (network) return 'graph';
  return charts.length > 0 ? 'chart' : 'table';
}

interface Seen {
  readonly view: LookView;
  readonly locale: Locale;
  readonly data: unknown;
  readonly pictures: Pictures;
  readonly title: string;
  readonly prefix: string;
}

function pictureOf({ view, locale, data, pictures, title, prefix }: Seen): Piece {
  const words = LOOK_WORDS[locale];
  if (view === 'table') return undefined;
  if (view === 'json')
    return section({
      id: `${prefix}json`,
      heading: words.views.json,
      picture: html`<pre class="scroll" tabindex="0">${JSON.stringify(data, null, 2)}</pre>`,
    });
  const id = `${prefix}picture`;
  const { charts, network } = pictures;
  return section({
    id: `${prefix}seen`,
    heading: words.views[view],
    picture:
      view === 'chart' && charts.length > 0
        ? chartsMarkup(charts, { id, title, locale })
        : view === 'graph' && network
          ? html`<div class="wide">${graph({ id, title, ...network })}</div>${graphLegend(locale)}`
          : html`<p class="missing">${words.noPicture}</p>`,
  });
}

function tableSection({ label, columns, rows, sums }: LookTable, id: string, locale: Locale): Markup {
  const words = LOOK_WORDS[locale];
  const isNumber = columns.map(({ kind }) => kind === 'number' || kind === 'percent');
  return section({
    id,
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
            content: isKeptBack
              ? html`<span class="kept">${text}</span>`
              : columns[at]?.kind === 'date'
                ? html`<span class="day">${text}</span>`
                : text,
            isNumber: isNumber[at] ?? false,
          })),
        ),
        foot: sums?.map((sum, at) => ({
          content: sum === undefined ? at === 0 && words.sum : formatOf(locale).count(sum),
          isNumber: isNumber[at] ?? false,
        })),
      }),
  });
}

function about(
  look: Look,
  { name, saved }: LookDocument,
  tables: readonly LookTable[],
  provenance: Provenance,
  prefix: string,
): Markup {
  const words = LOOK_WORDS[look.locale];
  const meanings = meaningsOf(tables);
  return section({
    id: `${prefix}about`,
    heading: words.about,
    picture: html`<dl class="facts">${provenance.facts.map(({ label, value, id }) => html`<dt>${label}</dt><dd${id && html` id="${prefix}${id}"`}>${value}</dd>`)}</dl>`,
    table:
      meanings.length > 0 &&
      html`<details><summary>${words.columns}</summary><dl class="facts">${meanings.map(
        ({ label, value }) => html`<dt>${label}</dt><dd lang="en">${value}</dd>`,
      )}</dl></details>`,
    links: html`<a href="/explorer#${
      saved
        ? `q=${deflated({ query: saved.query, variables: provenance.variables })}`
        : `${name}?${encodeURIComponent(JSON.stringify(provenance.variables))}`
    }">${words.query}</a>`,
  });
}

/** Returns a query with its variables as the explorer reads them of a fragment, which browsers don't send. */
const deflated = (query: object) => deflateRawSync(JSON.stringify(query)).toString('base64url');
