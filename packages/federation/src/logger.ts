/** Codes, ids and counts. Never a person's name or number, an argument's value or a query's text. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** The log that the engine reports faults to. */
export interface Logger {
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields, error?: unknown): void;
}

/** Drops every line. */
export const SILENT: Logger = { warn: () => {}, error: () => {} };
