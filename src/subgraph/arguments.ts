import {
  type FieldNode,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  getArgumentValues,
  getNamedType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { type DayInterval, daysBetween } from '../domain/calendar/day.ts';
import { CodedError } from '../errors.ts';

/**
 * Returns the one argument that was given, by its name.
 * @throws CodedError BAD_USER_INPUT if none or several were given
 */
export function exactlyOne<Name extends string>(
  given: { readonly [N in Name]?: string | null },
): {
  readonly name: Name;
  readonly value: string;
} {
  const names = Object.keys(given) as Name[];
  const found = names.flatMap((name) => {
    const value = given[name];
    return value === null || value === undefined ? [] : [{ name, value }];
  });
  const [one] = found;
  if (found.length === 1 && one) return one;
  const listed = `\`${names.slice(0, -1).join('`, `')}\` and \`${names.at(-1)}\``;
  throw new CodedError('BAD_USER_INPUT', `Give exactly one of ${listed}.`, { details: { arguments: names } });
}

/** Maximum days that one field returns. */
export const MAX_DAYS = 400;

/**
 * Returns the days of the arguments `from` and `to`, both included.
 * @throws CodedError BAD_USER_INPUT if there are none, or more than 400
 */
export function dayRange({ from, to }: { readonly from: string; readonly to: string }): DayInterval & { to: string } {
  const days = daysBetween(from, to) + 1;
  if (days >= 1 && days <= MAX_DAYS) return { from, to };
  const message = days < 1 ? '`to` must not be before `from`.' : `\`from\` to \`to\` must be at most ${MAX_DAYS} days.`;
  throw new CodedError('BAD_USER_INPUT', message, { details: { arguments: ['from', 'to'] } });
}

/**
 * Returns a function that tells whether a field's selections, at any depth, name only some fields. Fragments count as other
 * fields.
 */
export function selectsOnly(names: ReadonlySet<string>): (info: Pick<GraphQLResolveInfo, 'fieldNodes'>) => boolean {
  // Documents are parsed once and executed many times.
  const known = new WeakMap<FieldNode, boolean>();

  const areNamed = ({ selections }: SelectionSetNode): boolean =>
    selections.every(
      (node) =>
        node.kind === Kind.FIELD && names.has(node.name.value) && (!node.selectionSet || areNamed(node.selectionSet)),
    );

  const isNamed = (node: FieldNode): boolean => {
    let answer = known.get(node);
    if (answer === undefined) {
      answer = node.selectionSet !== undefined && areNamed(node.selectionSet);
      known.set(node, answer);
    }
    return answer;
  };
  return ({ fieldNodes }) => fieldNodes.every(isNamed);
}

/** The fields of every connection but its nodes', for `selectsOnly`. */
export const CONNECTION_FIELDS: readonly string[] = [
  '__typename',
  'totalCount',
  'nodes',
  'edges',
  'node',
  'cursor',
  'pageInfo',
  'hasNextPage',
  'hasPreviousPage',
  'startCursor',
  'endCursor',
];

/** The fields that lead from a list to its entries. */
const TO_ENTRIES: ReadonlySet<string> = new Set(['nodes', 'edges', 'node', 'gaps']);

/**
 * Returns the arguments of a field each time that a list's selections ask for it of the entries, so that what it needs is
 * read beside them. Fragments are not looked into: their fields read later.
 */
export function argumentsAtEntries(
  { fieldNodes, returnType, variableValues }: Pick<GraphQLResolveInfo, 'fieldNodes' | 'returnType' | 'variableValues'>,
  field: string,
): readonly Readonly<Record<string, unknown>>[] {
  const below = (node: FieldNode, type: GraphQLOutputType): readonly Readonly<Record<string, unknown>>[] => {
    const named = getNamedType(type);
    if (!isObjectType(named)) return [];
    return (node.selectionSet?.selections ?? []).flatMap((selection) => {
      if (selection.kind !== Kind.FIELD) return [];
      const definition = named.getFields()[selection.name.value];
      if (!definition) return [];
      if (selection.name.value === field) return [getArgumentValues(definition, selection, variableValues)];
      return TO_ENTRIES.has(selection.name.value) ? below(selection, definition.type) : [];
    });
  };
  return fieldNodes.flatMap((node) => below(node, returnType));
}
