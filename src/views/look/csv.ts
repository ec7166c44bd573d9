import { tableToCsv } from '../answer-tables.ts';
import type { Provenance } from './provenance.ts';
import type { LookTable } from './tables.ts';

/**
 * Returns tables as CSV: each under its headings, an empty line between them, and at the end what the answer says about
 * itself. Numbers, days and codes are as the API gives them; a count that is kept back is a text that says why.
 */
export function lookCsv(
  tables: readonly Pick<LookTable, 'columns' | 'rows'>[],
  { facts }: Pick<Provenance, 'facts'>,
): string {
  const parts = tables.map(({ columns, rows }) =>
    tableToCsv(
      columns.map(({ label }) => label),
      rows.map((row) => row.map(({ value, text, isKeptBack }) => (isKeptBack ? text : value))),
    ),
  );
  const told = tableToCsv(
    [],
    facts.map(({ label, value }) => [label, value]),
  );
  // Only the first part begins with the byte order mark.
  return [...parts, told].map((part, index) => (index === 0 ? part : part.slice(1).trimStart())).join('\r\n\r\n');
}
