import { Logger } from '@aws-lambda-powertools/logger';
import { config } from './config.ts';
import { CodedError } from './errors.ts';

/** Fields of a log line: codes, ids, counts. Never a name, a person's number, an argument's value or a query's text. */
export type LogFields = Readonly<
  Record<string, string | number | boolean | null | undefined | readonly string[] | MetricDirectives>
>;

/** The member `_aws` of a line that is also a metric: CloudWatch's embedded metric format. */
export interface MetricDirectives {
  /** Epoch milliseconds. */
  readonly Timestamp: number;
  readonly CloudWatchMetrics: readonly {
    readonly Namespace: string;
    /** Names of members of the same line, as the metrics' names are. */
    readonly Dimensions: readonly (readonly string[])[];
    readonly Metrics: readonly { readonly Name: string; readonly Unit: 'Count' | 'Milliseconds' }[];
  }[];
}

/** A logger that writes one JSON line a call, at the level of `POWERTOOLS_LOG_LEVEL` and above. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  /** Logs an error. Of `error` and its causes, it writes the result of `describeError`. */
  error(message: string, fields?: LogFields, error?: unknown): void;
}

const logger = new Logger({ serviceName: 'bridgehead' });

export const log: Log = {
  debug: (message, fields = {}) => logger.debug(message, { ...fields }),
  info: (message, fields = {}) => logger.info(message, { ...fields }),
  warn: (message, fields = {}) => logger.warn(message, { ...fields }),
  error: (message, fields = {}, error) =>
    logger.error(message, {
      ...fields,
      ...(error === undefined ? {} : { error: describeError(error, config().mode === 'local') }),
    }),
};

export interface ErrorDescription {
  readonly name: string;
  readonly code?: string;
  readonly message?: string;
  /** Stack frames, innermost first. */
  readonly at: readonly string[];
  readonly cause?: ErrorDescription;
}

/**
 * Describes an error without personal data. Other properties are left out, because they may hold stored items and
 * queries. A foreign error's message may quote a value, so it is included only with `withMessages`, for a developer's
 * own data.
 */
export function describeError(thrown: unknown, withMessages: boolean): ErrorDescription {
  if (!(thrown instanceof Error)) return { name: typeof thrown, at: [] };
  const { name, message, stack = '', cause } = thrown;
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
  return {
    name,
    ...(code === undefined ? {} : { code }),
    ...(withMessages || thrown instanceof CodedError ? { message } : {}),
    at: [...stack.slice(stack.indexOf(message) + message.length).matchAll(/^ {4}at (.+)$/gm)].map(
      ([, frame = '']) => frame,
    ),
    ...(cause === undefined ? {} : { cause: describeError(cause, withMessages) }),
  };
}
