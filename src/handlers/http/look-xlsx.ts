import writeXlsxFile, { type CellObject } from 'write-excel-file/node';
import type { Provenance } from '../../views/look/provenance.ts';
import { sheetRows } from '../../views/look/sheet.ts';
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
    data: sheetRows({ columns, rows }),
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
