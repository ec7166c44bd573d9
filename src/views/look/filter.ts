import type { LookTable } from './tables.ts';

/** Returns the form of a text in which rows are searched: no case, one width of letters. */
const searched = (text: string) => text.normalize('NFKC').toLowerCase();

/** Returns tables with the rows that contain a text in any cell, as people read it. All rows for an empty text. */
export function filteredTables(tables: readonly LookTable[], filter: string): readonly LookTable[] {
  if (filter === '') return tables;
  const wanted = searched(filter);
  return tables.map((table) => {
    const rows = table.rows.filter((row) => row.some(({ text }) => searched(text).includes(wanted)));
    const sums = table.sums?.map((sum, column) =>
      sum === undefined ? undefined : rows.reduce((total, row) => total + Number(row[column]?.value ?? 0), 0),
    );
    return { ...table, rows, sums };
  });
}
