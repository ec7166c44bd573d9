import type { ColumnKind, LookCell } from './cells.ts';
import type { Provenance } from './provenance.ts';
import type { LookTable } from './tables.ts';

/** A cell of a workbook, as its writer takes it. */
type SheetCell =
  | { readonly type: typeof String; readonly value: string; readonly fontWeight?: 'bold'; readonly wrap?: boolean }
  | { readonly type: typeof Number; readonly value: number; readonly format: string }
  | { readonly type: typeof Date; readonly value: Date; readonly format: string };

/** A sheet of a workbook, as its writer takes it. */
interface Sheet {
  readonly sheet: string;
  readonly stickyRowsCount?: number;
  readonly columns: { readonly width: number }[];
  readonly data: (SheetCell | null)[][];
}

type SheetTable = Pick<LookTable, 'label' | 'columns' | 'rows'>;

/** Longest name of a sheet that spreadsheets accept. */
const MAX_SHEET_NAME = 31;
/** Widest column, in characters; and the rows by which widths are measured. */
const MAX_WIDTH = 40;
const MEASURED_ROWS = 50;

/** Returns the sheets of a workbook: one for each table, with typed cells, and one that says where they come from. */
export function sheetsOf(tables: readonly SheetTable[], { facts }: Provenance, about: string): Sheet[] {
  const sheets = tables.map((table, index) => ({
    sheet: `${index + 1} ${table.label.replaceAll(/[\\/?*[\]:]/g, ' ')}`.slice(0, MAX_SHEET_NAME),
    stickyRowsCount: 1,
    columns: table.columns.map(({ label }, at) => {
      const lengths = table.rows.slice(0, MEASURED_ROWS).map((row) => row[at]?.text.length ?? 0);
      return { width: Math.min(MAX_WIDTH, Math.max(10, label.length, ...lengths) + 2) };
    }),
    data: rowsOf(table),
  }));
  const told = facts.map(({ label, value }): SheetCell[] => [
    { type: String, value: label, fontWeight: 'bold' },
    { type: String, value, wrap: true },
  ]);
  return [...sheets, { sheet: about.slice(0, MAX_SHEET_NAME), columns: [{ width: 24 }, { width: 80 }], data: told }];
}

/** Returns a table as rows of a sheet, its headings first. Each cell has the type of its column. */
function rowsOf({ columns, rows }: SheetTable): (SheetCell | null)[][] {
  const heads = columns.map(({ label }): SheetCell => ({ type: String, value: label, fontWeight: 'bold' }));
  return [heads, ...rows.map((row) => row.map((cell, at) => typedCell(cell, columns[at]?.kind ?? 'text')))];
}

/** Returns a cell with the type of its column. Codes are texts, so that no spreadsheet makes numbers of them. */
function typedCell({ value, text, isKeptBack }: LookCell, kind: ColumnKind): SheetCell | null {
  if (isKeptBack) return { type: String, value: text };
  if (value === null) return null;
  switch (kind) {
    case 'number':
      // Where a count has decimals in its format, spreadsheets show 414 as "414.".
      return { type: Number, value: Number(value), format: Number.isInteger(Number(value)) ? '#,##0' : '#,##0.##' };
    case 'percent':
      // A division by 100 makes 0.8390000000000001 of 83.9.
      return { type: Number, value: Number(`${value}e-2`), format: '0.0%' };
    case 'date':
      return { type: Date, value: new Date(`${value}T00:00:00Z`), format: 'yyyy-mm-dd' };
    case 'time':
    case 'text':
      return { type: String, value: text };
  }
}
