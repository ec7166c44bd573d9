import type { LookDocument, LookField } from '../../domain/questions/look-document.ts';
import { isObject } from '../answer-tables.ts';

/** An answer and the fields of its document. */
interface Answer {
  readonly data: unknown;
  readonly fields: LookDocument['fields'];
}

/**
 * Joins the answers of one field that a query asks several times, by aliases, to a list: `hukou`, `housing` and `schooling`
 * become the rows of `caseStatistics`. An alias without an answer is left out.
 */
export function joinAliases({ data, fields }: Answer): Answer {
  if (typeof data !== 'object' || data === null) return { data, fields };
  const members = Object.entries(data);
  const groups = Map.groupBy(members, ([alias]) => fields[alias]?.name ?? alias);
  const joined = [...groups].filter(([name, { length }]) => length > 1 && !Object.hasOwn(data, name));
  const isJoined = new Map(joined.flatMap(([name, group]) => group.map(([alias]) => [alias, name] as const)));
  const rest = members.filter(([alias]) => !isJoined.has(alias));
  const lists = joined.map(([name, group]) => [name, group.flatMap(([, value]) => (isObject(value) ? [value] : []))]);
  const renamed = Object.entries(fields).map(([path, field]): [string, LookField] => {
    const [alias = '', ...parts] = path.split('.');
    const name = isJoined.get(alias);
    return name === undefined ? [path, field] : [[name, ...parts].join('.'), field];
  });
  return { data: Object.fromEntries([...rest, ...lists]), fields: Object.fromEntries(renamed) };
}
