import { inLocale, type Locale, type Localized } from '../../domain/locale.ts';
import type { LookField } from '../../domain/questions/look-document.ts';
import type { Cell } from '../answer-tables.ts';
import { formatOf } from '../format.ts';
import { unitLabel, valueLabel } from './values.ts';

/** The content of a column, which decides how it is written and what a spreadsheet makes of it. */
export type ColumnKind = 'text' | 'number' | 'percent' | 'date' | 'time';

/** A cell for people (`text`) and for programs (`value`, null where there is none or it is kept back). */
export interface LookCell {
  readonly text: string;
  readonly value: Cell;
  readonly isKeptBack: boolean;
}

/**
 * Returns a cell of a table.
 * @param reason why the value is kept back, if it is
 */
export function cellOf(
  value: Cell,
  reason: Cell,
  { field, kind, locale }: { field: LookField | undefined; kind: ColumnKind; locale: Locale },
): LookCell {
  if (value === null && typeof reason === 'string') {
    return { text: valueLabel('Suppression', reason, locale), value: null, isKeptBack: true };
  }
  if (value === null) return { text: '–', value: null, isKeptBack: false };
  return { text: textOf(value, field, kind, locale), value, isKeptBack: false };
}

function textOf(
  value: string | number | boolean,
  field: LookField | undefined,
  kind: ColumnKind,
  locale: Locale,
): string {
  const format = formatOf(locale);
  switch (kind) {
    case 'date':
      return format.day(String(value));
    case 'time':
      return format.time(String(value));
    case 'percent':
      return format.percent(String(value));
    case 'number':
      return typeof value === 'number' ? format.count(value) : format.decimal(String(value));
    case 'text': {
      if (typeof value === 'boolean') return valueLabel('Boolean', String(value), locale);
      if (field?.name === 'unit' && field.type === 'String') return unitLabel(String(value), locale);
      if (field?.type === 'Rule') return ruleText(String(value), locale);
      const codes = String(value).split('; ');
      const areCodes = field !== undefined && !PLAIN.has(field.type) && codes.every((code) => CODE.test(code));
      return areCodes ? codes.map((code) => valueLabel(field.type, code, locale)).join(AND[locale]) : String(value);
    }
  }
}

/** The separator of values in one cell. */
const AND: Readonly<Record<Locale, string>> = { ZH: '、', JA: '、', EN: ', ' };

/** Returns the texts of a rule's terms in a language; the rule itself if it has none. */
function ruleText(rule: string, locale: Locale): string {
  const texts = termTexts(JSON.parse(rule)).map((text) => inLocale(text, locale));
  return texts.length === 0 ? rule : [...new Set(texts)].join(AND[locale]);
}

function termTexts(part: unknown): readonly Localized[] {
  if (typeof part !== 'object' || part === null) return [];
  if ('term' in part && 'text' in part) return [part.text as Localized];
  return Object.values(part).flatMap(termTexts);
}

const CODE = /^[A-Z][A-Z_]*$/;
/** Scalars whose values are no codes. */
const PLAIN = new Set(['String', 'ID', 'Decimal', 'Fen']);
