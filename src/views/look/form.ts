import { dayInShanghai, shanghaiClock } from '../../domain/calendar/day.ts';
import type { Locale } from '../../domain/locale.ts';
import type { LookDocument, LookVariable } from '../../domain/questions/look-document.ts';
import { html, type Markup } from '../html.ts';
import { languageCode } from '../language.ts';
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
  /** A text that rows must contain; empty for all rows. */
  readonly filter: string;
  readonly parks: readonly ParkChoice[];
  readonly locale: Locale;
  /** The names of the fields whose values don't fit. */
  readonly wrong: readonly string[];
}

/** Variables that the page itself gives: its language, and where a page of a list begins. */
export const OWN_VARIABLES: readonly string[] = ['locale', 'after'];

/** Prefix of the variables of the other side of a comparison. */
export const OTHER_SIDE = 'vs-';

/** Most entries of a page of a list. */
export const MAX_FIRST = 100;

/** Returns the form of a document's variables. It is sent by GET, so its address is a link to the answer. */
export function formOf(form: LookForm): Markup {
  const { document, values, view, filter, locale, wrong } = form;
  const words = LOOK_WORDS[locale];
  const asked = document.variables.filter(({ name }) => !OWN_VARIABLES.includes(name));
  const isCompared = asked.some(({ name }) => values[OTHER_SIDE + name] !== undefined);
  const others = asked.map((variable) => ({ ...variable, name: OTHER_SIDE + variable.name, isRequired: false }));
  return html`<form class="ask" method="get" autocomplete="off" action="/look/${document.name}">
<input type="hidden" name="lang" value="${languageCode(locale)}">
${asked.map((variable) => field(variable, form))}
<div class="field"><label for="view">${words.view}</label><select id="view" name="view">${LOOK_VIEWS.map(
    (each) => html`<option value="${each}"${each === view && html` selected`}>${words.views[each]}</option>`,
  )}</select></div>
<div class="field"><label for="filter">${words.filter}</label><input id="filter" name="filter" type="search" maxlength="100" value="${filter}"${wrong.includes('filter') && html` aria-invalid="true"`}></div>
${
  asked.length > 0 &&
  html`<details class="compare"${isCompared && html` open`}><summary>${words.compare}</summary><div class="ask">${others.map((variable) => field(variable, form))}</div></details>`
}
<button>${words.ask}</button>
</form>`;
}

/** Returns the name of a variable for people. */
export const variableLabel = (name: string, locale: Locale) => labelOf(name === 'code' ? 'park' : name, locale);

function field(variable: LookVariable, { document, values, parks, locale, wrong }: LookForm): Markup {
  const { name, type, description } = variable;
  const isOther = name.startsWith(OTHER_SIDE);
  const isWrong = wrong.includes(name);
  const input = inputOf(variable, { document, values, parks, locale, isWrong });
  return html`<div class="field"><label for="v-${name}">${variableLabel(isOther ? name.slice(OTHER_SIDE.length) : name, locale)}</label>${input}${isWrong && html`<small class="wrong" id="w-${name}">${LOOK_WORDS[locale].wrongValue(type)}</small>`}${
    locale === 'EN' &&
    description &&
    !isOther &&
    !parkOptions(name, parks) &&
    html`<small id="d-${name}">${description}</small>`
  }</div>`;
}

type InputParts = Pick<LookForm, 'document' | 'values' | 'parks' | 'locale'> & { readonly isWrong: boolean };

function inputOf(
  { name, type, isRequired }: LookVariable,
  { document, values, parks, locale, isWrong }: InputParts,
): Markup {
  const value = values[name] ?? '';
  const required = html`${isRequired && html` required`}${isWrong && html` aria-invalid="true" aria-describedby="w-${name}"`}`;
  const options = optionsOf(name, type, document, parks, locale);
  if (options) {
    const { any, same } = LOOK_WORDS[locale];
    const none = !isRequired && html`<option value="">${name.startsWith(OTHER_SIDE) ? same : any}</option>`;
    return html`<select id="v-${name}" name="${name}"${required}>${none}${options.map(
      (option) =>
        html`<option value="${option.value}"${option.value === value && html` selected`}>${option.text}</option>`,
    )}</select>`;
  }
  const kind = INPUTS[type] ?? html`type="text" maxlength="100"`;
  const shown = type === 'DateTime' ? localTime(value) : value;
  return html`<input id="v-${name}" name="${name}" ${kind} value="${shown}"${required}>`;
}

/** Returns the text that a form shows for a value: a park's name, a word of an enum, else the value. */
export function valueText(
  { name, type }: Pick<LookVariable, 'name' | 'type'>,
  value: string,
  { document, parks, locale }: Pick<LookForm, 'document' | 'parks' | 'locale'>,
): string {
  const options = optionsOf(name, type, document, parks, locale) ?? [];
  return options.find((option) => option.value === value)?.text ?? value;
}

/** Returns the values among which a form chooses; undefined for a variable that is typed. */
function optionsOf(name: string, type: string, { enums }: LookDocument, parks: readonly ParkChoice[], locale: Locale) {
  const values = enums[type];
  if (values) return values.map((each) => ({ value: each, text: valueLabel(type, each, locale) }));
  return parkOptions(name.replace(OTHER_SIDE, ''), parks);
}

const INPUTS: Readonly<Record<string, Markup>> = {
  Date: html`type="date"`,
  DateTime: html`type="datetime-local"`,
  Int: html`type="number" min="1" max="${MAX_FIRST}"`,
};

/** Returns an instant as the field of a day and a time takes it: in Asia/Shanghai, without a zone. */
function localTime(text: string): string {
  if (!text.endsWith('Z')) return text;
  const instant = new Date(text);
  return `${dayInShanghai(instant)}T${shanghaiClock(instant).time}`;
}

/** Returns the parks by what the variable wants: their codes, or their ids. */
function parkOptions(name: string, parks: readonly ParkChoice[]) {
  if (parks.length === 0 || (name !== 'code' && name !== 'park')) return undefined;
  return parks.map((park) => ({ value: name === 'code' ? park.code : park.id, text: park.name }));
}
