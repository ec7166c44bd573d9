import { IMPORT_COLUMNS, type ImportColumn } from '../../domain/imports/enterprise-import.ts';
import { CodedError } from '../../errors.ts';
import { decodeText, readCsvRows } from '../../local/csv-rows.ts';

/** A row of the file, as texts, and its first line; lines count from 1. */
export type EnterpriseLine = { readonly line: number } & Readonly<Record<ImportColumn, string>>;

/** Columns that a file may leave out: names in other languages. */
const OPTIONAL: readonly ImportColumn[] = ['nameJa', 'nameEn'];

/**
 * Reads the rows of a CSV file whose first line names the columns, in any order. Unknown columns are ignored. Text is
 * UTF-8, with or without a byte order mark, or GB 18030, as spreadsheets in China write it.
 * @throws CodedError BAD_USER_INPUT for missing columns or an invalid CSV
 */
export function readEnterpriseFile(bytes: Uint8Array): EnterpriseLine[] {
  const [header, ...rows] = readCsvRows(decodeText(bytes));
  const columns = header?.cells.map((cell) => cell.trim()) ?? [];
  const missing = IMPORT_COLUMNS.filter((column) => !columns.includes(column) && !OPTIONAL.includes(column));
  if (missing.length > 0) {
    throw new CodedError('BAD_USER_INPUT', `The file's first line lacks the columns ${missing.join(', ')}.`);
  }
  return rows.map(({ line, cells }) => {
    const texts = IMPORT_COLUMNS.map((column) => [column, cells[columns.indexOf(column)] ?? ''] as const);
    return { line, ...(Object.fromEntries(texts) as Record<ImportColumn, string>) };
  });
}
