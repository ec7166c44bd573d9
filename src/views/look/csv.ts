import { tableToCsv } from '../answer-tables.ts';
import type { Provenance } from './provenance.ts';
import type { LookTable } from './tables.ts';

/** Returns a table as CSV under its headings. */
export const tableCsv = ({ columns, rows }: Pick<LookTable, 'columns' | 'rows'>): string =>
  tableToCsv(
    columns.map(({ label }) => label),
    rows.map((row) => row.map(({ value, text, isKeptBack }) => (isKeptBack ? text : value))),
  );

/**
 * Returns tables as CSV: each under its headings, an empty line between them, and at the end what the answer says about
 * itself. Numbers, days and codes are as the API gives them; a count that is kept back is a text that says why.
 */
export function lookCsv(tables: readonly LookTable[], { facts }: Provenance): string {
  const parts = tables.map(tableCsv);
  const told = tableToCsv(
    [],
    facts.map(({ label, value }) => [label, value]),
  );
  // Only the first part begins with the byte order mark.
  return [...parts, told].map((part, index) => (index === 0 ? part : part.slice(1).trimStart())).join('\r\n\r\n');
}
