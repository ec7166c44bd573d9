import { CodedError } from '../../errors.ts';

/** A stream record as JSON, e.g. `{ eventName, dynamodb: { NewImage } }`. */
type Json = Readonly<Record<string, unknown>>;

/**
 * Makes a filter from Lambda's FilterCriteria, as far as they are used here. A record passes if one of the patterns
 * matches. A pattern matches if all its members do, and a list if any of its values does, e.g. `{ eventName: ["INSERT"]
 * }`. Without patterns, everything passes.
 * @throws CodedError CONFIGURATION for an unsupported comparison (`prefix`, `exists`, …)
 */
export function recordFilter(patterns: readonly unknown[]): (record: object) => boolean {
  for (const pattern of patterns) check(pattern);
  if (patterns.length === 0) return () => true;
  return (record) => patterns.some((pattern) => matches(pattern, record));
}

function matches(pattern: unknown, value: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.includes(value);
  if (!isObject(pattern) || !isObject(value)) return false;
  return Object.entries(pattern).every(([name, inner]) => matches(inner, value[name]));
}

function check(pattern: unknown): void {
  const values = Array.isArray(pattern) ? pattern : undefined;
  if (values !== undefined && values.length > 0 && values.every(isPlain)) return;
  if (values !== undefined || !isObject(pattern)) {
    throw new CodedError(
      'CONFIGURATION',
      `The stream filter ${JSON.stringify(pattern)} is not supported: use lists of strings, booleans or null.`,
    );
  }
  Object.values(pattern).forEach(check);
}

const isPlain = (value: unknown) => value === null || typeof value === 'string' || typeof value === 'boolean';
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
