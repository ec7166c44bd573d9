import type { Locale } from '../../domain/locale.ts';
import { html, type Markup } from '../html.ts';
import { languageCode } from '../language.ts';
import type { LookDocument, LookVariable } from './document.ts';
import { labelOf } from './labels.ts';
import { valueLabel } from './values.ts';
import { LOOK_VIEWS, LOOK_WORDS, type LookView } from './words.ts';

/** The parks that a form offers for a variable. */
export interface ParkChoice {
  readonly id: string;
  readonly code: string;
  readonly name: string;
}

export interface LookForm {
  readonly document: LookDocument;
  readonly values: Readonly<Record<string, string>>;
  readonly view: LookView;
  readonly parks: readonly ParkChoice[];
  readonly locale: Locale;
}

/** Variables that the page itself gives: its language, and where a page of a list begins. */
export const OWN_VARIABLES: readonly string[] = ['locale', 'after'];

/** Most entries of a page of a list. */
export const MAX_FIRST = 100;

/** Returns the form of a document's variables. It is sent by GET, so its address is a link to the answer. */
export function formOf({ document, values, view, parks, locale }: LookForm): Markup {
  const words = LOOK_WORDS[locale];
  const asked = document.variables.filter(({ name }) => !OWN_VARIABLES.includes(name));
  return html`<form class="ask" method="get" action="/look/${document.name}">
<input type="hidden" name="lang" value="${languageCode(locale)}">
${asked.map((variable) => {
  const { name, description } = variable;
  return html`<div class="field"><label for="v-${name}">${labelOf(name === 'code' ? 'park' : name, locale)}</label>${inputOf(variable, document, values[name] ?? '', parks, locale)}${
    locale === 'EN' && description && html`<small id="d-${name}">${description}</small>`
  }</div>`;
})}
<div class="field"><label for="view">${words.view}</label><select id="view" name="view">${LOOK_VIEWS.map(
    (each) => html`<option value="${each}"${each === view && html` selected`}>${words.views[each]}</option>`,
  )}</select></div>
<button>${words.ask}</button>
</form>`;
}

function inputOf(
  { name, type, isRequired }: LookVariable,
  { enums }: LookDocument,
  value: string,
  parks: readonly ParkChoice[],
  locale: Locale,
): Markup {
  const required = isRequired && html` required`;
  const values = enums[type];
  const options = values
    ? values.map((each) => ({ value: each, text: valueLabel(type, each, locale) }))
    : parkOptions(name, parks);
  if (options) {
    const any = !isRequired && html`<option value="">${LOOK_WORDS[locale].any}</option>`;
    return html`<select id="v-${name}" name="${name}"${required}>${any}${options.map(
      (option) =>
        html`<option value="${option.value}"${option.value === value && html` selected`}>${option.text}</option>`,
    )}</select>`;
  }
  const kind = INPUTS[type] ?? html`type="text" maxlength="100"`;
  return html`<input id="v-${name}" name="${name}" ${kind} value="${value}"${required}>`;
}

const INPUTS: Readonly<Record<string, Markup>> = {
  Date: html`type="date"`,
  Int: html`type="number" min="1" max="${MAX_FIRST}"`,
};

/** Returns the parks by what the variable wants: their codes, or their ids. */
function parkOptions(name: string, parks: readonly ParkChoice[]) {
  if (parks.length === 0 || (name !== 'code' && name !== 'park')) return undefined;
  return parks.map((park) => ({ value: name === 'code' ? park.code : park.id, text: park.name }));
}
