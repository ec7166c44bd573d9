import { useMemo, useState } from 'react';
import { csvFileName, nextOrder, type Order, orderedRows } from '../../../views/answer-tables.ts';
import { lookCsv } from '../../../views/look/csv.ts';
import type { Provenance } from '../../../views/look/provenance.ts';
import type { LookTable } from '../../../views/look/tables.ts';
import { LOOK_WORDS } from '../../../views/look/words.ts';
import { sheetsOf } from '../../../views/look/workbook.ts';
import { locale, words } from '../words.ts';

/** Rows per page of the table, which a screen shows without slowing down. */
const PAGE = 100;

interface Props {
  readonly table: LookTable;
  readonly operationName: string | null;
  /** Returns where the table comes from, which its files carry. */
  readonly originOf: () => Provenance;
}

/** Shows one list of the answer: sorted by a click on a column's head, in pages, with a CSV download. */
export function ListTable({ table, operationName, originOf }: Props) {
  const [order, setOrder] = useState<Order>();
  const [page, setPage] = useState(0);
  const { columns } = table;
  const isNumeric = columns.map(({ kind }) => kind === 'number' || kind === 'percent');
  const isOrderedByNumber = order !== undefined && isNumeric[order.column] === true;
  const rows = useMemo(() => orderedRows(table.rows, order, isOrderedByNumber), [table, order, isOrderedByNumber]);
  const start = page * PAGE;
  const shown = rows.slice(start, start + PAGE);
  if (rows.length === 0) return <p className="hint">{words.emptyList(table.label)}</p>;
  return (
    <div className="list">
      <div className="list-bar">
        <p role="status">{countOf(table, start, shown.length)}</p>
        {rows.length > PAGE && (
          <>
            <button type="button" disabled={page === 0} onClick={() => setPage(page - 1)}>
              {words.previous}
            </button>
            <button type="button" disabled={start + PAGE >= rows.length} onClick={() => setPage(page + 1)}>
              {words.next}
            </button>
          </>
        )}
        <button
          type="button"
          className="download"
          onClick={() => download(csvFileName(operationName, table.name), lookCsv([{ columns, rows }], originOf()))}
        >
          {words.csv}
        </button>
        <button
          type="button"
          onClick={() =>
            void downloadXlsx(
              csvFileName(operationName, table.name).replace(/csv$/, 'xlsx'),
              { ...table, rows },
              originOf(),
            )
          }
        >
          {words.xlsx}
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="list-scroll" aria-label={table.label} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {columns.map(({ path, label }, index) => (
                <th
                  key={path}
                  scope="col"
                  title={path}
                  className={isNumeric[index] ? 'number' : undefined}
                  aria-sort={order?.column === index ? order.direction : 'none'}
                >
                  <button
                    type="button"
                    onClick={() => {
                      setOrder(nextOrder(order, index));
                      setPage(0);
                    }}
                  >
                    {label}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
              <tr key={start + at}>
                {row.map(({ text, value, isKeptBack }, index) => (
                  <td key={columns[index]?.path} className={isNumeric[index] ? 'number' : undefined}>
                    {value === null && !isKeptBack ? <span className="null">{text}</span> : text}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

function countOf({ rows, totalCount, hasNextPage }: LookTable, start: number, shown: number): string {
  const range = shown < rows.length ? words.rows(start + 1, start + shown, rows.length) : words.count(shown);
  if (totalCount !== undefined && totalCount > rows.length) return words.ofAll(range, totalCount);
  return hasNextPage ? words.more(range) : range;
}

/** Saves the rows as a workbook with their origin. The writer is loaded with the first click. */
async function downloadXlsx(fileName: string, table: LookTable, origin: Provenance): Promise<void> {
  const { default: writeXlsxFile } = await import('write-excel-file/browser');
  await writeXlsxFile(sheetsOf([table], origin, LOOK_WORDS[locale].about)).toFile(fileName);
}

function download(fileName: string, csv: string) {
  const url = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
