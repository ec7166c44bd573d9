/** Unified social credit codes in the place of enterprises' ids: a file's author knows the former. */
import { GraphQLID, type GraphQLInputType, getNullableType, isInputObjectType, isListType } from 'graphql';
import * as z from 'zod';
import { usccFault } from '../../domain/enterprises/uscc.ts';
import type { InputRow, RowFault } from './input-rows.ts';
import { type GraphqlServer, postGraphql } from './post-graphql.ts';

/** Codes of one question. */
const CHUNK = 20;

const answerOf = z.object({ data: z.record(z.string(), z.object({ id: z.string() }).nullable()).nullish() });

/** The rows with ids, and those that name an unknown code. */
export interface RowsById {
  readonly rows: readonly InputRow[];
  readonly refused: readonly { readonly row: InputRow; readonly faults: readonly RowFault[] }[];
}

/**
 * Replaces each unified social credit code in the place of an id by the id of the enterprise, as the public API names it.
 * @param type the type of one row
 */
export async function withEnterpriseIds(
  rows: readonly InputRow[],
  type: GraphQLInputType,
  server: GraphqlServer,
): Promise<RowsById> {
  const codes = new Set<string>();
  const named = rows.map((row) => {
    const own = new Set<string>();
    mapCodes(row.value, type, (code) => {
      own.add(code);
      return code;
    });
    for (const code of own) codes.add(code);
    return { row, own };
  });
  const ids = await idsOf([...codes], server);
  const isKnown = ({ own }: { readonly own: ReadonlySet<string> }) => [...own].every((code) => ids.has(code));
  return {
    rows: named.filter(isKnown).map(({ row }) => ({
      ...row,
      value: mapCodes(row.value, type, (code) => ids.get(code) ?? code) as InputRow['value'],
    })),
    refused: named
      .filter((one) => !isKnown(one))
      .map(({ row, own }) => {
        const unknown = [...own].filter((code) => !ids.has(code)).join(', ');
        return { row, faults: [{ column: null, message: `There is no enterprise of the code ${unknown}.` }] };
      }),
  };
}

/** Returns a value with each code in the place of an id replaced. */
function mapCodes(value: unknown, type: GraphQLInputType | undefined, replace: (code: string) => string): unknown {
  const nullable = type && getNullableType(type);
  if (isListType(nullable)) {
    return Array.isArray(value) ? value.map((one) => mapCodes(one, nullable.ofType, replace)) : value;
  }
  if (isInputObjectType(nullable) && typeof value === 'object' && value !== null) {
    const fields = nullable.getFields();
    const entries = Object.entries(value).map(([name, one]) => [name, mapCodes(one, fields[name]?.type, replace)]);
    return Object.fromEntries(entries);
  }
  return nullable === GraphQLID && typeof value === 'string' && usccFault(value) === null ? replace(value) : value;
}

/** Asks for the ids of codes. A code without an enterprise has none. */
async function idsOf(codes: readonly string[], server: GraphqlServer): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (let from = 0; from < codes.length; from += CHUNK) {
    const some = codes.slice(from, from + CHUNK);
    const parameters = some.map((_, i) => `$u${i}: String!`).join(', ');
    const fields = some.map((_, i) => `e${i}: enterprise(uscc: $u${i}) { id }`).join(' ');
    const variables = Object.fromEntries(some.map((code, i) => [`u${i}`, code]));
    const { data } = await postGraphql(server, { query: `query (${parameters}) { ${fields} }`, variables }, answerOf);
    for (const [i, code] of some.entries()) {
      const found = data?.[`e${i}`];
      if (found) ids.set(code, found.id);
    }
  }
  return ids;
}
