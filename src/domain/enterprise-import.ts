import { isDay } from './day.ts';
import { industrySection, SECTORS, type Sector, SIZE_CLASSES, type SizeClass } from './industry.ts';
import type { Localized } from './locale.ts';
import type { Decision, Refusal } from './refusal.ts';
import { RESIDENCY_KINDS, type ResidencyKind } from './residency.ts';
import { usccFault } from './uscc.ts';

/** The columns of an import, in the order in which a file is written; a file is read by the names in its first line. */
export const IMPORT_COLUMNS = [
  'uscc',
  'nameZh',
  'nameJa',
  'nameEn',
  'industry',
  'sector',
  'sizeClass',
  'staffCount',
  'residentFrom',
  'residencyKind',
] as const;
export type ImportColumn = (typeof IMPORT_COLUMNS)[number];

/** One row, all texts as they stand in the file; a column may be missing. */
export type EnterpriseRow = Readonly<Partial<Record<ImportColumn, string>>>;

export type ImportRefusal =
  | 'INVALID_USCC'
  | 'MISSING_NAME'
  | 'NAME_TOO_LONG'
  | 'UNKNOWN_INDUSTRY'
  | 'UNKNOWN_SECTOR'
  | 'UNKNOWN_SIZE_CLASS'
  | 'INVALID_STAFF_COUNT'
  | 'INVALID_DAY'
  | 'UNKNOWN_RESIDENCY_KIND';

/** An enterprise as a row gives it, resident from a day in the park that is imported for. */
export interface ImportedEnterprise {
  readonly uscc: string;
  readonly name: Localized;
  readonly industry: string;
  readonly sector: Sector;
  readonly sizeClass: SizeClass;
  readonly staffCount: number;
  readonly residentFrom: string;
  readonly residencyKind: ResidencyKind;
}

const LONGEST_NAME = 200;

const USCC_MESSAGES = {
  LENGTH: 'A unified social credit code has 18 characters.',
  CHARACTER: 'A unified social credit code has digits and capital letters without I, O, S, V and Z.',
  REGION: 'The third to eighth characters are no region.',
  CHECK_CHARACTER: 'The check character does not fit the rest.',
} as const;

function oneOf<Value extends string>(values: readonly Value[], text: string): Value | undefined {
  return values.find((value) => value === text);
}

/**
 * Decides whether one row is taken, and says everything that is wrong with it at once. Spaces around a value and small
 * letters in codes don't matter. A name that is missing in Japanese or English is the Chinese one; the kind of residency
 * is OPERATING where none is given.
 */
export function decideEnterpriseRow(row: EnterpriseRow): Decision<ImportedEnterprise, ImportRefusal> {
  const refusals: Refusal<ImportRefusal>[] = [];
  const refuse = (code: ImportRefusal, column: ImportColumn, message: string) =>
    refusals.push({ code, field: [column], message });
  const text = (column: ImportColumn) => (row[column] ?? '').trim();

  const uscc = text('uscc').toUpperCase();
  const fault = usccFault(uscc);
  if (fault) refuse('INVALID_USCC', 'uscc', USCC_MESSAGES[fault]);

  const zh = text('nameZh');
  const name = { zh, ja: text('nameJa') || zh, en: text('nameEn') || zh };
  if (!zh) refuse('MISSING_NAME', 'nameZh', 'The Chinese name is the registered one and is needed.');
  for (const column of ['nameZh', 'nameJa', 'nameEn'] as const) {
    if (text(column).length > LONGEST_NAME) {
      refuse('NAME_TOO_LONG', column, `A name has at most ${LONGEST_NAME} characters.`);
    }
  }

  // The letter of the section may be written before the digits, as in I6510.
  const industry = text('industry').toUpperCase();
  const digits = industry.replace(/^[A-T]/, '');
  const section = industrySection(digits);
  if (!section || (digits !== industry && !industry.startsWith(section))) {
    refuse('UNKNOWN_INDUSTRY', 'industry', 'GB/T 4754-2017 has no such industry.');
  }

  const sector = oneOf(SECTORS, text('sector').toUpperCase());
  if (!sector) refuse('UNKNOWN_SECTOR', 'sector', `A sector is one of ${SECTORS.join(', ')}.`);
  const sizeClass = oneOf(SIZE_CLASSES, text('sizeClass').toUpperCase());
  if (!sizeClass) refuse('UNKNOWN_SIZE_CLASS', 'sizeClass', `A size class is one of ${SIZE_CLASSES.join(', ')}.`);
  const residencyKind = oneOf(RESIDENCY_KINDS, text('residencyKind').toUpperCase() || 'OPERATING');
  if (!residencyKind) {
    refuse('UNKNOWN_RESIDENCY_KIND', 'residencyKind', `A residency is one of ${RESIDENCY_KINDS.join(', ')}.`);
  }
  const staff = text('staffCount');
  if (!/^\d{1,7}$/.test(staff)) refuse('INVALID_STAFF_COUNT', 'staffCount', 'The staff count is no number of persons.');
  const residentFrom = text('residentFrom');
  if (!isDay(residentFrom)) refuse('INVALID_DAY', 'residentFrom', 'A day is written as YYYY-MM-DD.');

  if (refusals.length > 0 || !sector || !sizeClass || !residencyKind) return { ok: false, refusals };
  const staffCount = Number(staff);
  return {
    ok: true,
    value: { uscc, name, industry: digits, sector, sizeClass, staffCount, residentFrom, residencyKind },
  };
}
