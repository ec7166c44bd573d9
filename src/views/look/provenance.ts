import { inLocale, type Locale } from '../../domain/locale.ts';
import type { LookDocument } from '../../domain/questions/look-document.ts';
import { VALUES } from '../answer-tables.ts';
import { formatOf } from '../format.ts';
import { type ParkChoice, valueText, variableLabel } from './form.ts';
import { labelOf } from './labels.ts';
import { type LookTable, namesIn } from './tables.ts';
import { VALUE_LABELS, valueLabel } from './values.ts';
import { LOOK_WORDS, type LookWords } from './words.ts';

/** Where an answer comes from, which every page and file carries. */
export interface Provenance {
  readonly variables: Readonly<Record<string, string | number | boolean>>;
  readonly facts: readonly Fact[];
}

export interface Fact {
  readonly label: string;
  readonly value: string;
  /** The id by which the page's script finds it. */
  readonly id?: string;
}

/** Members of an answer that tell of its figures, in the order in which they are written. */
const TOLD = ['on', 'asOf', 'status', 'revision', 'period', 'publishedAt', 'scope'] as const;

interface Telling {
  readonly locale: Locale;
  readonly now: Date;
  readonly tables: readonly LookTable[];
  /** True where all pages of a list were asked for: then no number of entries was. */
  readonly isAll: boolean;
  /** The parks that variables may name. */
  readonly parks: readonly ParkChoice[];
  /** Further facts about what is shown of the answer. */
  readonly more: readonly Fact[];
}

/** Collects what an answer says about itself, its document and the instant at which it was asked. */
export function provenanceOf(
  document: LookDocument,
  variables: Provenance['variables'],
  data: unknown,
  { locale, now, tables, isAll, parks, more }: Telling,
): Provenance {
  const { name, id, saved } = document;
  const words = LOOK_WORDS[locale];
  const told = TOLD.flatMap((member) => {
    const found = valuesOf(data, member).filter((value) => member !== 'status' || isStatusOfFigures(value));
    const values = [...new Set(found.map((value) => textOf(member, value, locale)))];
    return values.length === 0 || values.length > 3
      ? []
      : [{ label: labelOf(member, locale), value: values.join('; ') }];
  });
  const sources = new Set(valuesOf(data, 'source').flatMap((source) => valuesOf(source, 'title').map(String)));
  const isAsked = (variable: string) =>
    variable !== 'locale' && variable !== 'after' && !(isAll && variable === 'first');
  return {
    variables,
    facts: distinct([
      ...(saved ? [{ label: words.question, value: inLocale(saved.title, locale) }] : []),
      ...told,
      ...[...sources].slice(0, 5).map((value) => ({ label: words.source, value })),
      ...unitsOf(tables, words).map((value) => ({ label: words.unit, value })),
      { label: words.answeredAt, value: formatOf(locale).time(now.toISOString()) },
      ...Object.entries(variables)
        .filter(([variable]) => isAsked(variable))
        .map(([variable, value]) => ({
          label: variableLabel(variable, locale),
          value: conditionOf(variable, String(value), data, { document, parks, locale }),
        })),
      ...more,
      ...(saved ? [{ label: labelOf('version', locale), value: String(saved.version) }] : []),
      { label: words.document, value: `${name} (${id})` },
    ]),
  };
}

/** Returns facts without those that say the same again: a day is a member of the answer and a condition of the question. */
const distinct = (facts: readonly Fact[]): readonly Fact[] => [
  ...new Map(facts.map((fact) => [`${fact.label}\n${fact.value}`, fact])).values(),
];

/** Returns the units of the tables. Values outside lists are of several kinds. */
function unitsOf(tables: readonly LookTable[], { units }: LookWords): readonly string[] {
  const kinds = new Set(tables.flatMap(({ columns }) => columns.map(({ kind }) => kind)));
  const hasValues = tables.some(({ name }) => name === VALUES);
  return [
    ...(hasValues || kinds.has('percent') ? [units.percent] : []),
    ...(hasValues || kinds.has('number') ? [units.count] : []),
  ];
}

/** Returns the value of a variable as people read it: a name, the word of an enum, a day or an instant in the locale. */
function conditionOf(
  name: string,
  value: string,
  data: unknown,
  means: { readonly document: LookDocument; readonly parks: readonly ParkChoice[]; readonly locale: Locale },
): string {
  const { document, locale } = means;
  const type = document.variables.find((variable) => variable.name === name)?.type ?? '';
  if (type === 'Date') return formatOf(locale).day(value);
  if (type === 'DateTime') return formatOf(locale).time(value);
  const text = valueText({ name, type }, value, means);
  return text === value ? (namesIn(data).get(value) ?? value) : text;
}

/** Returns the definitions of the columns by their headings, in the schema's English. */
export function meaningsOf(tables: readonly LookTable[]): readonly Fact[] {
  const columns = tables.flatMap((table) => table.columns);
  return [
    ...new Map(
      columns.flatMap(({ label, description: value }) => (value === null ? [] : [[label, { label, value }]])),
    ).values(),
  ];
}

/** Returns the origin of a file: what the page tells beside the answer, and the definition of each column before the query. */
export const provenanceOfFile = (
  { variables, facts }: Provenance,
  tables: readonly LookTable[],
  locale: Locale,
): Provenance => ({
  variables,
  facts: [
    ...facts.slice(0, -1),
    ...meaningsOf(tables).map(({ label, value }) => ({
      label: LOOK_WORDS[locale].pair(LOOK_WORDS[locale].definition, label),
      value,
    })),
    ...facts.slice(-1),
  ],
});

const isStatusOfFigures = (value: unknown) => Object.hasOwn(VALUE_LABELS.ResumptionStatus ?? {}, String(value));

function textOf(member: (typeof TOLD)[number], value: unknown, locale: Locale): string {
  if (member === 'status') return valueLabel('ResumptionStatus', String(value), locale);
  if (member === 'on') return formatOf(locale).day(String(value));
  return member === 'publishedAt' || member === 'asOf' ? formatOf(locale).time(String(value)) : String(value);
}

/** Returns the values of all members of this name, at any depth. */
function valuesOf(data: unknown, member: string): unknown[] {
  if (Array.isArray(data)) return data.flatMap((each) => valuesOf(each, member));
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([name, value]) =>
    name === member && value !== null ? [value] : valuesOf(value, member),
  );
}
