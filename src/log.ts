import { Logger } from '@aws-lambda-powertools/logger';

/** Codes, ids, counts. Never a name, a number of a person, an argument's value or a query's text. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined | readonly string[]>>;

/** One JSON line a call, at the level of `POWERTOOLS_LOG_LEVEL` and above. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  /** `error` is logged whole, with its stack and cause: it says what was wrong with us, never with a person. */
  error(message: string, fields?: LogFields, error?: unknown): void;
}

const logger = new Logger({ serviceName: 'bridgehead' });

export const log: Log = {
  debug: (message, fields = {}) => logger.debug(message, { ...fields }),
  info: (message, fields = {}) => logger.info(message, { ...fields }),
  warn: (message, fields = {}) => logger.warn(message, { ...fields }),
  error: (message, fields = {}, error) =>
    logger.error(message, { ...fields, ...(error === undefined ? {} : { error: asError(error) }) }),
};

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(`a ${typeof thrown} was thrown`);
}
