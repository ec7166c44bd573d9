import Papa from 'papaparse';
import { CodedError } from '../errors.ts';

/** A row of a file, and its first line; lines count from 1. */
export interface FileRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Decodes a file: UTF-8 with or without a byte order mark, or GB 18030, as spreadsheets in China write it. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/**
 * Returns the non-empty rows of a CSV text. A quoted cell may span several lines.
 * @throws CodedError BAD_USER_INPUT for an invalid CSV
 */
export function readCsvRows(text: string): FileRow[] {
  const rows: FileRow[] = [];
  let line = 1;
  let start = 0;
  Papa.parse<string[]>(text, {
    step: ({ data, errors, meta }) => {
      const [error] = errors.filter(({ type }) => type === 'Quotes');
      if (error) throw new CodedError('BAD_USER_INPUT', `Line ${line} is no CSV: ${error.message}.`);
      if (data.some((cell) => cell.trim() !== '')) rows.push({ line, cells: data });
      line += text.slice(start, meta.cursor).split(/\r\n|\n|\r/).length - 1;
      start = meta.cursor;
    },
  });
  return rows;
}
