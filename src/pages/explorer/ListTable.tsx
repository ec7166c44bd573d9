import { useMemo, useState } from 'react';
import type { AnswerTable, Cell } from '../../views/answer-tables.ts';
import { csvFileName, nextOrder, type Order, orderedRows, tableToCsv } from '../../views/answer-tables.ts';
import { words } from './words.ts';

/** Rows per page of the table, which a screen shows without slowing down. */
const PAGE = 100;

/** Shows one list of the answer: sorted by a click on a column's head, in pages, with a CSV download. */
export function ListTable({ table, operationName }: { table: AnswerTable; operationName: string | null }) {
  const [order, setOrder] = useState<Order>();
  const [page, setPage] = useState(0);
  const rows = useMemo(() => orderedRows(table, order), [table, order]);
  const start = page * PAGE;
  const shown = rows.slice(start, start + PAGE);
  if (rows.length === 0) return <p className="hint">{words.emptyList(table.name)}</p>;
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
          onClick={() => download(csvFileName(operationName, table.name), tableToCsv(table, rows))}
        >
          {words.csv}
        </button>
        <button
          type="button"
          onClick={() => void downloadXlsx(csvFileName(operationName, table.name).replace(/csv$/, 'xlsx'), table, rows)}
        >
          {words.xlsx}
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="list-scroll" aria-label={table.name} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {table.columns.map(({ name, numeric }, index) => (
                <th
                  key={name}
                  scope="col"
                  className={numeric ? 'number' : undefined}
                  aria-sort={order?.column === index ? order.direction : 'none'}
                >
                  <button
                    type="button"
                    onClick={() => {
                      setOrder(nextOrder(order, index));
                      setPage(0);
                    }}
                  >
                    {name}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
              <tr key={start + at}>
                {row.map((cell, index) => (
                  <td key={table.columns[index]?.name} className={table.columns[index]?.numeric ? 'number' : undefined}>
                    {cell === null ? <span className="null">null</span> : textOf(cell)}
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

const textOf = (cell: Cell): string => String(cell);

function countOf({ rows, totalCount, hasNextPage }: AnswerTable, start: number, shown: number): string {
  const range = shown < rows.length ? words.rows(start + 1, start + shown, rows.length) : words.count(shown);
  if (totalCount !== undefined && totalCount > rows.length) return words.ofAll(range, totalCount);
  return hasNextPage ? words.more(range) : range;
}

/** Saves the rows as a workbook. Numbers are numbers; codes stay texts. The writer is loaded with the first click. */
async function downloadXlsx(fileName: string, { columns }: AnswerTable, rows: AnswerTable['rows']): Promise<void> {
  const { default: writeXlsxFile } = await import('write-excel-file/browser');
  const heads = columns.map(({ name }) => ({ type: String, value: name, fontWeight: 'bold' as const }));
  const cells = rows.map((row) =>
    row.map((cell, at) => {
      if (cell === null) return null;
      const isNumber = columns[at]?.numeric === true;
      return isNumber ? { type: Number, value: Number(cell) } : { type: String, value: String(cell) };
    }),
  );
  await writeXlsxFile([heads, ...cells], { stickyRowsCount: 1 }).toFile(fileName);
}

function download(fileName: string, csv: string) {
  const url = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
