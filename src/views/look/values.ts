import { inLocale, type Locale, type Localized } from '../../domain/locale.ts';
import { wordsOf } from './labels.ts';
import { ACCOUNTS_VALUES } from './values/accounts.ts';
import { CASES_VALUES } from './values/cases.ts';
import { ENTERPRISES_VALUES } from './values/enterprises.ts';
import { FIGURES_VALUES } from './values/figures.ts';
import { GENERAL_VALUES } from './values/general.ts';
import { POLICIES_VALUES } from './values/policies.ts';

/** Words for the values of enums, by the enum's name in the schema. */
export const VALUE_LABELS: Readonly<Record<string, Readonly<Record<string, Localized>>>> = {
  ...GENERAL_VALUES,
  ...FIGURES_VALUES,
  ...CASES_VALUES,
  ...ENTERPRISES_VALUES,
  ...POLICIES_VALUES,
  ...ACCOUNTS_VALUES,
};

/** Words for the units of indicators. A unit that is no word stays as it is, e.g. `%`. */
const UNITS: ReadonlyMap<string, Localized> = new Map([
  ['enterprises', { zh: '家', ja: '社', en: 'enterprises' }],
  ['persons', { zh: '人', ja: '人', en: 'persons' }],
]);

/** Returns a unit in a language. */
export function unitLabel(unit: string, locale: Locale): string {
  const label = UNITS.get(unit);
  return label ? inLocale(label, locale) : unit;
}

/** Returns the word for a value in a language; the value in words if none is known. */
export function valueLabel(type: string, value: string, locale: Locale): string {
  const label = VALUE_LABELS[type]?.[value];
  return label ? inLocale(label, locale) : wordsOf(value.toLowerCase().replaceAll('_', ' '));
}
