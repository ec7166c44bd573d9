import Papa from 'papaparse';
import type { AnswerTable, Cell } from './answer-tables.ts';

/**
 * Text that a spreadsheet would run as a formula, also after spaces, tabs and line ends, and in full-width forms, which
 * it folds to narrow ones. A plain negative number is no formula.
 */
const FORMULA = /^(?!-\d+(\.\d+)?$)[\s\uFEFF]*[=+\-@＝＋－＠]|^[\t\r\n]/;

/**
 * Formats a table as CSV: byte order mark, CRLF, quotes as in RFC 4180, a head of column names. Nulls are empty. A cell
 * that a spreadsheet would run gets a leading `'`.
 */
export function tableToCsv(table: Pick<AnswerTable, 'columns'>, rows: readonly (readonly Cell[])[]): string {
  const fields = table.columns.map((column) => column.name);
  const data = rows.map((row) => [...row]);
  return `\uFEFF${Papa.unparse({ fields, data }, { newline: '\r\n', escapeFormulae: FORMULA })}`;
}

/** Returns the file's name: the operation's, then the list's. */
export function csvFileName(operationName: string | null, tableName: string): string {
  const name = [operationName, tableName].filter(Boolean).join('-');
  return `${name.replaceAll(/[^\w.-]+/g, '_')}.csv`;
}
