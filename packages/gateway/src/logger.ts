import { CodedError, type Logger } from '@bridgehead/federation';

/** Writes one JSON line for each fault to standard error. Causes are told by name and place, never by a foreign message. */
export const stderrLogger: Logger = {
  warn: (message, fields = {}) => write('WARN', message, fields),
  error: (message, fields = {}, error) => write('ERROR', message, { ...fields, ...describe(error) }),
};

function write(level: string, message: string, fields: object): void {
  process.stderr.write(`${JSON.stringify({ level, message, timestamp: new Date().toISOString(), ...fields })}\n`);
}

function describe(error: unknown): object {
  if (!(error instanceof Error)) return error === undefined ? {} : { error: typeof error };
  const { name, message, stack = '' } = error;
  const at = [...stack.matchAll(/^ {4}at (.+)$/gm)].map(([, frame]) => frame);
  return { error: { name, ...(error instanceof CodedError ? { code: error.code, message } : {}), at } };
}
