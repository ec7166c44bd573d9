import { industryCodeOf, SECTORS, type Sector, SIZE_CLASSES, type SizeClass } from '../enterprises/industry.ts';
import { usccFault } from '../enterprises/uscc.ts';
import type { Localized } from '../locale.ts';
import type { Decision, Refusal } from '../refusal.ts';

/** The columns of an import, in the order of a written file. A file is read by the names in its first line. */
export const IMPORT_COLUMNS = [
  'uscc',
  'nameZh',
  'nameJa',
  'nameEn',
  'industryCode',
  'sector',
  'sizeClass',
  'staffCount',
] as const;
export type ImportColumn = (typeof IMPORT_COLUMNS)[number];

/** One row, with the texts of the file; a column may be absent. */
export type EnterpriseRow = Readonly<Partial<Record<ImportColumn, string>>>;

export type ImportRefusal =
  | 'INVALID_USCC'
  | 'MISSING_NAME'
  | 'NAME_TOO_LONG'
  | 'UNKNOWN_INDUSTRY'
  | 'UNKNOWN_SECTOR'
  | 'UNKNOWN_SIZE_CLASS'
  | 'INVALID_STAFF_COUNT';

/** An enterprise as a row states it. */
export interface ImportedEnterprise {
  readonly uscc: string;
  readonly name: Localized;
  /** With its section's letter, e.g. `I6513`. */
  readonly industryCode: string;
  readonly sector: Sector;
  readonly sizeClass: SizeClass;
  readonly staffCount: number;
}

const MAX_NAME_CHARACTERS = 200;

const USCC_MESSAGES = {
  LENGTH: 'A unified social credit code has 18 characters.',
  CHARACTER: 'A unified social credit code has digits and capital letters without I, O, S, V and Z.',
  REGION: 'The third to eighth characters are not a region.',
  CHECK_CHARACTER: 'The check character does not fit the rest.',
} as const;

function oneOf<Value extends string>(values: readonly Value[], text: string): Value | undefined {
  return values.find((value) => value === text);
}

/**
 * Validates one row, and reports all of its faults at once. Spaces around a value and small letters in codes are
 * accepted. A missing Japanese or English name becomes the Chinese one.
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
  if (!zh) refuse('MISSING_NAME', 'nameZh', 'The Chinese name is the registered one and is required.');
  for (const column of ['nameZh', 'nameJa', 'nameEn'] as const) {
    if (text(column).length > MAX_NAME_CHARACTERS) {
      refuse('NAME_TOO_LONG', column, `A name has at most ${MAX_NAME_CHARACTERS} characters.`);
    }
  }

  const industryCode = industryCodeOf(text('industryCode').toUpperCase());
  if (!industryCode) refuse('UNKNOWN_INDUSTRY', 'industryCode', 'GB/T 4754-2017 has no such industry.');

  const sector = oneOf(SECTORS, text('sector').toUpperCase());
  if (!sector) refuse('UNKNOWN_SECTOR', 'sector', `A sector is one of ${SECTORS.join(', ')}.`);
  const sizeClass = oneOf(SIZE_CLASSES, text('sizeClass').toUpperCase());
  if (!sizeClass) refuse('UNKNOWN_SIZE_CLASS', 'sizeClass', `A size class is one of ${SIZE_CLASSES.join(', ')}.`);
  const staff = text('staffCount');
  if (!/^\d{1,7}$/.test(staff))
    refuse('INVALID_STAFF_COUNT', 'staffCount', 'The staff count is not a number of persons.');
  if (refusals.length > 0 || !industryCode || !sector || !sizeClass) return { ok: false, refusals };
  return { ok: true, value: { uscc, name, industryCode, sector, sizeClass, staffCount: Number(staff) } };
}
