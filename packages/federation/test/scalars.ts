import { GraphQLError, GraphQLScalarType } from 'graphql';

const isDay = (text: string) => {
  const time = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

/** Scalars of an application, whose values travel as strings of one form. */
export const SCALARS = {
  Date: scalar('Date', 'a calendar day as YYYY-MM-DD', isDay),
  Decimal: scalar('Decimal', 'a decimal number', (text) => /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text)),
  Fen: scalar('Fen', 'whole fen', (text) => /^(0|-?[1-9]\d*)$/.test(text)),
};

function scalar(name: string, form: string, isValid: (text: string) => boolean): GraphQLScalarType {
  const read = (value: unknown) => {
    if (typeof value === 'string' && isValid(value)) return value;
    throw new GraphQLError(`${name} must be ${form}.`, { extensions: { code: 'BAD_USER_INPUT' } });
  };
  return new GraphQLScalarType({
    name,
    serialize: read,
    parseValue: read,
    parseLiteral: (node) => read('value' in node ? node.value : undefined),
  });
}
