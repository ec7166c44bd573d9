import Papa from 'papaparse';
import type { AnswerTable, Cell } from './answer-tables.ts';

/**
 * Text that a spreadsheet would take for a formula, also behind spaces, tabs and line ends, and in the full-width forms
 * that it folds to the narrow ones. A plain negative number is none.
 */
const FORMULA = /^(?!-\d+(\.\d+)?$)[\s\uFEFF]*[=+\-@＝＋－＠]|^[\t\r\n]/;

/**
 * A table as a CSV file's text: byte order mark, CRLF, quotes as RFC 4180 has them, a head of column names. Nulls are
 * empty; a cell that a spreadsheet would run gets a `'` in front.
 */
export function tableToCsv(table: Pick<AnswerTable, 'columns'>, rows: readonly (readonly Cell[])[]): string {
  const fields = table.columns.map((column) => column.name);
  const data = rows.map((row) => [...row]);
  return `\uFEFF${Papa.unparse({ fields, data }, { newline: '\r\n', escapeFormulae: FORMULA })}`;
}

/** The name of the file: the operation's, then the list's. */
export function csvFileName(operationName: string | null, tableName: string): string {
  const name = [operationName, tableName].filter(Boolean).join('-');
  return `${name.replaceAll(/[^\w.-]+/g, '_')}.csv`;
}
