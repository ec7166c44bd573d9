/** Values of facts as people read them, in three languages. */
import { isDay } from '../calendar/day.ts';
import type { Localized } from '../locale.ts';
import { type Comparison, operandsIn } from './parts.ts';
import type { FactValue, Literal, Operand } from './rule.ts';
import { definitionOf, type FactDefinition, type Vocabulary } from './vocabulary.ts';

/** The parts of a definition that decide how a value reads. */
export type ValueKind = Pick<FactDefinition, 'type' | 'codeNames'>;

const YES: Localized = { zh: '是', ja: 'はい', en: 'yes' };
const NO: Localized = { zh: '否', ja: 'いいえ', en: 'no' };
const NONE: Localized = { zh: '无', ja: 'なし', en: 'none' };

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** Returns a value as a text. Money is in yuan, and a code without a name stays as it is. */
export function textOfValue(value: FactValue, { type, codeNames = {} }: ValueKind): Localized {
  if (Array.isArray(value)) {
    const texts = (value as readonly Literal[]).map((each) => textOfOne(each, type, codeNames));
    return texts.length === 0 ? NONE : joined(texts);
  }
  return textOfOne(value as Literal, type, codeNames);
}

function textOfOne(value: Literal, type: ValueKind['type'], names: NonNullable<ValueKind['codeNames']>): Localized {
  if (typeof value === 'boolean') return value ? YES : NO;
  if (typeof value === 'number')
    return type === 'FEN' || type === 'AMOUNTS' ? yuan(value) : same(grouped(String(value)));
  if (isDay(value)) return dayText(value);
  return (Object.hasOwn(names, value) ? names[value] : undefined) ?? same(value);
}

const same = (text: string): Localized => ({ zh: text, ja: text, en: text });

function joined(texts: readonly Localized[]): Localized {
  const by = (locale: keyof Localized, separator: string) => texts.map((each) => each[locale]).join(separator);
  return { zh: by('zh', '、'), ja: by('ja', '、'), en: by('en', ', ') };
}

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');

function yuan(fen: number): Localized {
  const [whole, rest] = [Math.trunc(Math.abs(fen) / 100), Math.abs(fen) % 100];
  const amount = `${fen < 0 ? '-' : ''}${grouped(String(whole))}${rest === 0 ? '' : `.${String(rest).padStart(2, '0')}`}`;
  return { zh: `${amount}元`, ja: `${amount}元`, en: `${amount} yuan` };
}

function dayText(day: string): Localized {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const chinese = `${year}年${month}月${date}日`;
  return { zh: chinese, ja: chinese, en: `${date} ${MONTHS[month - 1]} ${year}` };
}

/** Returns how the two sides of a comparison read: as the fact does that they compare, else as numbers and codes. */
export function kindOfComparison({ l, r }: Comparison, vocabulary: Vocabulary): ValueKind {
  const sides = [l, ...(Array.isArray(r) ? [] : [r as Operand])];
  // An age and points are whole numbers, whatever facts they are computed from.
  if (sides.some((side) => typeof side === 'object' && ('ageOn' in side || 'sum' in side))) return { type: 'INTEGER' };
  const direct = sides.flatMap((side) => (typeof side === 'object' && 'fact' in side ? [side.fact] : []));
  const inside = sides
    .flatMap(operandsIn)
    .flatMap((side) => (typeof side === 'object' && 'fact' in side ? [side.fact] : []));
  const [fact] = [...direct, ...inside];
  return (fact === undefined ? undefined : definitionOf(vocabulary, fact)) ?? { type: 'INTEGER' };
}
