import type { Locale, Localized } from '../../domain/locale.ts';
import { inLocale } from '../../domain/locale.ts';
import { ACCOUNTS_LABELS } from './labels/accounts.ts';
import { CASES_LABELS } from './labels/cases.ts';
import { ENTERPRISES_LABELS } from './labels/enterprises.ts';
import { FIGURES_LABELS } from './labels/figures.ts';
import { GENERAL_LABELS } from './labels/general.ts';
import { POLICIES_LABELS } from './labels/policies.ts';

/**
 * Headings of fields and variables, by their names in the schema or in the answer. `name:Type` is the heading of those of
 * that name with a type, `parent.name` of those in a field of that name.
 */
const LABELS: ReadonlyMap<string, Localized> = new Map(
  Object.entries({
    ...GENERAL_LABELS,
    ...FIGURES_LABELS,
    ...CASES_LABELS,
    ...ENTERPRISES_LABELS,
    ...POLICIES_LABELS,
    ...ACCOUNTS_LABELS,
  }),
);

/**
 * Returns the heading of a name in a language; the name in words if none is known.
 * @param type the type of the field
 * @param parent the name of the object or list that it is in
 */
export function labelOf(name: string, locale: Locale, type?: string, parent?: string): string {
  const label = LABELS.get(`${parent}.${name}`) ?? LABELS.get(`${name}:${type}`) ?? LABELS.get(name);
  return label ? inLocale(label, locale) : wordsOf(name);
}

/** Tells whether a name has a heading in all languages. */
export const hasLabel = (name: string) => LABELS.has(name);

/** Splits a name into words: `ResumptionSeries` becomes "Resumption series". */
export function wordsOf(name: string): string {
  const words = name.replaceAll(
    /([a-z\d])([A-Z])/g,
    (_, end: string, start: string) => `${end} ${start.toLowerCase()}`,
  );
  return words.charAt(0).toUpperCase() + words.slice(1);
}
