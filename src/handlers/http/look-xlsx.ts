import writeXlsxFile, { type CellObject } from 'write-excel-file/node';
import type { ColumnKind, LookCell } from '../../views/look/cells.ts';
import type { Provenance } from '../../views/look/provenance.ts';
import type { LookTable } from '../../views/look/tables.ts';

/** Longest name of a sheet that spreadsheets accept. */
const MAX_SHEET_NAME = 31;

/** Returns tables as a workbook: a sheet for each, with typed cells, and one that says where they come from. */
export async function lookXlsx(tables: readonly LookTable[], { facts }: Provenance, about: string): Promise<Buffer> {
  const sheets = tables.map(({ label, columns, rows }, index) => ({
    sheet: `${index + 1} ${label.replaceAll(/[\\/?*[\]:]/g, ' ')}`.slice(0, MAX_SHEET_NAME),
    stickyRowsCount: 1,
    columns: columns.map((column, at) => ({
      width: Math.min(
        40,
        Math.max(12, column.label.length + 2, ...rows.slice(0, 50).map((row) => (row[at]?.text.length ?? 0) + 2)),
      ),
    })),
    data: [
      columns.map(({ label: value }): CellObject => ({ type: String, value, fontWeight: 'bold' })),
      ...rows.map((row) => row.map((cell, at) => typedCell(cell, columns[at]?.kind ?? 'text'))),
    ],
  }));
  const told = {
    sheet: about.slice(0, MAX_SHEET_NAME),
    columns: [{ width: 24 }, { width: 80 }],
    data: facts.map(({ label, value }): CellObject[] => [
      { type: String, value: label, fontWeight: 'bold' },
      { type: String, value, wrap: true },
    ]),
  };
  return writeXlsxFile([...sheets, told]).toBuffer();
}

/** Returns a cell with the type of its column. Codes are texts, so that no spreadsheet makes numbers of them. */
function typedCell({ value, text, isKeptBack }: LookCell, kind: ColumnKind): CellObject | null {
  if (isKeptBack) return { type: String, value: text };
  if (value === null) return null;
  switch (kind) {
    case 'number':
      return { type: Number, value: Number(value), format: '#,##0.##' };
    case 'percent':
      return { type: Number, value: Number(value) / 100, format: '0.0%' };
    case 'date':
      return { type: Date, value: new Date(`${value}T00:00:00Z`), format: 'yyyy-mm-dd' };
    case 'time':
    case 'text':
      return { type: String, value: text };
  }
}
