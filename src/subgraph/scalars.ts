import { type ASTNode, GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { canonical } from '../domain/canonical.ts';
import { parseRule } from '../domain/rules/parse.ts';

/**
 * Our scalars are canonical strings in transit and in resolvers, except `Fen`, which resolvers get as a bigint, and `Rule`, which they get parsed. Invalid
 * input is the caller's fault (BAD_USER_INPUT). Invalid output is ours and throws a plain error.
 */

const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DECIMAL = /^-?(0|[1-9]\d*)(\.\d+)?$/;
const WHOLE = /^(0|-?[1-9]\d*)$/;
/** DynamoDB's limit of significant digits. */
const MAX_DIGITS = 38;

/** Tells whether a text is a `YYYY-MM-DD` of the Gregorian calendar. */
function isDay(text: string): boolean {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (!year || !month || !day) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return Number(year) > 0 && date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

/** Returns an instant in UTC with milliseconds; undefined if the text is no RFC 3339 instant. */
function instant(text: string): string | undefined {
  const [, day] = DATE_TIME.exec(text) ?? [];
  return day && isDay(day) ? new Date(text).toISOString() : undefined;
}

const digitsOf = (text: string) => text.replace(/[-.]/g, '').length;

const dateTime = scalar({
  name: 'DateTime',
  form: 'an RFC 3339 instant, e.g. "2020-03-16T01:30:00.000Z"',
  read: instant,
  write: (value) =>
    value instanceof Date
      ? value.toISOString()
      : typeof value === 'string' && instant(value) === value
        ? value
        : undefined,
});

const date = scalar({
  name: 'Date',
  form: 'a calendar day as YYYY-MM-DD',
  // Rules compute later days, and days after the year 9999 have no such form.
  read: (text) => (isDay(text) && text < '9999' ? text : undefined),
  write: (value) => (typeof value === 'string' && isDay(value) ? value : undefined),
});

const decimal = scalar({
  name: 'Decimal',
  form: 'a decimal number of at most 38 digits as a string, e.g. "87.2"',
  read: (text) => (DECIMAL.test(text) && digitsOf(text) <= MAX_DIGITS ? text : undefined),
  write: (value) => (typeof value === 'string' && DECIMAL.test(value) ? value : undefined),
});

const fen = scalar({
  name: 'Fen',
  form: 'whole fen as a string of at most 38 digits, e.g. "150000"',
  read: (text) => (WHOLE.test(text) && digitsOf(text) <= MAX_DIGITS ? BigInt(text) : undefined),
  write: (value) => {
    if (typeof value === 'bigint' || Number.isSafeInteger(value)) return String(value);
    return typeof value === 'string' && WHOLE.test(value) ? value : undefined;
  },
});

const rule = scalar({
  name: 'Rule',
  form: 'a JSON text in the language of rules, of bounded depth and size',
  read: (text) => {
    try {
      return parseRule(JSON.parse(text)) ?? undefined;
    } catch {
      return undefined;
    }
  },
  write: (value) => (typeof value === 'object' && value !== null ? canonical(value) : undefined),
});

export const SCALARS = { DateTime: dateTime, Date: date, Decimal: decimal, Fen: fen, Rule: rule } as const;

/** Makes a scalar. `read` and `write` return undefined for an invalid value. */
function scalar<Internal>(spec: {
  readonly name: string;
  readonly form: string;
  readonly read: (text: string) => Internal | undefined;
  readonly write: (value: unknown) => string | undefined;
}): GraphQLScalarType<Internal, string> {
  const parse = (value: unknown, node?: ASTNode): Internal => {
    const read = typeof value === 'string' ? spec.read(value) : undefined;
    if (read !== undefined) return read;
    throw new GraphQLError(`${spec.name} must be ${spec.form}.`, {
      ...(node ? { nodes: node } : {}),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  };
  return new GraphQLScalarType<Internal, string>({
    name: spec.name,
    serialize(value) {
      const written = spec.write(value);
      if (written === undefined) throw new TypeError(`a resolver's ${spec.name} is not ${spec.form}`);
      return written;
    },
    parseValue: (value) => parse(value),
    parseLiteral: (node: ValueNode) => parse(node.kind === Kind.STRING ? node.value : undefined, node),
  });
}
